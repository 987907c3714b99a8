"""The default spelling: what types, states, fields and links are called where a configuration does not say."""

from __future__ import annotations

from collections.abc import Mapping

from bot.any_state import AnyState
from bot.candidate_list import ListState
from bot.change import Field, LinkKind
from bot.defect import Kind, State
from bot.rfc import RfcState

TYPES: Mapping[Kind, tuple[str, ...]] = {
    Kind.DEFECT: ("Bug",),
    Kind.CHANGE_REQUEST: ("Change Request",),
    Kind.LIST: ("Candidate List",),
    Kind.RFC: ("Request for Change",),
}

STATES: Mapping[Kind, Mapping[AnyState, tuple[str, ...]]] = {
    Kind.DEFECT: {
        State.OPEN: ("New", "Active"),
        State.RESOLVED: ("Resolved",),
        State.READY_FOR_RETEST: ("Ready for Retest",),
        State.CLOSED: ("Closed",),
    },
    Kind.CHANGE_REQUEST: {
        State.OPEN: ("New", "Approved"),
        State.RESOLVED: ("Resolved",),
        State.CLOSED: ("Closed",),
    },
    Kind.LIST: {
        ListState.PROPOSED: ("Proposed",),
        ListState.AGREED: ("Agreed",),
        ListState.RAISED: ("Raised",),
        ListState.CLOSED: ("Closed",),
    },
    Kind.RFC: {
        RfcState.RAISED: ("Raised",),
        RfcState.APPROVED: ("Approved",),
        RfcState.REJECTED: ("Rejected",),
        RfcState.WITHDRAWN: ("Withdrawn",),
        RfcState.DEPLOYED: ("Deployed",),
        RfcState.ROLLED_BACK: ("Rolled Back",),
        RfcState.CLOSED: ("Closed",),
    },
}

_EVERYWHERE = {
    Field.TITLE: "System.Title",
    Field.STATE: "System.State",
    Field.ASSIGNED_TO: "System.AssignedTo",
    Field.REMARK: "System.History",
    Field.RAISED_BY: "System.CreatedBy",
    Field.COMMENT_COUNT: "System.CommentCount",
}
_ON_FIXES = {
    Field.TAGS: "System.Tags",
    Field.PRIORITY: "Microsoft.VSTS.Common.Priority",
    Field.PARTY: "Custom.ResolvingParty",
    Field.VERSION: "Custom.FixVersion",
    Field.PLANNED_FOR: "Custom.PlannedFor",
    Field.TESTED_IN: "Custom.TestedIn",
}
_ON_RELEASES = {
    Field.ENVIRONMENT: "Custom.ReleaseEnvironment",
    Field.PARTY: "Custom.ReleaseParty",
    Field.NUMBER: "Custom.ReleaseNumber",
    Field.TYPE: "Custom.ReleaseType",
    Field.ROADMAP: "Custom.RoadmapName",
    Field.WINDOW_START: "Custom.WindowStart",
    Field.WINDOW_END: "Custom.WindowEnd",
    Field.EDITION: "Custom.Edition",
    Field.SEAL: "Custom.Seal",
    Field.WAIVER: "Custom.Waiver",
    Field.WRITTEN: "Custom.Written",
}

FIELDS: Mapping[Kind, Mapping[Field, str]] = {
    Kind.DEFECT: {
        **_EVERYWHERE,
        **_ON_FIXES,
        Field.SEVERITY: "Microsoft.VSTS.Common.Severity",
        Field.SUMMARY: "Microsoft.VSTS.TCM.ReproSteps",
        Field.FOUND_IN: "Custom.FoundIn",
        Field.RETESTED_BY: "Custom.RetestBy",
        Field.DELIVERED_BY: "Custom.DeliveredBy",
        Field.WORKAROUND: "Custom.Workaround",
    },
    Kind.CHANGE_REQUEST: {**_EVERYWHERE, **_ON_FIXES, Field.SUMMARY: "System.Description"},
    Kind.LIST: {
        **_EVERYWHERE,
        **_ON_RELEASES,
        Field.BODY: "System.Description",
        Field.SEQUENCE: "Custom.ListSequence",
        Field.CLAIM: "Custom.Claim",
    },
    Kind.RFC: {
        **_EVERYWHERE,
        **_ON_RELEASES,
        Field.LIST: "Custom.CandidateList",
        Field.INTENT: "Custom.Intent",
        Field.NOTE: "Custom.ReleaseNote",
        Field.WAY_BACK: "Custom.WayBack",
        Field.DOWNTIME: "Custom.Downtime",
        Field.INSTRUCTIONS: "Custom.Instructions",
        Field.ANSWERS: "Custom.Answers",
        Field.CONTROL_POINTS: "Custom.ControlPoints",
        Field.DELIVERED: "Custom.Delivered",
        Field.ACCEPTED: "Custom.Accepted",
        Field.ATTEMPT: "Custom.Attempt",
        Field.DEPLOYED_AT: "Custom.DeployedAt",
        Field.OUTCOME: "Custom.Outcome",
        Field.EVIDENCE: "Custom.Evidence",
        Field.SMOKE: "Custom.SmokeTest",
    },
}

LINKS: Mapping[LinkKind, str] = {
    LinkKind.ENTRY: "System.LinkTypes.Related",
    LinkKind.FIX: "System.LinkTypes.Related",
    LinkKind.LIST: "System.LinkTypes.Hierarchy-Reverse",
    LinkKind.RFC: "System.LinkTypes.Hierarchy-Forward",
    LinkKind.DEPENDS_ON: "System.LinkTypes.Dependency-Reverse",
    LinkKind.DUPLICATE_OF: "System.LinkTypes.Duplicate-Reverse",
}

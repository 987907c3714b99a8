"""The spelling of the sandbox's default project."""

from adapters.azure_devops.spelling import Spelling
from bot.candidate_list import ListState
from bot.change import Field, LinkKind
from bot.defect import Kind, State
from bot.history import AnyState
from bot.rfc import RfcState

OF_ALL = {
    Field.TITLE: "System.Title",
    Field.STATE: "System.State",
    Field.ASSIGNED_TO: "System.AssignedTo",
    Field.TAGS: "System.Tags",
    Field.REMARK: "System.History",
    Field.RAISED_BY: "System.CreatedBy",
    Field.COMMENT_COUNT: "System.CommentCount",
}
OF_FIXES = {
    Field.PARTY: "Custom.ResolvingParty",
    Field.VERSION: "Custom.FixVersion",
    Field.PLANNED_FOR: "Custom.PlannedFor",
    Field.TESTED_IN: "Custom.TestedIn",
}
OF_DEFECTS = OF_FIXES | {
    Field.SEVERITY: "Microsoft.VSTS.Common.Severity",
    Field.PRIORITY: "Microsoft.VSTS.Common.Priority",
    Field.FOUND_IN: "Custom.FoundIn",
    Field.RETESTED_BY: "Custom.RetestBy",
    Field.DELIVERED_BY: "Custom.DeliveredBy",
    Field.WORKAROUND: "Custom.Workaround",
    Field.SUMMARY: "Microsoft.VSTS.TCM.ReproSteps",
}
OF_RELEASES = {
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
OF_LISTS = OF_RELEASES | {
    Field.SEQUENCE: "Custom.ListSequence",
    Field.CLAIM: "Custom.Claim",
    Field.BODY: "System.Description",
}
OF_RFCS = OF_RELEASES | {
    Field.LIST: "Custom.CandidateList",
    Field.INTENT: "Custom.Intent",
    Field.NOTE: "Custom.ReleaseNote",
    Field.WAY_BACK: "Custom.WayBack",
    Field.DOWNTIME: "Custom.Downtime",
    Field.INSTRUCTIONS: "Custom.Instructions",
    Field.CONTROL_POINTS: "Custom.ControlPoints",
    Field.DELIVERED: "Custom.Delivered",
    Field.ACCEPTED: "Custom.Accepted",
    Field.ATTEMPT: "Custom.Attempt",
    Field.DEPLOYED_AT: "Custom.DeployedAt",
    Field.OUTCOME: "Custom.Outcome",
    Field.EVIDENCE: "Custom.Evidence",
    Field.SMOKE: "Custom.SmokeTest",
}
FIELDS = {
    Kind.DEFECT: OF_ALL | OF_DEFECTS,
    Kind.CHANGE_REQUEST: OF_ALL | OF_FIXES,
    Kind.LIST: OF_ALL | OF_LISTS,
    Kind.RFC: OF_ALL | OF_RFCS,
}
STATES: dict[tuple[Kind, AnyState], tuple[str, ...]] = {
    (Kind.DEFECT, State.OPEN): ("Active", "New"),
    (Kind.DEFECT, State.RESOLVED): ("Resolved",),
    (Kind.DEFECT, State.READY_FOR_RETEST): ("Ready for Retest",),
    (Kind.DEFECT, State.CLOSED): ("Closed",),
    (Kind.CHANGE_REQUEST, State.OPEN): ("Approved", "New"),
    (Kind.CHANGE_REQUEST, State.RESOLVED): ("Resolved",),
    (Kind.CHANGE_REQUEST, State.CLOSED): ("Closed",),
    **{(Kind.LIST, state): (state.value.capitalize(),) for state in ListState if state is not ListState.OTHER},
    **{(Kind.RFC, state): (state.value.title(),) for state in RfcState if state is not RfcState.OTHER},
}
MHHS = Spelling(
    project="MHHS",
    web_url="https://dev.azure.com/mhhs/MHHS",
    types={
        Kind.DEFECT: ("Bug",),
        Kind.CHANGE_REQUEST: ("Change Request",),
        Kind.LIST: ("Candidate List",),
        Kind.RFC: ("Request for Change",),
    },
    fields={(kind, field): name for kind, names in FIELDS.items() for field, name in names.items()},
    states=STATES,
    links={
        LinkKind.ENTRY: "System.LinkTypes.Related",
        LinkKind.FIX: "System.LinkTypes.Related",
        LinkKind.LIST: "System.LinkTypes.Hierarchy-Reverse",
        LinkKind.RFC: "System.LinkTypes.Hierarchy-Forward",
        LinkKind.DEPENDS_ON: "System.LinkTypes.Dependency-Reverse",
        LinkKind.DUPLICATE_OF: "System.LinkTypes.Duplicate-Reverse",
    },
)

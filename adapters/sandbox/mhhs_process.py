"""The process of the default programme: defects, change requests, candidate lists and RFCs."""

from __future__ import annotations

from adapters.sandbox.process import Category, FieldDefinition, Kind, Process, ProcessType, StateDefinition
from adapters.sandbox.system_fields import SYSTEM_FIELDS

SEVERITIES = ("1 - Critical", "2 - High", "3 - Medium", "4 - Low")


def _custom(name: str, kind: Kind = Kind.STRING) -> FieldDefinition:
    return FieldDefinition("Custom." + name.replace(" ", ""), name, kind)


FIX_FIELDS = (
    _custom("Resolving Party"),
    _custom("Fix Version"),
    _custom("Planned For", Kind.DATE_TIME),
    _custom("Tested In"),
)

RELEASE_FIELDS = (
    _custom("Release Environment"),
    _custom("Release Party"),
    _custom("Release Number"),
    _custom("Release Type"),
    _custom("Roadmap Name"),
    _custom("Window Start", Kind.DATE_TIME),
    _custom("Window End", Kind.DATE_TIME),
    _custom("Edition", Kind.INTEGER),
    _custom("Seal"),
    _custom("Waiver"),
    _custom("Written"),
)

BUG = ProcessType(
    name="Bug",
    reference="MHHSAgile.Bug",
    category="Microsoft.BugCategory",
    category_name="Bug Category",
    initial="New",
    color="CC293D",
    states=(
        StateDefinition("New", Category.PROPOSED, ("New", "Build Failure")),
        StateDefinition("Active", Category.IN_PROGRESS, ("Approved", "Investigate", "Not fixed"), "007acc"),
        StateDefinition(
            "Resolved",
            Category.RESOLVED,
            ("Fixed", "As Designed", "Cannot Reproduce", "Deferred", "Duplicate", "Obsolete"),
            "ff9d00",
        ),
        StateDefinition("Ready for Retest", Category.RESOLVED, color="e87025"),
        StateDefinition("Closed", Category.COMPLETED, ("Verified", "Duplicate", "Obsolete"), "339933"),
    ),
    fields=(
        *SYSTEM_FIELDS,
        FieldDefinition("Microsoft.VSTS.Common.Severity", "Severity", allowed=SEVERITIES, default="3 - Medium"),
        FieldDefinition("Microsoft.VSTS.TCM.ReproSteps", "Repro Steps", Kind.HTML),
        _custom("Found In"),
        *FIX_FIELDS,
        _custom("Retest By", Kind.IDENTITY),
        _custom("Delivered By", Kind.INTEGER),
        _custom("Workaround", Kind.HTML),
    ),
)

CHANGE_REQUEST = ProcessType(
    name="Change Request",
    reference="MHHSAgile.ChangeRequest",
    category="Microsoft.RequirementCategory",
    category_name="Requirement Category",
    initial="New",
    states=(
        StateDefinition("New", Category.PROPOSED),
        StateDefinition("Approved", Category.IN_PROGRESS, color="007acc"),
        StateDefinition("Resolved", Category.RESOLVED, color="ff9d00"),
        StateDefinition("Closed", Category.COMPLETED, color="339933"),
    ),
    fields=(*SYSTEM_FIELDS, *FIX_FIELDS),
)

CANDIDATE_LIST = ProcessType(
    name="Candidate List",
    reference="MHHSAgile.CandidateList",
    category="Microsoft.RequirementCategory",
    category_name="Requirement Category",
    initial="Proposed",
    states=(
        StateDefinition("Proposed", Category.PROPOSED),
        StateDefinition("Agreed", Category.IN_PROGRESS, color="007acc"),
        StateDefinition("Raised", Category.IN_PROGRESS, color="007acc"),
        StateDefinition("Closed", Category.COMPLETED, color="339933"),
    ),
    fields=(*SYSTEM_FIELDS, *RELEASE_FIELDS, _custom("List Sequence", Kind.INTEGER), _custom("Claim")),
)

REQUEST_FOR_CHANGE = ProcessType(
    name="Request for Change",
    reference="MHHSAgile.RequestforChange",
    category="Microsoft.RequirementCategory",
    category_name="Requirement Category",
    initial="Raised",
    states=(
        StateDefinition("Raised", Category.PROPOSED),
        StateDefinition("Approved", Category.IN_PROGRESS, color="007acc"),
        StateDefinition("Rejected", Category.IN_PROGRESS, color="cc293d"),
        StateDefinition("Withdrawn", Category.RESOLVED),
        StateDefinition("Deployed", Category.RESOLVED, color="ff9d00"),
        StateDefinition("Rolled Back", Category.RESOLVED, color="cc293d"),
        StateDefinition("Closed", Category.COMPLETED, color="339933"),
    ),
    fields=(
        *SYSTEM_FIELDS,
        *RELEASE_FIELDS,
        _custom("Candidate List", Kind.INTEGER),
        _custom("Intent"),
        _custom("Release Note", Kind.HTML),
        _custom("Way Back", Kind.HTML),
        _custom("Downtime"),
        _custom("Instructions", Kind.HTML),
        _custom("Answers", Kind.HTML),
        _custom("Deployment Issues", Kind.HTML),
        _custom("Control Points", Kind.HTML),
        _custom("Delivered", Kind.HTML),
        _custom("Accepted"),
        _custom("Attempt", Kind.INTEGER),
        _custom("Deployed At", Kind.DATE_TIME),
        _custom("Outcome"),
        _custom("Evidence"),
        _custom("Smoke Test"),
    ),
)

MHHS_PROCESS = Process(
    name="MHHS Agile",
    id="0f7d3f2e-6a0c-5c1e-9a52-2f6d1f0a7b11",
    types=(BUG, CHANGE_REQUEST, CANDIDATE_LIST, REQUEST_FOR_CHANGE),
)

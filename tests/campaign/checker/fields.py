"""Fields: what the programme of the sandbox calls the things that the promises are about."""

from __future__ import annotations

DEFECT, LIST, RFC = "Bug", "Candidate List", "Request for Change"
CHANGE_REQUEST = "Change Request"

TYPE, TITLE, STATE = "System.WorkItemType", "System.Title", "System.State"
ASSIGNED_TO, BODY, DELETED = "System.AssignedTo", "System.Description", "System.IsDeleted"
FOUND_IN, PARTY_OF_DEFECT = "Custom.FoundIn", "Custom.ResolvingParty"
VERSION, DELIVERED_BY = "Custom.FixVersion", "Custom.DeliveredBy"
ENVIRONMENT, PARTY, NUMBER = "Custom.ReleaseEnvironment", "Custom.ReleaseParty", "Custom.ReleaseNumber"
RELEASE_TYPE, WINDOW_START, WINDOW_END = "Custom.ReleaseType", "Custom.WindowStart", "Custom.WindowEnd"
EDITION, SEAL, WAIVER, WRITTEN, CLAIM = (
    "Custom.Edition",
    "Custom.Seal",
    "Custom.Waiver",
    "Custom.Written",
    "Custom.Claim",
)
LIST_OF_RFC, NOTE, OUTCOME, SMOKE = "Custom.CandidateList", "Custom.ReleaseNote", "Custom.Outcome", "Custom.SmokeTest"
DEPLOYED_AT, EVIDENCE = "Custom.DeployedAt", "Custom.Evidence"
CREATED_BY, RETEST_BY = "System.CreatedBy", "Custom.RetestBy"
TAGS, PLANNED_FOR, ANSWERS = "System.Tags", "Custom.PlannedFor", "Custom.Answers"
ACCEPTED, DELIVERED = "Custom.Accepted", "Custom.Delivered"

ENTRY, TO_LIST = "System.LinkTypes.Related", "System.LinkTypes.Hierarchy-Reverse"

RESOLVED, RETEST, CLOSED = "Resolved", "Ready for Retest", "Closed"
PROPOSED, AGREED, RAISED = "Proposed", "Agreed", "Raised"
APPROVED, REJECTED, WITHDRAWN = "Approved", "Rejected", "Withdrawn"
DEPLOYED, ROLLED_BACK = "Deployed", "Rolled Back"
EMERGENCY = "emergency"

RETEST_HERE, CARRIED, CHANGE = "retest here", "carried", "change request"
"""What the comment on a link from a list says after the number."""

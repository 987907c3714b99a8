"""The fields that every work item type has, whatever the process."""

from __future__ import annotations

from adapters.sandbox.process import FieldDefinition, Kind

ID = "System.Id"
REV = "System.Rev"
TYPE = "System.WorkItemType"
TITLE = "System.Title"
STATE = "System.State"
REASON = "System.Reason"
TAGS = "System.Tags"
HISTORY = "System.History"
PROJECT = "System.TeamProject"
AREA = "System.AreaPath"
ITERATION = "System.IterationPath"
CREATED_BY = "System.CreatedBy"
CREATED_DATE = "System.CreatedDate"
CHANGED_BY = "System.ChangedBy"
CHANGED_DATE = "System.ChangedDate"
COMMENT_COUNT = "System.CommentCount"
IS_DELETED = "System.IsDeleted"
REVISED_DATE = "System.RevisedDate"
WATERMARK = "System.Watermark"
PARENT = "System.Parent"
STATE_CHANGED = "Microsoft.VSTS.Common.StateChangeDate"
RESOLVED_DATE = "Microsoft.VSTS.Common.ResolvedDate"
RESOLVED_BY = "Microsoft.VSTS.Common.ResolvedBy"
CLOSED_DATE = "Microsoft.VSTS.Common.ClosedDate"
CLOSED_BY = "Microsoft.VSTS.Common.ClosedBy"


def _kept_by_server(reference: str, name: str, kind: Kind) -> FieldDefinition:
    return FieldDefinition(reference, name, kind, read_only=True)


SYSTEM_FIELDS = (
    _kept_by_server(ID, "ID", Kind.INTEGER),
    _kept_by_server(REV, "Rev", Kind.INTEGER),
    _kept_by_server(TYPE, "Work Item Type", Kind.STRING),
    FieldDefinition(TITLE, "Title", required=True),
    FieldDefinition(STATE, "State", required=True),
    FieldDefinition(REASON, "Reason"),
    FieldDefinition("System.AssignedTo", "Assigned To", Kind.IDENTITY),
    FieldDefinition(TAGS, "Tags", Kind.TAGS),
    FieldDefinition(HISTORY, "History", Kind.HISTORY),
    FieldDefinition("System.Description", "Description", Kind.HTML),
    _kept_by_server(PROJECT, "Team Project", Kind.STRING),
    FieldDefinition(AREA, "Area Path", Kind.TREE_PATH, required=True),
    FieldDefinition(ITERATION, "Iteration Path", Kind.TREE_PATH, required=True),
    _kept_by_server("System.AreaId", "Area ID", Kind.INTEGER),
    _kept_by_server("System.NodeName", "Node Name", Kind.STRING),
    _kept_by_server("System.AreaLevel1", "Area Level 1", Kind.STRING),
    _kept_by_server("System.IterationId", "Iteration ID", Kind.INTEGER),
    _kept_by_server("System.IterationLevel1", "Iteration Level 1", Kind.STRING),
    _kept_by_server(CREATED_BY, "Created By", Kind.IDENTITY),
    _kept_by_server(CREATED_DATE, "Created Date", Kind.DATE_TIME),
    _kept_by_server(CHANGED_BY, "Changed By", Kind.IDENTITY),
    _kept_by_server(CHANGED_DATE, "Changed Date", Kind.DATE_TIME),
    _kept_by_server("System.AuthorizedDate", "Authorized Date", Kind.DATE_TIME),
    _kept_by_server("System.AuthorizedAs", "Authorized As", Kind.IDENTITY),
    _kept_by_server("System.PersonId", "Person ID", Kind.INTEGER),
    _kept_by_server(REVISED_DATE, "Revised Date", Kind.DATE_TIME),
    _kept_by_server(WATERMARK, "Watermark", Kind.INTEGER),
    _kept_by_server(COMMENT_COUNT, "Comment Count", Kind.INTEGER),
    _kept_by_server(IS_DELETED, "Is Deleted", Kind.BOOLEAN),
    _kept_by_server(PARENT, "Parent", Kind.INTEGER),
    _kept_by_server(STATE_CHANGED, "State Change Date", Kind.DATE_TIME),
    _kept_by_server(RESOLVED_DATE, "Resolved Date", Kind.DATE_TIME),
    _kept_by_server(RESOLVED_BY, "Resolved By", Kind.IDENTITY),
    _kept_by_server(CLOSED_DATE, "Closed Date", Kind.DATE_TIME),
    _kept_by_server(CLOSED_BY, "Closed By", Kind.IDENTITY),
    FieldDefinition("Microsoft.VSTS.Common.Priority", "Priority", Kind.INTEGER, (1, 2, 3, 4), default=2),
)

"""Boards: work items, their history, their types, the feeds of what changed, and kept queries."""

from __future__ import annotations

from adapters.sandbox.api import (
    batch,
    comments,
    edits,
    history,
    links_feed,
    nodes,
    queries,
    reading,
    revisions_feed,
    saved_queries,
    types,
)
from adapters.sandbox.permissions import Right
from adapters.sandbox.route import ANYWHERE, AT_TOP, IN_PROJECT, JSON, JSON_PATCH, Route

EDIT = "vso.work_write"
WRITE = "validateOnly bypassRules suppressNotifications $expand"
FEED = (
    "fields types continuationToken startDateTime includeIdentityRef includeDeleted includeTagRef"
    " includeLatestOnly $expand includeDiscussionChangesOnly $maxPageSize"
)
ITEM = "wit/workitems/{id}"
QUERY = "wit/queries/{*query}"
TYPE = "wit/workitemtypes/{type}"

ROUTES = (
    Route("wiql", "POST", "wit/wiql", queries.wiql, 2, (0, 1, 2), "timePrecision $top", JSON),
    Route("workitemsbatch", "POST", "wit/workitemsbatch", reading.batch, 1, media=JSON),
    Route(
        "get work items", "GET", "wit/workitems", reading.several, 3, parameters="ids fields asOf $expand errorPolicy"
    ),
    Route("get work item", "GET", ITEM, reading.one, 3, parameters="fields asOf $expand"),
    Route("create", "POST", "wit/workitems/${type}", edits.create, 3, IN_PROJECT, WRITE, JSON_PATCH, writes=EDIT),
    Route("update", "PATCH", ITEM, edits.update, 3, ANYWHERE, WRITE, JSON_PATCH, writes=EDIT),
    Route("delete", "DELETE", ITEM, edits.delete, 3, parameters="destroy", writes=EDIT),
    Route("restore", "PATCH", "wit/recyclebin/{id}", edits.restore, 2, IN_PROJECT, media=JSON, writes=EDIT),
    Route("batch", "PATCH", "wit/$batch", batch.batch, 2, AT_TOP, media=JSON, writes=EDIT),
    Route("updates", "GET", ITEM + "/updates", history.updates, 4, parameters="$top $skip"),
    Route("revisions", "GET", ITEM + "/revisions", history.revisions, 3, parameters="$top $skip $expand"),
    Route(
        "comments",
        "GET",
        ITEM + "/comments",
        comments.listed,
        4,
        IN_PROJECT,
        "$top continuationToken order includeDeleted $expand",
        preview_only=True,
    ),
    Route(
        "add comment",
        "POST",
        ITEM + "/comments",
        comments.add,
        4,
        IN_PROJECT,
        "format",
        JSON,
        writes=EDIT,
        preview_only=True,
    ),
    Route(
        "edit comment",
        "PATCH",
        ITEM + "/comments/{comment_id}",
        comments.edit,
        4,
        IN_PROJECT,
        "format",
        JSON,
        writes=EDIT,
        preview_only=True,
    ),
    Route("types", "GET", "wit/workitemtypes", types.types, 2, IN_PROJECT),
    Route("type", "GET", TYPE, types.one_type, 2, IN_PROJECT),
    Route("states", "GET", TYPE + "/states", types.states, 1, IN_PROJECT),
    Route("type fields", "GET", TYPE + "/fields", types.type_fields, 3, IN_PROJECT, "$expand"),
    Route("categories", "GET", "wit/workitemtypecategories", types.categories, 2, IN_PROJECT),
    Route("category", "GET", "wit/workitemtypecategories/{category}", types.category, 2, IN_PROJECT),
    Route("fields", "GET", "wit/fields", types.fields, 3),
    Route("field", "GET", "wit/fields/{field}", types.one_field, 3),
    Route("tags", "GET", "wit/tags", types.tags, 1, IN_PROJECT),
    Route("relation types", "GET", "wit/workitemrelationtypes", types.links, 2, AT_TOP),
    Route("revisions feed", "GET", "wit/reporting/workitemrevisions", revisions_feed.by_query, 2, ANYWHERE, FEED),
    Route(
        "revisions feed",
        "POST",
        "wit/reporting/workitemrevisions",
        revisions_feed.by_filter,
        2,
        ANYWHERE,
        "continuationToken startDateTime $expand",
        JSON,
    ),
    Route(
        "links feed",
        "GET",
        "wit/reporting/workitemlinks",
        links_feed.by_query,
        3,
        ANYWHERE,
        "linkTypes types continuationToken startDateTime",
    ),
    Route("nodes", "GET", "wit/classificationnodes", nodes.roots, 2, IN_PROJECT, "$depth"),
    Route("node", "GET", "wit/classificationnodes/{group}", nodes.one, 2, IN_PROJECT, "$depth"),
    Route("node", "GET", "wit/classificationnodes/{group}/{*path}", nodes.one, 2, IN_PROJECT, "$depth"),
    Route("run query", "GET", "wit/wiql/{query}", queries.by_id, 2, (1, 2), "timePrecision $top"),
    Route("queries", "GET", "wit/queries", saved_queries.listed, 2, IN_PROJECT, "$depth $expand"),
    Route("query", "GET", QUERY, saved_queries.one, 2, IN_PROJECT, "$depth $expand"),
    Route(
        "create query",
        "POST",
        QUERY,
        saved_queries.create,
        2,
        IN_PROJECT,
        "validateWiqlOnly",
        JSON,
        EDIT,
        Right.CONTRIBUTE_QUERIES,
    ),
    Route(
        "change query", "PATCH", QUERY, saved_queries.update, 2, IN_PROJECT, "", JSON, EDIT, Right.CONTRIBUTE_QUERIES
    ),
    Route("delete query", "DELETE", QUERY, saved_queries.delete, 2, IN_PROJECT, "", "", EDIT, Right.CONTRIBUTE_QUERIES),
)

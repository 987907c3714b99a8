"""Every address that the server knows: what is done there, with which parameters and versions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from adapters.sandbox.answer import Answer
from adapters.sandbox.api import (
    batch,
    comments,
    discovery,
    edits,
    history,
    links_feed,
    queries,
    reading,
    revisions_feed,
    types,
)
from adapters.sandbox.call import Call
from adapters.sandbox.organisation import Organisation

Handler = Callable[[Call, Organisation], Answer]

JSON = "application/json"
JSON_PATCH = "application/json-patch+json"
ANYWHERE = (0, 1)
IN_PROJECT = (1,)
AT_TOP = (0,)


@dataclass(frozen=True, slots=True)
class Route:
    """`pattern` begins after `_apis`; `scope`: how many segments may stand before it (project, team).

    `preview_only`: the resource has no released version; `resource`: the number of its newest preview.
    """

    operation: str
    method: str
    pattern: str
    handle: Handler
    resource: int
    scope: tuple[int, ...] = ANYWHERE
    parameters: str = ""
    media: str = ""
    writes: bool = False
    preview_only: bool = False

    def match(self, segments: tuple[str, ...]) -> dict[str, str] | None:
        parts = self.pattern.split("/")
        if len(parts) != len(segments):
            return None
        names: dict[str, str] = {}
        for part, segment in zip(parts, segments, strict=True):
            literal, opened, name = part.partition("{")
            if not segment.lower().startswith(literal) or (not opened and segment.lower() != literal):
                return None
            if opened:
                names[name.rstrip("}")] = segment[len(literal) :]
        return None if "" in names.values() else names

    @property
    def known_parameters(self) -> frozenset[str]:
        return frozenset(self.parameters.lower().split()) | {"api-version"}


WRITE = "validateOnly bypassRules suppressNotifications $expand"
FEED = (
    "fields types continuationToken startDateTime includeIdentityRef includeDeleted includeTagRef"
    " includeLatestOnly $expand includeDiscussionChangesOnly $maxPageSize"
)
ITEM = "wit/workitems/{id}"
TYPE = "wit/workitemtypes/{type}"

ROUTES = (
    Route("discovery", "GET", "resourceareas", discovery.resource_areas, 1, AT_TOP, preview_only=True),
    Route(
        "connection",
        "GET",
        "connectiondata",
        discovery.connection_data,
        1,
        AT_TOP,
        "connectOptions lastChangeId lastChangeId64",
        preview_only=True,
    ),
    Route("projects", "GET", "projects", discovery.projects, 4, AT_TOP, "stateFilter $top $skip continuationToken"),
    Route(
        "project",
        "GET",
        "projects/{project_id}",
        discovery.project,
        4,
        AT_TOP,
        "includeCapabilities includeHistory",
    ),
    Route("wiql", "POST", "wit/wiql", queries.wiql, 2, (0, 1, 2), "timePrecision $top", JSON),
    Route("workitemsbatch", "POST", "wit/workitemsbatch", reading.batch, 1, media=JSON),
    Route(
        "get work items", "GET", "wit/workitems", reading.several, 3, parameters="ids fields asOf $expand errorPolicy"
    ),
    Route("get work item", "GET", ITEM, reading.one, 3, parameters="fields asOf $expand"),
    Route("create", "POST", "wit/workitems/${type}", edits.create, 3, IN_PROJECT, WRITE, JSON_PATCH, writes=True),
    Route("update", "PATCH", ITEM, edits.update, 3, ANYWHERE, WRITE, JSON_PATCH, writes=True),
    Route("delete", "DELETE", ITEM, edits.delete, 3, parameters="destroy", writes=True),
    Route("restore", "PATCH", "wit/recyclebin/{id}", edits.restore, 2, IN_PROJECT, media=JSON, writes=True),
    Route("batch", "PATCH", "wit/$batch", batch.batch, 2, AT_TOP, media=JSON, writes=True),
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
        writes=True,
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
        writes=True,
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
        "continuationToken startDateTime $expand $maxPageSize",
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
)


def find(method: str, segments: tuple[str, ...]) -> tuple[Route, dict[str, str]] | None:
    """By method and what stands after `_apis`."""
    for route in ROUTES:
        names = route.match(segments) if route.method == method else None
        if names is not None:
            return route, names
    return None

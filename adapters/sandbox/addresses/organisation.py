"""The organisation: how to find one's way, its projects, its processes, and who may do what."""

from __future__ import annotations

from adapters.sandbox.api import discovery, permissions, processes
from adapters.sandbox.route import AT_TOP, JSON, Route

PROCESS = "work/processes/{process_id}"
TYPE = PROCESS + "/workitemtypes/{type}"

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
    Route("processes", "GET", "work/processes", processes.listed, 2, AT_TOP, "$expand"),
    Route("process", "GET", PROCESS, processes.one, 2, AT_TOP, "$expand"),
    Route("process types", "GET", PROCESS + "/workitemtypes", processes.types, 2, AT_TOP, "$expand"),
    Route("process type", "GET", TYPE, processes.one_type, 2, AT_TOP, "$expand"),
    Route("process states", "GET", TYPE + "/states", processes.states, 1, AT_TOP),
    Route("process fields", "GET", TYPE + "/fields", processes.fields, 2, AT_TOP),
    Route(
        "permissions",
        "GET",
        "permissions/{namespace}/{permissions}",
        permissions.one,
        2,
        AT_TOP,
        "tokens alwaysAllowAdministrators delimiter",
    ),
    Route("security namespaces", "GET", "securitynamespaces", permissions.namespaces, 1, AT_TOP, "localOnly"),
    Route("permissions batch", "POST", "security/permissionevaluationbatch", permissions.batch, 1, AT_TOP, media=JSON),
)

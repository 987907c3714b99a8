"""Every address that the server knows."""

from __future__ import annotations

from adapters.sandbox.addresses import boards, hooks, organisation, pipelines, testing, wiki
from adapters.sandbox.route import Route

ROUTES = (*organisation.ROUTES, *boards.ROUTES, *pipelines.ROUTES, *testing.ROUTES, *wiki.ROUTES, *hooks.ROUTES)


def find(method: str, segments: tuple[str, ...]) -> tuple[Route, dict[str, str]] | None:
    """By method and what stands after `_apis`."""
    for route in ROUTES:
        names = route.match(segments) if route.method == method else None
        if names is not None:
            return route, names
    return None

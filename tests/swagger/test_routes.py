"""No operation of the sandbox is made up: each is in the official Swagger, or says why it is not."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from adapters.sandbox.route import Route
from adapters.sandbox.routes import ROUTES
from tests.swagger.operation import Request
from tests.swagger.place import official
from tests.swagger.specification import Specification
from tests.swagger.watch import NOT_IN_SWAGGER

OFFICIAL = official()


def complaints(route: Route, specification: Specification) -> Iterator[str]:
    """Of its address, its parameters and its content type."""
    scope = "/MHHS" if max(route.scope) else ""
    path = f"{scope}/_apis/{route.pattern}"
    path = re.sub(r"\{(\w+_)?id\}", "1", path)
    meant = specification.meant_by(Request(route.method, path, {}, route.media, None))
    if not meant:
        yield f"{route.method} {path}: no such operation"
        return
    known = {name.lower() for operation in meant for name in operation.query}
    yield from (f"no parameter {name}" for name in sorted(route.known_parameters - known - {"api-version"}))
    if route.media and all(route.media not in operation.consumes for operation in meant):
        yield f"it does not take {route.media}"


def strange(specification: Specification) -> Iterator[str]:
    for route in ROUTES:
        if route.operation not in NOT_IN_SWAGGER:
            yield from (f"{route.operation}: {complaint}" for complaint in complaints(route, specification))


def test_each_route_of_the_sandbox_is_in_the_swagger_where_that_is_at_hand() -> None:
    found = list(strange(Specification(OFFICIAL))) if OFFICIAL else []

    assert found == []


def test_what_the_swagger_has_not_is_something_that_the_sandbox_has() -> None:
    assert set(NOT_IN_SWAGGER) - {"unknown"} <= {route.operation for route in ROUTES}


@pytest.mark.parametrize("operation", sorted(NOT_IN_SWAGGER))
def test_it_says_why(operation: str) -> None:
    assert len(NOT_IN_SWAGGER[operation].split()) > 4

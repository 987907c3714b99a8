"""From a request to the operation that it names, and every check before that operation runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from adapters.sandbox import routes, signed_out, version, wire
from adapters.sandbox.answer import Answer, of_problem
from adapters.sandbox.api.discovery import locations
from adapters.sandbox.call import Call
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.permissions import Right
from adapters.sandbox.problem import Problem
from adapters.sandbox.refusals import lacks_permission, may_not_write, no_such_project, not_known_here
from adapters.sandbox.route import Route
from adapters.sandbox.security_tokens import may_here
from adapters.sandbox.tokens import Token

LONGEST_OF_LOCATIONS = len(("_apis", "area"))

Operation = Callable[[Call, Organisation, Token | None], Answer]


def understood(call: Call) -> tuple[Call, Operation]:
    """The call with the name of its operation, and what carries it out."""
    if call.method == "OPTIONS" and call.route and not call.scope and len(call.route) <= LONGEST_OF_LOCATIONS:
        return replace(call, operation="discovery"), _locations
    found = routes.find(call.method, call.route[1:])
    if found is None or len(call.scope) not in found[0].scope:
        return replace(call, operation="unknown"), _no_such_route
    route, names = found
    named = replace(call, operation=route.operation, names=names)
    return named, lambda call, organisation, token: _carried_out(route, call, organisation, token)


def _locations(call: Call, _organisation: Organisation, token: Token | None) -> Answer:
    """Of one area, where the address names one, and of all otherwise."""
    return locations(*call.route[1:]) if token else signed_out.answer(call.method)


def _no_such_route(call: Call, _organisation: Organisation, _token: Token | None) -> Answer:
    return wire.no_such_route(call)


def _carried_out(route: Route, call: Call, organisation: Organisation, token: Token | None) -> Answer:
    if token is None:
        return signed_out.answer(call.method)
    try:
        spoken = version.negotiated(call, route)
        _check(route, call, organisation, token)
        answer = route.handle(call, organisation)
    except Problem as problem:
        return of_problem(problem)
    return replace(answer, content_type=f"{answer.content_type}; api-version={spoken}")


def _is_seen(project: str, call: Call, organisation: Organisation) -> bool:
    is_there = project.casefold() in {organisation.project.casefold(), organisation.project_id}
    return is_there and may_here(call.by, Right.VIEW_PROJECT, organisation)


def _check(route: Route, call: Call, organisation: Organisation, token: Token) -> None:
    if call.project and not _is_seen(call.project, call, organisation):
        raise no_such_project(call.project)
    if unknown := set(call.query) - route.known_parameters:
        raise not_known_here(f"the parameter {sorted(unknown)} of {route.operation}")
    if call.repeated:
        raise not_known_here(f"a parameter that is given twice: {call.query_string}")
    if route.media and call.headers.get("content-type", "").partition(";")[0].strip().lower() != route.media:
        raise Problem(415, "UnsupportedMediaTypeException", f"The request must have the Content-Type {route.media}.")
    if route.writes and not token.may_write:
        raise may_not_write(route.writes)
    if route.needs and not may_here(call.by, route.needs, organisation):
        raise lacks_permission(call.by.name, route.needs.words)

"""Which permissions there are, and whether the person who asks has them.

No official Swagger describes it; the SDK for Python does.
"""

from __future__ import annotations

from typing import Any

from adapters.sandbox.answer import Answer, of_json, of_list
from adapters.sandbox.call import Call
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.permissions import Right, Space
from adapters.sandbox.refusals import no_such_namespace, not_known_here
from adapters.sandbox.security_tokens import is_known

KEYS = {"securityNamespaceId", "token", "permissions"}


def namespaces(call: Call, _organisation: Organisation) -> Answer:
    call.flag("localOnly")
    return of_list([_described(space) for space in Space])


def one(call: Call, organisation: Organisation) -> Answer:
    """For each of the tokens, in their order."""
    call.flag("alwaysAllowAdministrators")
    tokens = (call.text("tokens") or "").split(call.text("delimiter") or ",")
    bits = call.id("permissions")
    space = _space(call.names["namespace"])
    return of_list([_holds(call, organisation, space, bits, token) for token in tokens])


def batch(call: Call, organisation: Organisation) -> Answer:
    body = call.json_object("alwaysAllowAdministrators", "evaluations")
    evaluations = body.get("evaluations")
    if not isinstance(evaluations, list):
        raise not_known_here("a batch without evaluations")
    answers = [_evaluated(asked, call, organisation) for asked in evaluations]
    always = bool(body.get("alwaysAllowAdministrators"))
    return of_json({"alwaysAllowAdministrators": always, "evaluations": answers})


def _evaluated(asked: Any, call: Call, organisation: Organisation) -> dict[str, Any]:
    if not isinstance(asked, dict) or set(asked) - KEYS - {"value"} or not set(asked) >= KEYS:
        raise not_known_here(f"an evaluation that has not just {', '.join(sorted(KEYS))}")
    space = _space(str(asked["securityNamespaceId"]))
    held = _holds(call, organisation, space, int(asked["permissions"]), str(asked["token"]))
    return {**asked, "value": held}


def _holds(call: Call, organisation: Organisation, space: Space, bits: int, token: str) -> bool:
    known = is_known(token, space, organisation)
    return known and organisation.permissions.holds(call.by, space, bits, token)


def _space(id: str) -> Space:
    """One that is not there ends the whole request."""
    for space in Space:
        if space.id == id.lower():
            return space
    raise no_such_namespace(id)


def _described(space: Space) -> dict[str, Any]:
    actions = [
        {"bit": right.bit, "name": right.action, "displayName": right.words, "namespaceId": space.id}
        for right in Right
        if right.space is space
    ]
    return {"namespaceId": space.id, "name": space.title, "actions": actions}

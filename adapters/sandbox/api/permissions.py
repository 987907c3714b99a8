"""Whether the person who asks has a permission. No official Swagger describes it; the SDK for Python does."""

from __future__ import annotations

from typing import Any

from adapters.sandbox.answer import Answer, of_json, of_list
from adapters.sandbox.call import Call
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.refusals import not_known_here

KEYS = {"securityNamespaceId", "token", "permissions"}


def one(call: Call, organisation: Organisation) -> Answer:
    """For each of the tokens, in their order."""
    call.flag("alwaysAllowAdministrators")
    tokens = (call.text("tokens") or "").split(call.text("delimiter") or ",")
    bits = call.id("permissions")
    held = [organisation.permissions.holds(call.by, call.names["namespace"], bits, token) for token in tokens]
    return of_list(held)


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
    held = organisation.permissions.holds(
        call.by, str(asked["securityNamespaceId"]), int(asked["permissions"]), str(asked["token"])
    )
    return {**asked, "value": held}

"""Service hooks: subscriptions, and what was sent for them."""

from __future__ import annotations

from adapters.sandbox.api import hooks
from adapters.sandbox.permissions import Right
from adapters.sandbox.route import AT_TOP, JSON, Route

ALL = "hooks/subscriptions"
ONE = ALL + "/{subscription_id}"
WRITE = "vso.work_write"
SEE, EDIT = Right.VIEW_SUBSCRIPTIONS, Right.EDIT_SUBSCRIPTIONS
WHICH = "publisherId eventType consumerId consumerActionId"

ROUTES = (
    Route("subscriptions", "GET", ALL, hooks.listed, 1, AT_TOP, WHICH, needs=SEE),
    Route("subscription", "GET", ONE, hooks.one, 1, AT_TOP, needs=SEE),
    Route("subscribe", "POST", ALL, hooks.create, 1, AT_TOP, "", JSON, WRITE, EDIT),
    Route("replace subscription", "PUT", ONE, hooks.replace, 1, AT_TOP, "", JSON, WRITE, EDIT),
    Route("unsubscribe", "DELETE", ONE, hooks.delete, 1, AT_TOP, "", "", WRITE, EDIT),
    Route(
        "notifications",
        "GET",
        ONE + "/notifications",
        hooks.notifications,
        1,
        AT_TOP,
        "maxResults status result",
        needs=SEE,
    ),
)

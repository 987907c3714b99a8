"""An event as Azure DevOps posts it, with details kept minimal, to be changed in one place at a time."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import UTC, datetime
from typing import Any

from tests.adapters.web.raw_http import request

NOW = datetime(2026, 12, 7, 10, 0, tzinfo=UTC)
OURS = "https://dev.azure.com/mhhs/"
PROJECT = "5b6b9b1e-7d3e-4f0a-9a57-1c2d3e4f5a6b"
PASSWORD, FORMER = "a-password-of-hooks", "the-one-before-that"
JSON = "Content-Type: application/json; charset=utf-8"


def an_event(**changes: Any) -> dict[str, Any]:
    return {
        "subscriptionId": "2ea3f99e-4f4e-40ba-8711-8777c5002913",
        "notificationId": 1,
        "id": "2332bb4d-4d26-4f37-b577-b06153c2a838",
        "eventType": "workitem.updated",
        "publisherId": "tfs",
        "message": None,
        "detailedMessage": None,
        "resource": {"id": 8, "workItemId": 197, "rev": 8, "url": "http://169.254.169.254/latest/"},
        "resourceVersion": "1.0",
        "resourceContainers": {
            "collection": {"id": "c12d0eb8-e382-443b-9f9c-c52cba5014c2", "baseUrl": OURS},
            "account": {"id": "f844ec47-a9db-4511-8281-8b63f4eaf94e", "baseUrl": OURS},
            "project": {"id": PROJECT, "baseUrl": OURS},
        },
        "createdDate": "2026-12-07T09:59:58.7000788Z",
        **changes,
    }


def another(number: int) -> dict[str, Any]:
    return an_event(id=f"event {number}", notificationId=number)


def basic(password: str, user: str = "ado") -> str:
    return f"Authorization: Basic {b64encode(f'{user}:{password}'.encode()).decode()}"


def post(event: object, *lines: str) -> bytes:
    """As the service posts it, signed in unless `lines` say how."""
    body = event if isinstance(event, bytes) else json.dumps(event).encode()
    return request(body, *(lines or (JSON, basic(PASSWORD))))

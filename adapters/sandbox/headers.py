"""The headers that every answer carries."""

from __future__ import annotations

from datetime import datetime
from email.utils import format_datetime
from uuid import NAMESPACE_URL, uuid5

from adapters.sandbox.call import NOBODY, Call


def headers(call: Call, now: datetime, number: int) -> dict[str, str]:
    """`number` of the exchange makes its activity id, which support asks for."""
    activity = _guid(f"activity:{number}")
    user = {} if call.by is NOBODY else {"X-VSS-UserData": f"{call.by.id}:{call.by.sign_in}"}
    return {
        "Date": format_datetime(now, usegmt=True),
        "ActivityId": activity,
        "X-VSS-E2EID": activity,
        "X-TFS-ProcessId": PROCESS,
        "X-TFS-Session": call.headers.get("x-tfs-session") or SESSION,
        "X-VSS-SenderDeploymentId": DEPLOYMENT,
        **user,
        "Cache-Control": "no-cache",
        "X-Content-Type-Options": "nosniff",
    }


def _guid(what: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"sandbox:{what}"))


PROCESS, SESSION, DEPLOYMENT = _guid("process"), _guid("session"), _guid("deployment")

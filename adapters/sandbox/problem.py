"""A refusal of the service: status, error code and words, in the body that the service sends."""

from __future__ import annotations

from typing import Any

TRACKING = "Microsoft.TeamFoundation.WorkItemTracking.Server"
SERVICES = "Microsoft.VisualStudio.Services.Common"


class Problem(Exception):
    def __init__(
        self,
        status: int,
        type_key: str,
        message: str,
        *,
        namespace: str = TRACKING,
        error_code: int = 0,
        custom: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.type_key = type_key
        self.message = message
        self._type_name = f"{namespace}.{type_key}, {namespace}"
        self._error_code = error_code
        self._custom = custom

    def body(self) -> dict[str, Any]:
        custom = {} if self._custom is None else {"customProperties": self._custom}
        return {
            "$id": "1",
            **custom,
            "innerException": None,
            "message": self.message,
            "typeName": self._type_name,
            "typeKey": self.type_key,
            "errorCode": self._error_code,
            "eventId": 3000 if self._custom is None else 3200,
        }

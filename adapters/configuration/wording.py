"""Kinds of text that settings hold, each read strictly, with the remedy where it is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

REFUSED = "refused"
"""The type of the errors that these readers raise: they carry `what` and `remedy`."""

LONGEST_LINE = 255
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_OBJECT_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_SIGN_IN = re.compile(r"[^\s<>\"“”;,()]+[@\\][^\s<>\"“”;,()]+")


def refuse(what: str, remedy: str) -> PydanticCustomError:
    return PydanticCustomError(REFUSED, "{what}; {remedy}", {"what": what, "remedy": remedy})


def read_clock(value: object) -> time:
    found = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise refuse("is not a time of day", 'write it as "HH:MM", from "00:00" to "23:59"')
    return time(int(found[1]), int(found[2]))


def read_sign_in(text: str) -> str:
    """Lower case: Azure DevOps does not tell sign-in names apart by case."""
    if len(text) > LONGEST_LINE or not text.isprintable() or not _SIGN_IN.fullmatch(text):
        raise refuse("is not a sign-in name", 'write what the person signs in with, such as "name@company.com"')
    return text.lower()


def read_account(text: str) -> str:
    """A service principal signs in under its object id, everybody else under a name."""
    return text.lower() if _OBJECT_ID.fullmatch(text) else read_sign_in(text)


def read_line(text: str) -> str:
    if not text.strip() or not text.isprintable() or len(text) > LONGEST_LINE or text != text.strip():
        raise refuse(
            f"is not a line of 1 to {LONGEST_LINE} characters",
            "write it without line breaks and control characters, and without blanks around it",
        )
    return text


def whole(first: int, last: int, because: str = "") -> Callable[[int], int]:
    def read(value: int) -> int:
        if not first <= value <= last:
            what = f"is not between {first} and {last}{because and f': {because}'}"
            raise refuse(what, f"write a whole number from {first} to {last}")
        return value

    return read


Clock = Annotated[time, BeforeValidator(read_clock)]
SignIn = Annotated[str, AfterValidator(read_sign_in)]
Account = Annotated[str, AfterValidator(read_account)]
Line = Annotated[str, AfterValidator(read_line)]

"""Secrets: a value that is shown to nobody by accident, and the look of one that stands where it should not."""

from __future__ import annotations

import re
from collections.abc import Callable

HIDDEN = "***"

# Tokens of Azure DevOps have 52 or 84 letters and digits; "eyJ" begins the JSON of every bearer token.
TOKEN = re.compile(r"[A-Za-z0-9]{52,}|eyJ[\w-]{10,}\.[\w-]+")
_KEY = re.compile(
    r"(^|_)(pat|pwd|secret|password|passwd|passphrase|token|credentials?|(api|access)?_?key)(_|$)", re.IGNORECASE
)


class Secret:
    """A secret that str, repr, format and pickle show as `***`. Whoever needs it says so by `reveal`.

    `read` gives what stands now where it is kept; None: nothing that can be used.
    """

    __slots__ = ("_read", "_value")

    def __init__(self, value: str, read: Callable[[], str | None] = lambda: None) -> None:
        self._value, self._read = value, read

    def reveal(self) -> str:
        return self._value

    def renew(self) -> bool:
        """Reads it anew; whether it has become another one."""
        former, self._value = self._value, self._read() or self._value
        return self._value != former

    def __repr__(self) -> str:
        return HIDDEN

    def __format__(self, spec: str) -> str:
        return HIDDEN

    def __reduce__(self) -> tuple[type[Secret], tuple[str]]:
        return Secret, (HIDDEN,)

    def __copy__(self) -> Secret:
        return self

    def __deepcopy__(self, memo: object) -> Secret:
        return self


def looks_like_a_secret(text: str) -> bool:
    return TOKEN.search(text) is not None


def names_a_secret(key: str) -> bool:
    return _KEY.search(key) is not None

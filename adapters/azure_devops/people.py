"""People, as Azure DevOps shows them: as `Name <sign-in>`, as an object, or as a bare text."""

from __future__ import annotations

import re

_COMBINED = re.compile(r".*<([^<>]+)>\s*", re.DOTALL)


def spelled(person: object) -> str | None:
    """One spelling for all forms: `Name <sign-in>`. None for what is no person."""
    if not isinstance(person, dict):
        return None
    name, sign_in = person.get("displayName"), person.get("uniqueName")
    if isinstance(sign_in, str) and sign_in:
        return f"{name} <{sign_in}>" if isinstance(name, str) and name else sign_in
    return name if isinstance(name, str) else None


def sign_in_of(text: str) -> str:
    """In lower case. A text without a sign-in name stands for itself: it may be one."""
    found = _COMBINED.fullmatch(text)
    return (found[1] if found else text).strip().lower()

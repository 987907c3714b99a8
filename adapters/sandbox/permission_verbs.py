"""Permissions in the words of a test: an administrator allows, denies, or leaves open again."""

from __future__ import annotations

from threading import RLock

from adapters.sandbox import areas
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.permissions import Right, Space
from adapters.sandbox.security_tokens import wiki_token


class PermissionVerbs:
    """`area` empty: everywhere; only the rights on areas have one."""

    def __init__(self, organisation: Organisation, lock: RLock) -> None:
        self._organisation = organisation
        self._lock = lock

    def take(self, sign_in: str, right: Right, area: str = "") -> None:
        self._settle(sign_in, right, self._token(right, area), allowed=False)

    def give(self, sign_in: str, right: Right, area: str = "") -> None:
        """What not everybody has; or in an area what was taken above it."""
        self._settle(sign_in, right, self._token(right, area), allowed=True)

    def give_back(self, sign_in: str, right: Right, area: str = "") -> None:
        """As if nothing had been settled there."""
        with self._lock:
            person = self._organisation.people.signed_in_as(sign_in)
            self._organisation.permissions.leave_open(person, right, self._token(right, area))

    def only_the_wiki(self, sign_in: str) -> None:
        """No code, but the pages of the project's wiki, which is a repository too."""
        self._settle(sign_in, Right.CONTRIBUTE_WIKI, "", allowed=False)
        self._settle(sign_in, Right.CONTRIBUTE_WIKI, wiki_token(self._organisation), allowed=True)

    def _settle(self, sign_in: str, right: Right, token: str, *, allowed: bool) -> None:
        with self._lock:
            person = self._organisation.people.signed_in_as(sign_in)
            self._organisation.permissions.settle(person, right, token, allowed=allowed)

    def _token(self, right: Right, area: str) -> str:
        if area and right.space is not Space.AREAS:
            raise ValueError(f"{right.words!r} is not a permission on an area")
        if area and area.casefold() not in {known.casefold() for known in self._organisation.areas}:
            raise ValueError(f"there is no area {area!r}; there are: {', '.join(sorted(self._organisation.areas))}")
        return areas.token(area) if area else ""

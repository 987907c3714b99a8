"""Permissions in the words of a test: an administrator takes one from somebody, or gives it back."""

from __future__ import annotations

from threading import RLock

from adapters.sandbox import areas
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.permissions import Right, Taken


class PermissionVerbs:
    """`area` empty: everywhere; only the rights on work items have areas."""

    def __init__(self, organisation: Organisation, lock: RLock) -> None:
        self._organisation = organisation
        self._lock = lock

    def take(self, sign_in: str, right: Right, area: str = "") -> None:
        with self._lock:
            self._organisation.permissions.taken.add(self._taken(sign_in, right, area))

    def give_back(self, sign_in: str, right: Right, area: str = "") -> None:
        with self._lock:
            self._organisation.permissions.taken.discard(self._taken(sign_in, right, area))

    def _taken(self, sign_in: str, right: Right, area: str) -> Taken:
        if area and right not in {Right.VIEW_ITEMS, Right.EDIT_ITEMS}:
            raise ValueError(f"{right.words!r} is not a permission on an area")
        if area and area.casefold() not in {known.casefold() for known in self._organisation.areas}:
            raise ValueError(f"there is no area {area!r}; there are: {', '.join(sorted(self._organisation.areas))}")
        person = self._organisation.people.signed_in_as(sign_in)
        return Taken(person.id, right, areas.token(area) if area else "")

"""The people of the organisation, found by any of the spellings that the service accepts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from adapters.sandbox.person import Person

COMBINED = re.compile(r"^(?P<name>.*?)\s*<(?P<sign_in>[^<>]+)>$")


class People:
    def __init__(self, people: Iterable[Person]) -> None:
        self._by_sign_in = {person.sign_in.lower(): person for person in people}

    def __iter__(self) -> Iterator[Person]:
        return iter(self._by_sign_in.values())

    def signed_in_as(self, sign_in: str) -> Person:
        try:
            return self._by_sign_in[sign_in.lower()]
        except KeyError:
            known = ", ".join(sorted(self._by_sign_in))
            raise ValueError(f"nobody signs in as {sign_in!r} here; the people are: {known}") from None

    def find(self, written: object) -> Person | None:
        """None: unknown or ambiguous, which the service treats alike."""
        if isinstance(written, Mapping):
            return self._by_reference(written)
        if isinstance(written, str):
            return self._by_text(written.strip())
        return None

    def _by_text(self, text: str) -> Person | None:
        combined = COMBINED.match(text)
        sign_in = combined["sign_in"] if combined else text
        return self._by_sign_in.get(sign_in.lower()) or self._only_one_named(text)

    def _by_reference(self, reference: Mapping[str, object]) -> Person | None:
        for person in self:
            if reference.get("id") == person.id or reference.get("descriptor") == person.descriptor:
                return person
        spelling = reference.get("uniqueName") or reference.get("displayName")
        return self._by_text(spelling) if isinstance(spelling, str) else None

    def _only_one_named(self, name: str) -> Person | None:
        found = [person for person in self if person.name.casefold() == name.casefold()]
        return found[0] if len(found) == 1 else None

"""Judging an account's rights: what is missing, what is too many, and what could not be checked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from adapters.azure_devops.rights.needed import EDIT_ITEMS, NEEDED, Needed, Use
from adapters.azure_devops.rights.places import Places
from adapters.azure_devops.rights.right import WHERE_SET, Namespace, Right
from adapters.azure_devops.rights.unwanted import UNWANTED, Unwanted

NAMED = 5
Held = Mapping[tuple[Right, str], bool]
"""Whether the account has the right at that token. What could not be asked is not in it."""


class Kind(Enum):
    MISSING = "missing"
    TOO_MANY = "too many"
    UNCHECKED = "not checked"


@dataclass(frozen=True, slots=True)
class Finding:
    """`stops_writing`: nothing new can be written at all, not only in some place."""

    kind: Kind
    words: str
    stops_writing: bool = False

    def __str__(self) -> str:
        return f"{self.kind.value}: {self.words}"


def asked_of(uses: Collection[Use], places: Places) -> tuple[tuple[Right, str], ...]:
    """Every right that matters, at every place where it does."""
    needed = [(one.right, token) for one in NEEDED if one.use in uses for token in _tokens(one, places)]
    unwanted = [(right, places.token(right.namespace)) for one in UNWANTED for right in one.rights]
    return (*needed, *unwanted)


def judge(
    account: str, uses: Collection[Use], places: Places, held: Held, written: Collection[int]
) -> tuple[Finding, ...]:
    """`written`: the areas, by id, in which work items of the process lie; new ones come into the project's own."""
    needed = [finding for one in NEEDED if one.use in uses for finding in _of(account, one, places, held, written)]
    unwanted = [finding for one in UNWANTED for finding in _of_unwanted(account, one, places, held)]
    return (*needed, *unwanted)


def _of(account: str, one: Needed, places: Places, held: Held, written: Collection[int]) -> Iterator[Finding]:
    answers = {token: held.get((one.right, token)) for token in _tokens(one, places)}
    if None in answers.values():
        yield _unchecked(account, one.right)
        return
    lacking = _lacking_areas(one.right, places, answers, written) if one.right.namespace is Namespace.AREAS else ()
    if lacking or (one.right.namespace is not Namespace.AREAS and not all(answers.values())):
        words = (
            f"{account} lacks '{one.right.words}'{_in(lacking)}; without it {one.without}; "
            f"an administrator allows it ({WHERE_SET[one.right.namespace]})"
        )
        yield Finding(Kind.MISSING, words, one.right == EDIT_ITEMS and places.areas[0].path in lacking)


def _lacking_areas(
    right: Right, places: Places, answers: Mapping[str, bool | None], written: Collection[int]
) -> tuple[str, ...]:
    """To see is needed everywhere: what is hidden is missed by nobody. To edit, only where there is something."""
    own = places.areas[0]
    matter = [a for a in places.areas if right != EDIT_ITEMS or a == own or a.id in written]
    return tuple(area.path for area in matter if not answers[area.token])


def _of_unwanted(account: str, one: Unwanted, places: Places, held: Held) -> Iterator[Finding]:
    answers = {right: held.get((right, places.token(right.namespace))) for right in one.rights}
    yield from (_unchecked(account, right) for right, answer in answers.items() if answer is None)
    names = ", ".join(f"'{right.words}'" for right, answer in answers.items() if answer)
    if names:
        where = WHERE_SET[one.rights[0].namespace]
        words = f"{account} has {names}; with it {one.could}; an administrator takes it away ({where})"
        yield Finding(Kind.TOO_MANY, words)


def _unchecked(account: str, right: Right) -> Finding:
    return Finding(Kind.UNCHECKED, f"whether {account} has '{right.words}': the organisation lists no such permission")


def _tokens(one: Needed, places: Places) -> tuple[str, ...]:
    if one.right.namespace is Namespace.AREAS:
        return tuple(area.token for area in places.areas)
    return (places.wiki_token if one.use is Use.WRITE_WIKI else places.token(one.right.namespace),)


def _in(paths: tuple[str, ...]) -> str:
    if not paths:
        return ""
    rest = f" and {len(paths) - NAMED} more" if len(paths) > NAMED else ""
    return f" in {', '.join(paths[:NAMED])}{rest}"

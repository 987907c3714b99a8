"""Acts: what one person asks for on one work item, as a write, or as the words why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from bot.change import Change


@dataclass(frozen=True, slots=True)
class Act:
    """One write. `words` tell what holds after it, `shown` what a person should see before.

    `deviations` is what the process does not allow about it: the person has to mean it.
    """

    change: Change
    words: str
    shown: tuple[str, ...] = ()
    deviations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AlreadySo:
    """There is nothing to write, because it is so already."""

    words: str


@dataclass(frozen=True, slots=True)
class Objection:
    """It is not to be done, or would not stand."""

    words: str


Verdict = Act | AlreadySo | Objection

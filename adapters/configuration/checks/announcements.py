"""Announcements: the numbers and roadmap names that dated windows carry, for parties that are there."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.configuration.problem import Path, Problem
from adapters.configuration.quoting import quoted
from adapters.configuration.settings import ExtraWindowSettings, Settings
from adapters.configuration.suggestion import suggestion
from bot.number import read_number


def check_announcements(settings: Settings) -> Iterator[Problem]:
    for name, environment in settings.environments.items():
        for i, window in enumerate(environment.extra_windows):
            base: Path = ("environments", name, "extra_windows", i)
            if window.after and window.after.casefold() == window.roadmap.casefold():
                what = f"names {quoted(window.after)}, which is the roadmap name of this window itself"
                yield Problem((*base, "after"), what, "name the release that has to arrive before, or take it out")
            yield from _numbers(name, window, base, settings)


def _numbers(environment: str, window: ExtraWindowSettings, base: Path, settings: Settings) -> Iterator[Problem]:
    for party, text in window.numbers.items():
        path, number = (*base, "numbers", party), read_number(text)
        owner = settings.parties.get(party)
        if owner is None:
            yield Problem(path, f"there is no party {quoted(party)}", suggestion(party, settings.parties))
        elif environment not in owner.environments:
            what = f"{quoted(party)} does not deploy to {quoted(environment)}"
            yield Problem(path, what, "take it out, or add the environment to those of the party")
        if number is None:
            yield Problem(path, f"{quoted(text)} is not a release number", 'write four places, such as "6.0.0.0"')
        elif window.gives("type") and number.type.value != window.type:
            what = f"{quoted(text)} is a number of type {number.type.value}, and the window takes a {window.type}"
            yield Problem(path, what, "correct the number, or the type of the window")

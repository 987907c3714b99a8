"""A mutant: one small change of the real code for as long as it is looked for, and what is broken by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tests.campaign.mutants.search import Search, Seeds

Change = tuple[Any, str, object]
"""What has the attribute, its name, and what stands there instead. A function is replaced where it is used."""


@dataclass(frozen=True)
class Mutant:
    """`broken` completes "the bot that ..."; `found_by`: where to look for it, as its fault is not everywhere;
    `survives`: why it is not caught, where it is not."""

    name: str
    broken: str
    changes: Callable[[], Sequence[Change]]
    found_by: Search = field(default_factory=Seeds)
    survives: str = ""

    def lives(self) -> AbstractContextManager[None]:
        return changed(*self.changes())


@contextmanager
def changed(*changes: Change) -> Iterator[None]:
    with ExitStack() as stack:
        for owner, name, value in changes:
            # What stands there itself, and not what it is bound to: it goes back as it was.
            stack.callback(setattr, owner, name, vars(owner)[name])
            if isinstance(value, cached_property):
                value.__set_name__(owner, name)
            setattr(owner, name, value)
        yield

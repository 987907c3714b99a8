"""At hand: the world of a service, from when its store can be opened; until then each look says why it cannot.

On a server several processes may share one store: whichever has its lease acts, and the others stand by.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from adapters.logs import SHUNTER
from adapters.store.failures import StoreError, StoreTaken
from bot.plan import Plan
from jobs.run import Ending, Report, new_run
from jobs.unexpected import unexpected_words
from jobs.world import World

ASKED_EACH = 5.0
"""Seconds after which a process that stands by asks for the lease again."""
ASKED = 12
"""How often it does within one look, at most."""


def asked_within(interval: timedelta) -> int:
    """How often: a look that stands by is over before the next one is due."""
    return max(1, min(ASKED, int(interval.total_seconds() / ASKED_EACH)))


class WorldAtHand:
    """`open_it` makes the world, or raises. It is called until that has succeeded once, by one thread at a time.

    `wait` gives whether to end, at most so many seconds later: whoever may stand by has one, and asks `asked` times
    within one look. `told` hears why; `met` is called when it acts after it has stood by.
    """

    def __init__(
        self,
        open_it: Callable[[], World],
        *,
        wait: Callable[[float], bool] | None = None,
        asked: int = ASKED,
        told: Callable[[str], object] = lambda words: None,
        met: Callable[[World], object] = lambda world: None,
    ) -> None:
        self._open, self._wait, self._asked, self._told, self._met = open_it, wait, asked, told, met
        self._opened: World | None = None
        self._stands_by = ""

    @property
    def world(self) -> World | None:
        """None as long as there is none, and while another process acts."""
        return None if self._stands_by else self._opened

    def insist_on_being_alone(self) -> None:
        """Where no process stands by, another that acts on the same store is a mistake of whoever started this one. All
        else may pass, and is logged: the first look tries again, and may find nothing wrong any more."""
        try:
            self._opened = self._open()
        except StoreTaken:
            if self._wait is None:
                raise
        except StoreError as failure:
            SHUNTER.warning("not open yet: %s", failure)
        except Exception as error:  # noqa: BLE001  (the service begins all the same)
            unexpected_words(error, new_run())

    def opened(self) -> World:
        """For what is only begun once it is."""
        if self.world is None:
            raise RuntimeError("the store is not open yet, or another process acts")
        return self.world

    def look(self, look: Callable[[World], Report]) -> Report:
        try:
            world = self._acting()
        except StoreTaken as taken:
            return Report("", None, Plan(), stands_by=taken.why)
        except StoreError as failure:
            return Report("", None, Plan(), why=str(failure), ending=Ending.FAILED)
        except Exception as error:  # noqa: BLE001  (the service goes on)
            words = unexpected_words(error, new_run())
            return Report("", None, Plan(), why=words, ending=Ending.FAILED)
        return look(world)

    def _acting(self) -> World:
        """Whoever stands by asks for a while, so that not much time passes between one's end and another's begin."""
        asked = 1
        while True:
            try:
                world = self._opened = self._opened or self._open()
                world.store.ledger.insist_on_acting()
            except StoreTaken as taken:
                self._stand_by(taken.why)
                if self._wait is None or asked >= self._asked or self._wait(ASKED_EACH):
                    raise
                asked += 1
            else:
                self._act(world)
                return world

    def _stand_by(self, why: str) -> None:
        if not self._stands_by:
            SHUNTER.warning("standing by: %s", why)
        self._stands_by = why
        self._told(why)

    def _act(self, world: World) -> None:
        if self._stands_by:
            self._met(world)
            SHUNTER.warning("acting from now on: nobody else does")
        self._stands_by = ""

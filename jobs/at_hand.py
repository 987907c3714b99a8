"""At hand: the world of a service, from when its store can be opened; until then each look says why it cannot."""

from __future__ import annotations

from collections.abc import Callable

from adapters.store.failures import StoreError, StoreTaken
from bot.plan import Plan
from jobs.run import Ending, Report, new_run
from jobs.unexpected import unexpected_words
from jobs.world import World


class WorldAtHand:
    """`open_it` makes the world, or raises. It is called until that has succeeded once, by one thread at a time."""

    def __init__(self, open_it: Callable[[], World]) -> None:
        self._open = open_it
        self.world: World | None = None

    def insist_on_being_alone(self) -> None:
        """Another process that acts on the same store is a mistake of whoever started this one. All else may pass."""
        try:
            self.world = self._open()
        except StoreTaken:
            raise
        except Exception:  # noqa: BLE001  (the first look tries again, and tells)
            return

    def opened(self) -> World:
        """For what is only begun once it is."""
        if self.world is None:
            raise RuntimeError("the store is not open yet")
        return self.world

    def look(self, look: Callable[[World], Report]) -> Report:
        try:
            world = self.world = self.world or self._open()
        except StoreError as failure:
            return Report("", None, Plan(), why=str(failure), ending=Ending.FAILED)
        except Exception as error:  # noqa: BLE001  (the service goes on)
            words = unexpected_words(error, new_run())
            return Report("", None, Plan(), why=words, ending=Ending.FAILED)
        return look(world)

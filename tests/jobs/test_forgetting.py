"""Records are kept for two years, and removed once a day after that: by the server's clock, and never what is open."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from jobs.forget_old import FORGOTTEN, forget_old
from tests.jobs.play import Play

KEEP = timedelta(days=730)


def keeping(play: Play, keep: timedelta) -> None:
    play.world = replace(play.world, keep=keep)


def recorded(play: Play) -> list[str]:
    return [record.run for record in play.world.store.ledger.runs(100)]


def test_after_two_years_a_run_is_forgotten_and_the_rest_is_whole(play: Play) -> None:
    assert play.world.keep == KEEP, "by default"
    first = play.look().run
    play.azure.clock.advance(KEEP - timedelta(hours=1))
    second = play.try_to_look().run
    assert recorded(play) == [second, first]

    play.azure.clock.advance(timedelta(days=1, hours=2))
    play.try_to_look()

    assert first not in recorded(play)
    assert second in recorded(play)
    assert play.world.store.ledger.check().breaks == ()
    play.seen()


def test_it_is_done_once_a_day(play: Play) -> None:
    first = play.look().run
    play.azure.clock.advance(KEEP + timedelta(days=1))
    keeping(play, timedelta(days=900))
    forget_old(play.world)
    keeping(play, KEEP)
    forget_old(play.world)
    assert first in recorded(play), "it was done today"

    play.azure.clock.advance(timedelta(days=1, minutes=1))
    play.world.boards.closely([123])
    forget_old(play.world)

    assert recorded(play) == []
    play.seen()


def test_what_was_done_by_a_clock_of_the_future_is_done_again(play: Play) -> None:
    first = play.look().run
    at = play.azure.clock.now() + KEEP * 5
    play.world.store.mirror.absorb(token=(FORGOTTEN, at.isoformat()))
    play.azure.clock.advance(KEEP + timedelta(days=1))
    play.world.boards.closely([123])

    forget_old(play.world)

    assert first not in recorded(play)
    play.seen()


def test_kept_for_no_time_at_all_means_for_ever(play: Play) -> None:
    first = play.look().run
    play.azure.clock.advance(KEEP * 5)
    play.world.boards.closely([123])

    keeping(play, timedelta(0))
    forget_old(play.world)

    assert recorded(play) == [first]
    play.seen()

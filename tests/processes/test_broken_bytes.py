"""Broken bytes: a store that is not what it was does no harm, or is told and moved aside, and the next run goes on."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from tests.processes.kills import Course, Trial
from tests.processes.verdict import difference, violations, world

SCENE = "raising"
SEED = 40
FLIPS, MANY = 12, 200


@pytest.fixture
def course(trial: Trial) -> Course:
    return trial.undisturbed(SCENE, with_texts=True)


def flipped(dice: Random) -> Callable[[bytes], bytes]:
    def flip(content: bytes) -> bytes:
        place = dice.randrange(len(content))
        return content[:place] + bytes([content[place] ^ 1 << dice.randrange(8)]) + content[place + 1 :]

    return flip


def page_of_noise(dice: Random) -> Callable[[bytes], bytes]:
    def spoil(content: bytes) -> bytes:
        place = dice.randrange(len(content) // 4096) * 4096
        return content[:place] + dice.randbytes(4096) + content[place + 4096 :]

    return spoil


def page_of_nothing(dice: Random) -> Callable[[bytes], bytes]:
    def spoil(content: bytes) -> bytes:
        place = dice.randrange(len(content) // 4096) * 4096
        return content[:place] + bytes(4096) + content[place + 4096 :]

    return spoil


def cut_short(dice: Random) -> Callable[[bytes], bytes]:
    return lambda content: content[: dice.randrange(len(content))]


def mark(times: int) -> pytest.MarkDecorator:
    return pytest.mark.campaign if times == MANY else pytest.mark.slow


SPOILT = {
    "a bit": (flipped, FLIPS),
    "noise": (page_of_noise, 4),
    "zeros": (page_of_nothing, 4),
    "cut": (cut_short, 4),
    "many bits, one at a time": (flipped, MANY),
}


@pytest.mark.parametrize("how", [pytest.param(how, marks=mark(times)) for how, (_, times) in SPOILT.items()])
def test_a_store_with_broken_bytes_does_no_harm_or_is_told_and_left_at_the_next_run(
    trial: Trial, course: Course, how: str
) -> None:
    spoil, times = SPOILT[how]
    for seed in range(SEED, SEED + times):
        mark = trial.begin(SCENE)
        store = trial.installation.store
        store.write_bytes(spoil(Random(seed))(store.read_bytes()))

        process = trial.installation.start("run", "--once")

        if process.ended() == 1:
            assert f"store {store}: it is damaged" in process.words, (seed, process.words)
            assert trial.heal(course)[1] == [], (seed, process.words)
        else:
            came = difference(course.at_once, world(trial.azure, with_texts=True))
            assert (process.ended(), came) == (0, []), (seed, process.words)
        assert violations(trial.azure, mark) == [], seed

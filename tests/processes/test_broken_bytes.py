"""Broken bytes: a store that is not what it was is refused in words or does no harm; what is written is right."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from tests.processes.kills import Course, Trial
from tests.processes.verdict import difference, violations, world

SCENE = "raising"
SEED = 40
FLIPS = 40


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


SPOILT = {"a bit": (flipped, FLIPS), "noise": (page_of_noise, 5), "zeros": (page_of_nothing, 5), "cut": (cut_short, 5)}


@pytest.mark.slow
@pytest.mark.parametrize("how", SPOILT)
def test_a_store_with_broken_bytes_is_refused_in_words_or_does_no_harm(trial: Trial, course: Course, how: str) -> None:
    spoil, times = SPOILT[how]
    for seed in range(SEED, SEED + times):
        mark = trial.begin(SCENE)
        before = world(trial.azure, with_texts=True)
        store = trial.installation.store
        store.write_bytes(spoil(Random(seed))(store.read_bytes()))

        process = trial.installation.start("run", "--once")
        code = process.ended()

        came = difference(course.at_once, world(trial.azure, with_texts=True))
        if code == 1:
            assert f"store {store}: " in process.words, (seed, process.words)
            assert difference(before, world(trial.azure, with_texts=True)) == [], (seed, process.words)
        else:
            assert (code, came) == (0, []), (seed, process.words)
        assert violations(trial.azure, mark) == [], seed

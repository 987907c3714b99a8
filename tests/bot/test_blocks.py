"""Blocks: a hold, or an emergency's fix that would be lost, keeps a list back, and says how to lift it."""

import pytest

from bot.blocks import blocks, held_but_contained, open_again
from bot.defect import Defect, State
from tests.bot.world import a_change_request, a_defect, a_picture, a_sealed_list, entries, number

REOPENED = "123 is {} again; its fix stays in 5.2.16.0: hold it to stop that"
HELD = "123 is held, but 5.2.16.0 contains it: unhold it, or agree a build without it"


@pytest.mark.parametrize(
    ("defect", "words"),
    [
        pytest.param(a_defect(), [], id="resolved"),
        pytest.param(a_defect(state=State.READY_FOR_RETEST), [], id="with its tester"),
        pytest.param(a_defect(state=State.CLOSED), [], id="closed"),
        pytest.param(a_defect(tags=frozenset({"Hold"})), [HELD], id="held"),
        pytest.param(a_defect(tags=frozenset({"HOLD sit-a"})), [HELD], id="held for this environment"),
        pytest.param(a_defect(tags=frozenset({"Hold SIT-B"})), [], id="held for another environment"),
        pytest.param(a_defect(tags=frozenset({"Hold SIT-A2"})), [], id="held for one whose name only begins so"),
        pytest.param(a_defect(state=State.OPEN), [], id="reopened"),
        pytest.param(a_defect(state=State.OTHER), [], id="in a state of its own"),
        pytest.param(a_defect(state=State.OPEN, tags=frozenset({"Hold"})), [HELD], id="reopened and held"),
    ],
)
def test_what_blocks_a_list(defect: Defect, words: list[str]) -> None:
    assert list(blocks(a_sealed_list(), a_picture(defect))) == words


@pytest.mark.parametrize(
    ("defect", "words"),
    [
        pytest.param(a_defect(), [], id="resolved"),
        pytest.param(a_defect(state=State.READY_FOR_RETEST), [], id="with its tester"),
        pytest.param(a_defect(state=State.CLOSED), [], id="closed"),
        pytest.param(a_defect(state=State.OPEN, state_text="Active"), [REOPENED.format("Active")], id="reopened"),
        pytest.param(a_defect(state=State.OTHER), [REOPENED.format("other")], id="in a state of its own"),
    ],
)
def test_a_fix_that_did_not_hold_is_told_and_keeps_nothing_back(defect: Defect, words: list[str]) -> None:
    assert list(open_again(a_sealed_list(), a_picture(defect))) == words


@pytest.mark.parametrize(
    ("version", "is_told"),
    [
        pytest.param("5.2.16.0", True, id="of this build"),
        pytest.param("5.2.15.1", True, id="of one before it"),
        pytest.param("5.2.17.0", False, id="of a later one"),
        pytest.param("5.2.15.0", False, id="of what ran before any list: nobody can take it out"),
        pytest.param("", False, id="of no build yet"),
    ],
)
def test_what_is_held_and_in_the_build_all_the_same_is_told(version: str, is_told: bool) -> None:
    held = a_defect(123, version=version, tags=frozenset({"Hold"}))
    words = (
        f"123 is held and not on this list, but its version {version} says that the build has its fix: "
        "DCC takes it out of 5.2.16.0, and names a later version"
    )

    told = held_but_contained("DCC", number("5.2.16.0"), a_picture(held, a_defect(456)))

    assert told == ((words,) if is_told else ())


def test_every_fix_on_the_list_counts_in_order() -> None:
    sealed = a_sealed_list(entries=entries(here=[789, 123], elsewhere=[456]))
    held = [a_defect(id, tags=frozenset({"Hold"})) for id in (789, 456, 123)]

    assert [words.split()[0] for words in blocks(sealed, a_picture(*held))] == ["123", "456", "789"]


def test_what_is_held_and_not_on_the_list_blocks_nothing() -> None:
    assert blocks(a_sealed_list(), a_picture(a_defect(), a_defect(999, tags=frozenset({"Hold"})))) == ()


def test_a_fix_that_can_no_longer_be_read_blocks_nothing() -> None:
    assert blocks(a_sealed_list(), a_picture()) == ()


def test_a_change_request_is_held_like_a_defect() -> None:
    sealed = a_sealed_list(entries=entries(here=[31]))

    assert len(blocks(sealed, a_picture(a_change_request(31, tags=frozenset({"Hold"}))))) == 1

"""Whatever people do and whatever goes wrong, every promise is kept at every step, and once all is quiet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.campaign.checker import fields as f
from tests.campaign.deeds import FIELDS
from tests.campaign.people import People, campaign


@contextmanager
def people() -> Iterator[People]:
    """A story as hypothesis prints it; what is promised is asked for after it too."""
    state = People()
    try:
        yield state
        state.every_promise_is_kept()
    except BaseException:
        state.leave()
        raise
    state.teardown()


def test_a_few_stories() -> None:
    campaign(examples=1, steps=10, number=1)


@pytest.mark.campaign
def test_some_stories() -> None:
    campaign(examples=25, steps=25, number=2026)


@pytest.mark.slow
def test_a_release_reaches_its_testers() -> None:
    """What the rules can bring about at all."""
    with people() as state:
        state.a_release_goes_on(which=0, deeds=3)
        states = {item.state for item in state.company.azure.items(f.DEFECT)}

    assert f.RETEST in states


@pytest.mark.slow
def test_two_lists_for_one_release() -> None:
    """Somebody changes the environment of an agreed list: there was an RFC for each."""
    with people() as state:
        state.somebody(deed="agree", which=0, how=0)
        state.somebody(deed="agree", which=1, how=0)
        state.somebody(deed="agree", which=2, how=0)
        environment = list(FIELDS[f.LIST]).index(f.ENVIRONMENT)
        for which in range(3):
            state.edits(type=f.LIST, which=which, field=environment, value=1, who=0)
        for _ in range(3):
            state.looks(minutes=2, replica=0)

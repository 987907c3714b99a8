"""Plays: what the stories about one mutant have in common."""

from __future__ import annotations

from tests.campaign.people import People


def goes_on(people: People, *deeds: str) -> None:
    """A release is raised, and then: so many deeds, at each of which the bot looks twice."""
    people.a_release_goes_on(which=0, deeds=1)
    for deed in deeds:
        people.somebody(deed=deed, which=0, how=0)
        looks_twice(people)


def looks_twice(people: People) -> None:
    people.looks(minutes=2, replica=0)
    people.looks(minutes=2, replica=0)

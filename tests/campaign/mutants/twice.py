"""Mutants of what there is twice: an RFC that was deleted, second RFCs, second lists."""

from __future__ import annotations

import bot.propose_lists
import bot.sweep
import bot.why_not_raised
from bot.register import Register
from tests.campaign.mutants.mutant import Mutant
from tests.campaign.mutants.search import Told
from tests.campaign.people import People


def _deleted_and_agreed_anew(people: People) -> None:
    """Somebody deletes an RFC, and then agrees whatever list is proposed."""
    people.a_release_goes_on(which=0, deeds=1)
    people.somebody(deed="delete an RFC", which=0, how=0)
    people.looks(minutes=16, replica=0)
    people.looks(minutes=16, replica=0)
    people.a_release_goes_on(which=0, deeds=1)


def _raised_by_hand_too(people: People) -> None:
    people.a_release_goes_on(which=0, deeds=1)
    people.somebody(deed="raise by hand", which=0, how=0)
    people.looks(minutes=16, replica=0)


def _asked_for_twice(people: People) -> None:
    """The list that one replica makes arrives late, and no feed tells the other of it yet."""
    people.looks(minutes=2, replica=1)
    people.there_is_trouble(what="feeds lag", replica=0)
    people.somebody(deed="urge", which=0, how=0)
    people.there_is_trouble(what="creation late", replica=0)
    people.looks(minutes=8, replica=0)
    people.looks(minutes=2, replica=1)


TWICE = (
    Mutant(
        "raise what was deleted",
        "does not see that an RFC was deleted, and raises another",
        lambda: [
            (Register, "has_lost_its_rfc", lambda self, candidate_list: False),
            (bot.why_not_raised, "_stands_there", lambda sealed, picture: ""),
        ],
        Told("delete an RFC and agree the next list", _deleted_and_agreed_anew),
    ),
    Mutant(
        "close what a person wrote",
        "closes every second RFC as a duplicate, whoever has raised it",
        lambda: [(bot.sweep, "why_left", lambda second, facts: "")],
        Told("raise an RFC by hand beside Shunter's", _raised_by_hand_too),
    ),
    Mutant(
        "leave second lists",
        "closes no list that waits beside another for the same",
        lambda: [(bot.propose_lists, "why_kept", lambda second, facts: "it is left")],
        Told("ask for an emergency of two replicas", _asked_for_twice),
    ),
)

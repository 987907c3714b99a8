"""S4: a defect goes to its testers only by a release that brought its fix to the environment that found it, and to the
one of them whose it is."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.sandbox.person import Person
from tests.campaign.checker import fields as f
from tests.campaign.checker.brought import why_not_brought
from tests.campaign.checker.handed_over import handed_over
from tests.campaign.checker.history import Change, History, text_of
from tests.campaign.checker.violation import Violation


def s4_retest_proof(history: History, since: int) -> Iterator[Violation]:
    for change, rfc in handed_over(history, since):
        place = history.known_by(change)
        why = why_not_brought(change.before, change.item, rfc, history, place)
        if why:
            yield Violation("S4", change.at, change.item, f"handed over by RFC {rfc}, and {why}")
        wanted = next(_testers(change, text_of(history.stood(rfc, place), f.ENVIRONMENT), history), None)
        given = change.after.get(f.ASSIGNED_TO)
        if wanted is not None and given != wanted:
            to = given.sign_in if isinstance(given, Person) else "nobody"
            words = f"handed over to {to}, and its tester is {wanted.sign_in}"
            yield Violation("S4", change.at, change.item, words)


def _testers(change: Change, environment: str, history: History) -> Iterator[Person]:
    """Who is named on it, who raised it, who looks after the defects there: those whom the server knows."""
    named = (change.before.get(f.RETEST_BY), change.before.get(f.CREATED_BY))
    yield from (person for person in named if isinstance(person, Person) and person.sign_in != history.bot)
    place = history.programme.environments.get(environment)
    found = history.azure.people.find(place.test_defect_manager) if place is not None else None
    if found is not None:
        yield found

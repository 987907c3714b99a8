"""Roles: whose word counts for the releases of a party in an environment, by the configuration alone."""

from __future__ import annotations

from bot.environment import Environment
from bot.programme import Programme

BOT_RULE_OF_EVIDENCE = "rule evidence;"
"""In the mark on what the bot writes of a source of evidence that the programme has configured."""


def may_approve(who: str, environment: Environment, party: str, programme: Programme, bot: str) -> bool:
    """One who holds a role that approves there, and is neither the bot nor of the party."""
    holders = {person for people in environment.approvals.values() for person in people}
    return who in holders and who != bot and who not in _people_of(party, programme)


def may_confirm(who: str, environment: Environment, party: str, programme: Programme, bot: str) -> bool:
    """That a release is deployed."""
    if who == bot:
        return False
    managers = environment.deployment_managers
    return not managers or who in managers or may_approve(who, environment, party, programme, bot)


def may_sign_off(who: str, environment: Environment, bot: str) -> bool:
    """That a smoke test has passed."""
    return who != bot and (not environment.test_managers or who in environment.test_managers)


def may_agree(who: str, environment: Environment) -> bool:
    return any(who in people for people in environment.agrees.values())


def place_of(found_in: str, party: str, programme: Programme) -> str:
    """Where the party deploys for the environment that found a defect."""
    known = programme.parties.get(party)
    if known is None or found_in in known.environments:
        return found_in
    places = (programme.environments[name] for name in known.environments if name in programme.environments)
    return next((place.name for place in places if found_in in place.stands_for), found_in)


def _people_of(party: str, programme: Programme) -> frozenset[str]:
    known = programme.parties.get(party)
    return known.people | known.release_managers if known is not None else frozenset()

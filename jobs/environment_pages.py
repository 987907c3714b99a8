"""Pages of environments: what they are to say by now, with the long texts that they quote; reading, and no writing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from bot.compose_page import compose_page
from bot.environment_page import EnvironmentPage
from bot.facts import Facts
from bot.picture import Picture
from jobs.observe import facts_of, proved_by, read_closely
from jobs.world import World

ABOVE = "/Shunter"


def path_of(environment: str) -> str:
    return f"{ABOVE}/{environment}"


def environment_pages(world: World, facts: Facts, environments: Collection[str]) -> Mapping[str, EnvironmentPage]:
    """By environment. Nothing is asked for where everything is known already; raises a `Failure` where it cannot be."""
    picture = proved_by(world, facts)
    pages = {name: compose_page(name, picture) for name in environments}
    quoted = frozenset(id for page in pages.values() for id in page.quoted) & facts.defects.keys()
    unread = world.store.mirror.stale_relations(quoted)
    if not unread:
        return pages
    read_closely(world, unread)
    read = Picture(replace(picture.facts, defects=facts_of(world).defects))
    return {name: compose_page(name, read) for name in environments}

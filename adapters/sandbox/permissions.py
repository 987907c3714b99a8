"""What people may do: everything, but for what was taken from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from adapters.sandbox.person import Person


class Right(Enum):
    """Namespace, bit and the service's own words. The namespaces are documented; the bits are not, and are assumed."""

    VIEW_ITEMS = ("83e28ad4-2d72-4ceb-97b0-c7726d5502c3", 16, "View work items in this node")
    EDIT_ITEMS = ("83e28ad4-2d72-4ceb-97b0-c7726d5502c3", 32, "Edit work items in this node")
    VIEW_PROJECT = ("52d39943-cb85-4d7f-8fa8-c6baac873819", 1, "View project-level information")
    DELETE_ITEMS = ("52d39943-cb85-4d7f-8fa8-c6baac873819", 8192, "Delete and restore work items")
    VIEW_TEST_RUNS = ("52d39943-cb85-4d7f-8fa8-c6baac873819", 512, "View test runs")
    CREATE_TAG = ("bb50f182-8e5e-40b8-bc21-e8752a1e7ae2", 2, "Create tag definition")
    CONTRIBUTE_QUERIES = ("71356614-aad7-4757-8f2c-0fb3bff6f680", 2, "Contribute to shared queries")
    CONTRIBUTE_WIKI = ("2e9eb7ed-3c0a-47d4-87c1-0ffdf275fd87", 4, "Contribute to the wiki")
    VIEW_ENVIRONMENT = ("83d4c2e6-e57d-4d6e-892b-b87222b7ad20", 1, "View environments")
    VIEW_BUILDS = ("33344d9c-fc72-4d6f-aba5-fa317101a7e9", 1, "View builds")
    VIEW_RELEASES = ("c788c23e-1b46-4162-8f5e-d7585343b5de", 32, "View releases")
    VIEW_SUBSCRIPTIONS = ("cb594ebe-87dd-4fc9-ac2c-6a10a4c92046", 1, "View subscriptions")
    EDIT_SUBSCRIPTIONS = ("cb594ebe-87dd-4fc9-ac2c-6a10a4c92046", 2, "Edit subscriptions")

    @property
    def namespace(self) -> str:
        return str(self.value[0])

    @property
    def bit(self) -> int:
        return int(self.value[1])

    @property
    def words(self) -> str:
        return str(self.value[2])


@dataclass(frozen=True, slots=True)
class Taken:
    """`token` empty: everywhere; otherwise at what it names and below it, as the namespaces inherit."""

    person: str
    right: Right
    token: str = ""


@dataclass
class Permissions:
    taken: set[Taken] = field(default_factory=set)

    def may(self, person: Person, right: Right, token: str = "") -> bool:
        return not any(
            (one.person, one.right) == (person.id, right) and token.casefold().startswith(one.token.casefold())
            for one in self.taken
        )

    def holds(self, person: Person, namespace: str, bits: int, token: str) -> bool:
        """All of these bits; a right that the sandbox does not know is held."""
        asked = (right for right in Right if right.namespace == namespace.lower() and right.bit & bits)
        return all(self.may(person, right, token) for right in asked)

"""The programme: its environments, parties, calendar and notice, as configuration gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from bot.environment import Environment
from bot.number import ReleaseType
from bot.party import Party
from bot.working_days import WorkingDays

DEFAULT_NOTICE = {ReleaseType.MAJOR: 0, ReleaseType.MINOR: 1, ReleaseType.PATCH: 1}
"""Working days between the raising of an RFC and its window [M10]; an emergency's notice is a clock hour."""
ALL_PARTICIPANTS: Mapping[str, frozenset[str]] = {"Participants": frozenset()}
"""Who is concerned by a release where nobody says otherwise [M9.2]."""


@dataclass(frozen=True, slots=True)
class Programme:
    """One test programme. `type_names` is what people call each release type (CSSC: a patch is *Regular*).

    `concerned`: the groups whose readiness an RFC asks for, and who speaks for each (nobody: anybody).
    """

    name: str
    working_days: WorkingDays
    environments: Mapping[str, Environment]
    parties: Mapping[str, Party]
    notice: Mapping[ReleaseType, int] = field(default_factory=lambda: dict(DEFAULT_NOTICE))
    internal_test: str = ""
    type_names: Mapping[ReleaseType, str] = field(default_factory=dict)
    governance: frozenset[str] = frozenset()
    concerned: Mapping[str, frozenset[str]] = field(default_factory=lambda: dict(ALL_PARTICIPANTS))
    readiness_blocks: bool = False

    @property
    def zone(self) -> ZoneInfo:
        return self.working_days.zone

    def knows(self, environment: str, party: str) -> bool:
        """Whether both are configured: what is left over of former settings is nobody's to decide on."""
        return environment in self.environments and party in self.parties

    def party_named(self, text: str) -> Party | None:
        """The party that a person names: capitals and blanks around it do not matter."""
        return next((p for name, p in self.parties.items() if name.casefold() == text.strip().casefold()), None)

    def name_of(self, type_: ReleaseType) -> str:
        return self.type_names.get(type_, type_.value)

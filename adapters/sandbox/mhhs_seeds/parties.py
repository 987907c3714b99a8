"""The parties of the default programme: who speaks for each, what it has delivered, what it builds next."""

from __future__ import annotations

from dataclasses import dataclass

STAGING = "SIT Staging"
SIT_A = "SIT-A"
SIT_B = "SIT-B"
UIT = "UIT"


@dataclass(frozen=True, slots=True)
class SeedParty:
    """`delivered`: its builds so far, oldest first; the last runs in all of its environments."""

    release_manager: str
    delivered: tuple[str, str, str]
    next_build: str
    environments: tuple[str, ...] = (SIT_A, SIT_B)

    @property
    def baseline(self) -> str:
        return self.delivered[-1]


PARTIES = {
    "DCC": SeedParty("rm@dcc.example", ("5.2.13.0", "5.2.14.0", "5.2.15.0"), "5.2.16.0", (STAGING, SIT_A, SIT_B, UIT)),
    "Electralink": SeedParty("rm@electralink.example", ("3.4.5.0", "3.4.6.0", "3.4.7.0"), "3.4.8.0"),
    "Elexon": SeedParty(
        "rm@elexon.example", ("2.2.9.0", "2.3.0.0", "2.3.1.0"), "2.3.2.0", (STAGING, SIT_A, SIT_B, UIT)
    ),
    "RECCo": SeedParty("rm@recco.example", ("0.9.4.0", "1.0.0.0", "1.0.1.0"), "1.0.2.0", (SIT_A, SIT_B, UIT)),
    "St Clements": SeedParty("rm@stclements.example", ("4.0.7.0", "4.0.8.0", "4.1.0.0"), "4.1.1.0"),
    "Avanade": SeedParty("rm@avanade.example", ("6.0.1.0", "6.0.2.0", "6.0.3.0"), "6.0.4.0", (SIT_A, SIT_B, UIT)),
}

FOR_NOBODYS = "rm@recco.example"
"""Who looks at what names no party, or one that nobody knows."""


def release_manager_of(party: str) -> str:
    return PARTIES[party].release_manager if party in PARTIES else FOR_NOBODYS

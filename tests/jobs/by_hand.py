"""By hand: how people release and hand over without Shunter: RFCs that they raise and link themselves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from adapters.sandbox.azure import Azure
from adapters.sandbox.cast import Cast
from adapters.sandbox.mhhs_seeds.parties import release_manager_of
from adapters.sandbox.mhhs_seeds.people import TESS, deployed_by

RELATED, STATE = "System.LinkTypes.Related", "System.State"


class ByHand:
    """Days are those of December 2026 unless a month is named; times are GMT."""

    def __init__(self, azure: Azure) -> None:
        self.azure, self.cast = azure, Cast(azure)

    def at(self, day: int, hour: int, minute: int = 0, *, month: int = 12) -> None:
        self.azure.clock.set(datetime(2026, month, day, hour, minute, tzinfo=UTC))

    def raises(
        self, environment: str, party: str, number: str, fixes: Iterable[int], start: datetime | None, hours: int = 8
    ) -> int:
        """The party's release manager; `start` is that of the window, None where nobody fills it in."""
        window = {"Custom.WindowStart": start, "Custom.WindowEnd": start + timedelta(hours=hours)} if start else {}
        fields = {
            "System.Title": f"{party} {number} to {environment}",
            "Custom.ReleaseEnvironment": environment,
            "Custom.ReleaseParty": party,
            "Custom.ReleaseNumber": number,
            "Custom.ReleaseType": "patch",
            **window,
        }
        links = [(RELATED, id) for id in fixes]
        return self.azure.person(release_manager_of(party)).create("Request for Change", fields, links)

    def takes_off(self, rfc: int, fix: int) -> None:
        party = str(self.azure.item(rfc).fields["Custom.ReleaseParty"])
        self.azure.person(release_manager_of(party)).unlink(rfc, RELATED, fix)

    def hands_over(self, *defects: int) -> None:
        for id in defects:
            environment = str(self.azure.item(id).fields["Custom.FoundIn"])
            self.azure.person(deployed_by(environment)).edit(
                id, {STATE: "Ready for Retest", "System.AssignedTo": self.azure.people.signed_in_as(TESS)}
            )

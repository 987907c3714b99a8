"""The cast: what the people of the MHHS programme do by hand, as themselves, in the words of the process."""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from adapters.sandbox.actor import Actor
from adapters.sandbox.azure import Azure
from adapters.sandbox.mhhs_seeds.parties import release_manager_of
from adapters.sandbox.mhhs_seeds.people import (
    SIT_RELEASE_MANAGER,
    TESS,
    UIT_RELEASE_MANAGER,
    defect_manager_of,
)
from adapters.sandbox.work_item import WorkItem

LIST, RFC = "Candidate List", "Request for Change"
DEPLOYMENT_MANAGER, TEST_MANAGER = "dora.okafor@si.example", "tom.ellis@si.example"
LOCAL = ZoneInfo("Europe/London")
STATE, ANSWERS = "System.State", "Custom.Answers"


class NotFound(LookupError):
    """Nobody has made the work item that a person looks for."""


class Cast:
    """Each verb is one act of the person whose job it is, or of `by`; an empty `party` means every party."""

    def __init__(self, azure: Azure) -> None:
        self.azure = azure

    def resolve(self, id: int, version: str = "") -> None:
        """`version` empty: the one that stands there stays."""
        named = {"Custom.FixVersion": version} if version else {}
        self._resolver(id).edit(id, {STATE: "Resolved", **named})

    def name_version(self, id: int, version: str) -> None:
        self._resolver(id).edit(id, {"Custom.FixVersion": version})

    def reopen(self, id: int, why: str = "It happens again.", by: str = TESS) -> None:
        self.azure.person(by).edit(id, {STATE: "Active", "System.History": why})

    def retest(self, id: int, by: str = TESS) -> None:
        """With success: the defect is closed."""
        self.azure.person(by).set_state(id, "Closed")

    def take_back(self, id: int, why: str = "It was handed over too early.") -> None:
        """From Ready for Retest back to Resolved."""
        self._defect_manager(id).edit(id, {STATE: "Resolved", "System.History": why})

    def retitle(self, id: int, title: str, by: str = TESS) -> None:
        self.azure.person(by).edit(id, {"System.Title": title})

    def ask_for_emergency(self, id: int, why: str = "Testing is blocked.") -> None:
        manager = self.azure.person(TEST_MANAGER)
        manager.tag(id, "Emergency")
        manager.comment(id, why)

    def hold(self, id: int, why: str, tag: str = "Hold") -> None:
        manager = self._defect_manager(id)
        manager.tag(id, tag)
        manager.comment(id, why)

    def unhold(self, id: int, tag: str = "Hold") -> None:
        self._defect_manager(id).untag(id, tag)

    def plan_for(self, id: int, day: date) -> None:
        """Moves a fix to the window of that day, or to the first after it."""
        midnight = datetime(day.year, day.month, day.day, tzinfo=LOCAL)
        self._defect_manager(id).edit(id, {"Custom.PlannedFor": midnight})

    def agree(self, environment: str, party: str = "", by: str = "") -> list[int]:
        manager = self.azure.person(by or defect_manager_of(environment))
        return self._set_state(manager, LIST, environment, party, "Proposed", "Agreed")

    def put_back(self, environment: str, party: str = "", by: str = "") -> list[int]:
        """An agreed list that somebody wants to think about again."""
        manager = self.azure.person(by or defect_manager_of(environment))
        return self._set_state(manager, LIST, environment, party, "Agreed", "Proposed")

    def set_number(self, environment: str, party: str, number: str) -> int:
        return self._edit_list(environment, party, {"Custom.ReleaseNumber": number})

    def waive(self, environment: str, party: str, why: str) -> int:
        """Records on the list that its notice need not be kept."""
        return self._edit_list(environment, party, {"Custom.Waiver": why})

    def unlink(self, environment: str, party: str, id: int) -> int:
        """Takes a fix off the list by hand."""
        found = self.the_list(environment, party).id
        self.azure.person(defect_manager_of(environment)).unlink(found, "System.LinkTypes.Related", id)
        return found

    def approve(self, environment: str, party: str = "", by: str = "") -> list[int]:
        manager = self.azure.person(by or release_manager(environment))
        return self._set_state(manager, RFC, environment, party, "Raised", "Approved")

    def approve_again(self, environment: str, party: str = "", by: str = "") -> list[int]:
        """In retrospect: what was deployed is approved now, and set back to deployed."""
        manager = self.azure.person(by or release_manager(environment))
        self._set_state(manager, RFC, environment, party, "Deployed", "Approved")
        return self._set_state(manager, RFC, environment, party, "Approved", "Deployed")

    def reject(self, environment: str, party: str = "", why: str = "The rollback plan is missing.") -> list[int]:
        manager = self.azure.person(release_manager(environment))
        rejected = self._set_state(manager, RFC, environment, party, "Raised", "Rejected")
        for id in rejected:
            manager.comment(id, why)
        return rejected

    def move_window(self, id: int, start: datetime, end: datetime) -> None:
        """Postpones, or brings forward, on a list or an RFC."""
        manager = self.azure.person(release_manager(str(self.azure.item(id).fields["Custom.ReleaseEnvironment"])))
        manager.edit(id, {"Custom.WindowStart": start, "Custom.WindowEnd": end})

    def withdraw(self, environment: str, party: str = "") -> list[int]:
        found = self.rfcs(environment, party)
        for rfc in found:
            self.azure.person(release_manager_of(str(rfc.fields["Custom.ReleaseParty"]))).set_state(rfc.id, "Withdrawn")
        return [rfc.id for rfc in found]

    def deploy(self, environment: str, party: str = "", state: str = "Approved") -> list[int]:
        manager = self.azure.person(DEPLOYMENT_MANAGER)
        return self._set_state(manager, RFC, environment, party, state, "Deployed")

    def fail(self, environment: str, party: str, outcome: str = "failed") -> int:
        """It was deployed, and that did not succeed."""
        found = self.the_rfc(environment, party).id
        self.azure.person(DEPLOYMENT_MANAGER).edit(found, {STATE: "Deployed", "Custom.Outcome": outcome})
        return found

    def try_again(self, environment: str, party: str, state: str = "Deployed") -> list[int]:
        """The same build is to be deployed once more."""
        return self._set_state(self.azure.person(DEPLOYMENT_MANAGER), RFC, environment, party, state, "Approved")

    def roll_back(self, environment: str, party: str = "") -> list[int]:
        manager = self.azure.person(DEPLOYMENT_MANAGER)
        return self._set_state(manager, RFC, environment, party, "Deployed", "Rolled Back")

    def sign_off(self, environment: str, party: str) -> int:
        """The smoke test has passed."""
        found = self.the_rfc(environment, party).id
        self.azure.person(TEST_MANAGER).edit(found, {"Custom.SmokeTest": "passed"})
        return found

    def answer(self, rfc: int, *lines: str, by: str) -> None:
        """Adds lines to the answers of an RFC, below those that stand there."""
        before = str(self.azure.item(rfc).fields.get(ANSWERS, ""))
        added = "".join(f"<div>{html.escape(line)}</div>" for line in lines)
        self.azure.person(by).edit(rfc, {ANSWERS: before + added})

    def accept(self, rfc: int, *defects: int) -> None:
        """The release manager says that the release brought these fixes, although its note does not name them."""
        environment = str(self.azure.item(rfc).fields["Custom.ReleaseEnvironment"])
        named = ", ".join(map(str, defects))
        self.azure.person(release_manager(environment)).edit(rfc, {"Custom.Accepted": named})

    def close(self, environment: str, party: str = "") -> list[int]:
        manager = self.azure.person(release_manager(environment))
        return self._set_state(manager, RFC, environment, party, "Deployed", "Closed")

    def lists(self, environment: str = "", party: str = "", state: str = "") -> list[WorkItem]:
        return list(self._of(LIST, environment, party, state))

    def rfcs(self, environment: str = "", party: str = "", state: str = "") -> list[WorkItem]:
        return list(self._of(RFC, environment, party, state))

    def the_list(self, environment: str, party: str) -> WorkItem:
        """The one that is not closed."""
        return self._only(LIST, environment, party)

    def the_rfc(self, environment: str, party: str) -> WorkItem:
        """The one that is not closed."""
        return self._only(RFC, environment, party)

    def _resolver(self, id: int) -> Actor:
        return self.azure.person(release_manager_of(str(self.azure.item(id).fields["Custom.ResolvingParty"])))

    def _defect_manager(self, id: int) -> Actor:
        return self.azure.person(defect_manager_of(str(self.azure.item(id).fields.get("Custom.FoundIn", ""))))

    def _edit_list(self, environment: str, party: str, fields: dict[str, object]) -> int:
        found = self.the_list(environment, party).id
        self.azure.person(defect_manager_of(environment)).edit(found, fields)
        return found

    def _only(self, type: str, environment: str, party: str) -> WorkItem:
        found = [item for item in self._of(type, environment, party, "") if item.state != "Closed"]
        if len(found) != 1:
            raise NotFound(f"{len(found)} work items of type {type} for {party} in {environment}, not one")
        return found[0]

    def _set_state(self, who: Actor, type: str, environment: str, party: str, old: str, new: str) -> list[int]:
        found = [item.id for item in self._of(type, environment, party, old)]
        if not found:
            raise NotFound(f"no {type} in state {old} for {party or 'any party'} in {environment}")
        for id in found:
            who.set_state(id, new)
        return found

    def _of(self, type: str, environment: str, party: str, state: str) -> Iterator[WorkItem]:
        wanted = {"Custom.ReleaseEnvironment": environment, "Custom.ReleaseParty": party, STATE: state}
        for item in self.azure.items(type):
            if all(not value or item.fields.get(name) == value for name, value in wanted.items()):
                yield item


def release_manager(environment: str) -> str:
    return UIT_RELEASE_MANAGER if environment == "UIT" else SIT_RELEASE_MANAGER

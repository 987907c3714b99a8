"""The cast: what the people of the MHHS programme do by hand, as themselves, in the words of the process."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.sandbox.azure import Azure
from adapters.sandbox.work_item import WorkItem

LIST, RFC = "Candidate List", "Request for Change"
TESTERS = ("tess.hall@st.example", "theo.quinn@st.example", "tara.iqbal@st.example", "tim.o'dowd@st.example")
DEFECT_MANAGER = {"UIT": "maeve.byrne@qt.example"}
RELEASE_MANAGER = {"UIT": "quentin.marsh@qt.example"}
SIT_DEFECT_MANAGER, SIT_RELEASE_MANAGER = "dev.patel@si.example", "rhona.reid@si.example"
DEPLOYMENT_MANAGER = "dora.okafor@si.example"


class NotFound(LookupError):
    """Nobody has made the work item that a person looks for."""


class Cast:
    """Each verb is one act of the person whose job it is; `party` empty means every party."""

    def __init__(self, azure: Azure) -> None:
        self.azure = azure

    def resolve(self, id: int, version: str) -> None:
        tester = self.azure.person("rm@dcc.example")
        tester.edit(id, {"System.State": "Resolved", "Custom.FixVersion": version})

    def hold(self, id: int, why: str, tag: str = "Hold") -> None:
        manager = self.azure.person(SIT_DEFECT_MANAGER)
        manager.tag(id, tag)
        manager.comment(id, why)

    def unhold(self, id: int, tag: str = "Hold") -> None:
        self.azure.person(SIT_DEFECT_MANAGER).untag(id, tag)

    def agree(self, environment: str, party: str = "") -> list[int]:
        manager = self.azure.person(DEFECT_MANAGER.get(environment, SIT_DEFECT_MANAGER))
        return self._set_state(manager.set_state, LIST, environment, party, "Proposed", "Agreed")

    def approve(self, environment: str, party: str = "", by: str = "") -> list[int]:
        manager = self.azure.person(by or RELEASE_MANAGER.get(environment, SIT_RELEASE_MANAGER))
        return self._set_state(manager.set_state, RFC, environment, party, "Raised", "Approved")

    def reject(self, environment: str, party: str = "") -> list[int]:
        manager = self.azure.person(RELEASE_MANAGER.get(environment, SIT_RELEASE_MANAGER))
        return self._set_state(manager.set_state, RFC, environment, party, "Raised", "Rejected")

    def deploy(self, environment: str, party: str = "") -> list[int]:
        manager = self.azure.person(DEPLOYMENT_MANAGER)
        return self._set_state(manager.set_state, RFC, environment, party, "Approved", "Deployed")

    def close(self, environment: str, party: str = "") -> list[int]:
        manager = self.azure.person(RELEASE_MANAGER.get(environment, SIT_RELEASE_MANAGER))
        return self._set_state(manager.set_state, RFC, environment, party, "Deployed", "Closed")

    def lists(self, environment: str = "", party: str = "", state: str = "") -> list[WorkItem]:
        return list(self._of(LIST, environment, party, state))

    def rfcs(self, environment: str = "", party: str = "", state: str = "") -> list[WorkItem]:
        return list(self._of(RFC, environment, party, state))

    def the_list(self, environment: str, party: str) -> WorkItem:
        return self._only(LIST, environment, party)

    def the_rfc(self, environment: str, party: str) -> WorkItem:
        return self._only(RFC, environment, party)

    def _only(self, type_: str, environment: str, party: str) -> WorkItem:
        found = list(self._of(type_, environment, party, ""))
        if len(found) != 1:
            raise NotFound(f"{len(found)} work items of type {type_} for {party} in {environment}, not one")
        return found[0]

    def _set_state(self, set_state, type_: str, environment: str, party: str, old: str, new: str) -> list[int]:  # type: ignore[no-untyped-def]
        found = [item.id for item in self._of(type_, environment, party, old)]
        if not found:
            raise NotFound(f"no {type_} in state {old} for {party or 'any party'} in {environment}")
        for id in found:
            set_state(id, new)
        return found

    def _of(self, type_: str, environment: str, party: str, state: str) -> Iterator[WorkItem]:
        for item in self.azure.items(type_):
            fields = item.fields
            if environment and fields.get("Custom.ReleaseEnvironment") != environment:
                continue
            if party and fields.get("Custom.ReleaseParty") != party:
                continue
            if state and fields.get("System.State") != state:
                continue
            yield item

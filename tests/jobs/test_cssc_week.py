"""A week of CSSC by its own example configuration: internal test, a provisional note, QAS2 before CCMT, smoke tests."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.configuration.load import configured
from adapters.sandbox.azure import Azure
from adapters.sandbox.clock import SettableClock
from adapters.sandbox.mhhs_process import BUG, CANDIDATE_LIST, CHANGE_REQUEST, MHHS_PROCESS, REQUEST_FOR_CHANGE
from adapters.sandbox.person import Person
from adapters.sandbox.work_item import WorkItem
from adapters.store.store import in_memory
from bot.current_note import current_note
from bot.matrix import matrix_rows
from bot.number import ReleaseType
from bot.overview import no_list_words
from bot.picture import Picture
from bot.release_note import ReleaseNote
from bot.standing import standings
from jobs.run import Ending, run
from jobs.world import World
from tests.golden_text import Golden
from tests.house import ROOT
from tests.jobs.play import wired

BOT, DEFECT_MANAGER, RELEASE_MANAGER = "shunter@cssc.example", "dm@cssc.example", "rm@cssc.example"
DEPLOYER, PARTY, TESTER = "deploy@cssc.example", "rm@css-provider.example", "tess@cssc.example"
REQUEST_DEPLOYMENT = replace(REQUEST_FOR_CHANGE, name="Request Deployment", reference="CSSC.RequestDeployment")
PROCESS = replace(MHHS_PROCESS, types=(BUG, CHANGE_REQUEST, CANDIDATE_LIST, REQUEST_DEPLOYMENT))
RELEASE, RETEST = "1.4.2.0", "Ready for Retest"
IN_CCMT, IN_QAS2, UNTESTED = 41, 42, 43


@dataclass
class Week:
    azure: Azure
    world: World

    def at(self, day: int, hour: int, minute: int = 0) -> None:
        """GMT, in December 2026: the 10th is a Thursday."""
        self.azure.clock.set(datetime(2026, 12, day, hour, minute, tzinfo=UTC))

    def look(self, times: int = 2) -> Picture:
        """What is found out in one run is at times only done in the next."""
        for _ in range(times):
            report = run(self.world)
            assert (report.ending, report.why) == (Ending.DONE, "")
        return self.picture()

    def picture(self) -> Picture:
        report = run(self.world, dry_run=True)
        assert report.facts is not None, report.why
        return Picture(report.facts)

    def the(self, type: str, environment: str) -> WorkItem:
        (found,) = (
            item
            for item in self.azure.items(type)
            if item.fields["Custom.ReleaseEnvironment"] == environment and item.state != "Closed"
        )
        return found

    def sets(self, who: str, type: str, environment: str, state: str) -> int:
        found = self.the(type, environment).id
        self.azure.person(who).set_state(found, state)
        return found

    def agreed_and_raised(self, environment: str) -> None:
        self.sets(DEFECT_MANAGER, "Candidate List", environment, "Agreed")
        self.look(3)

    def approved_and_deployed(self, environment: str) -> int:
        self.sets(RELEASE_MANAGER, "Request Deployment", environment, "Approved")
        self.look()
        deployed = self.sets(DEPLOYER, "Request Deployment", environment, "Deployed")
        self.look()
        return deployed

    def smoke_tested(self, rfc: int) -> None:
        self.azure.person(TESTER).edit(rfc, {"Custom.SmokeTest": "passed"})
        self.look()

    def states(self, *ids: int) -> list[str]:
        return [self.azure.item(id).state for id in ids]


@pytest.fixture
def week(tmp_path: Path) -> Iterator[Week]:
    clock = SettableClock(datetime(2026, 12, 7, 9, 30, tzinfo=UTC))
    people = tuple(Person(name, name) for name in (BOT, DEFECT_MANAGER, RELEASE_MANAGER, DEPLOYER, PARTY, TESTER))
    azure = Azure(organisation="sandbox", project="CSSC", process=PROCESS, people=people, clock=clock)
    for id, found_in, tested_in in (
        (IN_CCMT, "CCMT", "Internal test"),
        (IN_QAS2, "QAS2", "Internal test"),
        (UNTESTED, "QAS2", ""),
    ):
        fields = {
            "System.Title": f"Switch {id} fails",
            "System.State": "Resolved",
            "Custom.FoundIn": found_in,
            "Custom.ResolvingParty": "CSS Provider",
            "Custom.FixVersion": RELEASE,
            "Custom.TestedIn": tested_in,
        }
        azure.put(id, "Bug", fields, by=TESTER, at=datetime(2026, 12, 1, tzinfo=UTC))
    table = tomllib.loads((ROOT / "docs" / "config.cssc.example.toml").read_text(encoding="utf-8"))
    table["connection"]["organisation_url"] = "http://127.0.0.1/sandbox"
    table["sign_in"] = {"account": BOT, "token_variable": "SHUNTER_TOKEN"}
    table["running"] = {"mode": "act"}
    configuration = configured(table, tmp_path, {"SHUNTER_TOKEN": azure.token_for(BOT)})
    with in_memory() as store:
        yield Week(azure, wired(azure, configuration, store))


def entries(week: Week, environment: str, picture: Picture) -> dict[int, str]:
    listed = picture.facts.lists[week.the("Candidate List", environment).id]
    return {entry.fix.defect: entry.role.value for entry in listed.entries}


def test_a_week_from_the_provisional_note_to_the_retest_in_ccmt(week: Week, golden: Golden) -> None:
    picture = week.look()
    assert entries(week, "QAS2", picture) == {IN_CCMT: "retest elsewhere", IN_QAS2: "retest here"}
    assert standings(picture)[UNTESTED].words == "its internal test in Internal test has not passed"
    assert f"CSS Provider for CCMT: {RELEASE} has to be deployed to QAS2 first" in no_list_words(picture)

    week.at(8, 10)
    note = current_note(week.the("Candidate List", "QAS2").id, picture)
    assert isinstance(note, ReleaseNote)
    assert note.title == f"Provisional: CSS Provider {RELEASE} to QAS2: 2 defects fixed"
    assert "Defect Manager has agreed list" in note.reason
    assert note.type == picture.facts.programme.name_of(ReleaseType.PATCH) == "Regular"
    golden(week.world.rendering.plain(note), "cssc/note_on_tuesday.txt")
    listed = str(week.the("Candidate List", "QAS2").fields["System.Description"])
    golden(listed, "cssc/list_on_tuesday.html")

    week.at(8, 16)
    week.azure.person(PARTY).edit(UNTESTED, {"Custom.TestedIn": "Internal test"})
    assert UNTESTED in entries(week, "QAS2", week.look())
    week.at(9, 8, 30)
    week.agreed_and_raised("QAS2")
    confirmed = current_note(week.the("Request Deployment", "QAS2").id, week.picture())
    assert isinstance(confirmed, ReleaseNote)
    assert confirmed.title.endswith(f"CSS Provider {RELEASE} to QAS2: 3 defects fixed")
    golden(week.world.rendering.plain(confirmed), "cssc/note_on_wednesday.txt")
    golden(week.world.rendering.markdown(confirmed), "cssc/note_on_wednesday.md")
    golden(week.world.rendering(confirmed), "cssc/note_on_wednesday.html")

    week.at(10, 9, 30)
    deployed = week.approved_and_deployed("QAS2")
    assert week.states(IN_CCMT, IN_QAS2, UNTESTED) == ["Resolved"] * 3
    assert "its smoke test has not passed yet" in standings(week.picture())[IN_QAS2].words

    week.smoke_tested(deployed)
    week.look()
    golden(str(week.azure.item(deployed).fields["Custom.ControlPoints"]), "cssc/rfc_closed.html")
    assert week.states(IN_CCMT, IN_QAS2, UNTESTED) == ["Resolved", RETEST, RETEST]
    assert week.azure.item(deployed).state == "Closed"

    week.at(10, 11)
    assert entries(week, "CCMT", week.look())[IN_CCMT] == "retest here"
    week.at(14, 9)
    week.agreed_and_raised("CCMT")
    week.at(17, 14, 30)
    week.smoke_tested(week.approved_and_deployed("CCMT"))
    assert week.states(IN_CCMT) == [RETEST]

    picture = week.picture()
    running = [(r.environment, r.version) for r in matrix_rows(picture) if r.party == "CSS Provider"]
    assert running == [("QAS2", RELEASE), ("CCMT", RELEASE)]


def test_a_week_without_a_release_raises_nothing(week: Week) -> None:
    for id in (IN_CCMT, IN_QAS2, UNTESTED):
        week.azure.person(TESTER).edit(id, {"System.State": "Active"})

    week.look()

    assert list(week.azure.items("Candidate List")) == []

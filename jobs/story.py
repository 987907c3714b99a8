"""The story: one week of the MHHS programme, act by act, with what Shunter makes of each act of a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from adapters.azure_devops.outcomes import Applied
from adapters.sandbox.azure import Azure
from adapters.sandbox.cast import Cast
from adapters.terminal.talk import Talk
from bot.blocks import held_but_contained
from bot.candidate_list import CandidateList, Role
from bot.compose_list import compose_list
from bot.compose_note import compose_note
from bot.dates import spoken
from bot.list_page import ListPage
from bot.overview import bucket_rows, list_rows, rfc_rows, standing_rows
from bot.picture import Picture
from bot.plan import ActionKind
from bot.retest_rows import retest_rows
from bot.where import Where
from jobs.run import Report, run
from jobs.world import World

RETEST = "Ready for Retest"
UIT, PIPELINE = "UIT", "helix-release"
IN_SIT_A, IN_SIT_B = (123, 456, 789), (246, 468)


@dataclass(frozen=True, slots=True)
class RunningRow:
    """What a party has in one environment."""

    environment: str
    party: str
    running: str
    through: str


@dataclass(frozen=True, slots=True)
class CostRow:
    """The requests of one step, by what they were for."""

    step: str
    requests: int
    of_which: str


class Story:
    """Every act below is either a person's, done as that person, or a run of Shunter as it is shipped."""

    def __init__(self, azure: Azure, world: World, said: Talk) -> None:
        self.azure, self.world, self.said = azure, world, said
        self.cast = Cast(azure)
        self.costs: list[CostRow] = []
        self.broken: list[str] = []

    def tell(self) -> int:
        """0 where every claim of the story held."""
        self._propose()
        self._hold()
        self._agree()
        self._raise()
        self._approve()
        self._deploy("SIT-A", day=7, hour=10)
        self._deploy("SIT-B", day=7, hour=15)
        self._close()
        self._see()
        self._end()
        return 1 if self.broken else 0

    def _propose(self) -> None:
        self._at(3, 9, 30, "Shunter reads the project, and proposes candidate lists")
        picture = self._picture(self._run("propose"))
        items, resolved = len(picture.facts.defects), len(picture.facts.resolved_defects)
        self.said.line(f"{items} defects and change requests were read; {resolved} defects are resolved.")
        self._told()
        picture = self._picture(self._run("look again"))
        self.said.rows("where the resolved defects stand", bucket_rows(picture))
        self.said.rows("candidate lists, each a work item", list_rows(picture))
        self.said.rows("left out of every list, and why", standing_rows(picture, Where.LEFT_OUT))
        self.said.rows("on no list, but running already", standing_rows(picture, Where.ON_NO_NOTE))

    def _hold(self) -> None:
        self._at(3, 10, 15, "Dev Patel, SIT defect manager, holds 512, and DCC takes its fix out of the build")
        self.cast.hold(512, "The meter data for this is not loaded before Tuesday.")
        self.cast.name_version(512, "5.2.17.0")
        self._run("hold")
        self._told()
        listed = self.world_list("SIT-A", "DCC")
        self._claim(512 not in {e.fix.defect for e in listed.entries}, "512 is on no list while it is held")
        self.said.line("The list of DCC for SIT-A, as it stands on its work item:")
        self.said.line()
        self.said.line(self.world.rendering.plain(self._page(listed)))

    def _agree(self) -> None:
        self._at(3, 11, 30, "Dev Patel and Maeve Byrne agree the lists of SIT-A, SIT-B and UIT")
        for environment in ("SIT-A", "SIT-B", "UIT"):
            self.cast.agree(environment)
        self._run("seal")
        self._told()

    def _raise(self) -> None:
        self._at(3, 11, 32, "Shunter raises an RFC for each sealed list, with its release note")
        self._run("raise")
        self._told()
        sealed = self.world_list("SIT-A", "DCC")
        self.said.line("The release note on the RFC for SIT-A:")
        self.said.line()
        self.said.line(self.world.rendering.plain(compose_note(sealed, self._picture(self.report))))

    def _approve(self) -> None:
        self._at(4, 14, 0, "Rhona Reid and Quentin Marsh, release managers, approve")
        for environment in ("SIT-A", "SIT-B", "UIT"):
            self.cast.approve(environment)
        self._run("approve")
        self._told()
        self.said.rows("RFCs under way", rfc_rows(self._picture(self._run("look again"))))

    def _deploy(self, environment: str, *, day: int, hour: int) -> None:
        self._at(day, hour, 40, f"Dora Okafor, deployment manager, confirms the deployments to {environment}")
        self.cast.deploy(environment)
        self._run(f"retest {environment}")
        moved = [r for r in self.report.results if r.action.kind is ActionKind.MOVE_TO_RETEST]
        self.said.line(f"{len(moved)} defects that {environment} found are Ready for Retest.")
        self._say_states()
        here, elsewhere = (IN_SIT_A, IN_SIT_B) if environment == "SIT-A" else (IN_SIT_B, ())
        self._claim(
            self._states(here) == {RETEST}, f"{_ids(here)} are ready for retest, because {environment} found them"
        )
        if elsewhere:
            self._claim(
                self._states(elsewhere) == {"Resolved"}, f"{_ids(elsewhere)} wait for the environment that found them"
            )

    def _close(self) -> None:
        self._at(8, 9, 0, "Rhona Reid closes the RFCs of SIT-A and SIT-B; Shunter closes their lists")
        for environment in ("SIT-A", "SIT-B"):
            self.cast.close(environment)
        self._run("close")
        self._told()
        self._at(8, 9, 5, "Shunter looks once more")
        self._run("idle")
        self._claim(not self.report.plan, "nothing is left to do")

    def _see(self) -> None:
        self._at(9, 10, 2, "A pipeline deploys Elexon's 2.3.2.0 to UIT; nobody says a word, and Shunter sees it")
        (rfc,) = self.cast.rfcs(UIT, "Elexon")
        self.azure.pipelines.deploys(environment=UIT, pipeline=PIPELINE, build="2.3.2.0")
        self._run("see")
        self._told()
        self.said.line(f"  evidence on RFC {rfc.id}: {self.azure.item(rfc.id).fields['Custom.Evidence']}")
        self._run("retest UIT")
        found_here = {e.fix.defect for e in self.world_list(UIT, "Elexon").entries if e.role is Role.RETEST_HERE}
        self._claim(
            bool(found_here) and self._states(found_here) == {RETEST}, f"{_ids(sorted(found_here))} are ready too"
        )

    def _end(self) -> None:
        picture = self._picture(self._run("look again"))
        self.said.line()
        self.said.line("What is where now", style="bold")
        self.said.rows("running", _running(picture))
        self.said.rows("ready for Tess Hall to retest", retest_rows(picture, "tess.hall@st.example"))
        self.said.rows("where the resolved defects stand", bucket_rows(picture))
        self.said.rows("requests to Azure DevOps", self.costs)
        verdict = (
            "Every claim of this story held." if not self.broken else f"NOT AS IT MUST BE: {'; '.join(self.broken)}"
        )
        self.said.line(verdict, style="bold")

    def _at(self, day: int, hour: int, minute: int, what: str) -> None:
        self.azure.clock.set(datetime(2026, 12, day, hour, minute, tzinfo=UTC))
        self.said.line()
        at = spoken(self.azure.clock.now(), self.world.programme.zone)
        self.said.line(f"{at}  {what}", style="bold")

    def _run(self, step: str) -> Report:
        before = len(self.azure.journal)
        self.report = run(self.world)
        asked = Counter(exchange.operation for exchange in self.azure.journal[before:])
        self.costs.append(CostRow(step, asked.total(), _counted(asked)))
        if self.report.facts is None:
            raise RuntimeError(self.report.why)
        for result in self.report.results:
            if not isinstance(result.outcome, Applied):
                self.broken.append(f"{result.action.subject}: {result.outcome.why}")
        return self.report

    def _told(self) -> None:
        counted = Counter(result.action.kind for result in self.report.results)
        for kind, count in counted.items():
            self.said.line(f"  {count} × {kind.value}")

    def world_list(self, environment: str, party: str) -> CandidateList:
        """The list as Shunter reads it."""
        id = self.cast.the_list(environment, party).id
        return self._picture(run(self.world, dry_run=True)).facts.lists[id]

    def _page(self, listed: CandidateList) -> ListPage:
        picture = self._picture(self.report)
        number = listed.number or picture.drafts[listed.party].number_of(listed.type)
        if number is None:
            raise RuntimeError(f"list {listed.id} has no number")
        notices = held_but_contained(listed.party, number, picture)
        return compose_list(
            listed.environment, listed.party, number, listed.window, listed.entries, picture, notices, listed
        )

    def _picture(self, report: Report) -> Picture:
        if report.picture is None:
            raise RuntimeError(report.why)
        return report.picture

    def _claim(self, holds: bool, words: str) -> None:
        self.said.line(f"  {'✓' if holds else '✗'} {words}")
        if not holds:
            self.broken.append(words)

    def _states(self, ids: Iterable[int]) -> set[str]:
        return {str(self.azure.item(id).fields["System.State"]) for id in ids}

    def _say_states(self) -> None:
        for ids, found in ((IN_SIT_A, "SIT-A"), (IN_SIT_B, "SIT-B")):
            for id in ids:
                item = self.azure.item(id)
                self.said.line(f"  {id}, found in {found}: {item.state}; {_assigned(item.fields)}")


def _ids(ids: Iterable[int]) -> str:
    return ", ".join(map(str, ids))


def _counted(asked: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {operation}" for operation, count in sorted(asked.items()))


def _assigned(fields: Mapping[str, object]) -> str:
    person = fields.get("System.AssignedTo")
    return f"assigned to {getattr(person, 'name', person) or 'nobody'}"


def _running(picture: Picture) -> tuple[RunningRow, ...]:
    return tuple(
        RunningRow(
            environment,
            party.name,
            str(picture.running(environment, party.name) or ""),
            _through(environment, party.name, picture),
        )
        for party in picture.facts.programme.parties.values()
        for environment in party.environments
    )


def _through(environment: str, party: str, picture: Picture) -> str:
    arrived = picture.arrivals.get((environment, party))
    if not arrived:
        return "baseline"
    return f"RFC {arrived[-1].rfc.id}, {spoken(arrived[-1].at, picture.facts.programme.zone)}"

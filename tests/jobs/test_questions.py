"""The questions that can be asked at any time, asked of the embedded Azure DevOps in the middle of a week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from adapters.sandbox.azure import Azure
from adapters.sandbox.cast import Cast
from adapters.sandbox.faults import sign_in_page
from adapters.sandbox.mhhs_process import CHANGE_REQUEST
from adapters.sandbox.mhhs_seeds.people import SIT_RELEASE_MANAGER
from adapters.sandbox.serve import served
from tests.golden_text import Golden
from tests.jobs.accidents import ALWAYS, WRITES, is_read
from tests.jobs.command_line import Shunter, configured_for
from tests.jobs.play import Stage
from tests.jobs.small_world import HELD, IN_SIT_A, IN_SIT_B, small_world

QUESTIONS = (
    ("matrix",),
    ("matrix", "--at", "2026-12-04 12:00"),
    ("level",),
    ("release", "DCC", "5.2.16.0"),
    ("calendar", "--weeks", "8"),
    ("why", "123"),
)
HOUR, DAY = 3_600, 86_400


class Week:
    """The week of 5.2.16.0, up to SIT-A's deployment on Monday at ten; SIT-B's waits."""

    def __init__(self, azure: Azure, shunter: Shunter) -> None:
        self.azure, self.ask, self.cast = azure, shunter, Cast(azure)

    def begin(self) -> None:
        self.look()
        self.at(3, 11)
        for environment in ("SIT-A", "SIT-B"):
            self.cast.agree(environment, "DCC")
        self.look()
        self.look()
        self.at(4, 8)
        self.cast.approve("SIT-A")
        self.at(7, 10)
        self.cast.deploy("SIT-A")
        self.look()

    def at(self, day: int, hour: int, minute: int = 0) -> None:
        self.azure.clock.set(datetime(2026, 12, day, hour, minute, tzinfo=UTC))

    def look(self) -> None:
        assert self.ask("run", "--once").code == 0

    def json(self, *words: str) -> Any:
        told = self.ask(*words, "-o", "json")
        assert told.code == 0, told.talk
        return told.json

    def rfc(self, environment: str = "SIT-A") -> int:
        return self.cast.the_rfc(environment, "DCC").id

    def list(self, environment: str, state: str = "") -> int:
        """The one that is not closed, or the one in this state."""
        if not state:
            return self.cast.the_list(environment, "DCC").id
        (found,) = self.cast.lists(environment, "DCC", state)
        return found.id


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    azure = small_world()
    with served(azure) as url:
        Week(azure, configured_for(azure, url, tmp_path_factory.mktemp("begun"))).begin()
    return Stage(azure.organisation.boards, azure.clock.now())


@pytest.fixture
def week(azure: Azure, begun: Stage, tmp_path: Path) -> Iterator[Week]:
    azure.organisation.boards = begun.boards.copy()
    azure.clock.set(begun.at)
    with served(azure) as url:
        yield Week(azure, configured_for(azure, url, tmp_path))


def in_sit_a(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return next(row for row in rows if (row["environment"], row["party"]) == ("SIT-A", "DCC"))


def test_what_runs_where_is_told_for_now_and_for_any_time_before(week: Week) -> None:
    now = in_sit_a(week.json("matrix"))
    before = in_sit_a(week.json("matrix", "--at", "2026-12-07 09:59"))

    assert now == {
        "environment": "SIT-A",
        "party": "DCC",
        "components": [],
        "version": "5.2.16.0",
        "since": "2026-12-07T10:00:00+00:00",
        "through": "deployment",
        "rfc": week.rfc(),
        "words": "",
    }
    assert (before["version"], before["through"]) == ("5.2.15.0", "baseline")


def test_after_a_rollback_the_former_number_runs_and_still_does_when_its_rfc_is_closed(week: Week) -> None:
    rfc = week.rfc()
    week.at(7, 15)
    week.cast.roll_back("SIT-A")
    rolled_back = in_sit_a(week.json("matrix"))
    week.at(8, 9)
    week.azure.person(SIT_RELEASE_MANAGER).set_state(rfc, "Closed")

    for row in (rolled_back, in_sit_a(week.json("matrix"))):
        assert (row["version"], row["through"], row["rfc"]) == ("5.2.15.0", "rollback", rfc)
        assert row["since"] == "2026-12-07T15:00:00+00:00"
    assert in_sit_a(week.json("matrix", "--at", "2026-12-07 14:59"))["version"] == "5.2.16.0"


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("last Tuesday", "“last Tuesday” is no time: write it as 2026-12-07 12:00"),
        ("2026-12-08 12:00", "Tue 08-Dec-2026 12:00 GMT is still to come"),
    ],
)
def test_a_time_that_cannot_be_answered_is_a_wrong_call(week: Week, at: str, words: str) -> None:
    told = week.ask("matrix", "--at", at)

    assert (told.code, told.data.strip()) == (2, "")
    assert words in told.talk


def test_what_is_not_level_is_told_with_what_levels_it(week: Week) -> None:
    told = week.json("level")
    row = next(row for row in told["level_environments"] if row["party"] == "DCC")

    assert row["words"] == (
        f"SIT-B is behind by five fixes: RFC {week.rfc('SIT-B')} (raised) for DCC 5.2.16.0 brings them, "
        "window Mon 07-Dec-2026 13:00 GMT"
    )
    missing = told["fixes_that_one_lacks"]
    assert sorted(row["defect"] for row in missing) == sorted((*IN_SIT_A, *IN_SIT_B))
    assert {(row["lacks"], row["has"], row["by"]) for row in missing} == {
        ("SIT-B", "SIT-A", "2026-12-07T13:00:00+00:00")
    }


def test_once_both_have_it_they_are_level(week: Week) -> None:
    week.cast.approve("SIT-B")
    week.cast.deploy("SIT-B")

    told = week.json("level")

    assert {(row["behind_by"], row["ahead_by"], row["words"]) for row in told["level_environments"]} == {(0, 0, "")}
    assert told["fixes_that_one_lacks"] == []


def test_a_release_tells_its_whole_story(week: Week) -> None:
    story = week.json("release", "dcc", "5.2.16")

    assert (story["party"], story["number"], story["type"]) == ("DCC", "5.2.16.0", "patch")
    assert {row["defect"] for row in story["content"]} == {*IN_SIT_A, *IN_SIT_B}
    assert {"SIT-A: retest here", "SIT-B: retest elsewhere"} <= {
        role for row in story["content"] if row["defect"] == 123 for role in row["roles"]
    }
    assert {row["agreed_by"] for row in story["lists"] if row["state"] == "raised"} == {"dev.patel@si.example"}
    deployed = next(row for row in story["rfcs"] if row["environment"] == "SIT-A")
    assert deployed["approval"].startswith("rhona.reid@si.example, SI Release Manager, ")
    assert deployed["deployment"].startswith("deployed by dora.okafor@si.example, Mon 07-Dec-2026 10:00 GMT")
    assert story["deviations"] == []
    assert [row["what"] for row in story["trail"] if row["item"] == f"RFC {week.rfc()} SIT-A"] == [
        "created, raised",
        "approved",
        "deployed",
    ]


def test_a_closed_release_still_has_its_story(week: Week) -> None:
    rfc = week.rfc()
    week.at(8, 9)
    week.cast.close("SIT-A")
    week.look()

    story = week.json("release", "DCC", "5.2.16.0")

    closed = next(row for row in story["rfcs"] if row["rfc"] == rfc)
    assert (closed["state"], closed["next_step"]) == ("closed", "Nothing: it is closed.")
    assert closed["approval"].startswith("rhona.reid@si.example, SI Release Manager, ")


@pytest.mark.parametrize(
    ("party", "number", "words"),
    [
        ("Capgemini", "1.0.0.0", "there is no party Capgemini; the parties are DCC, "),
        ("DCC", "9.9.9", "no list and no RFC of DCC is for 9.9.9.0; those of DCC are 5.2.16.0"),
    ],
)
def test_an_unknown_release_is_a_failure_in_words(week: Week, party: str, number: str, words: str) -> None:
    told = week.ask("release", party, number)

    assert (told.code, told.data.strip()) == (1, "")
    assert words in told.talk


def test_the_calendar_shows_what_is_planned_and_what_a_bank_holiday_moves(week: Week) -> None:
    told = week.json("calendar", "--weeks", "4")
    windows = {(row["environment"], row["starts"]): row for row in told["windows"]}

    assert windows["SIT-B", "2026-12-07T13:00:00+00:00"]["planned"] == [
        f"RFC {week.rfc('SIT-B')}: DCC 5.2.16.0 (raised)"
    ]
    moved = windows["SIT-A", "2026-12-29T09:00:00+00:00"]
    assert (moved["mark"], moved["agree_by"]) == ("moved", "2026-12-24T09:00:00+00:00")
    assert moved["why"].startswith("from Mon 28-Dec-2026: Boxing Day")
    assert {"day": "2026-12-25", "name": "Christmas Day"} in told["days_off"]
    assert told["freezes"] == []


def test_a_freeze_is_in_the_calendar(week: Week) -> None:
    week.ask.edit(
        '# freezes = [{ first = 2027-02-15, last = 2027-02-19, why = "Migration rehearsal" }]',
        'freezes = [{ first = 2026-12-14, last = 2026-12-18, why = "Migration rehearsal" }]',
    )

    told = week.json("calendar", "--weeks", "2")

    assert told["freezes"] == [
        {"environment": "SIT-A", "first": "2026-12-14", "last": "2026-12-18", "reason": "Migration rehearsal"}
    ]
    assert [(r["starts"], r["why"]) for r in told["windows"] if r["mark"] == "frozen"] == [
        ("2026-12-14T09:00:00+00:00", "Migration rehearsal")
    ]


def test_a_list_has_a_provisional_note_and_its_rfc_a_confirmed_one(week: Week) -> None:
    provisional = week.ask("note", str(week.list("UIT")))
    confirmed = week.ask("note", str(week.rfc()))

    assert provisional.data.startswith("Provisional: DCC 5.2.16.0 to UIT: ")
    assert confirmed.data.startswith(f"RFC {week.rfc()}: DCC 5.2.16.0 to SIT-A: 5 defects fixed\n")


def test_a_note_is_printed_in_every_layout_and_as_data(week: Week) -> None:
    rfc = str(week.rfc())

    assert week.ask("note", rfc, "--format", "markdown").data.startswith(
        f"# RFC {rfc}\\: DCC 5\\.2\\.16\\.0 to SIT\\-A"
    )
    assert week.ask("note", rfc, "--format", "html").data.startswith(f"<h2>RFC {rfc}: DCC 5.2.16.0 to SIT-A")
    assert week.ask("note", rfc, "--format", "pdf").code == 2
    assert week.json("note", rfc)["number"] == "5.2.16.0"


def test_the_workaround_of_a_known_issue_is_on_the_note(week: Week) -> None:
    week.azure.person(SIT_RELEASE_MANAGER).edit(613, {"Custom.Workaround": "<p>Sign in again.</p>"})

    (issue,) = week.json("note", str(week.rfc()))["known_issues"]

    assert (issue["id"], issue["workaround"]) == (613, "Sign in again.")


def test_something_that_has_no_note_is_a_failure_in_words(week: Week) -> None:
    told = week.ask("note", "123")

    assert (told.code, told.talk.strip()) == (1, "123 is neither a candidate list nor an RFC")


def test_a_defect_has_a_passport_from_raised_to_closed(week: Week) -> None:
    week.at(8, 10)
    week.cast.reopen(123)
    week.look()
    week.at(9, 9)
    week.cast.resolve(123, "5.2.17.0")
    week.look()

    told = week.json("why", "123")

    assert (told["where"], told["by_when"]) == ("on a list", "2026-12-11T09:00:00+00:00")
    assert (told["fixes"], told["bounced"]) == (["5.2.16.0", "5.2.17.0"], 1)
    assert told["bounces"] == [
        {
            "at": "2026-12-08T10:00:00+00:00",
            "what": "failed its retest",
            "by": "tess.hall@st.example",
            "version": "5.2.16.0",
        }
    ]
    rfc, old, new = (
        week.rfc(),
        week.azure.item(week.rfc()).fields["Custom.CandidateList"],
        week.list("SIT-A", "Proposed"),
    )
    assert [(step["what"], step["took"]) for step in told["how_it_came_here"]] == [
        ("raised", None),
        ("resolved, 5.2.16.0", 0),
        (f"on list {old} for SIT-A", 20 * DAY),
        (f"list {old} agreed", 1.5 * HOUR),
        (f"RFC {rfc} raised", 0),
        (f"RFC {rfc} approved", 21 * HOUR),
        (f"RFC {rfc} deployed to SIT-A", 3 * DAY + 2 * HOUR),
        (f"ready for retest (RFC {rfc})", 0),
        ("failed its retest", DAY),
        ("resolved, 5.2.17.0", DAY - HOUR),
        (f"on list {new} for SIT-A", 0),
    ]
    assert {place["environment"]: place["fix"] for place in told["where_its_fix_is"]}["SIT-A"] == f"on list {new}"


def test_the_passport_of_a_closed_defect_names_who_closed_it(week: Week) -> None:
    week.at(8, 10)
    week.cast.retest(123)
    week.look()

    told = week.json("why", "123")

    assert (told["where"], told["next_step"], told["bounces"]) == ("closed", "nothing", [])
    assert told["how_it_came_here"][-1] == {
        "at": "2026-12-08T10:00:00+00:00",
        "took": DAY,
        "what": "closed",
        "by": "tess.hall@st.example",
    }
    place = next(p for p in told["where_its_fix_is"] if p["environment"] == "SIT-A")
    assert (place["fix"], place["since"]) == ("has it", "2026-12-07T10:00:00+00:00")


def test_a_passport_can_be_read(week: Week, golden: Golden) -> None:
    week.cast.take_back(123)
    week.look()

    golden(week.ask("why", "123").data, "asked/why_taken_back.txt")
    golden(week.ask("why", "246").data, "asked/why_in_an_rfc.txt")
    golden(week.ask("why", str(HELD)).data, "asked/why_on_no_note.txt")


def test_what_is_no_defect_is_told_for_what_it_is(week: Week) -> None:
    process = week.azure.organisation.process
    a_task = replace(CHANGE_REQUEST, name="Task", reference="MHHSAgile.Task")
    week.azure.organisation.process = replace(process, types=(*process.types, a_task))
    task = week.azure.person(SIT_RELEASE_MANAGER).create("Task", {"System.Title": "Book the room"})
    words = {
        str(task): f"{task} is of type Task, which is neither a defect nor a change request by the settings",
        str(week.rfc()): f"{week.rfc()} is an RFC, DCC 5.2.16.0 to SIT-A: "
        f"see shunter release DCC 5.2.16.0, and shunter note {week.rfc()}",
        str(week.list("UIT")): f"{week.list('UIT')} is a candidate list, DCC 5.2.16.0 to UIT: "
        f"see shunter lists, and shunter note {week.list('UIT')}",
        "99999": "99999: no such work item is in MHHS, or shunter@mhhs.example may not see it",
    }

    told = {id: week.ask("why", id) for id in words}

    assert {id: answer.talk.strip() for id, answer in told.items()} == words
    assert {(answer.code, answer.data.strip()) for answer in told.values()} == {(1, "")}


def test_asking_writes_nothing(week: Week) -> None:
    mark = week.azure.mark()
    since = len(week.azure.journal)

    for question in (*QUESTIONS, ("note", str(week.rfc()))):
        assert week.ask(*question).code == 0, question

    assert list(week.azure.revisions_since(mark)) == []
    assert not set(WRITES) & {exchange.operation for exchange in week.azure.journal[since:]}


def test_a_question_that_was_asked_before_costs_two_requests_like_every_look(week: Week) -> None:
    for question in QUESTIONS:
        week.ask(*question)
        since = len(week.azure.journal)
        week.ask(*question)
        asked = sorted(
            e.operation for e in week.azure.journal[since:] if e.operation not in ("discovery", "connection")
        )
        assert asked == ["links feed", "revisions feed"], question


def test_tables_are_no_wider_than_a_terminal(week: Week) -> None:
    for question in QUESTIONS:
        told = week.ask(*question)
        assert max(len(line) for line in told.data.splitlines()) <= 120, question
        assert len(told.data.splitlines()) > 3


@pytest.mark.parametrize("question", [*QUESTIONS, ("note", "801")], ids=" ".join)
def test_what_cannot_be_read_is_never_answered(week: Week, question: tuple[str, ...]) -> None:
    week.azure.faults.add(is_read, sign_in_page(203), times=ALWAYS)

    told = week.ask(*question)

    assert (told.code, told.data.strip()) == (4, "")
    assert "signed out" in told.talk


def test_the_baseline_is_given_as_lines_that_can_be_put_into_the_configuration(week: Week, golden: Golden) -> None:
    told = week.ask("baseline", "SIT-B", "DCC", "5.2.16.0")
    assert told.code == 0, told.talk
    golden(told.data, "questions/baseline.txt")
    assert told.talk == "SIT-B then counts as running DCC 5.2.16.0 until a deployment is known\n"

    asked = week.json("baseline", "UIT", "elexon", "2.3.1.0")
    assert asked["lines"][0] == "[parties.Elexon]"
    assert [row["defect"] for row in asked["counted"]] == []


def test_a_baseline_of_nothing_known_is_refused_in_words(week: Week) -> None:
    told = week.ask("baseline", "SIT-B", "DXC", "5.2.16.0")
    assert (told.code, told.data) == (2, "")
    assert told.talk.startswith("there is no party DXC; the parties are DCC, Electralink")


def test_a_rollout_report_says_what_came_of_it_and_what_is_left(week: Week) -> None:
    week.cast.retest(123)

    told = week.json("report", str(week.rfc()))

    assert told["summary"].endswith("DCC 5.2.16.0 is deployed and complete in SIT-A.")
    groups = {group["heading"]: {line["id"]: line["words"] for line in group["lines"]} for group in told["groups"]}
    assert groups["Ready for retest"] == {456: "with tess.hall@st.example", 789: "with tara.iqbal@st.example"}
    assert list(groups["Retested and closed"]) == [123]
    assert {"who": "release manager of DCC", "what": "bring 123, 246, 456, 468, 789 to SIT-B: SIT-A has it"} in told[
        "actions"
    ]
    assert told["lessons"] == []
    for layout in ("text", "html", "markdown"):
        assert "Rollout report" in week.ask("report", str(week.rfc()), "--format", layout).data


def test_what_is_no_rfc_has_no_report(week: Week) -> None:
    asked = week.ask("report", "123")

    assert (asked.code, asked.talk) == (1, "123 is no RFC\n")

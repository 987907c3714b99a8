"""Each command, against the embedded Azure DevOps on a port of this machine."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from adapters.sandbox.azure import Azure
from adapters.sandbox.cast import Cast
from adapters.sandbox.faults import Fault, refused, unauthorised
from adapters.sandbox.mhhs_process import BUG, MHHS_PROCESS
from adapters.sandbox.problem import Problem
from adapters.sandbox.process import Category, StateDefinition
from adapters.sandbox.serve import served
from adapters.store.store import opened
from bot import __version__
from tests.adapters.web.an_event import JSON, an_event, basic, post
from tests.adapters.web.raw_http import answer_to
from tests.house import ROOT
from tests.jobs.accidents import ALWAYS, WRITES, a_rule_says_no, is_read, is_write, meanwhile
from tests.jobs.command_line import Shunter, configured_for, ran
from tests.jobs.small_world import Seed, small_world

STATUS = {"service", "jobs", "backlog", "suspicious", "runs", "uncertain", "store"}
LOOKING = ("plan", "lists", "rfcs", "retests", "status")
HOSTILE = "[/red] reads are [bold]missing[/bold]"


@pytest.fixture
def shunter(azure: Azure, tmp_path: Path) -> Iterator[Shunter]:
    with served(azure) as url:
        yield configured_for(azure, url, tmp_path)


@pytest.fixture(scope="module")
def looked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shunter]:
    """After its first run: for commands that only look."""
    azure = small_world()
    with served(azure) as url:
        shunter = configured_for(azure, url, tmp_path_factory.mktemp("looked"))
        assert shunter("run", "--once").code == 0
        yield shunter


def operations(shunter: Shunter) -> set[str]:
    return {exchange.operation for exchange in shunter.azure.journal}


def test_a_yes_to_a_plan_is_said_to_one_run(shunter: Shunter) -> None:
    said = shunter("run", "--accept", "1a2b3c4d")

    assert (said.code, "add `--once`" in said.talk) == (2, True)


def test_it_plans_then_does_then_has_nothing_to_do(shunter: Shunter) -> None:
    planned = shunter("plan")
    assert planned.code == 0
    assert "list of DCC for SIT-A: propose a new list" in planned.data
    assert "6 changes would be made" in planned.data
    assert not set(WRITES) & operations(shunter)

    done = shunter("run", "--once")
    assert done.code == 0
    assert "done     list of DCC for SIT-A: propose a new list" in done.data
    assert "what it wrote: shunter audit " in done.talk

    again = shunter("plan")
    assert (again.code, again.data.strip()) == (0, "Nothing to do.")
    assert shunter("run", "--once").data.strip() == "Nothing to do."


def test_in_observe_mode_a_run_says_what_it_would_do_and_writes_nothing(azure: Azure, tmp_path: Path) -> None:
    with served(azure) as url:
        shunter = configured_for(azure, url, tmp_path, mode="observe")
        looked = shunter("run", "--once")

    assert looked.code == 0
    assert "mode observe writes nothing" in looked.talk
    assert not set(WRITES) & operations(shunter)


def test_commands_that_look_write_nothing(looked: Shunter) -> None:
    since = looked.azure.mark()

    for command in LOOKING:
        assert looked(command).code == 0, command

    assert not looked.azure.revisions_since(since)
    assert not looked.azure.links_since(since)


def test_what_is_printed_for_machines_keeps_its_keys(shunter: Shunter) -> None:
    planned = shunter("plan", "-o", "json").json
    assert planned.keys() == {"hash", "actions", "stopped", "pages"}
    ran = shunter("run", "--once", "-o", "json").json
    assert ran.keys() == {"run", "ending", "why", "planned", "results", "skipped", "stopped", "pages", "alarms"}
    assert {tuple(result) for result in ran["results"]} == {("subject", "action", "reason", "outcome", "why")}
    assert ran["ending"] == "done"

    assert shunter("lists", "-o", "json").json.keys() == {"lists", "resolved_defects", "left_out", "on_no_note"}
    assert shunter("status", "-o", "json").json.keys() == STATUS
    assert shunter("rfcs", "-o", "json").json == []
    assert shunter("doctor", "-o", "json").json == {"problems": [], "warnings": []}


def test_the_data_stands_alone_on_standard_output(looked: Shunter) -> None:
    row = next(r for r in looked("lists", "-o", "json").json["lists"] if r["environment"] == "SIT-A")

    assert row["fixes"] == 5
    assert row["release"] == "5.2.16.0"


def test_why_tells_where_a_defect_is(looked: Shunter) -> None:
    told = looked("why", "123")

    assert told.code == 0
    assert "5.2.16.0" in told.data
    assert "SIT-A" in told.data


def test_why_of_something_unknown_is_a_failure_in_words(looked: Shunter) -> None:
    told = looked("why", "99999")

    assert told.code == 1
    assert "99999: no such work item is in MHHS, or shunter@mhhs.example may not see it" in told.talk


def test_retests_tell_a_tester_what_to_do(shunter: Shunter) -> None:
    cast = Cast(shunter.azure)
    for act in (lambda: cast.agree("SIT-A", "DCC"), lambda: None, lambda: cast.approve("SIT-A"), lambda: None):
        shunter("run", "--once")
        act()
    shunter("run", "--once")
    cast.deploy("SIT-A")
    shunter("run", "--once")

    rows = shunter("retests", "--tester", "tess.hall@st.example", "-o", "json").json

    assert sorted(row["defect"] for row in rows) == [123, 456]


def test_a_run_of_which_something_was_refused_is_partly_done(shunter: Shunter) -> None:
    shunter.azure.faults.add("create", a_rule_says_no())

    ran = shunter("run", "--once")

    assert ran.code == 3
    assert "not done list of DCC for" in ran.data
    assert "TF401320" in ran.data


def test_a_token_that_is_not_accepted_ends_with_four(shunter: Shunter) -> None:
    for command in (("plan",), ("run", "--once"), ("lists",), ("doctor",)):
        assert shunter(*command, token="expired").code == 4, command


def test_a_token_that_expires_in_mid_run_ends_with_four(shunter: Shunter) -> None:
    shunter.azure.faults.add(is_write, unauthorised(), times=ALWAYS)

    assert shunter("run", "--once").code == 4


def test_what_cannot_be_read_ends_with_one(shunter: Shunter) -> None:
    shunter.azure.faults.add(is_read, a_rule_says_no(), times=ALWAYS)

    ran = shunter("run", "--once")

    assert ran.code == 1
    assert "TF401320" in ran.talk


def test_every_problem_of_a_configuration_is_told_and_nothing_is_asked(shunter: Shunter) -> None:
    shunter.edit('time_zone = "Europe/London"', 'time_zone = "Europe/Londn"')
    shunter.edit("poll_seconds = 30", 'poll_secs = "often"')

    for command in (("plan",), ("run", "--once"), ("lists",), ("doctor",)):
        told = shunter(*command)
        assert told.code == 2
        assert "Europe/Londn" in told.data + told.talk
        assert "poll_secs" in told.data + told.talk

    assert shunter.azure.journal == []


def test_a_missing_file_is_a_wrong_call(shunter: Shunter) -> None:
    shunter.config.unlink()

    told = shunter("plan")

    assert told.code == 2
    assert "config.toml" in told.talk


def test_doctor_finds_nothing_wrong_with_the_world_of_the_sandbox(shunter: Shunter) -> None:
    told = shunter("doctor")

    assert (told.code, told.data.strip()) == (0, "Everything is as it must be.")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('ready_for_retest = ["Ready for Retest"]', 'ready_for_retest = ["To Retest"]', "To Retest"),
        ('found_in = "Custom.FoundIn"', 'found_in = "Custom.DetectedIn"', "Custom.DetectedIn"),
        ('types = ["Request for Change"]', 'types = ["RFC"]', "RFC"),
    ],
    ids=["state", "field", "type"],
)
def test_doctor_names_what_the_project_lacks_and_the_remedy(shunter: Shunter, old: str, new: str, words: str) -> None:
    shunter.edit(old, new)

    told = shunter("doctor")

    assert told.code == 1
    problem = next(line for line in told.data.splitlines() if words in line)
    assert problem.startswith("project: ")
    assert ":" in problem.removeprefix("project: "), "a remedy follows the problem"
    assert not set(WRITES) & operations(shunter)


def test_pages_are_looked_for_by_the_doctor_announced_by_the_plan_and_written_by_a_run(shunter: Shunter) -> None:
    shunter.edit("# wiki = ", "wiki = ")

    told = shunter("doctor")
    assert (told.code, told.data.strip()) == (
        1,
        "pages: the project has no wiki of its own: an administrator makes it (Overview, Wiki, Create project wiki)",
    )
    shunter.azure.wiki.create()
    assert shunter("doctor").code == 0
    assert "wiki page /Shunter/SIT-A would be written" in shunter("plan").data
    assert shunter.azure.wiki.pages() == ()
    assert "wiki page /Shunter/SIT-A written" in shunter("run", "--once").data
    assert shunter("run", "--once").data.strip() == "Nothing to do."


@pytest.mark.parametrize(
    "fault",
    [refused(Problem(403, "AccessCheckException", "VS403: you may not.")), unauthorised()],
    ids=["no right", "a token without it"],
)
def test_doctor_says_that_the_wikis_are_not_shown_to_it(shunter: Shunter, fault: Fault) -> None:
    shunter.edit("# wiki = ", "wiki = ")
    shunter.azure.faults.add("wikis", fault)

    told = shunter("doctor")

    assert told.code == 1
    assert told.data.startswith("pages: the project's wikis are not shown: the token has to read and write the wiki")


def test_doctor_tells_of_a_state_that_counts_as_resolved_and_is_left_alone(shunter: Shunter) -> None:
    bug = replace(BUG, states=(*BUG.states, StateDefinition("Deferred", Category.RESOLVED)))
    shunter.azure.organisation.process = replace(MHHS_PROCESS, types=(bug, *MHHS_PROCESS.types[1:]))

    told = shunter("doctor")

    assert (told.code, told.data.strip()) == (0, "Everything is as it must be.")
    assert "'Deferred' of the category Resolved" in " ".join(told.talk.split())


def test_doctor_tells_of_a_token_of_somebody_else(shunter: Shunter) -> None:
    told = shunter("doctor", token=shunter.azure.token_for("tess.hall@st.example"))

    assert told.code == 1
    assert "the token belongs to tess.hall@st.example" in told.data


def test_titles_are_shown_as_text(tmp_path: Path) -> None:
    azure = small_world([Seed(2001, HOSTILE, "SIT-A", version=""), Seed(2002, HOSTILE, "SIT-A")])
    with served(azure) as url:
        shunter = configured_for(azure, url, tmp_path)
        shunter("run", "--once")

        assert HOSTILE in shunter("lists").data
        assert HOSTILE in shunter("why", "2002").data


def test_init_writes_a_configuration_once(tmp_path: Path) -> None:
    config = tmp_path / "mine.toml"

    assert ran("init", str(config)).code == 0
    config.write_text(config.read_text() + "# mine\n")
    refused = ran("init", str(config))

    assert refused.code == 2
    assert "there is a file already" in refused.talk
    assert config.read_text().endswith("# mine\n")


def test_the_version_is_that_of_the_package() -> None:
    assert ran("version").data.strip() == __version__


def test_two_processes_do_not_act_on_one_store(shunter: Shunter) -> None:
    with opened(shunter.config.parent / "shunter.db", to_act=True):
        told = shunter("run", "--once")
        looked = shunter("plan")

    assert told.code == 6
    assert "acts on it already. Stop that one first, or give this one a store of its own." in told.talk
    assert looked.code == 0


@pytest.mark.slow
def test_sandbox_tells_the_worked_example() -> None:
    told = ran("sandbox")

    assert told.code == 0
    assert "123, 456, 789 are ready for retest, because SIT-A found them" in told.data
    assert "246, 468 wait for the environment that found them" in told.data
    assert "Every claim of this story held." in told.data


@pytest.mark.slow
def test_sigterm_ends_a_run_cleanly_within_seconds(shunter: Shunter) -> None:
    under_way = Event()
    shunter.azure.faults.add("create", meanwhile(under_way.set))
    command = [sys.executable, "-m", "jobs.cli", "run", "--config", str(shunter.config)]
    environment = {**os.environ, **shunter.environment(), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    try:
        assert under_way.wait(60)
        process.send_signal(signal.SIGTERM)
        _, talk = process.communicate(timeout=15)
    finally:
        process.kill()

    assert (process.returncode, "stopped" in talk, "Traceback" in talk) == (0, True, False)


@pytest.mark.slow
def test_sigterm_closes_the_port_for_hooks_at_once_and_the_look_is_finished(shunter: Shunter) -> None:
    under_way, release = Event(), Event()
    port = listen_to_hooks(shunter)

    def hold() -> None:
        under_way.set()
        release.wait(60)

    shunter.azure.faults.add("create", meanwhile(hold))
    command = [sys.executable, "-m", "jobs.cli", "run", "--config", str(shunter.config)]
    environment = {**os.environ, **shunter.environment(), "HOOKS": HOOKS, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    try:
        assert under_way.wait(60)
        heard = answer_to(port, [post(an_event(resourceContainers={}), JSON, basic(HOOKS))])
        process.send_signal(signal.SIGTERM)
        is_closed, is_looking = closes_soon(port), process.poll() is None
        release.set()
        _, talk = process.communicate(timeout=15)
    finally:
        release.set()
        process.kill()

    assert (heard.status, is_closed, is_looking) == (202, True, True)
    assert f"hooks: listening on 127.0.0.1, port {port}, at /hooks" in talk
    assert (process.returncode, "stopped" in talk, "Traceback" in talk, HOOKS in talk) == (0, True, False, False)


def test_a_port_that_is_taken_ends_with_one_in_words_before_anything_is_asked(shunter: Shunter) -> None:
    port = listen_to_hooks(shunter)
    environment = {**shunter.environment(), "HOOKS": HOOKS}
    with (
        socket.create_server(("127.0.0.1", port)),
        pytest.raises(OSError, match=f"nothing can listen on 127.0.0.1, port {port}: Address already in use"),
    ):
        ran("run", "--config", str(shunter.config), environment=environment)

    assert operations(shunter) == set()


HOOKS = "a-password-of-hooks"


def listen_to_hooks(shunter: Shunter) -> int:
    """Gives the port, which was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    shunter.edit("[limits]", f'[hooks]\nport = {port}\npassword_variable = "HOOKS"\n\n[limits]')
    return port


def closes_soon(port: int) -> bool:
    """Within five seconds, on a machine that has much to do."""
    last = time.monotonic() + 5
    while time.monotonic() < last:
        try:
            # One that was still waiting to be let in is broken off.
            with suppress(ConnectionResetError):
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except ConnectionRefusedError:
            return True
    return False


def test_a_state_that_the_project_does_not_have_closes_nothing(shunter: Shunter) -> None:
    """It would read as "nothing is resolved any more"."""
    assert shunter("run", "--once").code == 0
    shunter.config.write_text(shunter.config.read_text().replace('resolved = ["Resolved"]', 'resolved = ["Fixed"]', 1))
    mark = shunter.azure.mark()

    ran = shunter("run", "--once")

    assert ran.code == 1
    assert "Fixed" in ran.talk
    assert shunter.azure.revisions_since(mark) == ()


def test_nothing_is_written_under_another_account(shunter: Shunter) -> None:
    mark = shunter.azure.mark()

    ran = shunter("run", "--once", token=shunter.azure.token_for("dev.patel@si.example"))

    assert ran.code == 4
    assert "the token belongs to dev.patel@si.example" in ran.talk
    assert shunter.azure.revisions_since(mark) == ()


def test_the_project_is_looked_over_once_and_not_at_every_run(shunter: Shunter) -> None:
    shunter("run", "--once")
    before = len(shunter.azure.journal)

    shunter("run", "--once")

    assert not {"types", "type fields", "states", "fields"} & {e.operation for e in shunter.azure.journal[before:]}


def test_a_tester_is_asked_for_by_sign_in_name_and_told_so(shunter: Shunter) -> None:
    told = shunter("retests", "--tester", "Tess Hall")

    assert told.code == 0
    assert "sign-in names" in told.talk

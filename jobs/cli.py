"""The command line: few commands, each of a few lines."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from adapters.core_dump import no_core_dump
from adapters.logs import SHUNTER, logged_to
from adapters.redaction import redacted
from adapters.terminal.layout import Layout, PaperLayout
from adapters.terminal.talk import Output, Talk, talk
from bot import __version__
from jobs import person_commands
from jobs.options import HERE, ConfigPath, Out, RunId, read_id

if TYPE_CHECKING:
    from adapters.configuration.configuration import Configuration

FAILED, USAGE = 1, 2
app = typer.Typer(
    name="shunter",
    help="Marshals defect fixes into releases: lists, RFCs, deployments, retests, in Azure DevOps.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main(command: Callable[[], object] = app) -> None:
    """What the system refuses (a port in use, a full disk, a closed pipe) ends in one sentence; what nobody expected
    in a traceback as well."""
    no_core_dump()
    with logged_to(sys.stderr):
        try:
            command()
        except OSError as error:
            sys.stderr.write(f"shunter: {redacted(str(error.strerror or error))}\n")
            sys.exit(FAILED)
        except Exception as error:  # noqa: BLE001
            SHUNTER.error("shunter has ended", exc_info=error)
            sys.stderr.write("shunter: an error that nobody expected; please report it, with the lines above\n")
            sys.exit(FAILED)


@app.command()
def sandbox(
    port: Annotated[int, typer.Option(help="The port of the embedded Azure DevOps; 0 takes a free one.")] = 0,
) -> None:
    """The whole job, from resolved defects to retest, on an Azure DevOps that comes with the program."""
    from jobs.sandbox import tell_the_story

    raise SystemExit(tell_the_story(talk(Output.TABLE), port=port))


@app.command()
def init(path: Annotated[Path, typer.Argument(help="Where to write it.")] = HERE) -> None:
    """Write a configuration to fill in; an existing file is left alone."""
    from adapters.configuration.example import example_text

    said = talk(Output.TABLE)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(example_text())
    except FileExistsError:
        _refuse(said, f"{path}: there is a file already; name another, or move it away first.")
    except OSError as error:
        _refuse(said, f"{path}: cannot be written: {error.strerror}.")
    said.say(f"{path} is written. Fill it in, put the token where it says, then run: shunter doctor --config {path}")


@app.command()
def doctor(config: ConfigPath = HERE, output: Out = Output.TABLE) -> None:
    """Check configuration, connection, sign-in, types, states, fields and rights, and say who must fix what."""
    from jobs.doctor import examine

    raise SystemExit(examine(config, os.environ, talk(output)))


@app.command()
def plan(config: ConfigPath = HERE, output: Out = Output.TABLE) -> None:
    """Show what a run would do, field by field; nothing is written."""
    from jobs.show import show_plan

    with _configured(config, output) as (configuration, said):
        raise SystemExit(show_plan(configuration, said))


@app.command()
def run(
    config: ConfigPath = HERE,
    once: Annotated[bool, typer.Option("--once", help="Look once and end.")] = False,
    accept: Annotated[str, typer.Option(help="Say yes to the plan of this hash, although it is large.")] = "",
    output: Out = Output.TABLE,
) -> None:
    """Do the job: once, or at every interval until it is stopped."""
    from jobs.serve import run_once, serve

    with _configured(config, output) as (configuration, said):
        raise SystemExit(run_once(configuration, said, accept) if once else serve(configuration, said))


@app.command()
def status(config: ConfigPath = HERE, output: Out = Output.TABLE) -> None:
    """The last runs, what came of them, and what is still uncertain; asks nothing of Azure DevOps."""
    from jobs.show import show_status

    with _configured(config, output) as (configuration, said):
        raise SystemExit(show_status(configuration, said))


@app.command()
def audit(
    run: RunId,
    config: ConfigPath = HERE,
    output: Out = Output.TABLE,
) -> None:
    """What one run wrote: each work item with rule, reason, what changed, and what came of it."""
    from jobs.audit import show_audit

    with _configured(config, output) as (configuration, said):
        raise SystemExit(show_audit(configuration, said, run))


@app.command()
def why(
    id: Annotated[int, typer.Argument(help="The id of a defect or change request.", parser=read_id, metavar="ID")],
    config: ConfigPath = HERE,
    output: Out = Output.TABLE,
) -> None:
    """A defect's passport: where its fix is, what it waits for, who is next by when, and how it came here."""
    from jobs.ask_why import show_why

    with _configured(config, output) as (configuration, said):
        raise SystemExit(show_why(configuration, said, id))


@app.command()
def lists(config: ConfigPath = HERE, output: Out = Output.TABLE) -> None:
    """The candidate lists, and every resolved defect that is left out, with the reason."""
    from jobs.show import show_lists

    with _configured(config, output) as (configuration, said):
        raise SystemExit(show_lists(configuration, said))


@app.command()
def rfcs(config: ConfigPath = HERE, output: Out = Output.TABLE) -> None:
    """The RFCs under way, and what each waits for."""
    from jobs.show import show_rfcs

    with _configured(config, output) as (configuration, said):
        raise SystemExit(show_rfcs(configuration, said))


@app.command()
def retests(
    tester: Annotated[str, typer.Option(help="Only those of this sign-in name.")] = "",
    config: ConfigPath = HERE,
    output: Out = Output.TABLE,
) -> None:
    """What can be retested now, in which environment, brought by which release."""
    from jobs.show import show_retests

    with _configured(config, output) as (configuration, said):
        raise SystemExit(show_retests(configuration, said, tester))


@app.command()
def matrix(
    at: Annotated[str, typer.Option(help='As of this local time, such as "2026-12-07 12:00"; without it, now.')] = "",
    config: ConfigPath = HERE,
    output: Out = Output.TABLE,
) -> None:
    """Which version of each party runs in each environment, since when, and through which RFC."""
    from jobs.ask import show_matrix

    with _configured(config, output) as (configuration, said):
        raise SystemExit(show_matrix(configuration, said, at))


@app.command()
def level(config: ConfigPath = HERE, output: Out = Output.TABLE) -> None:
    """The fixes that one of two level environments has and the other lacks, and what brings them."""
    from jobs.ask import show_level

    with _configured(config, output) as (configuration, said):
        raise SystemExit(show_level(configuration, said))


@app.command()
def release(
    party: Annotated[str, typer.Argument(help="The party whose release it is.")],
    number: Annotated[str, typer.Argument(help="Its number, such as 5.2.16.0.")],
    config: ConfigPath = HERE,
    output: Out = Output.TABLE,
) -> None:
    """All that is recorded of one release: content, lists, RFCs, deployments, deviations, who did what when."""
    from jobs.ask import show_release

    with _configured(config, output) as (configuration, said):
        raise SystemExit(show_release(configuration, said, party, number))


@app.command()
def calendar(
    weeks: Annotated[int, typer.Option(help="How far ahead.", min=1, max=52)] = 6,
    config: ConfigPath = HERE,
    output: Out = Output.TABLE,
) -> None:
    """Windows and what is planned in them, freezes, and days off."""
    from jobs.ask import show_calendar

    with _configured(config, output) as (configuration, said):
        raise SystemExit(show_calendar(configuration, said, weeks))


@app.command()
def note(
    id: Annotated[int, typer.Argument(help="The id of a candidate list or an RFC.", parser=read_id, metavar="ID")],
    layout: Annotated[Layout, typer.Option("--format", help="How it is laid out.")] = Layout.TEXT,
    config: ConfigPath = HERE,
    output: Out = Output.TABLE,
) -> None:
    """The release note: provisional for a list without an RFC, else that of its RFC."""
    from jobs.ask import show_note

    with _configured(config, output) as (configuration, said):
        raise SystemExit(show_note(configuration, said, id, layout))


@app.command()
def rehearse(
    since: Annotated[str, typer.Option(help="The first day, such as 2026-10-01.")],
    env: Annotated[str, typer.Option("--env", "-e", help="Only this environment.")] = "",
    party: Annotated[str, typer.Option(help="Only this party.")] = "",
    layout: Annotated[PaperLayout, typer.Option("--format", help="How it is laid out.")] = PaperLayout.TABLE,
    config: ConfigPath = HERE,
    output: Out = Output.TABLE,
) -> None:
    """Compare what people released and handed over since that day with what Shunter would have done."""
    from jobs.rehearse import show_rehearsal

    with _configured(config, output) as (configuration, said):
        raise SystemExit(show_rehearsal(configuration, said, since, env, party, layout))


@app.command()
def baseline(
    environment: Annotated[str, typer.Argument(help="The environment that runs it.")],
    party: Annotated[str, typer.Argument(help="The party whose release it is.")],
    number: Annotated[str, typer.Argument(help="Its number, such as 5.2.15.0.")],
    config: ConfigPath = HERE,
    output: Out = Output.TABLE,
) -> None:
    """The lines to configure for what ran before Shunter came, and the fixes that then count as being there."""
    from jobs.baseline import show_baseline

    with _configured(config, output) as (configuration, said):
        raise SystemExit(show_baseline(configuration, said, environment, party, number))


@app.command()
def report(
    rfc: Annotated[int, typer.Argument(help="The id of an RFC.", parser=read_id, metavar="RFC")],
    layout: Annotated[Layout, typer.Option("--format", help="How it is laid out.")] = Layout.TEXT,
    config: ConfigPath = HERE,
    output: Out = Output.TABLE,
) -> None:
    """The rollout report: what came of a deployment, what is still to be done, and which lessons are asked for."""
    from jobs.ask import show_report

    with _configured(config, output) as (configuration, said):
        raise SystemExit(show_report(configuration, said, rfc, layout))


@app.command()
def version() -> None:
    """The version of this program."""
    talk(Output.TABLE).line(__version__)


@contextmanager
def _configured(path: Path, output: Output) -> Iterator[tuple[Configuration, Talk]]:
    from adapters.configuration.load import load
    from adapters.configuration.problem import ConfigurationError
    from adapters.store.failures import StoreError

    said = talk(output)
    try:
        configuration = load(path, os.environ)
        yield configuration, talk(output, configuration.programme.zone)
    except ConfigurationError as error:
        for problem in error.problems:
            said.say(str(problem))
        raise SystemExit(USAGE) from None
    except StoreError as error:
        said.say(str(error))
        raise SystemExit(FAILED) from None


def _refuse(said: Talk, words: str) -> NoReturn:
    said.say(words)
    raise SystemExit(USAGE)


person_commands.add_to(app)

if __name__ == "__main__":
    main()

"""The command line: few commands, each of a few lines."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from adapters.core_dump import no_core_dump
from adapters.logs import SHUNTER, logged_to
from adapters.redaction import redacted
from adapters.terminal.talk import Output, Talk, talk
from bot import __version__
from jobs import asking_commands, person_commands
from jobs.configured import FAILED, USAGE, configured
from jobs.options import HERE, ConfigPath, Out

PANEL = "Set up and run"
app = typer.Typer(
    name="shunter",
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


@app.command(rich_help_panel=PANEL)
def sandbox(
    port: Annotated[int, typer.Option(help="The port of the embedded Azure DevOps; 0 takes a free one.")] = 0,
) -> None:
    """The whole job, from resolved defects to retest, on an Azure DevOps that comes with the program."""
    from jobs.sandbox import tell_the_story

    raise SystemExit(tell_the_story(talk(Output.TABLE), port=port))


@app.command(rich_help_panel=PANEL)
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


@app.command(rich_help_panel=PANEL)
def doctor(config: ConfigPath = HERE, output: Out = Output.TABLE) -> None:
    """Check configuration, connection, sign-in, types, states, fields and rights, and say who must fix what."""
    from jobs.doctor import examine

    raise SystemExit(examine(config, os.environ, talk(output)))


@app.command(rich_help_panel=PANEL)
def plan(config: ConfigPath = HERE, output: Out = Output.TABLE) -> None:
    """Show what a run would do, field by field; nothing is written."""
    from jobs.show import show_plan

    with configured(config, output) as (configuration, said):
        raise SystemExit(show_plan(configuration, said))


@app.command(rich_help_panel=PANEL)
def run(
    config: ConfigPath = HERE,
    once: Annotated[bool, typer.Option("--once", help="Look once and end.")] = False,
    accept: Annotated[str, typer.Option(help="Say yes to the plan of this hash, although it is large.")] = "",
    output: Out = Output.TABLE,
) -> None:
    """Do the job: once, or at every interval until it is stopped."""
    from jobs.serve import run_once, serve
    from jobs.speaking import as_configured

    if accept and not once:
        raise typer.BadParameter("a service says yes to nothing: add `--once`", param_hint="'--accept'")
    with configured(config, output) as (configuration, talk), as_configured(configuration, talk) as said:
        raise SystemExit(run_once(configuration, said, accept) if once else serve(configuration, said))


@app.command(rich_help_panel=PANEL)
def canary(config: ConfigPath = HERE, output: Out = Output.TABLE) -> None:
    """Prove now that sign-in, rights, states, reading, writing and the feed work; at most one write a day."""
    from jobs.show_canary import show_canary

    with configured(config, output) as (configuration, said):
        raise SystemExit(show_canary(configuration, said))


@app.command(rich_help_panel=PANEL)
def status(config: ConfigPath = HERE, output: Out = Output.TABLE) -> None:
    """How the service is, and what its last looks came to; asks nothing of Azure DevOps."""
    from jobs.show_status import show_status

    with configured(config, output) as (configuration, said):
        raise SystemExit(show_status(configuration, said))


@app.command(rich_help_panel=PANEL)
def backup(
    file: Annotated[Path, typer.Argument(help="Where to write it; a file that is there is never written over.")],
    config: ConfigPath = HERE,
    output: Out = Output.TABLE,
) -> None:
    """A copy of the store, while it is in use or not."""
    from jobs.backup import make_backup

    with configured(config, output) as (configuration, said):
        raise SystemExit(make_backup(configuration, said, file))


@app.command(rich_help_panel=PANEL)
def version() -> None:
    """The version of this program."""
    talk(Output.TABLE).line(__version__)


def _version_alone(is_asked: bool) -> None:
    if is_asked:
        version()
        raise SystemExit(0)


@app.callback()
def _any_command(
    is_version_asked: Annotated[
        bool, typer.Option("--version", callback=_version_alone, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Marshals defect fixes into releases: lists, RFCs, deployments, retests, in Azure DevOps."""


def _refuse(said: Talk, words: str) -> NoReturn:
    said.say(words)
    raise SystemExit(USAGE)


asking_commands.add_to(app)
person_commands.add_to(app)

if __name__ == "__main__":
    main()

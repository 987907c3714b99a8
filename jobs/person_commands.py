"""The commands by which a person decides, with their own token: what they do is what they would do by hand."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.terminal.talk import Output, Talk, talk
from jobs.options import HERE, ConfigPath, Out, RunId, read_id

if TYPE_CHECKING:
    from jobs.person import Person

USAGE, SIGN_IN = 2, 4
PANEL = "As yourself"
Id = Annotated[int, typer.Argument(help="The work item's id.", parser=read_id, metavar="ID")]
Why = Annotated[str, typer.Option("--why", help="The reason, for those who read it there.")]
Env = Annotated[str, typer.Option("--env", "-e", help="Only for this environment.")]
TokenFile = Annotated[
    Path | None, typer.Option(help="A file with your own token; else it is taken from SHUNTER_PERSON_TOKEN.")
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


class Smoke(StrEnum):
    """How a smoke test went."""

    PASSED = "passed"
    FAILED = "failed"


class State(StrEnum):
    """What can be said of a control point, or of the readiness of those concerned."""

    MET = "met"
    NOT_MET = "not-met"
    APPROVED = "approved"
    WAIVED = "waived"
    NOT_APPLICABLE = "not-applicable"
    READY = "ready"
    NOT_READY = "not-ready"


def add_to(app: typer.Typer) -> None:
    for command in (hold, unhold, move, agree, answer, confirm, waive, emergency, undo, setup, sign_out):
        app.command(rich_help_panel=PANEL)(command)


def hold(
    id: Id, why: Why, env: Env = "", config: ConfigPath = HERE, token_file: TokenFile = None, output: Out = Output.TABLE
) -> None:
    """Keep a fix out of the next release; with --env, stop the lists of one environment that carry it."""
    from jobs import act_as_person

    with _as_person(config, output, token_file, why=why, environment=env) as (person, said):
        raise SystemExit(act_as_person.hold(person, said, id, why, env))


def unhold(
    id: Id, why: Why, env: Env = "", config: ConfigPath = HERE, token_file: TokenFile = None, output: Out = Output.TABLE
) -> None:
    """Let a fix go that was held."""
    from jobs import act_as_person

    with _as_person(config, output, token_file, why=why, environment=env) as (person, said):
        raise SystemExit(act_as_person.unhold(person, said, id, why, env))


def move(
    id: Id,
    day: Annotated[datetime, typer.Argument(metavar="DATE", formats=["%Y-%m-%d"], help="Such as 2026-12-14.")],
    why: Why,
    config: ConfigPath = HERE,
    token_file: TokenFile = None,
    output: Out = Output.TABLE,
) -> None:
    """Plan a fix for the window of that day, or the first one after it."""
    from jobs import act_as_person

    with _as_person(config, output, token_file, why=why) as (person, said):
        raise SystemExit(act_as_person.move(person, said, id, day.date(), why))


def agree(
    id: Id, yes: Yes = False, config: ConfigPath = HERE, token_file: TokenFile = None, output: Out = Output.TABLE
) -> None:
    """Agree a candidate list; what is on it is shown first."""
    from jobs import act_as_person

    with _as_person(config, output, token_file) as (person, said):
        raise SystemExit(act_as_person.agree(person, said, id, yes=yes))


def answer(
    rfc: Id,
    point: Annotated[str, typer.Argument(help="The number of a control point, or the name of a group concerned.")],
    state: Annotated[State, typer.Argument(help="How it is with it.")],
    why: Annotated[str, typer.Option("--why", help="In a few words, for those who read it there.")] = "",
    config: ConfigPath = HERE,
    token_file: TokenFile = None,
    output: Out = Output.TABLE,
) -> None:
    """Answer a control point of an RFC, or say whether those concerned are ready for its release."""
    from bot.answers import Answer, Says, about_of
    from jobs import act_as_person

    with _as_person(config, output, token_file) as (person, said):
        says = Says(state.value.replace("-", " "))
        given = Answer(about_of(point), says, " ".join(why.split()))
        raise SystemExit(act_as_person.answer(person, said, rfc, given))


def confirm(
    rfc: Id,
    at: Annotated[str, typer.Option(help="When it was deployed, as 2026-12-07 10:00; else now.")] = "",
    smoke: Annotated[Smoke | None, typer.Option(help="How the smoke test went.")] = None,
    accept: Annotated[list[int] | None, typer.Option(help="A defect that it brought on no note; repeatable.")] = None,
    yes: Yes = False,
    config: ConfigPath = HERE,
    token_file: TokenFile = None,
    output: Out = Output.TABLE,
) -> None:
    """Say that the release of an RFC is deployed; a deviation from the process needs --yes."""
    from bot.local_time import Unclear, read_instant
    from bot.why_not_confirmed import Confirmation
    from jobs import act_as_person

    with _as_person(config, output, token_file) as (person, said):
        when = read_instant(at, person.configuration.programme.zone) if at else None
        if isinstance(when, Unclear):
            raise _refused(said, when.words)
        told = Confirmation(when, smoke.value if smoke else "", frozenset(accept or ()))
        raise SystemExit(act_as_person.confirm_deployment(person, said, rfc, told, yes=yes))


def waive(
    id: Id, why: Why, config: ConfigPath = HERE, token_file: TokenFile = None, output: Out = Output.TABLE
) -> None:
    """Record on a list or RFC, with your name, that the notice of its window need not be kept."""
    from jobs import act_as_person

    with _as_person(config, output, token_file, why=why) as (person, said):
        raise SystemExit(act_as_person.waive(person, said, id, why))


def emergency(
    id: Id, why: Why, config: ConfigPath = HERE, token_file: TokenFile = None, output: Out = Output.TABLE
) -> None:
    """Ask for an emergency release of a defect that blocks testing."""
    from jobs import act_as_person

    with _as_person(config, output, token_file, why=why) as (person, said):
        raise SystemExit(act_as_person.ask_for_emergency(person, said, id, why))


def undo(
    run: RunId,
    why: Annotated[str, typer.Option("--why", help="The reason, for those who read it there.")] = "",
    yes: Yes = False,
    config: ConfigPath = HERE,
    token_file: TokenFile = None,
    output: Out = Output.TABLE,
) -> None:
    """Put back what a run of Shunter wrote, where nobody has gone on with it; it is shown first."""
    from jobs.undo_run import undo_run

    with _as_person(config, output, token_file) as (person, said):
        raise SystemExit(undo_run(person, said, run, why, yes=yes))


def setup(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be written.")] = False,
    yes: Yes = False,
    config: ConfigPath = HERE,
    token_file: TokenFile = None,
    output: Out = Output.TABLE,
) -> None:
    """Name what an administrator has to create, and make or put right the shared queries and pages of the wiki."""
    from jobs.set_up_project import set_up

    with _as_person(config, output, token_file) as (person, said):
        raise SystemExit(set_up(person, said, dry_run=dry_run, yes=yes))


def sign_out(config: ConfigPath = HERE) -> None:
    """Forget who signed in at this machine by typing a code."""
    from adapters.configuration.load import load
    from adapters.configuration.problem import ConfigurationError
    from adapters.credentials import DeviceCode
    from adapters.entra.device_code import forget
    from jobs.person import NotSignedIn, typing_a_code

    said = talk(Output.TABLE)
    try:
        credential = load(config, os.environ, typing_a_code(os.environ)).sign_in.credential
        was_signed_in = isinstance(credential, DeviceCode) and forget(credential)
    except ConfigurationError as error:
        raise _refused(said, *map(str, error.problems)) from None
    except NotSignedIn:
        was_signed_in = False
    said.say("Signed out." if was_signed_in else "Nobody is signed in here.")


@contextmanager
def _as_person(
    path: Path, output: Output, token_file: Path | None, *, why: str = "?", environment: str = ""
) -> Iterator[tuple[Person, Talk]]:
    from adapters.azure_devops.answers import Failure
    from adapters.configuration.load import load
    from adapters.configuration.problem import ConfigurationError
    from jobs.person import NotSignedIn, own_credential, signed_in
    from jobs.run import Ending

    said = talk(output)
    try:
        configuration = load(path, os.environ, own_credential(token_file, os.environ))
        known = configuration.programme.environments
        if not why.strip():
            raise _refused(said, "--why is empty: say why, for those who read it there")
        if environment and environment not in known:
            raise _refused(said, f"“{environment}” is no environment: name one of {', '.join(known)}")
        yield signed_in(configuration, said.say), talk(output, configuration.programme.zone)
    except ConfigurationError as error:
        raise _refused(said, *map(str, error.problems)) from None
    except NotSignedIn as error:
        said.say(str(error))
        raise SystemExit(SIGN_IN) from None
    except Failure as failure:
        said.say(str(failure))
        ending = Ending.of(failure)
        raise SystemExit(ending.value) from None


def _refused(said: Talk, *words: str) -> SystemExit:
    for line in words:
        said.say(line)
    return SystemExit(USAGE)

"""The commands that ask: they look and print, and write nothing to Azure DevOps."""

from __future__ import annotations

from typing import Annotated

import typer

from adapters.terminal.layout import Layout, PaperLayout
from adapters.terminal.talk import Output
from jobs.configured import configured
from jobs.options import HERE, ConfigPath, Out, read_id

PANEL = "Ask"
VERIFY = "verify"
"""No run is called that: their ids are hexadecimal."""


def add_to(app: typer.Typer) -> None:
    commands = (lists, rfcs, retests, why, matrix, level, release, calendar, note, report, rehearse, baseline, audit)
    for command in commands:
        app.command(rich_help_panel=PANEL)(command)


def audit(
    run: Annotated[str, typer.Argument(help="The run's id, as `status` names it; or the word verify.")],
    config: ConfigPath = HERE,
    output: Out = Output.TABLE,
) -> None:
    """What one run wrote, and why; `audit verify` proves that nothing of the records was changed or taken away."""
    from jobs.audit import show_audit
    from jobs.verify_audit import verify_audit

    with configured(config, output) as (configuration, said):
        raise SystemExit(verify_audit(configuration, said) if run == VERIFY else show_audit(configuration, said, run))


def why(
    id: Annotated[int, typer.Argument(help="The id of a defect or change request.", parser=read_id, metavar="ID")],
    config: ConfigPath = HERE,
    output: Out = Output.TABLE,
) -> None:
    """A defect's passport: where its fix is, what it waits for, who is next by when, and how it came here."""
    from jobs.ask_why import show_why

    with configured(config, output) as (configuration, said):
        raise SystemExit(show_why(configuration, said, id))


def lists(config: ConfigPath = HERE, output: Out = Output.TABLE) -> None:
    """The candidate lists, and every resolved defect that is left out, with the reason."""
    from jobs.show import show_lists

    with configured(config, output) as (configuration, said):
        raise SystemExit(show_lists(configuration, said))


def rfcs(config: ConfigPath = HERE, output: Out = Output.TABLE) -> None:
    """The RFCs under way, and what each waits for."""
    from jobs.show import show_rfcs

    with configured(config, output) as (configuration, said):
        raise SystemExit(show_rfcs(configuration, said))


def retests(
    tester: Annotated[str, typer.Option(help="Only those of this sign-in name.")] = "",
    config: ConfigPath = HERE,
    output: Out = Output.TABLE,
) -> None:
    """What can be retested now, in which environment, brought by which release."""
    from jobs.show import show_retests

    with configured(config, output) as (configuration, said):
        raise SystemExit(show_retests(configuration, said, tester))


def matrix(
    at: Annotated[str, typer.Option(help='As of this local time, such as "2026-12-07 12:00"; without it, now.')] = "",
    config: ConfigPath = HERE,
    output: Out = Output.TABLE,
) -> None:
    """Which version of each party runs in each environment, since when, and through which RFC."""
    from jobs.ask import show_matrix

    with configured(config, output) as (configuration, said):
        raise SystemExit(show_matrix(configuration, said, at))


def level(config: ConfigPath = HERE, output: Out = Output.TABLE) -> None:
    """The fixes that one of two level environments has and the other lacks, and what brings them."""
    from jobs.ask import show_level

    with configured(config, output) as (configuration, said):
        raise SystemExit(show_level(configuration, said))


def release(
    party: Annotated[str, typer.Argument(help="The party whose release it is.")],
    number: Annotated[str, typer.Argument(help="Its number, such as 5.2.16.0.")],
    config: ConfigPath = HERE,
    output: Out = Output.TABLE,
) -> None:
    """All that is recorded of one release: content, lists, RFCs, deployments, deviations, who did what when."""
    from jobs.ask import show_release

    with configured(config, output) as (configuration, said):
        raise SystemExit(show_release(configuration, said, party, number))


def calendar(
    weeks: Annotated[int, typer.Option(help="How far ahead.", min=1, max=52)] = 6,
    config: ConfigPath = HERE,
    output: Out = Output.TABLE,
) -> None:
    """Windows and what is planned in them, freezes, and days off."""
    from jobs.ask import show_calendar

    with configured(config, output) as (configuration, said):
        raise SystemExit(show_calendar(configuration, said, weeks))


def note(
    id: Annotated[int, typer.Argument(help="The id of a candidate list or an RFC.", parser=read_id, metavar="ID")],
    layout: Annotated[Layout, typer.Option("--format", help="How it is laid out.")] = Layout.TEXT,
    config: ConfigPath = HERE,
    output: Out = Output.TABLE,
) -> None:
    """The release note: provisional for a list without an RFC, else that of its RFC."""
    from jobs.ask import show_note

    with configured(config, output) as (configuration, said):
        raise SystemExit(show_note(configuration, said, id, layout))


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

    with configured(config, output) as (configuration, said):
        raise SystemExit(show_rehearsal(configuration, said, since, env, party, layout))


def baseline(
    environment: Annotated[str, typer.Argument(help="The environment that runs it.")],
    party: Annotated[str, typer.Argument(help="The party whose release it is.")],
    number: Annotated[str, typer.Argument(help="Its number, such as 5.2.15.0.")],
    config: ConfigPath = HERE,
    output: Out = Output.TABLE,
) -> None:
    """The lines to configure for what ran before Shunter came, and the fixes that then count as being there."""
    from jobs.baseline import show_baseline

    with configured(config, output) as (configuration, said):
        raise SystemExit(show_baseline(configuration, said, environment, party, number))


def report(
    rfc: Annotated[int, typer.Argument(help="The id of an RFC.", parser=read_id, metavar="RFC")],
    layout: Annotated[Layout, typer.Option("--format", help="How it is laid out.")] = Layout.TEXT,
    config: ConfigPath = HERE,
    output: Out = Output.TABLE,
) -> None:
    """The rollout report: what came of a deployment, what is still to be done, and which lessons are asked for."""
    from jobs.ask import show_report

    with configured(config, output) as (configuration, said):
        raise SystemExit(show_report(configuration, said, rfc, layout))

"""Showing: the commands that look and print, and write nothing to Azure DevOps."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from adapters.configuration.configuration import Configuration
from adapters.store.store import opened
from adapters.terminal.plan_text import plan_data, plan_lines
from adapters.terminal.talk import Output, Talk
from bot.closer_look import brought_by_nothing, testers_unknown
from bot.facts import Facts
from bot.overview import bucket_rows, list_rows, no_list_words, rfc_rows, standing_rows
from bot.picture import Picture
from bot.retest_rows import retest_rows
from bot.unasked import unasked
from bot.where import Where
from jobs.looked import looked
from jobs.observe import read_closely, with_histories
from jobs.run import hash_of, run
from jobs.wiring import wire
from jobs.world import World


def show_plan(configuration: Configuration, said: Talk) -> int:
    with opened(configuration.store) as store:
        report = run(wire(configuration, store), dry_run=True)
    if report.facts is None:
        said.say(report.why)
        return report.ending.value
    zone = configuration.programme.zone
    for words in (*([report.read_only] if report.read_only else []), *report.stopped):
        said.say(words)
    if said.output is Output.JSON:
        said.json(
            {
                "hash": hash_of(report.plan),
                "actions": plan_data(report.plan, zone),
                "stopped": list(report.stopped),
                "pages": list(report.pages),
            }
        )
        return 0
    for line in plan_lines(report.plan, zone):
        said.line(line)
    for words in report.pages:
        said.line(words)
    if report.plan:
        said.line(f"{len(report.plan)} changes would be made (plan {hash_of(report.plan)}).")
    elif not report.pages:
        said.line("Nothing to do.")
    return 0


def show_lists(configuration: Configuration, said: Talk) -> int:
    def show(picture: Picture) -> int:
        said.tables(
            {
                "lists": list_rows(picture),
                "resolved defects": bucket_rows(picture),
                "left out": standing_rows(picture, Where.LEFT_OUT),
                "on no note": standing_rows(picture, Where.ON_NO_NOTE),
            }
        )
        for words in no_list_words(picture):
            said.say(f"No list: {words}")
        return 0

    return _looked(configuration, said, show)


def show_rfcs(configuration: Configuration, said: Talk) -> int:
    def show(picture: Picture) -> int:
        said.rows("rfcs", rfc_rows(picture))
        for words in (*unasked(picture), *picture.facts.unnamed):
            said.say(words)
        return 0

    return _looked(configuration, said, show)


def show_retests(configuration: Configuration, said: Talk, tester: str) -> int:
    def show(world: World, facts: Facts) -> int:
        read_closely(world, testers_unknown(facts))
        picture = Picture(with_histories(world, brought_by_nothing(facts)))
        rows = retest_rows(picture, tester)
        if tester and not rows:
            known = ", ".join(sorted({row.tester for row in retest_rows(picture) if row.tester})) or "nobody"
            said.say(f"nothing is with {tester}; testers go by their sign-in names, and something is with: {known}")
        return _rows(said, "retests", rows)

    return looked(configuration, said, show)


def _rows(said: Talk, title: str, rows: Sequence[object]) -> int:
    said.rows(title, rows)
    return 0


def _looked(configuration: Configuration, said: Talk, show: Callable[[Picture], int]) -> int:
    return looked(configuration, said, lambda _, facts: show(Picture(facts)))

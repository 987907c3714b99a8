"""What comes from work items reaches a terminal as text in a plan, and in JSON as what every terminal can show."""

from __future__ import annotations

import json
from io import StringIO
from zoneinfo import ZoneInfo

from rich.console import Console

from adapters.terminal.plan_text import plan_lines
from adapters.terminal.talk import Output, Talk
from bot.change import Change, Edit, Field, Link, LinkKind
from bot.defect import Kind
from bot.plan import Action, ActionKind, Plan
from bot.remark import Remark

HARMFUL = "\x1b]0;owned\x07\x9b2J\u202egnp.exe"
HARMLESS = "gnp.exe"


def test_a_plan_shows_what_people_typed_as_text() -> None:
    change = Change(
        Kind.DEFECT,
        123,
        7,
        (Edit(Field.REMARK, None, Remark((HARMFUL,))),),
        links=(Link(LinkKind.ENTRY, 456, HARMFUL),),
        assignees=(HARMFUL,),
    )
    plan = Plan((Action(ActionKind.REWRITE_LIST, "propose", HARMFUL, "list 801", change, ""),))

    shown = "\n".join(plan_lines(plan, ZoneInfo("UTC")))

    assert shown.count(HARMLESS) == 4
    assert not set("\x1b\x07\x9b\u202e") & set(shown)


def test_json_is_plain_ascii_and_says_the_same() -> None:
    said = StringIO()
    value = {"title": f"{HARMFUL} é \ud800"}

    Talk(Output.JSON, Console(file=said), Console(file=StringIO())).json(value)

    assert said.getvalue().isascii()
    assert json.loads(said.getvalue()) == value

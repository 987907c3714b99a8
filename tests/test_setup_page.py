"""The page about setting up: every name that an administrator types stands on it, and every query that is made."""

from collections import defaultdict
from pathlib import Path

from adapters.azure_devops.field_kind import kind_wanted
from adapters.azure_devops.state_category import category_of
from adapters.configuration.default_spelling import FIELDS, STATES, TYPES
from bot.defect import Kind
from bot.shared_queries import shared_queries
from jobs.needs_tables import name_of
from tests.bot.world import SIT_A, a_programme

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "setup.md").read_text(encoding="utf-8").splitlines()


def test_every_state_stands_there_with_its_category() -> None:
    rows = [
        f"| {TYPES[kind][0]} | {name} | {category_of(meaning)} |"
        for kind in Kind
        for meaning, names in STATES[kind].items()
        for name in names
    ]

    assert [row for row in rows if row not in PAGE] == []


def test_every_field_that_does_not_come_with_each_type_stands_there_with_its_type() -> None:
    on: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for kind in Kind:
        for meaning, name in FIELDS[kind].items():
            if not name.startswith("System."):
                on[name, kind_wanted(meaning).value].append(TYPES[kind][0])
    rows = [f"| `{name}` | {name_of(name)} | {kind} | {', '.join(types)} |" for (name, kind), types in on.items()]

    assert [row for row in rows if row not in PAGE] == []


def test_every_query_stands_there_with_whom_it_is_for() -> None:
    queries = shared_queries(a_programme([SIT_A]))
    rows = {f"| {query.name} | {query.who} |" for query in queries if "SIT-A" not in query.name}

    assert rows - set(PAGE) == set()
    assert len(rows) == 12

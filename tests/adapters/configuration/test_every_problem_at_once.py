"""All problems of one file are told together, and none that only follows from another."""

import copy
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.configuration.example import example_text
from adapters.configuration.load import configured
from adapters.configuration.problem import ConfigurationError, Problem
from tests.adapters.configuration.a_file import ENVIRON, LAST_LINE, changed, problems_of
from tests.golden_text import Golden

EXAMPLE = tomllib.loads(example_text())


def test_mistakes_of_every_sort_are_told_together(golden: Golden, tmp_path: Path) -> None:
    text = changed(
        ('mode = "observe"', 'mod = "observe"'),
        ('project = "MHHS"', 'project = ".."'),
        ('account = "shunter@mhhs.example"\n', ""),
        ("SHUNTER_TOKEN", "SHUNTER_TOKN"),
        ('level_with = ["SIT-B"]', 'level_with = ["SIT-C"]'),
        ('start = "13:00"', 'start = "1pm"'),
        ('["SIT-A", "SIT-B"]', '["SIT-A", "SITB"]'),
        (LAST_LINE, LAST_LINE + "[work_items.defect.states]\nresolved = []\n"),
    )
    golden(problems_of(text, tmp_path) + "\n", "configuration/several.txt")


def test_an_empty_file_is_told_all_that_it_needs(golden: Golden, tmp_path: Path) -> None:
    golden(problems_of("", tmp_path) + "\n", "configuration/empty.txt")


def test_an_environment_that_cannot_be_read_is_still_one_that_others_may_name(tmp_path: Path) -> None:
    text = changed(("[environments.SIT-A]", "[[environments.SIT-A]]"))
    assert problems_of(text, tmp_path) == "environments.SIT-A: is a list; write a table"


def test_a_list_that_cannot_be_read_is_not_said_to_lack_something(tmp_path: Path) -> None:
    text = changed(('level_with = ["SIT-A"]', "level_with = [1]"))
    assert problems_of(text, tmp_path) == (
        'environments.SIT-B.level_with[0]: is a whole number; write text in quotes, such as "text"'
    )


def places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [path, *(place for key, one in inner for place in places(one, (*path, key)))]


ODD = st.sampled_from(
    [
        *(3, -1, 10**30, True, 1.5, float("nan"), date(2026, 1, 1), time(1)),
        datetime(2027, 3, 28, 1, 30),  # noqa: DTZ001 - TOML has times without a zone
        *("", "x" * 300, "\x00", "\u202e", "a;b", "'", "../..", "SIT-A", "UTC"),
        *([], [3], [{}], [[]], ["SIT-A", "SIT-A"], {}, {"a": 1}, {"": {}}, {"[key]": "x"}),
    ]
)


def problems_with(table: Mapping[str, object]) -> tuple[Problem, ...]:
    try:
        configured(table, Path(), ENVIRON)
    except ConfigurationError as error:
        return error.problems
    return ()


@settings(deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.sampled_from(places(EXAMPLE)[1:]), ODD), min_size=1, max_size=4))
def test_whatever_stands_in_a_file_is_either_understood_or_explained(odd: list[tuple[Any, Any]]) -> None:
    table = copy.deepcopy(EXAMPLE)
    for path, value in odd:
        inner: Any = table
        for step in path[:-1]:
            inner = inner[step] if isinstance(inner, dict) and step in inner else {}
        if isinstance(inner, dict):
            inner[path[-1]] = value
    for problem in problems_with(table):
        assert problem.what
        assert problem.remedy
        assert str(problem).isprintable()

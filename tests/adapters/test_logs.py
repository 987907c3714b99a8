"""Logs: whatever is logged, by whomever, is one record that parses, says which run it is of, and can do no harm."""

from __future__ import annotations

import io
import json
import logging
import threading
import warnings
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.log_lines import LONGEST, LONGEST_TRACE, MOST, formatter
from adapters.logs import SHUNTER, LogFormat, logged_to, of_run

SECRET = "canary52" * 6 + "cany"
LIBRARY = logging.getLogger("apscheduler.executors.default")


def written(log: Callable[[], object], form: LogFormat = LogFormat.JSON) -> str:
    stream = io.StringIO()
    with logged_to(stream, form):
        log()
    return stream.getvalue()


def record(log: Callable[[], object]) -> dict[str, Any]:
    (line,) = written(log).splitlines()
    read = json.loads(line)
    assert isinstance(read, dict)
    return read


def fail(words: str) -> None:
    hidden = SECRET  # a variable of this frame, which no traceback shows
    try:
        raise RuntimeError(f"{words}{hidden[:0]}")
    except RuntimeError as error:
        SHUNTER.error("run %s", "r1", exc_info=error)


def test_a_record_says_when_in_utc_how_bad_who_and_what() -> None:
    read = record(lambda: LIBRARY.warning("Run time of job %s was missed", "look"))

    at = datetime.fromisoformat(read.pop("time"))
    assert at.utcoffset() == timedelta()
    assert abs(datetime.now(UTC) - at) < timedelta(minutes=1)
    assert read == {"level": "warning", "logger": LIBRARY.name, "event": "Run time of job look was missed"}


def test_what_is_logged_in_a_run_carries_its_id_and_nothing_else_does() -> None:
    def log() -> None:
        with of_run("r1"):
            LIBRARY.warning("in it")
            other = threading.Thread(target=LIBRARY.warning, args=("in another thread",))
            other.start()
            other.join()
        LIBRARY.warning("after it")

    records = [json.loads(line) for line in written(log).splitlines()]
    assert [(r["event"], r.get("run")) for r in records] == [
        ("in it", "r1"),
        ("in another thread", None),
        ("after it", None),
    ]
    assert " run r1: in it\n" in written(log, LogFormat.TEXT)


def test_what_an_action_was_stands_in_fields_of_their_own_and_what_else_a_library_adds_does_not() -> None:
    read = record(lambda: SHUNTER.info("seal the list", extra={"action": "seal", "item": 7, "why": "", "body": SECRET}))

    assert {name: read[name] for name in ("event", "action", "item", "why")} == {
        "event": "seal the list",
        "action": "seal",
        "item": 7,
        "why": "",
    }
    assert "body" not in read


@pytest.mark.parametrize("form", LogFormat)
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("one\ntwo", "one two", id="two lines"),
        pytest.param("one\r\n2026-01-01 ERROR shunter: two", "one 2026-01-01 ERROR shunter: two", id="a forged record"),
        pytest.param("a\x1b[2Jb\x00c", "a\ufffd[2Jb\ufffdc", id="what controls a terminal"),
        pytest.param("a\u202eb\u2028c", "ab c", id="what reverses text, and ends lines elsewhere"),
        pytest.param('"} {"level": "error"', '"} {"level": "error"', id="what ends an object"),
        pytest.param(f"password={SECRET}", "password=***", id="a secret"),
        pytest.param("pass\u200bword=hunter2", "password=***", id="a secret behind what nobody sees"),
        pytest.param(f"-----BEGIN PRIVATE KEY-----\n{SECRET}", "***", id="a key without an end"),
        pytest.param("x " * LONGEST, ("x " * LONGEST)[: LONGEST - 1] + "…", id="a long one"),
        pytest.param("x" * (MOST + 1), f"(a text of {MOST + 1:,} characters)", id="one too long to be looked through"),
    ],
)
def test_a_text_that_somebody_chose_is_one_line_and_does_no_harm(text: str, shown: str, form: LogFormat) -> None:
    line = written(lambda: LIBRARY.warning("%s", text), form)

    assert line.count("\n") == 1
    if form is LogFormat.TEXT:
        assert line.endswith(f" WARNING {LIBRARY.name}: {shown}\n")
    else:
        assert line.isascii()
        assert json.loads(line)["event"] == shown


def test_half_a_character_is_none() -> None:
    """Not through the loggers: pytest keeps what those say, and cannot hand it on."""
    read = formatter(str, is_json=True).format(logging.makeLogRecord({"msg": "a\ud800b", "levelname": "ERROR"}))

    assert json.loads(read)["event"] == "a\ufffdb"


@given(st.text(), st.text())
def test_any_text_makes_one_line_of_json(event: str, why: str) -> None:
    line = written(lambda: SHUNTER.warning("%s", event, extra={"why": why}))

    assert (line.count("\n"), line.isascii()) == (1, True)
    assert json.loads(line).keys() == {"time", "level", "logger", "event", "why"}


def test_a_traceback_is_one_field_without_what_its_variables_hold() -> None:
    read = record(lambda: fail(f"Authorization: Basic {SECRET}\nforged"))

    lines = read["exception"].splitlines()
    assert (lines[0], lines[-2:]) == (
        "Traceback (most recent call last):",
        ["RuntimeError: Authorization: Basic ***", "forged"],
    )
    assert SECRET not in read["exception"]


def test_of_a_long_traceback_the_end_is_kept() -> None:
    shown = record(lambda: fail("w " * LONGEST_TRACE + "the end"))["exception"]

    assert (len(shown), shown.endswith("the end")) == (LONGEST_TRACE, True)


def test_as_text_a_traceback_is_set_in_so_that_it_forges_no_record() -> None:
    lines = written(lambda: fail("x\n2026-01-01 ERROR shunter: forged"), LogFormat.TEXT).splitlines()

    assert lines[0].endswith(" ERROR shunter: run r1")
    assert [line for line in lines[1:] if not line.startswith("  ")] == []
    assert lines[-1] == "  2026-01-01 ERROR shunter: forged"


@pytest.mark.filterwarnings("default::UserWarning")
def test_warnings_and_what_ends_a_thread_come_too() -> None:
    def log() -> None:
        warnings.warn("old\nways", stacklevel=1)
        ending = threading.Thread(target=int, args=("x",), name="web")
        ending.start()
        ending.join()

    warned, ended = (json.loads(line) for line in written(log).splitlines())
    assert (warned["logger"], "UserWarning: old ways" in warned["event"]) == ("py.warnings", True)
    assert ended["event"] == "web has ended"
    assert ended["exception"].splitlines()[-1] == "ValueError: invalid literal for int() with base 10: 'x'"


def test_one_within_another_writes_in_its_stead_and_then_the_outer_one_goes_on() -> None:
    outer, inner = io.StringIO(), io.StringIO()
    with logged_to(outer, LogFormat.TEXT):
        LIBRARY.warning("before")
        with logged_to(inner, LogFormat.JSON):
            LIBRARY.warning("within")
        LIBRARY.warning("after")

    assert [line.split(": ")[-1] for line in outer.getvalue().splitlines()] == ["before", "after"]
    assert json.loads(inner.getvalue())["event"] == "within"

"""The page that explains the process: a rule that the code cites can be looked up there."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
CITATION = re.compile(r"\[[MC](?:\d| Table )[^\]\n]*\]")


def cited() -> Iterator[str]:
    for folder in ("bot", "adapters", "jobs"):
        for file in (ROOT / folder).rglob("*.py"):
            yield from CITATION.findall(file.read_text(encoding="utf-8"))


def test_every_rule_that_the_code_cites_has_a_heading_or_line_on_the_page() -> None:
    page = (ROOT / "docs" / "process.md").read_text(encoding="utf-8")

    assert {"[M7.4]", "[C5.5]"} <= set(cited())
    assert sorted(mark for mark in set(cited()) if mark not in page) == []

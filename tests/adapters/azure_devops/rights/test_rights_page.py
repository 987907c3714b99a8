"""The page about rights names each of them as the tables do."""

from __future__ import annotations

import pytest

from adapters.azure_devops.rights.needed import NEEDED, Needed
from adapters.azure_devops.rights.right import Right
from adapters.azure_devops.rights.unwanted import UNWANTED
from adapters.sandbox.permissions import Space
from tests.house import ROOT

NEEDED_PART, _, UNWANTED_PART = (ROOT / "docs" / "rights.md").read_text("utf-8").partition("## Not wanted")
NAMES = {space.id: space.title for space in Space}
"""The documented name of each namespace."""


def row_of(right: Right, part: str) -> str:
    rows = [line for line in part.splitlines() if line.startswith("| ")]
    told = [row for row in rows if f"`{right.action}`" in row and f"| {NAMES[right.namespace.value]} `" in row]
    assert len(told) == 1, f"{right.action} of {NAMES[right.namespace.value]}: {told}"
    return told[0]


@pytest.mark.parametrize("one", NEEDED, ids=lambda one: f"{one.use.value}: {one.right.action}")
def test_what_is_needed_stands_there_with_what_it_is_for(one: Needed) -> None:
    row = row_of(one.right, NEEDED_PART)

    assert row.startswith(f"| {one.use.value}")
    assert one.right.words in row


@pytest.mark.parametrize(
    "right",
    [
        pytest.param(right, id=f"{right.namespace.name.lower()}: {right.action}")
        for one in UNWANTED
        for right in one.rights
    ],
)
def test_what_is_not_wanted_stands_there(right: Right) -> None:
    assert right.words in row_of(right, UNWANTED_PART)

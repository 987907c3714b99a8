"""What Shunter creates has every field that an administrator may require, by the word of `setup`."""

from __future__ import annotations

import pytest

from adapters.azure_devops.project_needs import FILLED
from bot.defect import Kind
from tests.jobs.play import Play


@pytest.mark.parametrize(
    ("kind", "type_name"), [(Kind.LIST, "Candidate List"), (Kind.RFC, "Request for Change")], ids=["lists", "RFCs"]
)
def test_what_it_always_fills_is_there_from_the_first_revision(play: Play, kind: Kind, type_name: str) -> None:
    play.raised()
    wanted = {play.world.spelling.field(kind, meaning) for meaning in FILLED[kind]}

    created = [item.history[0].fields for item in play.azure.items(type_name)]

    assert len(created) >= 2
    assert [wanted - fields.keys() for fields in created] == [set()] * len(created)

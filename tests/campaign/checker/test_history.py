"""What stood when is read from the changes alone, as the server has it."""

from __future__ import annotations

from pathlib import Path

from adapters.sandbox.mhhs_seeds.people import SIT_RELEASE_MANAGER
from tests.campaign.checker import fields as f
from tests.campaign.checker.by_hand import FIXES, proposed
from tests.campaign.checker.history import History
from tests.jobs.small_world import small_settings, small_world


def test_a_link_to_what_was_deleted_meanwhile_does_not_come_back_with_the_item(tmp_path: Path) -> None:
    azure = small_world()
    history = History(azure, small_settings(azure, "http://127.0.0.1/sandbox", tmp_path).programme)
    manager, list_ = azure.person(SIT_RELEASE_MANAGER), proposed(azure)
    gone, *rest = sorted(FIXES)

    for act, id in ((manager.delete, list_), (manager.delete, gone), (manager.restore, list_), (manager.restore, gone)):
        act(id)
    history.read()

    assert sorted(history.links(list_, f.ENTRY, history.end)) == sorted(azure.item(list_).links(f.ENTRY)) == rest

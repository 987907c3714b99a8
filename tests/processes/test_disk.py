"""A disk that is full, or cannot be written: nothing is sent, it is said, and the same process goes on afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from adapters.sandbox.azure import Azure
from adapters.sandbox.cast import RFC
from tests.processes.disk import KINDS, Disk
from tests.processes.installation import Installation
from tests.processes.line import Moment, Passing
from tests.processes.scenes import Scene
from tests.processes.shunter_process import until
from tests.processes.test_network import RAISED
from tests.processes.verdict import violations

LAST_READ, CREATION = "POST wit/workItemsBatch", "POST wit/workItems/$Request%20for%20Change"


@pytest.fixture(params=KINDS)
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    """To be asked for before an installation, whose processes have to be gone before it goes."""
    with KINDS[request.param](tmp_path / "disk") as disk:
        yield disk


@pytest.mark.slow
@pytest.mark.parametrize(
    ("operation", "moment", "raised"),
    [
        pytest.param(LAST_READ, Moment.APPLIED, 0, id="before anything is meant to be sent"),
        pytest.param(CREATION, Moment.APPLIED, 1, id="before it is noted what came of a creation"),
    ],
)
def test_on_a_full_disk_nothing_is_sent_and_once_there_is_room_it_goes_on_by_itself(
    disk: Disk,
    azure: Azure,
    installation: Installation,
    scenes: Mapping[str, Scene],
    operation: str,
    moment: Moment,
    raised: int,
) -> None:
    installation.keep_store_in(disk.folder)
    scenes["raising"].set(azure, disk.folder)
    mark, line = azure.mark(), installation.line

    def fills(passing: Passing) -> None:
        if (passing.operation, passing.moment) == (operation, moment):
            line.watchers.remove(fills)
            disk.fill(service)

    line.watchers.append(fills)
    service = installation.start("run")
    service.says("store ")

    assert f"store {installation.store}: the disk " in service.words
    assert len(azure.items(RFC)) == raised
    disk.free(service)
    until(lambda: len(azure.items(RFC)) == RAISED, f"it does not go on: {service.words}")
    assert violations(azure, mark) == []
    assert service.end() == 0


@pytest.mark.slow
def test_a_store_that_is_deleted_under_a_running_process_is_begun_anew_by_the_same_process(
    azure: Azure, installation: Installation, scenes: Mapping[str, Scene]
) -> None:
    scenes["raising"].set(azure, installation.folder)
    mark, line = azure.mark(), installation.line

    def deletes(passing: Passing) -> None:
        if (passing.operation, passing.moment) == (LAST_READ, Moment.APPLIED):
            line.watchers.remove(deletes)
            installation.store.unlink()

    line.watchers.append(deletes)
    service = installation.start("run")
    service.says("it was deleted or replaced while Shunter had it open")
    assert azure.items(RFC) == ()

    until(lambda: len(azure.items(RFC)) == RAISED, f"it does not go on: {service.words}")
    assert service.end() == 0
    assert violations(azure, mark) == []


@pytest.mark.slow
def test_a_store_that_cannot_be_opened_is_waited_for(
    azure: Azure, installation: Installation, scenes: Mapping[str, Scene], tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    folder.write_text("a file")
    installation.keep_store_in(folder)
    scenes["raising"].set(azure, installation.folder)

    service = installation.start("run")
    service.says(f"store {installation.store}.lock: it cannot be opened (Not a directory)")
    assert installation.line.requests == 0

    folder.unlink()
    folder.mkdir()
    until(lambda: len(azure.items(RFC)) == RAISED, f"it does not go on: {service.words}")
    assert service.end() == 0

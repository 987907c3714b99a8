"""Each right that Shunter must not have: whoever gives it to the account is told what it could be used for."""

from __future__ import annotations

import pytest

from adapters.azure_devops.rights.judge import Finding, Kind
from adapters.azure_devops.rights.look import rights_found
from adapters.azure_devops.rights.needed import Use
from adapters.azure_devops.rights.right import Right
from adapters.azure_devops.rights.unwanted import UNWANTED, Unwanted
from adapters.sandbox.permissions import Right as Permission
from tests.adapters.azure_devops.mhhs_spelling import MHHS
from tests.adapters.azure_devops.rights.conftest import a_world
from tests.adapters.azure_devops.world import BOT, World

CASES = [
    pytest.param(one, right, id=f"{right.namespace.name.lower()}: {right.action}")
    for one in UNWANTED
    for right in one.rights
]


@pytest.fixture(scope="module")
def shared() -> World:
    return a_world()


def permission(right: Right) -> Permission:
    return next(p for p in Permission if (p.namespace, p.action) == (right.namespace.value, right.action))


def found(world: World) -> tuple[Finding, ...]:
    return rights_found(world.boards, MHHS, {Use.READ_WORK_ITEMS, Use.WRITE_WORK_ITEMS})


@pytest.mark.parametrize(("one", "right"), CASES)
def test_it_is_told_with_what_it_could_do(shared: World, one: Unwanted, right: Right) -> None:
    assert found(shared) == ()
    shared.azure.permissions.give(BOT, permission(right))

    (finding,) = found(shared)

    shared.azure.permissions.take(BOT, permission(right))
    assert finding.kind is Kind.TOO_MANY
    assert f"has '{right.words}'; with it {one.could};" in finding.words


def test_an_ordinary_contributor_has_too_many(world: World) -> None:
    """As the account is when somebody just puts it into Contributors."""
    for right in (Permission.DELETE_ITEMS, Permission.MOVE_ITEMS, Permission.EDIT_PIPELINES, Permission.QUEUE_BUILDS):
        world.azure.permissions.give(BOT, right)

    deletes, builds = map(str, found(world))

    assert deletes == (
        "too many: shunter@mhhs.example has 'Delete and restore work items', 'Move work items out of this project'; "
        "with it defects, lists and RFCs could vanish; an administrator takes it away (Project settings > Permissions)"
    )
    assert builds == (
        "too many: shunter@mhhs.example has 'Queue builds', 'Edit build pipeline'; with it builds could be started, "
        "changed or deleted, and with them what is deployed; an administrator takes it away "
        "(Pipelines > Manage security)"
    )

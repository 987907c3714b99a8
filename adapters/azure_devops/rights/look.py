"""Looking an account's rights up, by reads alone: the areas, the permissions that there are, and who has which."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from adapters.azure_devops import wiql
from adapters.azure_devops.answers import Failure, Unreadable
from adapters.azure_devops.boards import Boards
from adapters.azure_devops.node import Json
from adapters.azure_devops.rights.judge import Finding, Held, Kind, asked_of, judge
from adapters.azure_devops.rights.needed import EDIT_ITEMS, Use
from adapters.azure_devops.rights.places import Area, Places, areas_in
from adapters.azure_devops.rights.right import Right
from adapters.azure_devops.spelling import Spelling
from adapters.azure_devops.work_items import MOST_AT_ONCE
from adapters.portions import portions

AREA_ID = "System.AreaId"
AT_ONCE = 1000
"""Evaluations in one request, and areas in one query: no limit is documented."""

Bits = Mapping[tuple[str, str], int]


def rights_found(boards: Boards, spelling: Spelling, uses: Collection[Use], wiki: str = "") -> tuple[Finding, ...]:
    """What is wrong with the rights of the account that is signed in. Where nobody says, it is not checked, not fine.

    `wiki`: the repository of the wiki that is written, where it is known.
    """
    account = boards.signed_in_as()
    try:
        project_id = boards.work_items.project().text("id")
        places = Places(project_id, areas_in(boards.work_items.areas()), wiki)
        held = dict(_held(boards, asked_of(uses, places), _bits(boards)))
        written = _written(boards, spelling, places.areas, held) if Use.WRITE_WORK_ITEMS in uses else frozenset()
        return judge(account, uses, places, held, written)
    except Failure as failure:
        words = (
            f"what {account} may do: {failure} (Azure DevOps tells it to a sign-in by Entra ID; a personal access "
            "token of few scopes may not ask)"
        )
        return (Finding(Kind.UNCHECKED, words),)


def _bits(boards: Boards) -> Bits:
    return {
        (namespace.text("namespaceId").lower(), action.text("name")): action.number("bit")
        for namespace in boards.security.namespaces().nodes("value")
        for action in namespace.nodes("actions")
    }


def _held(boards: Boards, asked: Sequence[tuple[Right, str]], bits: Bits) -> Iterator[tuple[tuple[Right, str], bool]]:
    """What the organisation does not list is not asked: one unknown namespace would fail the whole request."""
    known = [(right, token) for right, token in asked if (right.namespace.value, right.action) in bits]
    for some in portions(known, AT_ONCE):
        evaluations = [_evaluation(right, token, bits) for right, token in some]
        answer = boards.security.evaluate(evaluations)
        answers = list(answer.nodes("evaluations"))
        if [node.text("token") for node in answers] != [token for _, token in some]:
            raise Unreadable(answer.asked, "it answers something else than was asked")
        yield from zip(some, (node.flag("value") for node in answers), strict=True)


def _evaluation(right: Right, token: str, bits: Bits) -> Json:
    bit = bits[right.namespace.value, right.action]
    return {"securityNamespaceId": right.namespace.value, "token": token, "permissions": bit}


def _written(boards: Boards, spelling: Spelling, areas: Sequence[Area], held: Held) -> frozenset[int]:
    """Of the areas where nothing may be edited those in which work items of the process lie."""
    closed = {area.id for area in areas if held.get((EDIT_ITEMS, area.token)) is False}
    found: set[int] = set()
    for some in portions(sorted(closed), AT_ONCE):
        while left := [id for id in some if id not in found]:
            query = boards.work_items.query(wiql.items_in(left, spelling.all_types), MOST_AT_ONCE)
            ids = [node.number("id") for node in query.nodes("workItems")]
            here = _areas_of(ids, boards) & set(left)
            if not here:
                break
            found |= here
    return frozenset(found)


def _areas_of(ids: Sequence[int], boards: Boards) -> set[int]:
    if not ids:
        return set()
    items = boards.work_items.batch(ids, [AREA_ID]).nodes("value")
    return {item.node("fields").number(AREA_ID) for item in items if item.value is not None}

"""By hand: the life of a release, as the bot and the people write it when all is well; for histories that go wrong."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from adapters.sandbox.actor import Actor
from adapters.sandbox.azure import Azure
from adapters.sandbox.cast import DEPLOYMENT_MANAGER
from adapters.sandbox.mhhs_seeds.people import BOT, SIT_DEFECT_MANAGER, SIT_RELEASE_MANAGER
from tests.campaign.checker import fields as f

MONDAY = datetime(2026, 12, 7, 9, 0, tzinfo=UTC)
FIXES = {123: "5.2.16.0, retest here", 246: "5.2.16.0, retest elsewhere"}
HOUR = timedelta(hours=1)


def bot(azure: Azure) -> Actor:
    return azure.person(BOT)


def proposed(
    azure: Azure, environment: str = "SIT-A", number: str = "5.2.16.0", fixes: Mapping[int, str] = FIXES
) -> int:
    """A list."""
    fields = {
        **_release(environment, number),
        f.TITLE: f"Candidate list: DCC {number} to {environment}",
        f.BODY: f"<h2>DCC {number} to {environment}</h2>",
        f.WINDOW_START: MONDAY,
    }
    return bot(azure).create(f.LIST, fields, [(f.ENTRY, id, comment) for id, comment in fixes.items()])


def sealed(azure: Azure, list_: int, edition: int = 1) -> None:
    """Agreed by who may, then sealed."""
    azure.person(SIT_DEFECT_MANAGER).set_state(list_, f.AGREED)
    bot(azure).edit(list_, {f.SEAL: f"{list_}, edition {edition}", f.EDITION: edition})


def raised(azure: Azure, list_: int, note: str = "") -> int:
    """The RFC of a sealed list."""
    listed = azure.item(list_)
    fixes = {id: relation.comment for relation in listed.relations if (id := relation.target) and relation.comment}
    fields = {
        **_release(str(listed.fields[f.ENVIRONMENT]), str(listed.fields[f.NUMBER])),
        f.TITLE: f"RFC: DCC {listed.fields[f.NUMBER]} to {listed.fields[f.ENVIRONMENT]}",
        f.RELEASE_TYPE: listed.fields[f.RELEASE_TYPE],
        f.WINDOW_START: listed.fields[f.WINDOW_START],
        f.NOTE: note or note_of(azure, *fixes),
        f.SEAL: listed.fields[f.SEAL],
        f.EDITION: listed.fields[f.EDITION],
        f.LIST_OF_RFC: list_,
    }
    rfc = bot(azure).create(f.RFC, fields, [(f.TO_LIST, list_), *((f.ENTRY, id) for id in fixes)])
    bot(azure).set_state(list_, f.RAISED)
    return rfc


def approved(azure: Azure, rfc: int, by: str = SIT_RELEASE_MANAGER) -> None:
    azure.person(by).set_state(rfc, f.APPROVED)


def deployed(azure: Azure, rfc: int, by: str = DEPLOYMENT_MANAGER) -> None:
    azure.person(by).set_state(rfc, f.DEPLOYED)


def handed_over(azure: Azure, id: int, rfc: int) -> None:
    fields = azure.item(id).fields
    tester = fields.get(f.RETEST_BY) or fields[f.CREATED_BY]
    bot(azure).edit(id, {f.STATE: f.RETEST, f.DELIVERED_BY: rfc, f.ASSIGNED_TO: tester})


def put_back(azure: Azure, id: int) -> None:
    bot(azure).edit(id, {f.STATE: f.RESOLVED, f.DELIVERED_BY: None})


def raised_anew(
    azure: Azure, environment: str = "SIT-A", number: str = "5.2.16.0", fixes: Mapping[int, str] = FIXES
) -> int:
    """From the list on."""
    list_ = proposed(azure, environment, number, fixes)
    sealed(azure, list_)
    return raised(azure, list_)


def delivered(azure: Azure, environment: str = "SIT-A") -> int:
    """Up to the word that it is deployed; the RFC."""
    rfc = raised_anew(azure, environment)
    approved(azure, rfc)
    deployed(azure, rfc)
    return rfc


def note_of(azure: Azure, *ids: int) -> str:
    lines = (f'<a href="http://x/_workitems/edit/{id}">{id}</a> {azure.item(id).fields[f.TITLE]}' for id in ids)
    counted = f"{len(ids)} defect{'s' * (len(ids) != 1)} fixed"
    return f"<p>{counted}</p><ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>"


def _release(environment: str, number: str) -> dict[str, object]:
    return {f.ENVIRONMENT: environment, f.PARTY: "DCC", f.NUMBER: number, f.RELEASE_TYPE: "patch"}

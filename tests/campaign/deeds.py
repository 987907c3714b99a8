"""Deeds: what people do in Azure DevOps, sensibly or not; each comes to nothing where there is nothing to do it to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta

from adapters.sandbox.azure import Azure
from adapters.sandbox.cast import DEPLOYMENT_MANAGER, Cast
from adapters.sandbox.mhhs_seeds.people import (
    SIT_DEFECT_MANAGER,
    SIT_RELEASE_MANAGER,
    TESS,
    TIM,
    UIT_DEFECT_MANAGER,
    UIT_RELEASE_MANAGER,
)
from adapters.sandbox.problem import Problem
from adapters.sandbox.work_item import FieldValue, WorkItem
from tests.campaign.checker import fields as f

Deed = Callable[[Azure, int, int], object]
"""What, to which of those that it can be done to, and in which of some ways."""

DCC = "rm@dcc.example"
DEVELOPERS = {"DCC": DCC, "Electralink": "rm@electralink.example"}
ENVIRONMENTS = ("SIT-A", "SIT-B", "UIT")
BUILDS = ("5.2.16.0", "5.2.17.0", "5.2.18.0", "5.2.16")
EMERGENCIES = ("5.2.15.1", "5.2.16.1", "5.2.15.2")
PREDECESSOR, DUPLICATE = "System.LinkTypes.Dependency-Reverse", "System.LinkTypes.Duplicate-Reverse"
COMMANDS = ("/hold {} no data", "/unhold {}", "/move {} 2026-12-21", "/hold everything", "/agree", "/hold {}, {}")


def done(deed: str, azure: Azure, which: int, how: int) -> None:
    """What the server refuses is not done."""
    try:
        DEEDS[deed](azure, which, how)
    except Problem:
        return


def edited(azure: Azure, type: str, which: int, name: str, value: FieldValue | None, by: str) -> None:
    """Somebody overwrites a field, whatever it is for."""
    item = _one(azure, which, type)
    if item is not None:
        try:
            azure.person(by).edit(item.id, {name: value})
        except Problem:
            return


def _one(azure: Azure, which: int, type: str, *states: str) -> WorkItem | None:
    """Of what was changed last first, so that a story stays with what it is about."""
    there = [item for item in azure.items(type) if not states or item.state in states]
    there.sort(key=lambda item: (item.latest.watermark, item.id), reverse=True)
    return there[which % len(there)] if there else None


def _report(azure: Azure, which: int, how: int) -> None:
    environment = ENVIRONMENTS[which % 3]
    party = "Electralink" if environment == "UIT" else "DCC"
    fields = {f.TITLE: f"Reading {how} is missing", f.FOUND_IN: environment, f.PARTY_OF_DEFECT: party}
    azure.person(TESS).create(f.DEFECT, fields)


def _resolve(azure: Azure, which: int, how: int) -> None:
    found = _one(azure, which, f.DEFECT, "New", "Active", f.RETEST, f.CLOSED)
    if found is not None:
        party = str(found.fields.get(f.PARTY_OF_DEFECT, ""))
        build = f"3.4.{8 + how % 3}.0" if party == "Electralink" else BUILDS[how % 4]
        azure.person(DEVELOPERS.get(party, DCC)).edit(found.id, {f.STATE: f.RESOLVED, f.VERSION: build})


def _move_elsewhere(azure: Azure, which: int, how: int) -> None:
    """It was found in another environment than was thought, or another party has to resolve it."""
    found = _one(azure, which, f.DEFECT, "New", "Active", f.RESOLVED, f.RETEST)
    if found is not None:
        party = tuple(DEVELOPERS)[how % 2]
        fields = {f.FOUND_IN: ENVIRONMENTS[how % 3]} if how % 4 else {f.PARTY_OF_DEFECT: party}
        azure.person(TESS).edit(found.id, fields)


def _urge(azure: Azure, which: int, how: int) -> None:
    found = _one(azure, which, f.DEFECT, "Active", f.RESOLVED)
    if found is not None:
        Cast(azure).ask_for_emergency(found.id)
        Cast(azure).resolve(found.id, EMERGENCIES[how % 3])


def _with_defect(act: Callable[[Cast, int], object], *states: str) -> Deed:
    def deed(azure: Azure, which: int, how: int) -> None:
        found = _one(azure, which, f.DEFECT, *states)
        if found is not None:
            act(Cast(azure), found.id)

    return deed


def _link_two(rel: str) -> Deed:
    def deed(azure: Azure, which: int, how: int) -> None:
        one, other = _one(azure, which, f.DEFECT), _one(azure, how, f.DEFECT)
        if one is not None and other is not None:
            azure.person(TESS).link(one.id, rel, other.id)

    return deed


def _sets(type: str, new: str, *old: str, by: tuple[str, ...] = ()) -> Deed:
    """`by`: who may; else whoever may in the item's environment."""

    def deed(azure: Azure, which: int, how: int) -> None:
        found = _one(azure, which, type, *old)
        if found is not None:
            azure.person(by[how % len(by)] if by else _manager(found)).set_state(found.id, new)

    return deed


def _manager(item: WorkItem) -> str:
    of_lists = item.type.name == f.LIST
    if item.fields.get(f.ENVIRONMENT) == "UIT":
        return UIT_DEFECT_MANAGER if of_lists else UIT_RELEASE_MANAGER
    return SIT_DEFECT_MANAGER if of_lists else SIT_RELEASE_MANAGER


def _comment(azure: Azure, which: int, how: int) -> None:
    listed = _one(azure, which, f.LIST)
    if listed is not None:
        fixes = listed.links(f.ENTRY) or (123,)
        words = COMMANDS[how % len(COMMANDS)].replace("{}", str(fixes[which % len(fixes)]))
        azure.person((_manager(listed), TESS)[how % 2]).comment(listed.id, f"<div>{words}</div>")


def _link_entry(azure: Azure, which: int, how: int) -> None:
    listed, fix = _one(azure, which, f.LIST), _one(azure, how, f.DEFECT)
    if listed is not None and fix is not None:
        azure.person(_manager(listed)).link(listed.id, f.ENTRY, fix.id, "5.2.16.0, retest here")


def _unlink(type: str, rel: str) -> Deed:
    def deed(azure: Azure, which: int, how: int) -> None:
        found = _one(azure, which, type)
        ends = found.links(rel) if found is not None else ()
        if found is not None and ends:
            azure.person(_manager(found)).unlink(found.id, rel, ends[how % len(ends)])

    return deed


def _move_window(type: str) -> Deed:
    def deed(azure: Azure, which: int, how: int) -> None:
        found = _one(azure, which, type)
        if found is not None:
            start = (azure.clock.now() + timedelta(days=how)).replace(hour=9, minute=0, second=0, microsecond=0)
            window = {f.WINDOW_START: start, "Custom.WindowEnd": start + timedelta(hours=3)}
            azure.person(_manager(found)).edit(found.id, window)

    return deed


def _fail(azure: Azure, which: int, how: int) -> None:
    found = _one(azure, which, f.RFC, f.APPROVED, f.DEPLOYED)
    if found is not None:
        outcome = ("failed", "partial", "rolled back", "succeeded")[how % 4]
        azure.person(DEPLOYMENT_MANAGER).edit(found.id, {f.STATE: f.DEPLOYED, f.OUTCOME: outcome})


def _names_on_rfc(name: str, by: Callable[[WorkItem], str]) -> Deed:
    def deed(azure: Azure, which: int, how: int) -> None:
        found, fix = _one(azure, which, f.RFC), _one(azure, how, f.DEFECT)
        if found is not None and fix is not None:
            azure.person(by(found)).edit(found.id, {name: str(fix.id)})

    return deed


def _raise_by_hand(azure: Azure, which: int, how: int) -> None:
    """Somebody does not wait for Shunter."""
    listed = _one(azure, which, f.LIST)
    if listed is not None:
        names = (f.ENVIRONMENT, f.PARTY, f.NUMBER, f.RELEASE_TYPE, f.WINDOW_START, "Custom.WindowEnd")
        copied = {name: listed.fields[name] for name in names if name in listed.fields}
        azure.person(DCC).create(f.RFC, {**copied, f.TITLE: f"By hand {how}"})


def _delete(type: str) -> Deed:
    def deed(azure: Azure, which: int, how: int) -> None:
        found = _one(azure, which, type)
        if found is not None:
            actor = azure.person(SIT_RELEASE_MANAGER)
            (actor.delete, actor.delete, actor.destroy)[how % 3](found.id)

    return deed


def _restore(azure: Azure, which: int, how: int) -> None:
    deleted = [item.id for item in azure.organisation.boards.items.values() if item.is_deleted and not item.is_gone]
    if deleted:
        azure.person(SIT_RELEASE_MANAGER).restore(deleted[which % len(deleted)])


DEEDS: Mapping[str, Deed] = {
    "report": _report,
    "resolve": _resolve,
    "urge": _urge,
    "found elsewhere": _move_elsewhere,
    "reopen": _with_defect(lambda cast, id: cast.reopen(id), f.RESOLVED, f.RETEST, f.CLOSED),
    "retest": _with_defect(lambda cast, id: cast.retest(id), f.RETEST),
    "take back": _with_defect(lambda cast, id: cast.take_back(id), f.RETEST),
    "hand over by hand": _with_defect(lambda cast, id: cast.azure.person(TESS).set_state(id, f.RETEST), f.RESOLVED),
    "hold": _with_defect(lambda cast, id: cast.hold(id, "Not yet."), f.RESOLVED),
    "hold in SIT-B": _with_defect(lambda cast, id: cast.hold(id, "Not there.", "Hold SIT-B"), f.RESOLVED),
    "unhold": _with_defect(lambda cast, id: cast.azure.person(SIT_DEFECT_MANAGER).untag(id, "Hold", "Hold SIT-B")),
    "plan for later": _with_defect(lambda cast, id: cast.plan_for(id, date(2026, 12, 20)), f.RESOLVED),
    "depends on": _link_two(PREDECESSOR),
    "duplicates": _link_two(DUPLICATE),
    "agree": _sets(f.LIST, f.AGREED, f.PROPOSED),
    "agree without the role": _sets(f.LIST, f.AGREED, f.PROPOSED, by=(TESS, DCC)),
    "put back": _sets(f.LIST, f.PROPOSED, f.AGREED, f.RAISED),
    "comment": _comment,
    "link": _link_entry,
    "unlink": _unlink(f.LIST, f.ENTRY),
    "unlink from the RFC": _unlink(f.RFC, f.ENTRY),
    "unlink the list": _unlink(f.RFC, f.TO_LIST),
    "move the window": _move_window(f.LIST),
    "postpone": _move_window(f.RFC),
    "approve": _sets(f.RFC, f.APPROVED, f.RAISED),
    "approve without the role": _sets(f.RFC, f.APPROVED, f.RAISED, by=(TESS, DCC)),
    "reject": _sets(f.RFC, f.REJECTED, f.RAISED, f.APPROVED),
    "withdraw": _sets(f.RFC, f.WITHDRAWN, f.RAISED, f.APPROVED, f.REJECTED),
    "take the approval back": _sets(f.RFC, f.RAISED, f.APPROVED),
    "deploy": _sets(f.RFC, f.DEPLOYED, f.APPROVED, by=(DEPLOYMENT_MANAGER,)),
    "deploy without the role": _sets(f.RFC, f.DEPLOYED, f.APPROVED, by=(TESS, DCC)),
    "deploy unapproved": _sets(f.RFC, f.DEPLOYED, f.RAISED, by=(DEPLOYMENT_MANAGER, TESS)),
    "fail": _fail,
    "roll back": _sets(f.RFC, f.ROLLED_BACK, f.DEPLOYED, f.CLOSED, by=(DEPLOYMENT_MANAGER, TIM)),
    "try again": _sets(f.RFC, f.APPROVED, f.DEPLOYED, f.ROLLED_BACK, by=(DEPLOYMENT_MANAGER, SIT_RELEASE_MANAGER)),
    "roll back without the role": _sets(f.RFC, f.ROLLED_BACK, f.DEPLOYED, f.CLOSED, by=(TESS, DCC)),
    "reopen the RFC": _sets(f.RFC, f.RAISED, f.CLOSED, f.REJECTED),
    "close": _sets(f.RFC, f.CLOSED, f.DEPLOYED, f.ROLLED_BACK, f.APPROVED),
    "accept": _names_on_rfc(f.ACCEPTED, _manager),
    "accept without the role": _names_on_rfc(f.ACCEPTED, lambda rfc: DCC),
    "deliver one": _names_on_rfc(f.DELIVERED, lambda rfc: DCC),
    "waive": _names_on_rfc(f.WAIVER, _manager),
    "raise by hand": _raise_by_hand,
    "delete a defect": _delete(f.DEFECT),
    "delete a list": _delete(f.LIST),
    "delete an RFC": _delete(f.RFC),
    "restore": _restore,
}

AT = datetime(2026, 12, 9, 9, 0, tzinfo=UTC)
OF_RELEASES: Mapping[str, tuple[FieldValue | None, ...]] = {
    f.TITLE: ("Renamed", 'Quotes " & <b>tags</b>'),
    f.ENVIRONMENT: ("SIT-A", "SIT-B", "Nowhere"),
    f.PARTY: ("DCC", "Electralink", "Nobody"),
    f.NUMBER: ("5.2.16.0", "5.2.17.0", "5.2.15.1", "5.2.15.0", "soon", None),
    f.RELEASE_TYPE: ("patch", "minor", "major", "emergency", None),
    f.WINDOW_START: (AT, AT + timedelta(days=30), None),
    "Custom.WindowEnd": (AT, None),
    f.EDITION: (1, 7, None),
    f.SEAL: ("0" * 64, None),
    f.WAIVER: ("agreed by phone", "123 is obsolete", None),
    f.WRITTEN: ("by me", None),
    "Custom.RoadmapName": ("IR8",),
}
FIELDS: Mapping[str, Mapping[str, tuple[FieldValue | None, ...]]] = {
    f.DEFECT: {
        f.TITLE: ("Renamed", 'Quotes " & <b>tags</b>'),
        f.FOUND_IN: ("SIT-A", "SIT-B", "UIT", "Nowhere", None),
        f.PARTY_OF_DEFECT: ("DCC", "Electralink", "Nobody", None),
        f.VERSION: (*BUILDS, *EMERGENCIES, "configuration", "the next", None),
        f.STATE: ("New", "Active", f.RESOLVED, f.RETEST, f.CLOSED),
        f.DELIVERED_BY: (804, 7, None),
        f.ASSIGNED_TO: (TIM, None),
        "System.Tags": ("Hold", "hold sit-a", "Emergency", "known-issue", None),
        "Custom.RetestBy": (TESS, None),
    },
    f.LIST: {
        **OF_RELEASES,
        f.STATE: (f.PROPOSED, f.AGREED, f.RAISED, f.CLOSED),
        f.BODY: ("<p>Mine.</p>", None),
        f.CLAIM: ("mine", None),
        "Custom.ListSequence": (1, 9, None),
    },
    f.RFC: {
        **OF_RELEASES,
        f.STATE: (f.RAISED, f.APPROVED, f.REJECTED, f.WITHDRAWN, f.DEPLOYED, f.ROLLED_BACK, f.CLOSED),
        f.NOTE: ("<p>Mine.</p>", None),
        f.LIST_OF_RFC: (801, 802, 7, None),
        f.OUTCOME: ("succeeded", "failed", "partial", "rolled back", "fine", None),
        f.SMOKE: ("passed", "failed", None),
        f.DEPLOYED_AT: (AT, AT + timedelta(days=30), None),
        f.EVIDENCE: ("I saw it", None),
        f.ACCEPTED: ("123, 456", "everything", None),
        f.DELIVERED: ("<p>123-789</p>", "none", None),
        "Custom.Attempt": (2, None),
        "Custom.Intent": ("mine", None),
        "Custom.Answers": ("<p>Participants: ready</p>", "<p>2: approved</p>", None),
        "Custom.ControlPoints": ("<p>Mine.</p>", None),
    },
}
WHO = (SIT_RELEASE_MANAGER, SIT_DEFECT_MANAGER, DEPLOYMENT_MANAGER, TESS, DCC)

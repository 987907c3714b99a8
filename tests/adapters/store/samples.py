"""Samples: work items, actions and instants to keep in a store."""

from datetime import UTC, datetime, timedelta

from adapters.azure_devops.rows import ItemRow, Relation, Scalar
from bot.candidate_list import Key
from bot.change import Change, Edit, Field, Link, LinkKind
from bot.defect import Kind, State
from bot.number import Number
from bot.plan import Action, ActionKind, Fence

NOW = datetime(2026, 12, 3, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(minutes=2)
LINKED = (Relation("System.LinkTypes.Related", 456, "5.2.16.0, retest here"),)


def an_item(
    id: int = 123,
    rev: int = 1,
    type: str = "Bug",
    *,
    relations: tuple[Relation, ...] | None = None,
    is_deleted: bool = False,
    **fields: Scalar,
) -> ItemRow:
    return ItemRow(id, rev, type, fields, relations, is_deleted)


def a_move(id: int = 123, rev: int = 4) -> Action:
    edits = (Edit(Field.STATE, State.RESOLVED, State.READY_FOR_RETEST), Edit(Field.DELIVERED_BY, None, 900))
    change = Change(Kind.DEFECT, id, rev, edits, assignees=("tess@st.example", "theo@st.example"))
    return Action(ActionKind.MOVE_TO_RETEST, "retest", "5.2.16.0 arrived", f"defect {id}", change)


def a_new_list(subject: str = "list of DCC for SIT-A") -> Action:
    change = Change(Kind.LIST, None, None, (Edit(Field.TITLE, None, "DCC to SIT-A"),))
    return Action(ActionKind.CREATE_LIST, "propose", "123 can be released", subject, change)


def a_new_rfc(list_id: int = 800) -> Action:
    links = (Link(LinkKind.LIST, list_id), Link(LinkKind.FIX, 123, "5.2.16.0, retest here"))
    fence = Fence(list_id, 7, Key("SIT-A", "DCC", Number(5, 2, 16)), "DCC 5.2.16.0 to SIT-A, edition 1")
    change = Change(Kind.RFC, None, None, (Edit(Field.NUMBER, None, Number(5, 2, 16)),), links)
    return Action(ActionKind.RAISE_RFC, "raise", "the list is sealed", f"list {list_id}", change, fence=fence)

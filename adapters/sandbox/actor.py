"""A person at work: what somebody does by hand, through the same rules as any request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from threading import RLock
from typing import Any

from adapters.sandbox import draft as drafts
from adapters.sandbox import instant, other_end, recycle_bin
from adapters.sandbox.commit import commit
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.patch import read_patch
from adapters.sandbox.person import Person
from adapters.sandbox.system_fields import HISTORY, STATE, TAGS, TYPE
from adapters.sandbox.writing import Writing

Patch = list[dict[str, Any]]
Link = tuple[str, int] | tuple[str, int, str]


class Actor:
    def __init__(self, organisation: Organisation, person: Person, lock: RLock) -> None:
        self.person = person
        self._organisation = organisation
        self._lock = lock

    def create(self, type: str, fields: Mapping[str, object], links: Iterable[Link] = ()) -> int:
        """`links`: relation type, id of the other item, and a comment if there is one."""
        patch = _sets(fields) + [_link(*link) for link in links]
        with self._lock:
            return Writing(self._organisation, self.person).create(type, read_patch(patch)).id

    def edit(self, id: int, fields: Mapping[str, object]) -> None:
        """None clears a field; tags are replaced."""
        self._write(id, _sets(fields))

    def set_state(self, id: int, state: str) -> None:
        self.edit(id, {STATE: state})

    def tag(self, id: int, *names: str) -> None:
        self._write(id, [{"op": "add", "path": f"/fields/{TAGS}", "value": "; ".join(names)}])

    def untag(self, id: int, *names: str) -> None:
        unwanted = {name.casefold() for name in names}
        with self._lock:
            item = self._organisation.boards.existing(id)
            kept = [tag for tag in item.tags if tag.casefold() not in unwanted]
            self.edit(id, {TAGS: "; ".join(kept)})

    def comment(self, id: int, html: str) -> None:
        self.edit(id, {HISTORY: html})

    def write_markdown(self, id: int, field: str, text: str) -> None:
        """Turns a field of several lines to Markdown, which nobody can turn back."""
        turned = {"op": "add", "path": f"/multilineFieldsFormat/{field}", "value": "Markdown"}
        self._write(id, [*_sets({field: text}), turned])

    def link(self, id: int, rel: str, target: int, comment: str = "") -> None:
        self._write(id, [_link(rel, target, comment)])

    def unlink(self, id: int, rel: str, target: int) -> None:
        with self._lock:
            listed = self._organisation.boards.existing(id).relations
            keys = [(relation.rel, relation.target) for relation in listed]
            self._write(id, [{"op": "remove", "path": f"/relations/{keys.index((rel, target))}"}])

    def delete(self, id: int) -> None:
        with self._lock:
            recycle_bin.delete(self._organisation, id, self.person)

    def restore(self, id: int) -> None:
        with self._lock:
            recycle_bin.restore(self._organisation, id, self.person)

    def destroy(self, id: int) -> None:
        """For good, with its links; no feed tells of it."""
        with self._lock:
            item = self._organisation.boards.existing(id)
            other_end.hide(self._organisation.boards, item)
            self._organisation.boards.keep(replace(item, is_gone=True))

    def move_away(self, id: int) -> None:
        """To another project; its links stay."""
        with self._lock:
            boards = self._organisation.boards
            boards.keep(replace(boards.existing(id), is_gone=True))

    def change_type(self, id: int, type: str) -> None:
        """It begins anew in the first state of its new type; fields that this has not are lost."""
        with self._lock:
            boards, become = self._organisation.boards, self._organisation.type(type)
            draft = drafts.of_existing(boards.existing(id))
            draft.type = become
            draft.fields = {name: value for name, value in draft.fields.items() if name.lower() in become.by_reference}
            draft.fields |= {TYPE: become.name, STATE: become.initial}
            commit(
                draft,
                self._organisation,
                by=self.person,
                at=boards.moment(draft.before, self._organisation.clock.now()),
            )

    def _write(self, id: int, patch: Patch) -> None:
        with self._lock:
            Writing(self._organisation, self.person).update(id, read_patch(patch))


def as_json(value: object) -> object:
    """A value as a client would send it."""
    match value:
        case datetime():
            return instant.in_text(value)
        case Person():
            return value.sign_in
        case _:
            return value


def _sets(fields: Mapping[str, object]) -> Patch:
    return [{"op": "replace", "path": f"/fields/{name}", "value": as_json(value)} for name, value in fields.items()]


def _link(rel: str, target: int, comment: str = "") -> dict[str, Any]:
    value = {"rel": rel, "url": f"/_apis/wit/workItems/{target}", "attributes": {"comment": comment}}
    return {"op": "add", "path": "/relations/-", "value": value}

"""A work item while it is being changed: what it will be, if every rule agrees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from adapters.sandbox import tags, values
from adapters.sandbox.doubts import Html
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.patch import SetField, SetFormat
from adapters.sandbox.problem import Problem
from adapters.sandbox.process import FieldDefinition, Kind, ProcessType
from adapters.sandbox.refusals import BrokenRule, bad_patch, no_such_field, not_known_here, rules_broken
from adapters.sandbox.relation import Relation
from adapters.sandbox.system_fields import AREA, HISTORY, ITERATION, PROJECT, STATE, TAGS, TYPE
from adapters.sandbox.work_item import FieldValue, WorkItem


@dataclass(slots=True)
class Draft:
    """`before` is None for a new item; `written` names the fields that this change sets itself.

    `is_written_anyway`: a revision although nothing differs.
    """

    type: ProcessType
    before: WorkItem | None
    fields: dict[str, FieldValue]
    relations: dict[tuple[str, int | None, str], Relation]
    comment: str = ""
    written: set[str] = field(default_factory=set)
    markdown: frozenset[str] = frozenset()
    is_written_anyway: bool = False

    def set(self, change: SetField, organisation: Organisation) -> None:
        definition = self._definition(change.name, organisation)
        self.written.add(definition.reference)
        self.put(definition, change, organisation)

    def put(self, definition: FieldDefinition, change: SetField, organisation: Organisation) -> None:
        """As `set`, without asking who may write the field."""
        html = Html.ALL if definition.reference in self.markdown else organisation.doubts.html
        value = values.read(definition, change.value, organisation.people, html)
        if definition.reference == HISTORY:
            self.comment = str(value or "")
        elif definition.kind is Kind.TAGS:
            self._set_tags(str(value or ""), merge=change.merge, definitions=organisation.boards.tags)
        else:
            self._assign(definition.reference, value)

    def set_format(self, change: SetFormat, organisation: Organisation) -> None:
        """What holds Markdown once holds it for good."""
        definition = self._definition(change.name, organisation)
        if definition.kind is not Kind.HTML:
            raise bad_patch(f"{definition.reference} is no field of several lines.")
        if change.is_markdown:
            self.markdown |= {definition.reference}
        elif definition.reference in self.markdown:
            raise bad_patch(f"{definition.reference} holds Markdown, and cannot be turned back to HTML.")

    def state_before(self) -> str:
        return self.before.state if self.before else ""

    def _definition(self, name: str, organisation: Organisation) -> FieldDefinition:
        known = organisation.process.field(name)
        definition = self.type.by_reference.get(known.reference.lower()) if known else None
        if definition is None:
            raise no_such_field(name)
        if definition.reference in {TYPE, PROJECT}:
            raise not_known_here(f"how to change {definition.reference}")
        if definition.read_only:
            raise _read_only(definition)
        return definition

    def _set_tags(self, text: str, *, merge: bool, definitions: Mapping[str, str]) -> None:
        kept = tags.split(str(self.fields.get(TAGS, ""))) if merge else []
        self._assign(TAGS, tags.joined(kept + tags.split(text), definitions) or None)

    def _assign(self, reference: str, value: FieldValue | None) -> None:
        if value is None:
            self.fields.pop(reference, None)
        else:
            self.fields[reference] = value


def of_new(type: ProcessType, organisation: Organisation) -> Draft:
    defaults = {f.reference: f.default for f in type.fields if f.default is not None}
    roots = {PROJECT: organisation.project, AREA: organisation.project, ITERATION: organisation.project}
    return Draft(type, None, {**defaults, **roots, TYPE: type.name, STATE: type.initial}, {})


def of_existing(item: WorkItem) -> Draft:
    relations = {link.key: link for link in item.relations}
    return Draft(item.type, item, dict(item.fields), relations, markdown=item.markdown)


def _read_only(definition: FieldDefinition) -> Problem:
    message = f"TF401326: Invalid field status 'ReadOnly' for field '{definition.reference}'."
    return rules_broken([BrokenRule(definition.reference, "readOnly", message, 16)])

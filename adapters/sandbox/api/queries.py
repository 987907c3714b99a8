"""POST wiql: ids by a query."""

from __future__ import annotations

from typing import Any

from adapters.sandbox import instant
from adapters.sandbox.answer import Answer, of_json
from adapters.sandbox.call import Call
from adapters.sandbox.item_json import ItemJson
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.process import FieldDefinition
from adapters.sandbox.refusals import not_known_here
from adapters.sandbox.wiql import answer as answers
from adapters.sandbox.wiql.operands import Asked, field_of
from adapters.sandbox.wiql.parser import parse
from adapters.sandbox.wiql.tokens import syntax_error


def wiql(call: Call, organisation: Organisation) -> Answer:
    text = call.json_object("query").get("query")
    if not isinstance(text, str):
        raise not_known_here("a wiql request without a query")
    return _ran(text, call, organisation)


def by_id(call: Call, organisation: Organisation) -> Answer:
    """A kept query, run now."""
    kept = organisation.queries.existing(call.names["query"])
    if kept.wiql is None:
        raise not_known_here(f"how to run the folder {kept.path}")
    return _ran(kept.wiql, call, organisation)


def _ran(text: str, call: Call, organisation: Organisation) -> Answer:
    if len(text) > answers.LONGEST:
        raise syntax_error(f"The query is longer than {answers.LONGEST} characters.", text[:20])
    asked = Asked(organisation, call.by, _project(call, organisation), call.flag("timePrecision"))
    query = parse(text)
    ids = answers.ids(query, asked, top=call.number("$top"))
    shown = ItemJson(organisation, call.base)
    at = answers.as_of(query, asked) or organisation.clock.now()
    body: dict[str, Any] = {
        "queryType": "flat",
        "queryResultType": "workItem",
        "asOf": instant.in_text(at),
        "columns": [_column(field_of(name, asked), call) for name in query.columns],
    }
    if query.order:
        body["sortColumns"] = [
            {"field": _column(field_of(key.field, asked), call), "descending": key.descending} for key in query.order
        ]
    return of_json({**body, "workItems": [{"id": id, "url": shown.url(id)} for id in ids]})


def _project(call: Call, organisation: Organisation) -> str | None:
    return organisation.project if call.project else None


def _column(field: FieldDefinition, call: Call) -> dict[str, str]:
    url = f"{call.base}/_apis/wit/fields/{field.reference}"
    return {"referenceName": field.reference, "name": field.name, "url": url}

"""Touched: which work items a request would change, or reads by their ids."""

from __future__ import annotations

import json
import re

from adapters.sandbox.call import Call

_ITEM = re.compile(r"/workitems/(\d+)", re.IGNORECASE)
_AT_PLACE = re.compile(r"/relations/\d")


def touched(call: Call) -> list[int]:
    """A creation names the list that it is linked to."""
    if call.operation == "update":
        return [int(found) for found in _ITEM.findall(call.path)]
    if call.operation == "batch":
        return [int(found) for part in json.loads(call.body) for found in _ITEM.findall(part["uri"])]
    if call.operation == "workitemsbatch":
        return list(json.loads(call.body)["ids"])
    return [int(found) for found in _ITEM.findall(call.body.decode())]


def unlinked(call: Call) -> list[int]:
    """Those of whose links it takes one off, or changes the words, by where it stands."""
    if call.operation == "update":
        parts = [(call.path, json.loads(call.body))]
    elif call.operation == "batch":
        parts = [(part["uri"], part["body"]) for part in json.loads(call.body)]
    else:
        return []
    by_place = (path for path, document in parts if any(_AT_PLACE.match(one["path"]) for one in document))
    return [int(_ITEM.findall(path)[0]) for path in by_place]


def named(call: Call) -> list[int]:
    """Those too that it would link to."""
    return sorted({*touched(call), *map(int, _ITEM.findall(call.body.decode()))})

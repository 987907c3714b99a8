"""Touched: which work items a request would change, or reads by their ids."""

from __future__ import annotations

import json
import re

from adapters.sandbox.call import Call

_ITEM = re.compile(r"/workitems/(\d+)", re.IGNORECASE)


def touched(call: Call) -> list[int]:
    """A creation names the list that it is linked to."""
    if call.operation == "update":
        return [int(found) for found in _ITEM.findall(call.path)]
    if call.operation == "batch":
        return [int(found) for part in json.loads(call.body) for found in _ITEM.findall(part["uri"])]
    if call.operation == "workitemsbatch":
        return list(json.loads(call.body)["ids"])
    return [int(found) for found in _ITEM.findall(call.body.decode())]


def named(call: Call) -> list[int]:
    """Those too that it would link to."""
    return sorted({*touched(call), *map(int, _ITEM.findall(call.body.decode()))})

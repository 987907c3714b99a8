"""Words of the interface that a client may also send as numbers, as the client for Node does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

NUMBERS: Mapping[str, Mapping[int, str]] = {
    "errorPolicy": {1: "fail", 2: "omit"},
    "order": {1: "asc", 2: "desc"},
    "format": {0: "markdown", 1: "html"},
    "recursionLevel": {0: "none", 1: "onelevel", 4: "onelevelplusnestedemptyfolders", 120: "full"},
    "type": {0: "projectwiki", 1: "codewiki"},
    "statusFilter": {
        1: "inprogress",
        2: "completed",
        4: "cancelling",
        8: "postponed",
        32: "notstarted",
        47: "all",
    },
    "resultFilter": {2: "succeeded", 4: "partiallysucceeded", 8: "failed", 32: "canceled"},
    "deploymentStatus": {
        1: "notdeployed",
        2: "inprogress",
        4: "succeeded",
        8: "partiallysucceeded",
        16: "failed",
        31: "all",
    },
    "state": {
        0: "unspecified",
        1: "notstarted",
        2: "inprogress",
        3: "completed",
        4: "aborted",
        5: "waiting",
        6: "needsinvestigation",
    },
    "queryOrder": {
        0: "descending",
        1: "ascending",
        2: "finishtimeascending",
        3: "finishtimedescending",
        4: "queuetimedescending",
        5: "queuetimeascending",
        6: "starttimedescending",
        7: "starttimeascending",
    },
}
"""By the name of a parameter, as the interfaces of the client for Node number them."""

IN_THEIR_ORDER = {"$expand", "versionDescriptor.versionType", "expands"}
"""Parameters whose words are numbered from 0 in the order in which the service lists them."""


def word(name: str, value: object, known: Sequence[str]) -> str:
    """In lower case; a number that means nothing stays as it is, to be refused."""
    text = str(value).lower()
    if isinstance(value, bool) or not text.isdigit():
        return text
    number = int(text)
    if name in IN_THEIR_ORDER and number < len(known):
        return known[number]
    return NUMBERS.get(name, {}).get(number, text)

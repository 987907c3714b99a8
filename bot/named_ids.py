"""Named ids: which work items a text that people wrote names."""

from __future__ import annotations

import re
from itertools import chain

LONGEST_RANGE = 100
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_NO_ID = re.compile(
    rf"\d{{4}}-\d\d-\d\d|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}|\d{{1,2}}[- ]{_MONTH}(?:[- ]\d{{4}})?|\d{{1,2}}:\d\d(?::\d\d)?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://\S*?/_workitems/edit/(\d{1,9})\S*|https?://\S+", re.IGNORECASE)
_BEFORE, _AFTER = r"(?<![\w.])(?<!\w-)", r"(?![\w%]|-\w|\.\d)"
_RANGE = re.compile(rf"{_BEFORE}(\d{{1,9}})\s*(?:-|–|\bto\b)\s*#?(\d{{1,9}}){_AFTER}")
_ID = re.compile(rf"{_BEFORE}(\d{{1,9}}){_AFTER}", re.ASCII)


def named_ids(text: str) -> frozenset[int]:
    """As `123`, `#123`, `AB#123`, `123-126` or the address of its page; not the places of a release number, parts of a
    word, dates and times, nor the numbers in other addresses."""
    plain = _NO_ID.sub(" ", _ADDRESS.sub(lambda found: f" {found[1] or ''} ", text))
    ranges = [_between(int(first), int(last)) for first, last in _RANGE.findall(plain)]
    single = map(int, _ID.findall(_RANGE.sub(" ", plain)))
    return frozenset(chain(single, *ranges))


def _between(first: int, last: int) -> range | tuple[int, int]:
    """All that stand between them; of what is too long for a range, or turned round, the two that are named."""
    return range(first, last + 1) if first < last <= first + LONGEST_RANGE else (first, last)

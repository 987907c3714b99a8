"""Tags as one field holds them: `a; b`, sorted, each once whatever its case."""

from __future__ import annotations

import re
from collections.abc import Mapping

from adapters.sandbox.refusals import BrokenRule, rules_broken

LONGEST = 400
MOST = 100


def split(text: str) -> list[str]:
    return [tag.strip() for tag in re.split("[;,]", text) if tag.strip()]


def joined(tags: list[str], definitions: Mapping[str, str]) -> str:
    """`definitions`: by case-folded name, the spelling that was used first, which stays."""
    _refuse_unusable(tags)
    first = {tag.casefold(): tag for tag in reversed(tags)}
    spelt = [definitions.get(folded, tag) for folded, tag in first.items()]
    return "; ".join(sorted(spelt, key=str.casefold))


def _refuse_unusable(tags: list[str]) -> None:
    too_long = [tag for tag in tags if len(tag) > LONGEST or not tag.isprintable()]
    if too_long or len(tags) > MOST:
        why = f"TF401320: Rule Error for field Tags: {too_long or f'more than {MOST} tags'}."
        raise rules_broken([BrokenRule("System.Tags", "invalidValue", why, 1)])

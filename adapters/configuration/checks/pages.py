"""Pages: whether each environment's name can be that of a page in a wiki."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adapters.configuration.problem import Problem
from adapters.configuration.quoting import quoted
from adapters.configuration.settings import Settings

# https://learn.microsoft.com/azure/devops/project/wiki/wiki-file-structure#file-naming-conventions
_FORBIDDEN = re.compile(r"[/\\#:*?|]")


def check_pages(settings: Settings) -> Iterator[Problem]:
    if not settings.pages.wiki:
        return
    for name in settings.environments:
        bad = _FORBIDDEN.search(name)
        if bad or name.startswith(".") or name.endswith("."):
            why = f"has the character {bad[0]} in it" if bad else "begins or ends with a full stop"
            what = f"{quoted(name)} {why}, so it cannot name a page of {quoted(settings.pages.wiki)}"
            yield Problem(("environments", name), what, "write a name without it, or take `wiki` out of [pages]")

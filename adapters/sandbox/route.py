"""One address of the interface: what is done there, with which parameters, versions and rights."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from adapters.sandbox.answer import Answer
from adapters.sandbox.call import Call
from adapters.sandbox.organisation import Organisation
from adapters.sandbox.permissions import Right

Handler = Callable[[Call, Organisation], Answer]

JSON = "application/json"
JSON_PATCH = "application/json-patch+json"
ANYWHERE = (0, 1)
IN_PROJECT = (1,)
AT_TOP = (0,)


@dataclass(frozen=True, slots=True)
class Route:
    """`pattern` begins after `_apis`; `scope`: how many segments may stand before it (project, team).

    `{*name}` at the end takes all that is left. `preview_only`: the resource has no released version; `resource`:
    the number of its newest preview. `writes`: the scope that a token needs to write here; `needs`: a permission.
    """

    operation: str
    method: str
    pattern: str
    handle: Handler
    resource: int
    scope: tuple[int, ...] = ANYWHERE
    parameters: str = ""
    media: str = ""
    writes: str = ""
    needs: Right | None = None
    preview_only: bool = False

    def match(self, segments: tuple[str, ...]) -> dict[str, str] | None:
        parts = self.pattern.split("/")
        if parts[-1].startswith("{*") and len(segments) >= len(parts):
            segments = (*segments[: len(parts) - 1], "/".join(segments[len(parts) - 1 :]))
        if len(parts) != len(segments):
            return None
        names: dict[str, str] = {}
        for part, segment in zip(parts, segments, strict=True):
            literal, opened, name = part.partition("{")
            if not segment.lower().startswith(literal) or (not opened and segment.lower() != literal):
                return None
            if opened:
                names[name.strip("*}")] = segment[len(literal) :]
        # No work item has the id 0, and no address leads to it.
        return None if "" in names.values() or names.get("id") == "0" else names

    @property
    def known_parameters(self) -> frozenset[str]:
        return frozenset(self.parameters.lower().split()) | {"api-version"}

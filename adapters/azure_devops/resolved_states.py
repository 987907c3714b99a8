"""Resolved states: those that Azure DevOps counts as resolved, and that the configuration leaves alone."""

from __future__ import annotations

from adapters.azure_devops.boards import Boards
from adapters.azure_devops.node import Node
from adapters.azure_devops.spelling import Spelling
from bot.defect import Kind, State

RESOLVED = "Resolved"
"""A category of states; it has this name in every language and process."""


def resolved_but_unnamed(boards: Boards, spelling: Spelling) -> tuple[str, ...]:
    """Of defects and change requests, each in words. That may be meant so.

    By its category alone no state can be used: one for retests is resolved as well.
    """
    return tuple(
        f"type '{type_name}' has a state '{name}' of the category Resolved that the configuration does not name: "
        "work items in it are left alone"
        for kind in (Kind.DEFECT, Kind.CHANGE_REQUEST)
        for type_name in spelling.types[kind]
        for name in _resolved(boards.work_items.states(type_name))
        if spelling.state_of(kind, name) is State.OTHER
    )


def _resolved(states: Node) -> list[str]:
    return [state.text("name") for state in states.nodes("value") if state.get("category") == RESOLVED]

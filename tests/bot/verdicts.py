"""What became of an act: what it writes, or the words why it writes nothing."""

from __future__ import annotations

from typing import Any

from bot.act import Act, AlreadySo, Objection, Verdict
from bot.change import Field


def done(verdict: Verdict) -> dict[Field, Any]:
    """What is written, by field."""
    assert isinstance(verdict, Act), verdict
    return {edit.field: edit.new for edit in verdict.change.edits}


def so_already(verdict: Verdict) -> str:
    assert isinstance(verdict, AlreadySo), verdict
    return verdict.words


def refused(verdict: Verdict) -> str:
    assert isinstance(verdict, Objection), verdict
    return verdict.words

"""Remarks: what the bot says in the history of a defect or list when it changes it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remark:
    """Sentences in plain text, and the work items that they speak of, by id, so that people can follow."""

    sentences: tuple[str, ...]
    about: tuple[int, ...] = ()

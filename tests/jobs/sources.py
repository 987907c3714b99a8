"""Sources of evidence, ordinary unless a test says otherwise."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from adapters.azure_devops.evidence.source import Source, SourceKind


def a_source(environment: str = "SIT-A", kind: SourceKind = SourceKind.PIPELINE, **other: Any) -> Source:
    """Of DCC, in the project of the boards, named as the environment."""
    return replace(Source(environment, "DCC", kind, environment, "MHHS"), **other)

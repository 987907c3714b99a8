"""Core dumps: none is written, because memory holds tokens."""

from __future__ import annotations

from contextlib import suppress


def no_core_dump() -> None:
    """Where the system knows such limits; children have them too."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415  (Windows has none)

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

"""Health: while the service runs, whoever asks on a port of its own is told how it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from adapters.configuration.configuration import Configuration
from jobs.vitals import Vitals


@contextmanager
def health_told(configuration: Configuration, vitals: Vitals, say: Callable[[str], object]) -> Iterator[None]:
    """Nothing listens where the configuration does not say so. Raises OSError where the port cannot be had."""
    health = configuration.health
    if health is None:
        yield
        return
    from adapters.metrics import registry_of
    from adapters.web.health.pages import ALIVE, METRICS, READY, HealthPages
    from adapters.web.server import listening
    from jobs.healthy import why_hung, why_not_ready
    from jobs.metrics import METRICS as TABLE

    def hung() -> list[str]:
        return [why] if (why := why_hung(vitals.now())) else []

    pages = HealthPages(hung, lambda: why_not_ready(vitals.now()), registry_of(TABLE, vitals.now))
    with listening(pages, health.address, health.port):
        say(f"health: listening on {health.address}, port {health.port}, at {ALIVE}, {READY} and {METRICS}")
        yield

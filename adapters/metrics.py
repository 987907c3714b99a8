"""Metrics: a table of what is told in numbers, read anew from one state of things whenever somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric as Family
from prometheus_client.registry import Collector

State = TypeVar("State")
Value: TypeAlias = float | None
"""None where there is nothing to tell yet: then nothing is told."""


@dataclass(frozen=True, slots=True)
class Metric(Generic[State]):
    """One line of the table, in base units. A name in `_total` only ever grows.

    `labels`: what tells its values apart, all of them values of an enum or of a short list. `read` gives one value,
    or one for each of its labels' values.
    """

    name: str
    help: str
    read: Callable[[State], Value | Mapping[tuple[str, ...], float]]
    labels: tuple[str, ...] = ()


class _Table(Collector, Generic[State]):
    def __init__(self, metrics: Iterable[Metric[State]], now: Callable[[], State]) -> None:
        self._metrics, self._now = tuple(metrics), now

    def collect(self) -> Iterable[Family]:
        state = self._now()
        return [_family(metric, metric.read(state)) for metric in self._metrics]


def registry_of(metrics: Iterable[Metric[State]], now: Callable[[], State]) -> CollectorRegistry:
    """Of its own: nothing that another part of the process registers is told. With what the system says of it."""
    registry = CollectorRegistry()
    registry.register(_Table(metrics, now))
    ProcessCollector(registry=registry)
    return registry


def _family(metric: Metric[State], value: Value | Mapping[tuple[str, ...], float]) -> Family:
    make = CounterMetricFamily if metric.name.endswith("_total") else GaugeMetricFamily
    family: CounterMetricFamily | GaugeMetricFamily = make(metric.name, metric.help, labels=metric.labels)
    for labels, number in (value if isinstance(value, Mapping) else {(): value}).items():
        if number is not None:
            family.add_metric(labels, number)
    return family

"""The table of results: what each contender cost, and how many times as much as Shunter."""

from __future__ import annotations

from collections.abc import Mapping

from rich.table import Table

from tests.benchmarks.peers.contender import SHUNTER
from tests.benchmarks.peers.cost import Cost

COLUMNS = (
    "", "requests", "received", "compressed", "sent", "seconds", "CPU, s", "peak, MB", "requests ×", "received ×",
)  # fmt: skip


def result_table(title: str, costs: Mapping[str, Cost]) -> Table:
    table = Table(*COLUMNS, title=title)
    for column in table.columns[1:]:
        column.justify = "right"
    ours = costs[SHUNTER.name]
    for name, cost in costs.items():
        table.add_row(name, *_row(cost, ours))
    return table


def _row(cost: Cost, ours: Cost) -> tuple[str, ...]:
    return (
        f"{cost.requests:,}",
        f"{cost.received:,}",
        f"{cost.compressed:,}",
        f"{cost.sent:,}",
        f"{cost.seconds:.2f}",
        f"{cost.cpu:.2f}",
        f"{cost.peak / 1e6:.0f}",
        f"{cost.requests / ours.requests:.1f}",
        f"{cost.received / ours.received:.1f}",
    )

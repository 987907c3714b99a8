"""The baseline: the lines of the configuration that say what an environment ran before, and what they would mean."""

from __future__ import annotations

from collections.abc import Mapping

from adapters.configuration.configuration import Configuration
from adapters.configuration.problem import place_of
from adapters.configuration.quoting import quoted
from adapters.terminal.talk import Output, Talk, plain
from bot.baseline import NoBaseline, baseline_of
from bot.facts import Facts
from bot.number import Number
from jobs.looked import looked
from jobs.observe import proved
from jobs.world import World

USAGE = 2


def show_baseline(configuration: Configuration, said: Talk, environment: str, party: str, number: str) -> int:
    """Nothing is written: the configuration is people's."""

    def show(world: World, _: Facts) -> int:
        found = baseline_of(environment, party, number, proved(world))
        if isinstance(found, NoBaseline):
            said.say(found.words)
            return USAGE
        lines = _lines(found.party, found.numbers)
        if said.output is Output.JSON:
            said.json({"lines": lines, "counted": [plain(row) for row in found.counted]})
            return 0
        for line in lines:
            said.line(line)
        said.rows("fixes that count as being there", found.counted)
        said.say(found.words)
        return 0

    return looked(configuration, said, show)


def _lines(party: str, numbers: Mapping[str, Number]) -> list[str]:
    told = ", ".join(f"{place_of((environment,))} = {quoted(str(number))}" for environment, number in numbers.items())
    return [f"[{place_of(('parties', party))}]", f"baseline = {{ {told} }}"]

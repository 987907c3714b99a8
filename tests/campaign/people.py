"""People at work: any sequence of what people do, of looks, and of what goes wrong, as hypothesis draws it.

`python -m tests.campaign.people --examples 1000 [--steps 50] [--seed 7] [--shrink]` runs as many. A failure is printed
as the calls that lead to it, which make a test as they are; the same seed finds it again.
"""

from __future__ import annotations

import argparse
import secrets
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import timedelta

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.campaign.company import Company, company
from tests.campaign.deeds import DEEDS, FIELDS, WHO, done, edited
from tests.campaign.mishaps import MISHAPS

LIKELY = ("resolve", "agree", "approve", "deploy", "retest")
FEW = st.integers(0, 3)
REPLICA = st.sampled_from((0, 0, 0, 1))
PAUSES = (2, 2, 4, 8, 16, 60, 8 * 60, 24 * 60, 7 * 24 * 60)
"""Minutes."""


TROUBLES: Mapping[str, Callable[[Company, int], object]] = {
    "begins anew": lambda company, replica: company.restart(replica),
    "store lost": lambda company, replica: company.lose_store(replica),
    "token ends": lambda company, _: company.token_ends(),
    "token renewed": lambda company, _: company.token_is_renewed(),
    "creation late": lambda company, _: company.creation_is_late(),
    "feeds lag": lambda company, _: company.feeds_lag(timedelta(minutes=5)),
    "feeds come at once": lambda company, _: company.feeds_lag(timedelta(0)),
}


class People(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self._stack = ExitStack()
        self.company = self._stack.enter_context(company())

    @rule(deed=st.sampled_from([*DEEDS, *LIKELY]), which=FEW, how=st.integers(0, 7))
    def somebody(self, deed: str, which: int, how: int) -> None:
        done(deed, self.company.azure, which, how)

    @rule(which=FEW, deeds=st.sampled_from((1, 2, 3, 3)))
    def a_release_goes_on(self, which: int, deeds: int) -> None:
        """So many steps on its way, and what the bot makes of each; of RFCs, what was changed last is meant."""
        for number, deed in enumerate(("agree", "approve", "deploy")[:deeds]):
            done(deed, self.company.azure, 0 if number else which, 0)
            self.looks(2, 0)
            self.looks(2, 0)

    @rule(type=st.sampled_from(sorted(FIELDS)), which=FEW, field=st.integers(0, 29), value=FEW, who=st.integers(0, 4))
    def edits(self, type: str, which: int, field: int, value: int, who: int) -> None:
        names = list(FIELDS[type])
        name = names[field % len(names)]
        values = FIELDS[type][name]
        edited(self.company.azure, type, which, name, values[value % len(values)], WHO[who])

    @rule(minutes=st.sampled_from(PAUSES), replica=REPLICA)
    def looks(self, minutes: int, replica: int) -> None:
        """After a while."""
        self.company.passes(timedelta(minutes=minutes))
        self.company.look(replica)

    @rule(mishap=st.sampled_from(sorted(MISHAPS)), skip=st.integers(0, 2))
    def goes_wrong(self, mishap: str, skip: int) -> None:
        when, fault = MISHAPS[mishap]
        self.company.azure.faults.add(when, fault(self.company.heard), skip=skip)

    @rule(what=st.sampled_from(sorted(TROUBLES)), replica=REPLICA)
    def there_is_trouble(self, what: str, replica: int) -> None:
        TROUBLES[what](self.company, replica)

    @invariant()
    def every_promise_is_kept(self) -> None:
        found = self.company.checker.news()
        assert not found, "\n".join(map(str, found))

    def teardown(self) -> None:
        with self._stack:
            found = self.company.comes_to_rest()
            assert not found, "\n".join(map(str, found))

    def leave(self) -> None:
        """Where a story has failed, and its end says nothing more."""
        self._stack.close()


def campaign(examples: int, steps: int, number: int, *, shrinks: bool = False) -> None:
    chosen = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink) if shrinks else (Phase.generate,),
        print_blob=False,
    )
    run_state_machine_as_test(seed(number)(People), settings=chosen)


def main(given: list[str]) -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.campaign.people", description=__doc__)
    asked.add_argument("--examples", type=int, default=100)
    asked.add_argument("--steps", type=int, default=50)
    asked.add_argument("--seed", type=int, default=secrets.randbelow(2**31))
    asked.add_argument("--shrink", action="store_true", help="look for the shortest way to a failure: five minutes")
    told = asked.parse_args(given)
    sys.stdout.write(f"seed {told.seed}, {told.examples} examples of {told.steps} steps\n")
    began = time.monotonic()
    campaign(told.examples, told.steps, told.seed, shrinks=told.shrink)
    sys.stdout.write(f"every promise was kept; {time.monotonic() - began:.0f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Checking: every promise, over the whole of a history or over what is new in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from adapters.sandbox.azure import Azure
from adapters.store.ledger import Ledger
from bot.programme import Programme
from tests.campaign.checker.heard import Heard
from tests.campaign.checker.history import History
from tests.campaign.checker.l1_listed import l1_listed
from tests.campaign.checker.l2_handed_over import l2_handed_over
from tests.campaign.checker.s1_one_rfc import (
    s1_duplicates,
    s1_one_list,
    s1_one_list_in_the_end,
    s1_one_rfc,
    s1_one_rfc_in_the_end,
)
from tests.campaign.checker.s1_raised_anew import s1_raised_anew
from tests.campaign.checker.s2_numbers import s2_numbers, s2_one_content_in_the_end
from tests.campaign.checker.s3_conservation import s3_conservation
from tests.campaign.checker.s4_retest_proof import s4_retest_proof
from tests.campaign.checker.s5_failed_deployment import s5_failed_deployment, s5_put_back_in_the_end
from tests.campaign.checker.s6_no_overwrite import s6_links_of_people, s6_no_overwrite
from tests.campaign.checker.s7_no_fight import s7_answered_once, s7_no_fight
from tests.campaign.checker.s8_audit import s8_audit
from tests.campaign.checker.s9_note_fidelity import s9_note_fidelity
from tests.campaign.checker.s10_all_since_last import s10_all_since_last, s10_missed
from tests.campaign.checker.s11_approval import s11_approval, s11_whose_word
from tests.campaign.checker.s18_bounded_pressure import s18_bounded_pressure
from tests.campaign.checker.violation import Violation

ALWAYS: Sequence[Callable[[History, int], Iterator[Violation]]] = (
    s1_one_rfc,
    s1_one_list,
    s1_duplicates,
    s1_raised_anew,
    s2_numbers,
    s4_retest_proof,
    s5_failed_deployment,
    s6_no_overwrite,
    s7_no_fight,
    s9_note_fidelity,
    s10_all_since_last,
    s10_missed,
    s11_approval,
    s11_whose_word,
)
"""At every instant; each is told from which place on the history is new."""

WHEN_QUIET: Sequence[Callable[[History], Iterator[Violation]]] = (
    s1_one_rfc_in_the_end,
    s1_one_list_in_the_end,
    s2_one_content_in_the_end,
    s3_conservation,
    s5_put_back_in_the_end,
    s6_links_of_people,
    s7_answered_once,
    l1_listed,
    l2_handed_over,
)
"""Once nobody has done anything for a while, and nothing has gone wrong."""


class Checker:
    """`heard`: what was overheard from the beginning on; without it, requests are not judged, and what the bot
    decided on is taken to be all that there was. `per_minute`: how many requests the bot may send, where its pace
    goes by the server's clock."""

    def __init__(
        self, azure: Azure, programme: Programme, heard: Heard | None = None, *, per_minute: int = 1_000_000
    ) -> None:
        self.history = History(azure, programme, heard or Heard())
        self.per_minute = per_minute

    def news(self) -> tuple[Violation, ...]:
        """What was not kept since this was asked last: cheap enough for after every step."""
        since = self.history.read()
        return tuple(violation for promise in ALWAYS for violation in promise(self.history, since))

    def when_quiet(
        self, ledgers: Sequence[Ledger] = (), *, lived_since: int = 0, forgotten: Collection[str] = ()
    ) -> tuple[Violation, ...]:
        """What is not as it has to be once all is quiet; and what was not kept since this was asked last.

        `ledgers`: of every replica, where the audit is to be compared; `lived_since`: the place in the history from
        which on there have been stores; `forgotten`: the processes whose store has been lost since.
        """
        found = list(self.news())
        for promise in WHEN_QUIET:
            found += promise(self.history)
        found += s18_bounded_pressure(self.history, self.per_minute)
        if ledgers:
            found += s8_audit(self.history, ledgers, lived_since, forgotten)
        return tuple(found)


def check(
    azure: Azure, programme: Programme, heard: Heard | None = None, ledgers: Sequence[Ledger] = ()
) -> tuple[Violation, ...]:
    """The whole history, from its beginning to an end that is quiet."""
    return Checker(azure, programme, heard).when_quiet(ledgers)

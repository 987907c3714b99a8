"""Checking: every promise, over the whole of a history or over what is new in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from adapters.sandbox.azure import Azure
from bot.programme import Programme
from tests.campaign.checker.heard import Heard
from tests.campaign.checker.history import History
from tests.campaign.checker.s1_one_rfc import s1_one_rfc, s1_one_rfc_in_the_end
from tests.campaign.checker.s4_retest_proof import s4_retest_proof
from tests.campaign.checker.s5_failed_deployment import s5_failed_deployment
from tests.campaign.checker.s6_no_overwrite import s6_no_overwrite
from tests.campaign.checker.s7_no_fight import s7_no_fight
from tests.campaign.checker.s9_note_fidelity import s9_note_fidelity
from tests.campaign.checker.s11_approval import s11_approval
from tests.campaign.checker.violation import Violation

ALWAYS: Sequence[Callable[[History, int], Iterator[Violation]]] = (
    s1_one_rfc,
    s4_retest_proof,
    s5_failed_deployment,
    s6_no_overwrite,
    s7_no_fight,
    s9_note_fidelity,
    s11_approval,
)
"""At every instant; each is told from which place on the history is new."""

WHEN_QUIET: Sequence[Callable[[History], Iterator[Violation]]] = (s1_one_rfc_in_the_end,)
"""Once nobody has done anything for a while, and nothing has gone wrong."""


class Checker:
    """`heard`: what was overheard from the beginning on; without it, requests are not judged, and what the bot
    decided on is taken to be all that there was."""

    def __init__(self, azure: Azure, programme: Programme, heard: Heard | None = None) -> None:
        self.history = History(azure, programme, heard or Heard())

    def news(self) -> tuple[Violation, ...]:
        """What was not kept since this was asked last: cheap enough for after every step."""
        since = self.history.read()
        return tuple(violation for promise in ALWAYS for violation in promise(self.history, since))

    def when_quiet(self) -> tuple[Violation, ...]:
        """What is not as it has to be once all is quiet; and what was not kept since this was asked last."""
        news = self.news()
        return (*news, *(violation for promise in WHEN_QUIET for violation in promise(self.history)))


def check(
    azure: Azure, programme: Programme, heard: Heard | None = None, *, is_quiet: bool = True
) -> tuple[Violation, ...]:
    """The whole history, from its beginning."""
    checker = Checker(azure, programme, heard)
    return checker.when_quiet() if is_quiet else checker.news()

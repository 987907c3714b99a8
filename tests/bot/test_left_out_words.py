"""Every reason that leaves a fix out, or an environment without a list, once, as people read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from bot.blocks import blocks
from bot.candidate_list import ListState
from bot.defect import Defect, State
from bot.environment import MustPass
from bot.left_out import LeftOut, Reason
from bot.number import ReleaseType
from bot.overview import no_list_words
from bot.picture import Picture
from bot.rfc import RfcState
from bot.standing import standings
from tests.bot.world import (
    NOW,
    a_defect,
    a_list,
    a_party,
    a_picture,
    a_programme,
    a_sealed_list,
    an_environment,
    an_rfc,
    deployed,
    entries,
)
from tests.golden_text import Golden

READY = a_defect(99)
SEALED = a_sealed_list(entries=entries(here=[99]))
TWO_PLACES = a_programme(parties=[a_party(environments=("SIT-A", "SIT-B"))])
TESTED = a_programme(internal_test="SIT Staging")


def of(defect: Defect, *others: object, programme: object = None) -> tuple[Defect, Picture]:
    return defect, a_picture(defect, *others, programme=programme)  # type: ignore[arg-type]


WORLDS: Mapping[Reason, tuple[Defect, Picture]] = {
    Reason.UNKNOWN_PARTY: of(a_defect(party="Capgemini"), READY),
    Reason.NOWHERE_FOUND: of(a_defect(found_in=""), READY),
    Reason.UNKNOWN_ENVIRONMENT: of(a_defect(found_in="SIT-C"), READY),
    Reason.TWO_ENVIRONMENTS: of(a_defect(found_in="SIT-A; SIT-B"), READY),
    Reason.NOT_THEIR_ENVIRONMENT: of(a_defect(found_in="UIT"), READY, programme=TWO_PLACES),
    Reason.DUPLICATE: of(a_defect(duplicate_of=frozenset({45})), READY),
    Reason.HELD: of(a_defect(tags=frozenset({"Hold"})), READY),
    Reason.NO_VERSION: of(a_defect(version=""), READY),
    Reason.OTHER_TYPE: of(a_defect(version="5.3.0.0"), READY),
    Reason.LATER_THAN_DRAFT: of(a_defect(version="5.2.17.0"), READY, a_list(written=None)),
    Reason.ALREADY_SEALED: of(a_defect(version="5.2.16.0"), READY, SEALED),
    Reason.ALREADY_BROUGHT: of(a_defect(), replace(SEALED, environment="SIT-B"), a_sealed_list()),
    Reason.INTERNAL_TEST: of(a_defect(), READY, programme=TESTED),
    Reason.PLANNED_LATER: of(a_defect(planned_for=date(2026, 12, 16)), READY),
    Reason.DEPENDENCY: of(a_defect(depends_on=frozenset({45})), READY, a_defect(45, state=State.OPEN)),
    Reason.NO_DRAFT: of(a_defect(version="configuration")),
}


def verdict_of(defect: Defect, picture: Picture) -> LeftOut:
    """Of the draft; where the defect has no draft, of the buckets."""
    drafts = (picture.drafts[defect.party],) if defect.party in picture.drafts else ()
    found = next((out for draft in drafts for out in draft.left_out if out.defect == defect.id), None)
    verdict = found or standings(picture)[defect.id].left_out
    assert verdict is not None
    return verdict


def told() -> Iterator[str]:
    for reason in Reason:
        verdict = verdict_of(*WORLDS[reason])
        assert verdict.reason is reason
        yield f"{reason.value}\n    left out: {verdict.words}\n    what would change it: {verdict.remedy}\n"


def test_every_reason_says_why_and_what_would_change_it_by_when(golden: Golden) -> None:
    assert set(WORLDS) == set(Reason)
    golden("\n".join(told()), "bot/left_out.txt")


def test_every_date_that_is_named_is_there_as_an_instant_too() -> None:
    verdicts = [verdict_of(*world) for world in WORLDS.values()]

    assert {v.reason for v in verdicts if " by Fri " in v.remedy} == {v.reason for v in verdicts if v.by is not None}


FIRST = MustPass("SIT-B", is_mandatory=True)
NO_LISTS = {
    "another environment first": a_picture(
        READY, programme=a_programme([an_environment("SIT-A", must_pass=(FIRST,)), an_environment("SIT-B")])
    ),
    "no window": a_picture(READY, programme=a_programme([an_environment("SIT-A", weekly=())])),
    "nothing is ready": a_picture(a_defect(tags=frozenset({"Hold"}))),
}


def test_where_there_is_no_list_it_is_said_why(golden: Golden) -> None:
    told = (
        f"{name}\n    no list: {next(words for words in no_list_words(picture) if words.startswith('DCC for SIT-A'))}\n"
        for name, picture in NO_LISTS.items()
    )
    golden("\n".join(told), "bot/no_list.txt")


def test_what_blocks_an_agreed_list_says_who_can_lift_it(golden: Golden) -> None:
    held = a_picture(replace(READY, tags=frozenset({"Hold"})), SEALED)
    emergency = a_sealed_list(
        902,
        state=ListState.RAISED,
        release="5.2.15.1",
        type=ReleaseType.EMERGENCY,
        entries=entries([900], (), "5.2.15.1"),
    )
    rfc = an_rfc(952, of=emergency, state=RfcState.DEPLOYED, deployed_at=NOW)
    fixed = a_defect(900, version="5.2.15.1", tags=frozenset({"Emergency"}))
    owing = a_picture(READY, fixed, SEALED, emergency, rfc, histories={rfc.id: deployed(rfc, NOW)})

    golden("\n".join((*blocks(SEALED, held), *blocks(SEALED, owing), "")), "bot/blocks.txt")

"""Readiness: each rule that leaves a resolved fix out, in the words that people read, and what would change it."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from bot.defect import Defect
from bot.environment import Dated, Weekly
from bot.left_out import LeftOut, Reason
from bot.number import ReleaseType
from bot.picture import Picture
from tests.bot.numbered_world import numbered
from tests.bot.world import (
    MONDAY,
    SIT_A,
    SIT_B,
    UIT,
    a_change_request,
    a_defect,
    a_list,
    a_party,
    a_picture,
    a_programme,
    a_sealed_list,
    an_environment,
    entries,
)

BY = " by Fri 04-Dec-2026 09:00 GMT"
IN = "in the list for Mon 07-Dec-2026"


def left_out(picture: Picture, id: int = 123, party: str = "DCC") -> LeftOut | None:
    return next((verdict for verdict in picture.drafts[party].left_out if verdict.defect == id), None)


def told(defect: Defect, **world: Any) -> tuple[Reason, str, str] | None:
    verdict = left_out(a_picture(defect, a_defect(99), **world), defect.id)
    return None if verdict is None else (verdict.reason, verdict.words, verdict.remedy)


@pytest.mark.parametrize(
    ("defect", "reason", "words", "remedy"),
    [
        pytest.param(
            a_defect(duplicate_of=frozenset({77, 45})),
            Reason.DUPLICATE,
            "it is a duplicate of 45, which cannot be read",
            f"{IN} if the link is removed, or leads to another,{BY}",
            id="a duplicate",
        ),
        pytest.param(
            a_defect(found_in="SIT-A; SIT-B"),
            Reason.TWO_ENVIRONMENTS,
            "it names 2 environments that found it: SIT-A, SIT-B",
            f"{IN} if only the one that found it is named on the defect{BY}",
            id="found in two environments",
        ),
        pytest.param(
            a_defect(found_in=""),
            Reason.NOWHERE_FOUND,
            "no environment is named as the one that found it",
            f"{IN} if SIT-A, SIT-B or UIT is named on the defect{BY}",
            id="found nowhere",
        ),
        pytest.param(
            a_defect(found_in="SIT-C"),
            Reason.UNKNOWN_ENVIRONMENT,
            "it was found in SIT-C, which is none of the environments",
            f"{IN} if SIT-A, SIT-B or UIT is named on the defect{BY}",
            id="found in an environment that nobody configured",
        ),
        pytest.param(
            a_defect(tags=frozenset({"hold"})),
            Reason.HELD,
            "a person holds it (tag Hold)",
            f"{IN} if the tag Hold is removed{BY}",
            id="held, however the tag is spelt",
        ),
        pytest.param(
            a_defect(version="  "),
            Reason.NO_VERSION,
            "no fix version is named",
            f"{IN} if a version such as 1.2.3.0 is named{BY}",
            id="no version",
        ),
        pytest.param(
            a_defect(version=" abc "),
            Reason.NO_VERSION,
            "its fix version reads “abc”, which is no release number",
            f"{IN} if a version such as 1.2.3.0 is named{BY}",
            id="a version that cannot be read",
        ),
        pytest.param(
            a_defect(version="5.3.0.0"),
            Reason.OTHER_TYPE,
            "its version 5.3.0.0 is of type minor, and no window for that type is planned",
            "in a list once an environment of DCC has such a window by date; or correct the version",
            id="a version of another type",
        ),
        pytest.param(
            a_defect(version="5.2.16.1"),
            Reason.OTHER_TYPE,
            "its version 5.2.16.1 is an emergency's, and nobody has asked for one (tag Emergency)",
            f"the test manager asks for it with the tag Emergency; or {IN} if a regular version is named{BY}",
            id="an emergency's version that nobody has asked for",
        ),
        pytest.param(
            a_defect(version="5.2.15.1", tags=frozenset({"emergency"})),
            Reason.OTHER_TYPE,
            "it travels as emergency 5.2.15.1, on a list of its own",
            "nothing to do: the next regular release carries it too",
            id="an emergency",
        ),
        pytest.param(
            a_defect(version="5.2.15.1", tags=frozenset({"Emergency", "Hold"})),
            Reason.HELD,
            "a person holds it (tag Hold)",
            f"{IN} if the tag Hold is removed{BY}",
            id="an emergency that is held",
        ),
        pytest.param(
            a_defect(version="5.2.15.0"),
            Reason.ALREADY_SEALED,
            "its version 5.2.15.0 is not above 5.2.15.0, which ran before any list was made",
            f"if 5.2.15.0 carries it, the release manager hands it to retest; or {IN} if a later version is named{BY}",
            id="a version that runs since before the first list",
        ),
        pytest.param(
            a_defect(planned_for=date(2026, 12, 8)),
            Reason.PLANNED_LATER,
            "it is planned for Tue 08-Dec-2026, after the window of Mon 07-Dec-2026",
            f"in the list for Mon 14-Dec-2026; or {IN} if its planned-for date is moved{BY}",
            id="planned for the day after the window",
        ),
    ],
)
def test_a_fix_is_left_out_for_a_reason_and_with_a_remedy(
    defect: Defect, reason: Reason, words: str, remedy: str
) -> None:
    assert told(defect) == (reason, words, remedy)


@pytest.mark.parametrize(
    "defect",
    [
        pytest.param(a_defect(), id="resolved, with a version, where the party deploys"),
        pytest.param(a_defect(severity=""), id="without a severity"),
        pytest.param(a_defect(version="5.2.16"), id="a version of three places"),
        pytest.param(a_defect(version=" Configuration "), id="a configuration fix, which has no build"),
        pytest.param(a_defect(planned_for=date(2026, 12, 7)), id="planned for the day of the window"),
        pytest.param(a_defect(planned_for=date(2026, 11, 1)), id="planned for a day that is past"),
        pytest.param(a_defect(tags=frozenset({"Hold SIT-B"})), id="held for one environment only"),
        pytest.param(a_defect(tags=frozenset({"Holding", "on hold"})), id="tags that only look like a hold"),
        pytest.param(a_change_request(), id="a change request, which nobody found anywhere"),
        pytest.param(a_change_request(found_in="SIT-A; SIT-B"), id="a change request for two environments"),
    ],
)
def test_a_ready_fix_is_in(defect: Defect) -> None:
    picture = a_picture(defect, a_defect(99))

    assert left_out(picture, defect.id) is None
    assert defect.id in {fix.defect for fix in picture.drafts["DCC"].fixes}


def test_a_defect_found_where_its_party_does_not_deploy_is_left_out() -> None:
    programme = a_programme(parties=[a_party(environments=("SIT-A", "SIT-B"))])

    assert told(a_defect(found_in="UIT"), programme=programme) == (
        Reason.NOT_THEIR_ENVIRONMENT,
        "it was found in UIT, where DCC does not deploy",
        f"{IN} if the environment or the party is corrected on the defect{BY}",
    )


@pytest.mark.parametrize(
    ("tested_in", "is_in"),
    [
        pytest.param(frozenset({"SIT Staging"}), True, id="tested"),
        pytest.param(frozenset({"lab", "sit staging"}), True, id="tested there too, in another spelling"),
        pytest.param(frozenset({"lab"}), False, id="tested elsewhere"),
        pytest.param(frozenset(), False, id="not tested"),
    ],
)
def test_where_internal_testing_is_asked_for_a_fix_waits_for_it(tested_in: frozenset[str], is_in: bool) -> None:
    found = told(a_defect(tested_in=tested_in), programme=a_programme(internal_test="SIT Staging"))
    reason, words = Reason.INTERNAL_TEST, "its internal test in SIT Staging has not passed"

    assert found == (None if is_in else (reason, words, f"{IN} if its tested-in field names SIT Staging{BY}"))


@pytest.mark.parametrize(
    ("found_in", "is_in"),
    [
        pytest.param("UIT", True, id="it comes there on Thursday"),
        pytest.param("SIT-A", False, id="it comes there on Monday"),
    ],
)
def test_a_fix_planned_for_wednesday_waits_only_where_its_own_list_is_before(found_in: str, is_in: bool) -> None:
    on_thursdays = an_environment("UIT", weekly=(Weekly(3, time(9), timedelta(hours=2)),))
    programme = a_programme([SIT_A, SIT_B, on_thursdays])

    found = told(a_defect(found_in=found_in, planned_for=date(2026, 12, 9)), programme=programme)

    assert (found is None) is is_in


def test_planned_for_a_day_from_which_no_window_is_known_it_joins_the_first_from_then_on() -> None:
    once = Dated(MONDAY, MONDAY + timedelta(hours=2), ReleaseType.PATCH)
    programme = a_programme([an_environment("SIT-A", weekly=(), dated=(once,))])

    found = told(a_defect(planned_for=date(2030, 1, 1)), programme=programme)

    assert found is not None
    rather = "in the list for the first window from then on"
    assert found[2] == f"{rather}; or {IN} if its planned-for date is moved{BY}"


def test_where_the_party_has_one_environment_that_one_is_asked_for() -> None:
    found = told(a_defect(found_in=""), programme=a_programme(parties=[a_party(environments=("SIT-A",))]))

    assert found is not None
    assert found[2] == f"{IN} if SIT-A is named on the defect{BY}"


@pytest.mark.parametrize(
    ("tags", "reason", "words", "remedy"),
    [
        pytest.param(
            frozenset({"Emergency"}),
            Reason.OTHER_TYPE,
            "it travels as an emergency, on a list of its own",
            "nothing to do: the next regular release carries it too",
            id="an emergency",
        ),
        pytest.param(
            frozenset({"Emergency", "Hold"}),
            Reason.HELD,
            "a person holds it (tag Hold)",
            f"{IN} if the tag Hold is removed{BY}",
            id="an emergency that is held",
        ),
    ],
)
def test_an_emergency_that_shunter_numbers_needs_no_version(
    tags: frozenset[str], reason: Reason, words: str, remedy: str
) -> None:
    verdict = left_out(Picture(numbered(a_defect(version="", tags=tags))))

    assert verdict is not None
    assert (verdict.reason, verdict.words, verdict.remedy) == (reason, words, remedy)


def test_people_read_the_types_under_the_names_of_their_programme() -> None:
    programme = a_programme(type_names={ReleaseType.PATCH: "Regular", ReleaseType.MAJOR: "Baseline"})

    found = told(a_defect(version="6.0.0.0"), programme=programme)

    assert found is not None
    assert found[1] == "its version 6.0.0.0 is of type Baseline, and no window for that type is planned"


def test_a_party_whose_environments_take_different_types_releases_either() -> None:
    sit_a = an_environment("SIT-A", regular_type=ReleaseType.MINOR)
    programme = a_programme(environments=[sit_a, SIT_B, UIT])

    assert told(a_defect(version="5.3.0.0"), programme=programme) is None


def test_a_fix_that_an_agreed_release_brings_is_on_that_release() -> None:
    sealed = a_sealed_list(entries=entries(here=[123]))

    verdict = left_out(a_picture(a_defect(123), sealed))

    assert verdict is not None
    assert verdict.reason is Reason.ALREADY_BROUGHT
    assert verdict.words == "release 5.2.16.0 brings it already"
    assert verdict.remedy == "nothing to do: it is on that release's lists"


def test_a_fix_that_comes_after_its_release_was_agreed_is_left_out() -> None:
    sealed = a_sealed_list(entries=entries(here=[123]))

    verdict = left_out(a_picture(a_defect(555), sealed), 555)

    assert verdict is not None
    assert verdict.reason is Reason.ALREADY_SEALED
    assert verdict.words == "its version 5.2.16.0 is not above 5.2.16.0, which was agreed without it"
    assert verdict.remedy == (
        "if 5.2.16.0 carries it, the release manager accepts it on its RFC; "
        "or in the list for Mon 14-Dec-2026 if a later version is named by Fri 11-Dec-2026 09:00 GMT"
    )


def test_a_version_above_the_number_that_a_person_chose_waits_for_its_own_release() -> None:
    chosen = a_list(release="5.2.16.0", written=None)

    verdict = left_out(a_picture(a_defect(123), a_defect(77, version="5.2.17.0"), chosen), 77)

    assert verdict is not None
    assert verdict.reason is Reason.LATER_THAN_DRAFT
    assert verdict.words == "its version 5.2.17.0 is later than the release 5.2.16.0 that a person chose"
    assert verdict.remedy == f"it joins the list of 5.2.17.0; or {IN} if the list's number is set to 5.2.17.0{BY}"


def test_a_configuration_fix_waits_until_a_build_is_named() -> None:
    verdict = left_out(a_picture(a_defect(123, version="configuration")))

    assert verdict is not None
    assert verdict.reason is Reason.NO_DRAFT
    assert verdict.words == "it travels with the party's next build, and no fix names that build yet"
    assert verdict.remedy == f"{IN} if a fix of its party names that build as its version{BY}"


@pytest.mark.parametrize(
    ("defect", "first"),
    [
        pytest.param(
            a_defect(duplicate_of=frozenset({45}), tags=frozenset({"Hold"}), version=""),
            Reason.DUPLICATE,
            id="a duplicate needs nothing else",
        ),
        pytest.param(
            a_defect(found_in="SIT-C", tags=frozenset({"Hold"})), Reason.UNKNOWN_ENVIRONMENT, id="where first"
        ),
        pytest.param(a_defect(tags=frozenset({"Hold"}), version=""), Reason.HELD, id="a person's word before a field"),
        pytest.param(a_defect(version="abc", planned_for=date(2027, 1, 4)), Reason.NO_VERSION, id="what before when"),
    ],
)
def test_of_several_reasons_the_first_is_shown(defect: Defect, first: Reason) -> None:
    found = told(defect)

    assert found is not None
    assert found[0] is first


def test_an_unknown_party_has_no_draft_and_its_defect_no_harm_on_others() -> None:
    picture = a_picture(a_defect(123), a_defect(124, party="Capgemini"), a_defect(125, party=""))

    assert set(picture.drafts) == {"DCC", "Elexon"}
    assert {fix.defect for fix in picture.drafts["DCC"].fixes} == {123}


def test_without_a_window_nothing_is_planned_for_later_and_no_deadline_is_named() -> None:
    programme = a_programme(environments=[an_environment("SIT-A", weekly=())])

    assert told(a_defect(planned_for=date(2030, 1, 1)), programme=programme) is None
    assert told(a_defect(tags=frozenset({"Hold"})), programme=programme) == (
        Reason.HELD,
        "a person holds it (tag Hold)",
        "in the next list if the tag Hold is removed",
    )

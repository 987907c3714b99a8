"""The checker can fail: of a history that goes as it should it says nothing, and of each that does not it says what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.sandbox.azure import Azure
from adapters.sandbox.mhhs_seeds.people import (
    BOT,
    SIT_DEFECT_MANAGER,
    SIT_RELEASE_MANAGER,
    TESS,
    TIM,
    UIT_RELEASE_MANAGER,
)
from bot.programme import Programme
from tests.campaign.checker import fields as f
from tests.campaign.checker.by_hand import (
    FIXES,
    HOUR,
    MONDAY,
    approved,
    bot,
    delivered,
    deployed,
    handed_over,
    note_of,
    proposed,
    put_back,
    raised,
    raised_anew,
    sealed,
)
from tests.campaign.checker.checking import Checker, check
from tests.campaign.checker.heard import overhearing
from tests.jobs.play import playing
from tests.jobs.small_world import SEEDS, small_settings, small_world
from tests.jobs.test_lost_database import a_fortnight

DCC = "rm@dcc.example"
DEPLOYER = "dora.okafor@si.example"
Story = Callable[[Azure], object]


@pytest.fixture
def azure() -> Azure:
    return small_world(seed for seed in SEEDS if seed.party == "DCC")


@pytest.fixture
def programme(azure: Azure, tmp_path: Path) -> Programme:
    return small_settings(azure, "http://127.0.0.1/sandbox", tmp_path).programme


def as_it_should(azure: Azure) -> None:
    """Two environments; one release is deployed twice, rolled back and put back; a defect is accepted by name."""
    here, there = delivered(azure), delivered(azure, "SIT-B")
    handed_over(azure, 123, here)
    azure.person(SIT_RELEASE_MANAGER).edit(there, {f.ACCEPTED: "468"})
    handed_over(azure, 468, there)
    azure.person(DEPLOYER).set_state(here, f.ROLLED_BACK)
    put_back(azure, 123)
    azure.person(DEPLOYER).set_state(here, f.APPROVED)
    azure.person(DEPLOYER).set_state(here, f.DEPLOYED)
    handed_over(azure, 123, here)


def two_rfcs(azure: Azure) -> None:
    raised(azure, _sealed_list(azure))
    raised(azure, _sealed_list(azure))


def one_beside_a_persons(azure: Azure) -> None:
    azure.person(DCC).create(f.RFC, {f.TITLE: "By hand", f.ENVIRONMENT: "SIT-A", f.PARTY: "DCC", f.NUMBER: "5.2.16"})
    azure.clock.advance(HOUR)
    raised(azure, _sealed_list(azure))


def raised_after_it_was_deleted(azure: Azure) -> None:
    list_ = _sealed_list(azure)
    azure.person(SIT_RELEASE_MANAGER).delete(raised(azure, list_))
    raised(azure, list_)


def raised_from_another_list_after_it_was_deleted(azure: Azure) -> None:
    azure.person(SIT_RELEASE_MANAGER).delete(raised(azure, _sealed_list(azure)))
    raised(azure, _sealed_list(azure))


def raised_as_somebody_asks(azure: Azure) -> None:
    """Its list is set back to proposed, and agreed again."""
    list_ = _sealed_list(azure)
    azure.person(SIT_RELEASE_MANAGER).delete(raised(azure, list_))
    azure.person(SIT_DEFECT_MANAGER).set_state(list_, f.PROPOSED)
    sealed(azure, list_, edition=2)
    raised(azure, list_)


def raised_after_it_was_withdrawn(azure: Azure) -> None:
    list_ = _sealed_list(azure)
    rfc = raised(azure, list_)
    azure.person(SIT_RELEASE_MANAGER).set_state(rfc, f.WITHDRAWN)
    azure.person(SIT_RELEASE_MANAGER).delete(rfc)
    raised(azure, list_)


def closed_as_the_second(azure: Azure) -> None:
    two_rfcs(azure)
    first, second = azure.items(f.RFC)
    _closed_as_duplicate(azure, second.id, first.id)


def raised_after_the_first_of_two_was_withdrawn(azure: Azure) -> None:
    closed_as_the_second(azure)
    azure.person(SIT_RELEASE_MANAGER).set_state(azure.items(f.RFC)[0].id, f.WITHDRAWN)
    raised(azure, _sealed_list(azure))


def closed_as_the_first(azure: Azure) -> None:
    two_rfcs(azure)
    first, second = azure.items(f.RFC)
    _closed_as_duplicate(azure, first.id, second.id)


def closed_as_anothers_duplicate(azure: Azure) -> None:
    other = raised_anew(azure, number="5.2.15.0")
    _closed_as_duplicate(azure, raised_anew(azure), other)


def closed_beside_what_was_withdrawn(azure: Azure) -> None:
    first, second = raised_anew(azure), raised_anew(azure)
    azure.person(SIT_RELEASE_MANAGER).set_state(first, f.WITHDRAWN)
    _closed_as_duplicate(azure, second, first)


def closed_over_a_person(azure: Azure) -> None:
    first, second = raised_anew(azure), raised_anew(azure)
    azure.person(SIT_RELEASE_MANAGER).edit(second, {f.TITLE: "This is the one"})
    _closed_as_duplicate(azure, second, first)


def _closed_as_duplicate(azure: Azure, id: int, first: int) -> None:
    bot(azure).edit(id, {f.STATE: f.CLOSED, f.OUTCOME: f"duplicate of RFC {first}"})


def two_lists(azure: Azure) -> None:
    proposed(azure)
    proposed(azure, number="5.2.17.0")


def two_lists_of_which_one_is_a_persons(azure: Azure) -> None:
    proposed(azure)
    azure.person(SIT_DEFECT_MANAGER).edit(proposed(azure), {f.TITLE: "Mine"})


def one_that_becomes_another(azure: Azure) -> None:
    raised_anew(azure)
    other = raised_anew(azure, number="5.2.17.0")
    bot(azure).edit(other, {f.NUMBER: "5.2.16.0"})


def by_no_rfc(azure: Azure) -> None:
    delivered(azure)
    bot(azure).edit(123, {f.STATE: f.RETEST})


def of_another_environment(azure: Azure) -> None:
    """The same release, where it was not found."""
    handed_over(azure, 246, delivered(azure))


def what_no_list_names(azure: Azure) -> None:
    handed_over(azure, 456, delivered(azure))


def what_was_added_after_the_seal(azure: Azure) -> None:
    list_ = _sealed_list(azure)
    rfc = raised(azure, list_)
    azure.person(SIT_DEFECT_MANAGER).link(list_, f.ENTRY, 456, "5.2.16.0, retest here")
    approved(azure, rfc)
    deployed(azure, rfc)
    handed_over(azure, 456, rfc)


def what_its_party_accepted(azure: Azure) -> None:
    rfc = delivered(azure)
    azure.person(DCC).edit(rfc, {f.ACCEPTED: "456"})
    handed_over(azure, 456, rfc)


def what_was_not_delivered(azure: Azure) -> None:
    rfc = delivered(azure)
    azure.person(DCC).edit(rfc, {f.DELIVERED: "<p>246</p>"})
    handed_over(azure, 123, rfc)


def what_waits_for_a_later_version(azure: Azure) -> None:
    rfc = delivered(azure)
    azure.person(DCC).edit(123, {f.VERSION: "5.2.17.0"})
    handed_over(azure, 123, rfc)


def to_nobody(azure: Azure) -> None:
    bot(azure).edit(123, {f.STATE: f.RETEST, f.DELIVERED_BY: delivered(azure)})


def to_who_raised_it_beside_its_tester(azure: Azure) -> None:
    rfc = delivered(azure)
    azure.person(TESS).edit(123, {f.RETEST_BY: TIM})
    bot(azure).edit(123, {f.STATE: f.RETEST, f.DELIVERED_BY: rfc, f.ASSIGNED_TO: TESS})


def to_the_one_who_is_named(azure: Azure) -> None:
    rfc = delivered(azure)
    azure.person(TESS).edit(123, {f.RETEST_BY: TIM})
    handed_over(azure, 123, rfc)


def sets(name: str, value: object, id: int = 123) -> Story:
    return lambda azure: bot(azure).edit(id, {name: value})


def accepts_by_itself(azure: Azure) -> None:
    bot(azure).edit(delivered(azure), {f.ACCEPTED: "456"})


def waives_by_itself(azure: Azure) -> None:
    bot(azure).edit(proposed(azure), {f.WAIVER: "agreed by phone"})


def answered(*comments: int) -> Story:
    def story(azure: Azure) -> None:
        list_ = proposed(azure)
        for comment in comments:
            bot(azure).comment(list_, f"<p>Re comment {comment}: 123 is held (tag Hold).</p>")

    return story


def before_it_is_deployed(azure: Azure) -> None:
    rfc = raised_anew(azure)
    approved(azure, rfc)
    handed_over(azure, 123, rfc)


def after_it_failed(azure: Azure) -> None:
    rfc = raised_anew(azure)
    approved(azure, rfc)
    azure.person(DEPLOYER).edit(rfc, {f.STATE: f.DEPLOYED, f.OUTCOME: "failed"})
    handed_over(azure, 123, rfc)


def after_it_was_rolled_back(azure: Azure) -> None:
    rfc = delivered(azure)
    azure.person(DEPLOYER).set_state(rfc, f.ROLLED_BACK)
    handed_over(azure, 123, rfc)


def unapproved(azure: Azure) -> None:
    rfc = raised_anew(azure)
    deployed(azure, rfc)
    handed_over(azure, 123, rfc)


def approved_by(who: str) -> Story:
    def story(azure: Azure) -> None:
        rfc = raised_anew(azure)
        approved(azure, rfc, who)
        deployed(azure, rfc)
        handed_over(azure, 123, rfc)

    return story


def approved_before_it_was_changed(azure: Azure) -> None:
    rfc = raised_anew(azure)
    approved(azure, rfc)
    bot(azure).edit(rfc, {f.SEAL: "another"})
    deployed(azure, rfc)
    handed_over(azure, 123, rfc)


def a_persons_link_taken_off(azure: Azure) -> None:
    bot(azure).unlink(_with_a_persons_link(azure), f.ENTRY, 456)


def a_persons_link_taken_off_and_put_back(azure: Azure) -> None:
    list_ = _with_a_persons_link(azure)
    bot(azure).unlink(list_, f.ENTRY, 456)
    bot(azure).link(list_, f.ENTRY, 456, "see also")


def a_persons_link_that_became_an_entry(azure: Azure) -> None:
    """And left the list again with its fix."""
    list_ = _with_a_persons_link(azure)
    bot(azure).edit(list_, {f.BODY: '<a href="http://x/_workitems/edit/456">456</a>'})
    bot(azure).unlink(list_, f.ENTRY, 456)
    bot(azure).link(list_, f.ENTRY, 456, "5.2.16.0, retest here")
    bot(azure).unlink(list_, f.ENTRY, 456)


def _with_a_persons_link(azure: Azure) -> int:
    list_ = proposed(azure)
    azure.person(SIT_DEFECT_MANAGER).link(list_, f.ENTRY, 456, "see also")
    return list_


def with_another_number(azure: Azure) -> None:
    """Somebody edits it after the approval."""
    rfc = delivered(azure)
    azure.person(DCC).edit(rfc, {f.NUMBER: "5.2.16.1"})
    handed_over(azure, 123, rfc)


def with_its_number_in_other_words(azure: Azure) -> None:
    rfc = delivered(azure)
    azure.person(DCC).edit(rfc, {f.NUMBER: "5.2.16"})
    handed_over(azure, 123, rfc)


def raised_for_another(name: str, value: object) -> Story:
    """The list is not what the RFC says."""

    def story(azure: Azure) -> None:
        list_ = proposed(azure)
        sealed(azure, list_)
        was = azure.item(list_).fields[name]
        bot(azure).edit(list_, {name: value})
        raised(azure, list_)
        bot(azure).edit(list_, {name: was})

    return story


def with_an_approval_taken_back(azure: Azure) -> None:
    rfc = raised_anew(azure)
    approved(azure, rfc)
    azure.person(SIT_RELEASE_MANAGER).set_state(rfc, f.RAISED)
    deployed(azure, rfc)
    handed_over(azure, 123, rfc)


def confirmed_by_anybody(azure: Azure) -> None:
    rfc = raised_anew(azure)
    approved(azure, rfc)
    deployed(azure, rfc, by=TESS)
    handed_over(azure, 123, rfc)


def dated_in_the_future(azure: Azure) -> None:
    rfc = delivered(azure)
    azure.person(DEPLOYER).edit(rfc, {f.DEPLOYED_AT: azure.clock.now() + timedelta(days=1)})
    handed_over(azure, 123, rfc)


def put_back_over_a_tester(azure: Azure) -> None:
    rfc = delivered(azure)
    handed_over(azure, 123, rfc)
    azure.person(TESS).edit(123, {f.TITLE: "I am at it"})
    azure.person(DEPLOYER).set_state(rfc, f.ROLLED_BACK)
    put_back(azure, 123)


def put_back_without_a_rollback(azure: Azure) -> None:
    handed_over(azure, 123, delivered(azure))
    put_back(azure, 123)


def put_back_on_anybodys_word(azure: Azure) -> None:
    rfc = delivered(azure)
    handed_over(azure, 123, rfc)
    azure.person(TESS).set_state(rfc, f.ROLLED_BACK)
    put_back(azure, 123)


def put_back_by_an_old_rollback(azure: Azure) -> None:
    """It was rolled back once, and is deployed again since."""
    _put_back_and_deployed_again(azure)
    put_back(azure, 123)


def put_back_for_each_rollback(azure: Azure) -> None:
    rfc = _put_back_and_deployed_again(azure)
    azure.person(DEPLOYER).set_state(rfc, f.ROLLED_BACK)
    azure.person(DEPLOYER).set_state(rfc, f.APPROVED)
    put_back(azure, 123)


def put_back_once_it_is_confirmed(azure: Azure) -> None:
    rfc = delivered(azure)
    handed_over(azure, 123, rfc)
    azure.person(TESS).set_state(rfc, f.ROLLED_BACK)
    azure.person(DEPLOYER).edit(rfc, {f.EVIDENCE: "I took it away."})
    put_back(azure, 123)


def rolled_back_and_forgotten(azure: Azure) -> None:
    rfc = delivered(azure)
    handed_over(azure, 123, rfc)
    azure.person(DEPLOYER).set_state(rfc, f.ROLLED_BACK)


def rolled_back_on_anybodys_word(azure: Azure) -> None:
    rfc = delivered(azure)
    handed_over(azure, 123, rfc)
    azure.person(TESS).set_state(rfc, f.ROLLED_BACK)


def rolled_back_after_a_tester_began(azure: Azure) -> None:
    rfc = delivered(azure)
    handed_over(azure, 123, rfc)
    azure.person(TESS).edit(123, {f.TITLE: "I am at it"})
    azure.person(DEPLOYER).set_state(rfc, f.ROLLED_BACK)


def _put_back_and_deployed_again(azure: Azure) -> int:
    rfc = delivered(azure)
    handed_over(azure, 123, rfc)
    azure.person(DEPLOYER).set_state(rfc, f.ROLLED_BACK)
    put_back(azure, 123)
    azure.person(DEPLOYER).set_state(rfc, f.APPROVED)
    azure.person(DEPLOYER).set_state(rfc, f.DEPLOYED)
    handed_over(azure, 123, rfc)
    return rfc


def closed_by_the_bot(azure: Azure) -> None:
    bot(azure).set_state(123, f.CLOSED)


def handed_over_again(azure: Azure) -> None:
    rfc = delivered(azure)
    handed_over(azure, 123, rfc)
    azure.person(SIT_DEFECT_MANAGER).set_state(123, f.RESOLVED)
    bot(azure).set_state(123, f.RETEST)


def a_note_written_over(azure: Azure) -> None:
    rfc = raised_anew(azure)
    note = azure.item(rfc).fields[f.NOTE]
    azure.person(SIT_RELEASE_MANAGER).edit(rfc, {f.NOTE: "I write my own notes."})
    bot(azure).edit(rfc, {f.NOTE: note})


def a_number_written_over(azure: Azure) -> None:
    list_ = proposed(azure)
    azure.person(SIT_DEFECT_MANAGER).edit(list_, {f.NUMBER: "5.2.18.0"})
    bot(azure).edit(list_, {f.NUMBER: "5.2.16.0"})


def eleven_times_a_day(azure: Azure) -> None:
    list_ = proposed(azure)
    for hour in range(10):
        azure.clock.advance(HOUR)
        bot(azure).edit(list_, {f.BODY: f"At {hour}"})


def every_poll(azure: Azure) -> None:
    list_ = proposed(azure)
    azure.clock.advance(HOUR)
    bot(azure).edit(list_, {f.BODY: "Once"})
    azure.clock.advance(timedelta(minutes=2))
    bot(azure).edit(list_, {f.BODY: "And again"})


def a_note_that_leaves_one_out(azure: Azure) -> None:
    raised(azure, _sealed_list(azure), note=note_of(azure, 123))


def a_note_that_counts_wrongly(azure: Azure) -> None:
    list_ = _sealed_list(azure)
    raised(azure, list_, note=note_of(azure, 123, 246).replace("2 defects", "3 defects"))


def a_note_with_another_title(azure: Azure) -> None:
    note = note_of(azure, 123, 246).replace("Switch request", "Some request")
    raised(azure, _sealed_list(azure), note=note)


def links_that_lack_one(azure: Azure) -> None:
    list_ = _sealed_list(azure)
    bot(azure).unlink(list_, f.ENTRY, 246)
    raised(azure, list_, note=note_of(azure, 123, 246))


def asked_for_again_by_the_bot(azure: Azure) -> None:
    rfc = raised_anew(azure)
    azure.person(SIT_RELEASE_MANAGER).set_state(rfc, f.REJECTED)
    bot(azure).set_state(rfc, f.RAISED)


def asked_for_again_once_it_is_agreed_again(azure: Azure) -> None:
    rfc = raised_anew(azure)
    azure.person(SIT_RELEASE_MANAGER).set_state(rfc, f.REJECTED)
    list_ = int(str(azure.item(rfc).fields[f.LIST_OF_RFC]))
    bot(azure).edit(list_, {f.STATE: f.PROPOSED, f.SEAL: None})
    sealed(azure, list_, edition=2)
    bot(azure).set_state(rfc, f.RAISED)


def approved_by_the_bot(azure: Azure) -> None:
    approved(azure, raised_anew(azure), BOT)


def agreed_by_the_bot(azure: Azure) -> None:
    bot(azure).set_state(proposed(azure), f.AGREED)


def agreed_by(who: str) -> Story:
    def story(azure: Azure) -> None:
        list_ = proposed(azure)
        azure.person(who).set_state(list_, f.AGREED)
        bot(azure).edit(list_, {f.SEAL: "1", f.EDITION: 1})

    return story


def agreed_again_by_somebody_else(azure: Azure) -> None:
    """The defect manager's agreement was taken back."""
    list_ = _sealed_list(azure)
    azure.person(DCC).set_state(list_, f.PROPOSED)
    azure.person(DCC).set_state(list_, f.AGREED)
    bot(azure).edit(list_, {f.SEAL: "2", f.EDITION: 2})


def another_window_of_a_raised_list(azure: Azure) -> None:
    list_ = _sealed_list(azure)
    raised(azure, list_)
    azure.person(SIT_RELEASE_MANAGER).edit(list_, {f.WINDOW_START: MONDAY + timedelta(days=7)})
    bot(azure).edit(list_, {f.SEAL: "2", f.EDITION: 2})


def held_for(who: str) -> Story:
    def story(azure: Azure) -> None:
        list_ = proposed(azure)
        azure.person(who).comment(list_, "<div>/hold 123 no data</div>")
        (comment,) = azure.item(list_).comments
        words = f"{who} asks for it in comment {comment.id} on list {list_}: no data"
        bot(azure).edit(123, {f.TAGS: "Hold", "System.History": words})

    return story


def moved_for_the_defect_manager(azure: Azure) -> None:
    """The list is told with a link."""
    list_ = proposed(azure)
    azure.person(SIT_DEFECT_MANAGER).comment(list_, "<div>/move 123 2026-12-14</div>")
    (comment,) = azure.item(list_).comments
    link = f'<a href="http://x/_workitems/edit/{list_}">{list_}</a>'
    words = f"<p>{SIT_DEFECT_MANAGER} asks for it in comment {comment.id} on list {link}.</p>"
    bot(azure).edit(123, {f.PLANNED_FOR: MONDAY, "System.History": words})


def held_for_nobody(azure: Azure) -> None:
    bot(azure).edit(123, {f.TAGS: "Hold"})


def deployed_by_the_bot(azure: Azure) -> None:
    rfc = raised_anew(azure)
    approved(azure, rfc)
    deployed(azure, rfc, BOT)


def deployed_by_evidence_that_nobody_has(azure: Azure) -> None:
    rfc = raised_anew(azure)
    approved(azure, rfc)
    mark = "run 0123456789ab; rule evidence; number -; text -; seen"
    bot(azure).edit(rfc, {f.STATE: f.DEPLOYED, f.EVIDENCE: "pipeline dcc, 5.2.16.0", f.WRITTEN: mark})


def one_number_after_a_later_one(azure: Azure) -> None:
    raised_anew(azure, number="5.2.17.0")
    raised_anew(azure, "SIT-B", number="5.2.16.0")


def one_number_after_a_later_seal(azure: Azure) -> None:
    sealed(azure, proposed(azure, number="5.2.17.0"))
    raised_anew(azure, "SIT-B", number="5.2.16.0")


def one_number_after_a_later_one_that_was_withdrawn(azure: Azure) -> None:
    azure.person(SIT_RELEASE_MANAGER).delete(raised_anew(azure, number="5.2.17.0"))
    raised_anew(azure, "SIT-B", number="5.2.16.0")


def one_number_after_a_later_one_was_given_back(azure: Azure) -> None:
    list_ = proposed(azure, number="5.2.17.0")
    sealed(azure, list_)
    azure.person(SIT_DEFECT_MANAGER).edit(list_, {f.NUMBER: ""})
    bot(azure).edit(list_, {f.STATE: f.PROPOSED, f.SEAL: ""})
    raised_anew(azure, "SIT-B", number="5.2.16.0")


def more_than_was_deployed(azure: Azure) -> None:
    delivered(azure)
    sealed(azure, proposed(azure, "SIT-B", fixes=FIXES | {456: "5.2.16.0, retest elsewhere"}))


def more_than_was_deployed_without_a_list(azure: Azure) -> None:
    """The RFC was rejected, its list taken back; and somebody deployed it all the same."""
    rfc = raised_anew(azure)
    bot(azure).edit(int(str(azure.item(rfc).fields[f.LIST_OF_RFC])), {f.STATE: f.PROPOSED, f.SEAL: None})
    approved(azure, rfc)
    deployed(azure, rfc)
    sealed(azure, proposed(azure, "SIT-B", fixes=FIXES | {456: "5.2.16.0, retest elsewhere"}))


def more_than_was_deployed_by_a_list_that_was_taken_back_since(azure: Azure) -> None:
    rfc = delivered(azure)
    bot(azure).edit(int(str(azure.item(rfc).fields[f.LIST_OF_RFC])), {f.STATE: f.PROPOSED, f.SEAL: None})
    sealed(azure, proposed(azure, "SIT-B", fixes=FIXES | {456: "5.2.16.0, retest elsewhere"}))


def as_much_as_was_accepted_where_it_was_deployed(azure: Azure) -> None:
    azure.person(SIT_RELEASE_MANAGER).edit(delivered(azure), {f.ACCEPTED: "456"})
    sealed(azure, proposed(azure, "SIT-B", fixes=FIXES | {456: "5.2.16.0, retest elsewhere"}))


def two_contents_of_one_number(azure: Azure) -> None:
    raised_anew(azure)
    sealed(azure, proposed(azure, "SIT-B", fixes={246: "5.2.16.0, retest here"}))


def one_taken_off_beside_its_rfc(azure: Azure) -> None:
    _one_is_taken_off(azure)


def two_contents_of_which_one_was_accepted_for_a_while(azure: Azure) -> None:
    rfc, manager = delivered(azure), azure.person(SIT_RELEASE_MANAGER)
    manager.edit(rfc, {f.ACCEPTED: "456"})
    sealed(azure, proposed(azure, "SIT-B", fixes=FIXES | {456: "5.2.16.0, retest elsewhere"}))
    manager.edit(rfc, {f.ACCEPTED: "468"})


def two_contents_as_was_delivered_by_an_rfc_that_is_deleted(azure: Azure) -> None:
    rfc = raised_anew(azure)
    azure.person(DCC).edit(rfc, {f.DELIVERED: "246"})
    sealed(azure, proposed(azure, "SIT-B", fixes={246: "5.2.16.0, retest here"}))
    azure.person(SIT_RELEASE_MANAGER).delete(rfc)


def one_taken_off_and_its_rfc_deleted(azure: Azure) -> None:
    azure.person(SIT_RELEASE_MANAGER).delete(_one_is_taken_off(azure))


def _one_is_taken_off(azure: Azure) -> int:
    """The RFC of the list; the other environment's list does not name it either."""
    list_ = _sealed_list(azure)
    rfc = raised(azure, list_)
    azure.person(SIT_DEFECT_MANAGER).unlink(list_, f.ENTRY, 123)
    sealed(azure, proposed(azure, "SIT-B", fixes={246: "5.2.16.0, retest here"}))
    return rfc


def one_that_is_not_named(azure: Azure) -> None:
    """The text of the list leaves out 789 and says nothing of it."""
    proposed(azure)


def one_that_another_list_names(azure: Azure) -> None:
    """SIT-A's, to which it is delivered as well; that of SIT-B, which found it, neither carries nor names it."""
    raised_anew(azure)
    proposed(azure, "SIT-B", fixes={456: "5.2.16.0, retest elsewhere"})


def one_that_its_list_leaves_out(azure: Azure) -> None:
    raised_anew(azure)
    list_ = proposed(azure, "SIT-B", fixes={456: "5.2.16.0, retest elsewhere"})
    bot(azure).edit(list_, {f.BODY: note_of(azure, 246, 468)})


def one_beside_an_emergency(azure: Azure) -> None:
    emergency = proposed(azure, number="5.2.15.1", fixes={456: "5.2.15.1, retest here"})
    bot(azure).edit(emergency, {f.RELEASE_TYPE: f.EMERGENCY})


def one_that_is_on_no_list(azure: Azure) -> None:
    azure.person(DCC).edit(789, {f.VERSION: "5.2.18.0"})
    raised_anew(azure)


def deployed_and_forgotten(azure: Azure) -> None:
    delivered(azure)


def deployed_and_asked_for_again(azure: Azure) -> None:
    approved(azure, delivered(azure))


def deployed_without_its_list(azure: Azure) -> None:
    rfc = delivered(azure)
    azure.person(SIT_RELEASE_MANAGER).delete(int(str(azure.item(rfc).fields[f.LIST_OF_RFC])))


def accepted_without_its_list(azure: Azure) -> None:
    deployed_without_its_list(azure)
    azure.person(SIT_RELEASE_MANAGER).edit(azure.items(f.RFC)[0].id, {f.ACCEPTED: "123"})


def taken_back(azure: Azure) -> None:
    _failed_retest(azure)
    azure.person(SIT_DEFECT_MANAGER).set_state(123, f.RESOLVED)


def deployed_again_and_forgotten(azure: Azure) -> None:
    """Its retest failed, and a second fix of it has arrived."""
    _failed_retest(azure)
    azure.person(DCC).edit(123, {f.STATE: f.RESOLVED, f.VERSION: "5.2.17.0"})
    rfc = raised_anew(azure, number="5.2.17.0", fixes={123: "5.2.17.0, retest here"})
    approved(azure, rfc)
    deployed(azure, rfc)


def one_that_is_on_no_list_after_its_retest(azure: Azure) -> None:
    _failed_retest(azure)
    azure.person(DCC).edit(123, {f.STATE: f.RESOLVED, f.VERSION: "5.2.17.0"})


def _failed_retest(azure: Azure) -> None:
    handed_over(azure, 123, delivered(azure))
    azure.person(TESS).set_state(123, "Active")


def an_emergency_that_is_lost(azure: Azure) -> None:
    emergency = raised_anew(azure, number="5.2.15.1", fixes={789: "5.2.15.1, retest here"})
    approved(azure, emergency)
    deployed(azure, emergency)
    raised_anew(azure)


def an_emergency_that_the_next_edition_lacks(azure: Azure) -> None:
    """It is deployed while the release waits."""
    rfc = raised_anew(azure)
    emergency = raised_anew(azure, number="5.2.15.1", fixes={789: "5.2.15.1, retest here"})
    approved(azure, emergency)
    deployed(azure, emergency)
    list_ = azure.item(rfc).fields[f.LIST_OF_RFC]
    assert isinstance(list_, int)
    sealed(azure, list_, edition=2)
    bot(azure).edit(rfc, {f.SEAL: azure.item(list_).fields[f.SEAL], f.EDITION: 2})


def what_the_environment_missed(azure: Azure) -> None:
    """5.2.16.0 was never asked for in SIT-B."""
    delivered(azure)
    sealed(azure, proposed(azure, "SIT-B", "5.2.17.0", {468: "5.2.17.0, retest here"}))


def all_that_the_environment_missed(azure: Azure) -> None:
    delivered(azure)
    sealed(azure, proposed(azure, "SIT-B", "5.2.17.0", FIXES | {468: "5.2.17.0, retest here"}))


def what_the_environment_did_not_miss(azure: Azure) -> None:
    delivered(azure)
    raised_anew(azure, "SIT-B")
    sealed(azure, proposed(azure, "SIT-B", "5.2.17.0", {468: "5.2.17.0, retest here"}))


def _sealed_list(azure: Azure) -> int:
    list_ = proposed(azure)
    sealed(azure, list_)
    return list_


@pytest.mark.parametrize(
    ("story", "promise", "words"),
    [
        pytest.param(two_rfcs, "S1", "DCC 5.2.16.0 to SIT-A has RFC", id="a second RFC"),
        pytest.param(one_beside_a_persons, "S1", "has RFC", id="one beside a person's"),
        pytest.param(one_that_becomes_another, "S1", "has RFC", id="an RFC takes another's key"),
        pytest.param(raised_after_it_was_deleted, "S1", "nobody had asked for another", id="its RFC was deleted"),
        pytest.param(
            raised_from_another_list_after_it_was_deleted, "S1", "nobody had asked", id="deleted, and on another list"
        ),
        pytest.param(closed_as_the_first, "S1", "which does not stand", id="the first is closed as a duplicate"),
        pytest.param(closed_as_anothers_duplicate, "S1", "which is for another", id="closed as another's duplicate"),
        pytest.param(
            closed_beside_what_was_withdrawn, "S1", "which does not stand", id="closed beside a withdrawn one"
        ),
        pytest.param(closed_over_a_person, "S1", "had written on it", id="a person's is closed as a duplicate"),
        pytest.param(two_lists, "S1", "it waits for the same as list", id="two lists in the end"),
        pytest.param(one_number_after_a_later_one, "S2", "after 5.2.17.0", id="numbers go down"),
        pytest.param(one_number_after_a_later_seal, "S2", "after 5.2.17.0", id="below a seal"),
        pytest.param(
            one_number_after_a_later_one_that_was_withdrawn, "S2", "after 5.2.17.0", id="below what was withdrawn"
        ),
        pytest.param(more_than_was_deployed, "S2", "now brings [456] too", id="more than was deployed"),
        pytest.param(
            more_than_was_deployed_by_a_list_that_was_taken_back_since,
            "S2",
            "now brings [456] too",
            id="more than was deployed, by a list that was taken back since",
        ),
        pytest.param(
            accepted_without_its_list, "L2", "it is still resolved", id="accepted, and its list had been deleted"
        ),
        pytest.param(two_contents_of_one_number, "S2", "brings [123, 246] by list", id="two contents of one number"),
        pytest.param(
            one_taken_off_beside_its_rfc, "S2", "brings [123, 246] by list", id="taken off, and still asked for"
        ),
        pytest.param(one_that_is_not_named, "S3", "neither carries nor names it", id="a defect is lost"),
        pytest.param(one_that_another_list_names, "S3", "neither carries nor names it", id="on another's list alone"),
        pytest.param(
            one_that_is_on_no_list, "L1", "resolved with 5.2.18.0, and on no list", id="resolved, and on no list"
        ),
        pytest.param(
            one_that_is_on_no_list_after_its_retest, "L1", "resolved with 5.2.17.0, and on no list", id="fixed again"
        ),
        pytest.param(deployed_and_forgotten, "L2", "it is still resolved", id="deployed, and not handed over"),
        pytest.param(deployed_again_and_forgotten, "L2", "it is still resolved", id="its second fix is forgotten"),
        pytest.param(an_emergency_that_is_lost, "S10", "take the fix of 789 away", id="an emergency's fix is lost"),
        pytest.param(
            an_emergency_that_the_next_edition_lacks, "S10", "take the fix of 789", id="the next edition lacks it"
        ),
        pytest.param(what_the_environment_missed, "S10", "bring the fix of 246 to SIT-B", id="what was missed"),
        pytest.param(by_no_rfc, "S5", "there was no RFC 0", id="by no RFC at all"),
        pytest.param(of_another_environment, "S4", "was found in SIT-B", id="deployed elsewhere"),
        pytest.param(what_no_list_names, "S4", "does not name it for retest", id="handed over from no list"),
        pytest.param(what_was_added_after_the_seal, "S4", "does not name it", id="on the list after the seal"),
        pytest.param(what_its_party_accepted, "S4", "nobody had accepted it", id="accepted by its own party"),
        pytest.param(what_was_not_delivered, "S4", "did not name it among what", id="not delivered"),
        pytest.param(what_waits_for_a_later_version, "S4", "it waits for 5.2.17.0", id="it waits for a later build"),
        pytest.param(to_nobody, "S4", "handed over to nobody", id="handed over to nobody"),
        pytest.param(to_who_raised_it_beside_its_tester, "S4", "its tester is", id="handed over to another"),
        pytest.param(sets(f.TITLE, "Better words"), "S6", "the bot set System.Title", id="the bot renames a defect"),
        pytest.param(sets(f.VERSION, "5.2.17.0"), "S6", "the bot set Custom.FixVersion", id="the bot names a version"),
        pytest.param(sets(f.FOUND_IN, "SIT-B"), "S6", "the bot set Custom.FoundIn", id="the bot moves a defect"),
        pytest.param(accepts_by_itself, "S6", "the bot set Custom.Accepted", id="the bot accepts a fix"),
        pytest.param(waives_by_itself, "S6", "the bot set Custom.Waiver", id="the bot waives"),
        pytest.param(before_it_is_deployed, "S5", "nobody has said that it is deployed", id="not deployed yet"),
        pytest.param(after_it_failed, "S5", "it was failed", id="the deployment failed"),
        pytest.param(after_it_was_rolled_back, "S5", "it was rolled back", id="it was rolled back"),
        pytest.param(unapproved, "S5", "nobody had approved", id="nobody approved it"),
        pytest.param(approved_by(DCC), "S5", "no approval", id="its own party approved it"),
        pytest.param(approved_by(TESS), "S5", "no approval", id="a tester approved it"),
        pytest.param(approved_by(UIT_RELEASE_MANAGER), "S5", "no approval", id="approved by another's manager"),
        pytest.param(approved_before_it_was_changed, "S5", "no approval", id="changed after it was approved"),
        pytest.param(with_another_number, "S5", "asks for another release", id="another number than was approved"),
        pytest.param(with_an_approval_taken_back, "S5", "no approval", id="the approval was taken back"),
        pytest.param(confirmed_by_anybody, "S5", "nobody whose word counts", id="deployed by a tester's word"),
        pytest.param(dated_in_the_future, "S5", "dated in the future", id="dated tomorrow"),
        pytest.param(put_back_over_a_tester, "S5", f"over the edit of {TESS}", id="put back over a tester"),
        pytest.param(put_back_without_a_rollback, "S5", "was not rolled back", id="put back without a rollback"),
        pytest.param(put_back_on_anybodys_word, "S5", "nobody whose word counts", id="put back by a tester's word"),
        pytest.param(put_back_by_an_old_rollback, "S5", "was not rolled back", id="put back by an old rollback"),
        pytest.param(rolled_back_and_forgotten, "S5", "still with its testers", id="rolled back, and not put back"),
        pytest.param(closed_by_the_bot, "S5", "from Resolved to Closed", id="the bot closes a defect"),
        pytest.param(handed_over_again, "S7", "after it was taken back", id="handed over again"),
        pytest.param(a_note_written_over, "S7", "the bot set Custom.ReleaseNote", id="a person's note"),
        pytest.param(a_number_written_over, "S7", "the bot set Custom.ReleaseNumber", id="a person's number"),
        pytest.param(eleven_times_a_day, "S7", "revision 11 by the bot within a day", id="eleven times a day"),
        pytest.param(every_poll, "S7", "0:02:00 after the last time", id="rewritten at every look"),
        pytest.param(answered(7, 8, 7), "S7", "comment 7 was answered 2 times", id="answered twice"),
        pytest.param(a_note_that_leaves_one_out, "S9", "does not name [246]", id="the note lacks one"),
        pytest.param(a_note_that_counts_wrongly, "S9", "it counts 3 defects", id="the note counts wrongly"),
        pytest.param(a_note_with_another_title, "S9", "the title of 123", id="the note misquotes"),
        pytest.param(links_that_lack_one, "S9", "it is linked to [123]", id="the links lack one"),
        pytest.param(raised_for_another(f.RELEASE_TYPE, "minor"), "S9", "it is raised with 'minor'", id="another type"),
        pytest.param(
            raised_for_another(f.NUMBER, "5.2.17.0"), "S9", "it is raised with '5.2.17.0'", id="another number"
        ),
        pytest.param(
            raised_for_another(f.WINDOW_START, MONDAY + HOUR),
            "S9",
            "it is raised with '2026-12-07 10",
            id="a later window",
        ),
        pytest.param(approved_by_the_bot, "S11", "to Approved, which people do", id="the bot approves"),
        pytest.param(agreed_by_the_bot, "S11", "to Agreed, which people do", id="the bot agrees"),
        pytest.param(agreed_by(TESS), "S11", f"{TESS} may not agree it", id="sealed on a tester's word"),
        pytest.param(agreed_by(DCC), "S11", f"{DCC} may not agree it", id="sealed on its party's word"),
        pytest.param(agreed_again_by_somebody_else, "S11", f"{DCC} may not agree it", id="agreed again by its party"),
        pytest.param(a_persons_link_taken_off, "S6", "is a person's", id="a person's link is taken off"),
        pytest.param(asked_for_again_by_the_bot, "S11", "it was rejected", id="rejected, and asked for again"),
        pytest.param(held_for(TESS), "S11", f"changed for {TESS}", id="held for a tester"),
        pytest.param(held_for_nobody, "S11", "nobody had asked", id="held for nobody"),
        pytest.param(deployed_by_the_bot, "S11", "no evidence shows that", id="the bot says deployed"),
        pytest.param(
            deployed_by_evidence_that_nobody_has, "S11", "no evidence shows that", id="evidence that no pipeline knows"
        ),
    ],
)
def test_is_found(azure: Azure, programme: Programme, story: Story, promise: str, words: str) -> None:
    story(azure)

    found = [v for v in check(azure, programme) if v.promise == promise]
    assert any(words in v.words for v in found), found


def test_nothing_is_found_where_all_is_well(azure: Azure, programme: Programme) -> None:
    as_it_should(azure)

    assert check(azure, programme) == ()


@pytest.mark.parametrize(
    ("story", "promise"),
    [
        pytest.param(raised_as_somebody_asks, "S1", id="raised anew, as somebody asks"),
        pytest.param(raised_after_it_was_withdrawn, "S1", id="raised anew after it was withdrawn"),
        pytest.param(two_lists_of_which_one_is_a_persons, "S1", id="a second list that a person has touched"),
        pytest.param(one_number_after_a_later_one_was_given_back, "S2", id="a number that was given back"),
        pytest.param(one_taken_off_and_its_rfc_deleted, "S2", id="taken off, and its RFC deleted"),
        pytest.param(two_contents_of_which_one_was_accepted_for_a_while, "S2", id="what was accepted for a while"),
        pytest.param(two_contents_as_was_delivered_by_an_rfc_that_is_deleted, "S2", id="delivered otherwise, deleted"),
        pytest.param(as_much_as_was_accepted_where_it_was_deployed, "S2", id="what was accepted there"),
        pytest.param(more_than_was_deployed_without_a_list, "S2", id="what was deployed and not agreed any more"),
        pytest.param(one_that_its_list_leaves_out, "S3", id="left out of its list, with a reason"),
        pytest.param(one_beside_an_emergency, "S3", id="what an emergency has nothing to do with"),
        pytest.param(with_its_number_in_other_words, "S5", id="its number in other words"),
        pytest.param(put_back_for_each_rollback, "S5", id="a second rollback, and a third attempt asked for"),
        pytest.param(put_back_once_it_is_confirmed, "S5", id="a rollback that was confirmed afterwards"),
        pytest.param(rolled_back_on_anybodys_word, "S5", id="a rollback that nobody has confirmed"),
        pytest.param(rolled_back_after_a_tester_began, "S5", id="a rollback behind a tester's edit"),
        pytest.param(another_window_of_a_raised_list, "S11", id="a window that was moved on a raised list"),
        pytest.param(asked_for_again_once_it_is_agreed_again, "S11", id="rejected, and agreed again"),
        pytest.param(held_for(SIT_DEFECT_MANAGER), "S11", id="held for the defect manager"),
        pytest.param(moved_for_the_defect_manager, "S11", id="moved for the defect manager"),
        pytest.param(to_the_one_who_is_named, "S4", id="handed over to the one who is named"),
        pytest.param(answered(7, 8), "S7", id="two comments that are answered"),
        pytest.param(all_that_the_environment_missed, "S10", id="all that an environment has missed"),
        pytest.param(what_the_environment_did_not_miss, "S10", id="what is on its way there already"),
        pytest.param(a_persons_link_that_became_an_entry, "S6", id="a person's link that became an entry"),
        pytest.param(a_persons_link_taken_off_and_put_back, "S6", id="a person's link that is put back"),
        pytest.param(taken_back, "L2", id="a defect that a person took back"),
        pytest.param(deployed_and_asked_for_again, "L2", id="what is to be deployed once more"),
        pytest.param(deployed_without_its_list, "L2", id="what was deployed when its list had been deleted"),
        pytest.param(taken_back, "L1", id="one that a person took back, whose number is taken"),
    ],
)
def test_what_only_looks_like_it_is_not_found(azure: Azure, programme: Programme, story: Story, promise: str) -> None:
    story(azure)

    assert [v for v in check(azure, programme) if v.promise == promise] == []


@pytest.mark.parametrize("story", [closed_as_the_second, raised_after_the_first_of_two_was_withdrawn])
def test_a_second_rfc_that_is_closed_as_one_is_not_found_in_the_end(
    azure: Azure, programme: Programme, story: Story
) -> None:
    story(azure)

    assert ["has RFC" in v.words for v in check(azure, programme) if v.promise == "S1"] == [True]


def test_two_rfcs_are_found_in_the_end_too(azure: Azure, programme: Programme) -> None:
    checker = Checker(azure, programme)
    two_rfcs(azure)
    assert len(checker.news()) == 1

    assert ["has 2 RFCs" in v.words for v in checker.when_quiet() if v.promise == "S1"] == [True]


def test_of_a_history_that_is_checked_step_by_step_each_violation_is_told_once(
    azure: Azure, programme: Programme
) -> None:
    checker = Checker(azure, programme)
    before_it_is_deployed(azure)

    assert [v.promise for v in checker.news()] == ["S5"]
    assert checker.news() == ()


@pytest.mark.slow
def test_a_fortnight_keeps_every_promise(tmp_path: Path) -> None:
    azure = small_world()
    with playing(azure, tmp_path) as play, overhearing(azure) as heard:
        a_fortnight(play)

        assert len(heard.writes) > 20
        assert check(azure, play.world.programme, heard) == ()

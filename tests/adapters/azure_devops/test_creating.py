"""Creating: one request for each item, with its links in it, never sent twice."""

import pytest

from adapters.azure_devops.answers import Throttled
from adapters.azure_devops.boards import Boards
from adapters.azure_devops.gateway import Gateway
from adapters.azure_devops.outcomes import Applied, Refused, Unknown
from adapters.azure_devops.sign_in import by_pat
from adapters.sandbox import faults
from adapters.sandbox.faults import Fault
from adapters.sandbox.transport import InProcess
from bot.change import Change, Edit, Field, Link, LinkKind
from bot.defect import Kind
from bot.number import Number
from bot.rfc import RfcState
from tests.adapters.azure_devops.mhhs_spelling import MHHS
from tests.adapters.azure_devops.world import MANAGER, URL, World, render

EDITS = (
    Edit(Field.TITLE, None, "DCC 5.2.16.0 to SIT-A"),
    Edit(Field.STATE, None, RfcState.RAISED),
    Edit(Field.NUMBER, None, Number(5, 2, 16)),
    Edit(Field.LIST, None, 1),
    Edit(Field.WAIVER, None, None),
)
LINKS = (Link(LinkKind.LIST, 1), Link(LinkKind.FIX, 2, "5.2.16.0, retest here"))
RAISE = Change(Kind.RFC, None, None, EDITS, LINKS)
LOST = [
    pytest.param(faults.reset(applied=True), id="reset"),
    pytest.param(faults.no_answer(applied=True), id="time-out"),
    pytest.param(faults.unavailable(applied=True), id="503"),
    pytest.param(faults.truncated(), id="cut off"),
    pytest.param(faults.body_replaced(b"null"), id="null"),
    pytest.param(faults.body_replaced(b"<html/>", "text/html"), id="web page"),
]
NEVER_DONE = [
    pytest.param(faults.unreachable(), id="unreachable"),
    pytest.param(faults.throttled(5), id="throttled"),
    pytest.param(faults.sign_in_page(), id="sign-in page"),
    pytest.param(faults.redirected(), id="redirected"),
    pytest.param(faults.unauthorised(), id="unauthorised"),
]


@pytest.fixture
def ready(world: World) -> World:
    world.candidate_list(1)
    world.defects(2)
    return world


def test_an_item_is_created_whole_in_one_request(ready: World) -> None:
    outcome = ready.boards.create(RAISE)

    assert isinstance(outcome, Applied)
    item = ready.azure.item(outcome.id)
    assert (item.type.name, item.rev, item.fields["System.State"]) == ("Request for Change", 1, "Raised")
    assert item.fields["Custom.ReleaseNumber"] == "5.2.16.0"
    assert {(link.rel, link.target, link.comment) for link in item.relations} == {
        ("System.LinkTypes.Hierarchy-Reverse", 1, ""),
        ("System.LinkTypes.Related", 2, "5.2.16.0, retest here"),
    }
    assert ready.asked() == {"create": 1}


@pytest.mark.parametrize("fault", LOST)
def test_a_create_whose_answer_is_lost_is_unknown_and_not_repeated(ready: World, fault: Fault) -> None:
    ready.azure.faults.add("create", fault)

    assert isinstance(ready.boards.create(RAISE), Unknown)
    assert len(ready.azure.items("Request for Change")) == 1
    assert ready.asked() == {"create": 1}


def test_a_create_that_a_web_page_answered_with_200_is_not_sent_again_with_a_new_token(ready: World) -> None:
    sign_in = by_pat(lambda: ready.token, renew=lambda: True)
    gateway = Gateway(URL, sign_in, ready.clock.pace(), transport=InProcess(ready.azure))
    ready.azure.faults.add("create", faults.body_replaced(b"<html/>", "text/html"))

    outcome = Boards(gateway, MHHS, render).create(RAISE)

    assert isinstance(outcome, Unknown)
    assert ready.asked()["create"] == 1


@pytest.mark.parametrize("fault", NEVER_DONE)
def test_a_create_that_was_not_done_is_refused_and_not_repeated(ready: World, fault: Fault) -> None:
    ready.azure.faults.add("create", fault)

    outcome = ready.boards.create(RAISE)

    assert isinstance(outcome, Refused)
    assert not outcome.is_lasting
    assert ready.azure.items("Request for Change") == ()
    assert ready.asked() == {"create": 1}


def test_a_create_that_a_rule_refuses_lasts(ready: World) -> None:
    outcome = ready.boards.create(Change(Kind.RFC, None, None, EDITS[1:], LINKS))

    assert isinstance(outcome, Refused)
    assert outcome.is_lasting
    assert "Title" in outcome.why


def test_more_links_than_an_item_may_have_are_refused_for_good_and_nothing_is_created(ready: World) -> None:
    ready.azure.organisation.limits.links = 1

    outcome = ready.boards.create(RAISE)

    assert isinstance(outcome, Refused)
    assert outcome.is_lasting
    assert "at most 1 work item links" in outcome.why
    assert ready.azure.items("Request for Change") == ()


def test_past_its_time_nothing_is_created(ready: World) -> None:
    outcome = ready.boards.create(RAISE, until=ready.boards.elapsed() - 1)

    assert isinstance(outcome, Refused)
    assert isinstance(outcome.cause, Throttled)
    assert ready.asked() == {}


def test_a_create_whose_token_took_too_long_is_not_sent(ready: World) -> None:
    """A token is asked for when the turn has come, and its service may be slow."""
    ready.boards.closely([1])
    ready.asked()
    ready.signing_takes = 20

    outcome = ready.boards.create(RAISE, until=ready.boards.elapsed() + 10)

    assert isinstance(outcome, Refused)
    assert isinstance(outcome.cause, Throttled)
    assert ready.asked() == {}


def test_a_create_does_not_wait_past_its_time_for_a_throttled_server(ready: World) -> None:
    ready.azure.faults.add("workitemsbatch", faults.slowed_down(20))
    ready.boards.closely([1])
    ready.asked()

    outcome = ready.boards.create(RAISE, until=ready.boards.elapsed() + 10)

    assert isinstance(outcome, Refused)
    assert ready.asked() == {}
    assert ready.clock.waits == []


def test_an_unknown_name_does_not_keep_an_item_from_being_created(ready: World) -> None:
    outcome = ready.boards.create(Change(Kind.RFC, None, None, EDITS, LINKS, (), ("nobody@x", MANAGER)))

    assert isinstance(outcome, Applied)
    assert outcome.item is not None
    assert outcome.item.fields["System.AssignedTo"] == "Dev Patel <dev.patel@si.example>"
    assert len(ready.azure.items("Request for Change")) == 1

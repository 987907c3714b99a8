"""The wiki: our part of a page is written against what was read, and nobody's text is written over."""

from __future__ import annotations

import pytest

from adapters.azure_devops.answers import Declined, SignedOut, Throttled
from adapters.azure_devops.wiki import (
    ATTEMPTS,
    NotWritten,
    StoodThere,
    Wiki,
    WikiName,
    Written,
    project_wikis,
    wiki_problem,
)
from adapters.sandbox import faults
from adapters.sandbox.faults import Fault
from adapters.sandbox.permissions import Right
from bot.page_part import BEGIN, END
from tests.adapters.azure_devops.world import BOT, World
from tests.jobs.accidents import ALWAYS, meanwhile

PATH = "/Shunter/SIT-A"
ABOVE = "Pages below.\n"
PAGE = f"{BEGIN}\n\n# One\n\n{END}\n"


@pytest.fixture
def wiki(world: World) -> Wiki:
    return Wiki(world.gateway, "MHHS", world.azure.wiki.create())


def keep(wiki: Wiki, part: str = "# One") -> object:
    return wiki.keep(PATH, part, ABOVE)


def test_a_page_is_made_with_the_one_above_it(wiki: Wiki, world: World) -> None:
    assert keep(wiki) == Written()

    assert (world.azure.wiki.page(PATH), world.azure.wiki.page("/Shunter")) == (PAGE, ABOVE)


def test_a_page_above_that_is_there_is_left_alone(wiki: Wiki, world: World) -> None:
    world.azure.wiki.write("/Shunter", "Ours.")

    assert keep(wiki) == Written()
    assert world.azure.wiki.page("/Shunter") == "Ours."


def test_a_page_that_says_so_already_is_read_and_not_written(wiki: Wiki, world: World) -> None:
    keep(wiki)
    world.asked()

    assert keep(wiki) == StoodThere()
    assert world.asked() == {"page": 1}


def test_what_a_person_wrote_around_it_is_kept(wiki: Wiki, world: World) -> None:
    world.azure.wiki.write(PATH, f"Call Dora.\n{PAGE}\nSee also.")

    assert keep(wiki, "# Two") == Written()
    assert world.azure.wiki.page(PATH) == f"Call Dora.\n{PAGE}\nSee also.".replace("# One", "# Two")


def test_what_a_person_writes_meanwhile_is_kept_too(wiki: Wiki, world: World) -> None:
    keep(wiki)
    world.azure.faults.add("write page", meanwhile(lambda: world.azure.wiki.write(PATH, f"Call Dora.\n\n{PAGE}")))

    assert keep(wiki, "# Two") == Written()
    assert world.azure.wiki.page(PATH) == f"Call Dora.\n\n{PAGE}".replace("# One", "# Two")


@pytest.mark.parametrize("status", [409, 500])
def test_a_page_that_a_person_makes_meanwhile_is_kept_too(wiki: Wiki, world: World, status: int) -> None:
    world.azure.organisation.doubts.existing_page = status
    world.azure.faults.add("write page", meanwhile(lambda: world.azure.wiki.write(PATH, "Call Dora.")))

    assert keep(wiki) == Written()
    assert world.azure.wiki.page(PATH) == f"Call Dora.\n\n{PAGE}"


def test_a_page_that_a_person_deletes_meanwhile_is_made_again(wiki: Wiki, world: World) -> None:
    keep(wiki)
    world.azure.faults.add("write page", meanwhile(lambda: world.azure.wiki.delete("/Shunter")))

    assert keep(wiki, "# Two") == Written()
    assert world.azure.wiki.page(PATH) == PAGE.replace("# One", "# Two")


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(faults.no_answer(applied=True), id="silence"),
        pytest.param(faults.reset(applied=True), id="a connection that ended"),
        pytest.param(faults.truncated(), id="half an answer"),
        pytest.param(faults.unavailable(applied=True), id="503"),
    ],
)
@pytest.mark.parametrize("is_new", [True, False], ids=["a new page", "one that is there"])
def test_an_answer_that_is_lost_is_made_up_for_by_reading(wiki: Wiki, world: World, fault: Fault, is_new: bool) -> None:
    world.azure.wiki.write("/Shunter", "")
    if not is_new:
        keep(wiki)
    world.azure.faults.add("write page", fault)
    world.asked()

    assert keep(wiki, "# Two") == Written()
    assert world.asked() == {"page": 2, "write page": 1}
    assert world.azure.wiki.page(PATH) == PAGE.replace("# One", "# Two")


@pytest.mark.parametrize("fault", [faults.no_answer(applied=False), faults.unreachable()], ids=["silence", "no way"])
def test_what_never_arrived_is_sent_again(wiki: Wiki, world: World, fault: Fault) -> None:
    world.azure.wiki.write("/Shunter", "")
    world.azure.faults.add("write page", fault)

    assert keep(wiki) == Written()
    assert world.azure.wiki.page(PATH) == PAGE


def test_one_that_was_sent_and_arrives_late_does_no_harm(wiki: Wiki, world: World) -> None:
    """It names the version that it was decided on, and that is another by now."""
    keep(wiki)
    world.azure.faults.add("write page", world.azure.faults.held_back())
    keep(wiki, "# Two")
    assert keep(wiki, "# Three") == Written()

    world.azure.deliver_held_back()

    assert world.azure.wiki.page(PATH) == PAGE.replace("# One", "# Three")


def test_somebody_who_never_stops_is_given_way_to(wiki: Wiki, world: World) -> None:
    keep(wiki)
    texts = (f"Edit {count}.\n\n{PAGE}" for count in range(100))
    world.azure.faults.add("write page", meanwhile(lambda: world.azure.wiki.write(PATH, next(texts))), times=ALWAYS)
    world.asked()

    outcome = keep(wiki, "# Two")

    assert isinstance(outcome, NotWritten)
    assert f"tried {ATTEMPTS} times" in outcome.why
    assert world.asked() == {"page": ATTEMPTS, "write page": ATTEMPTS}
    assert world.azure.wiki.page(PATH) == f"Edit {ATTEMPTS - 1}.\n\n{PAGE}"


@pytest.mark.parametrize(
    ("fault", "cause"),
    [
        pytest.param(faults.unauthorised(), SignedOut, id="signed out"),
        pytest.param(faults.throttled("60"), Throttled, id="throttled"),
    ],
)
def test_a_write_that_cannot_pass_is_not_repeated(
    wiki: Wiki, world: World, fault: Fault, cause: type[Exception]
) -> None:
    world.azure.faults.add("write page", fault)
    world.asked()

    outcome = keep(wiki)

    assert isinstance(outcome, NotWritten)
    assert isinstance(outcome.cause, cause)
    assert world.asked()["write page"] == 1


def test_who_may_not_contribute_is_told(wiki: Wiki, world: World) -> None:
    world.azure.permissions.take(BOT, Right.CONTRIBUTE_WIKI)

    outcome = keep(wiki)

    assert isinstance(outcome, NotWritten)
    assert isinstance(outcome.cause, Declined)
    assert outcome.cause.status == 403


def test_a_wiki_that_is_not_there_is_no_missing_page(world: World) -> None:
    outcome = keep(Wiki(world.gateway, "MHHS", "MHHS.wiki"))

    assert isinstance(outcome, NotWritten)
    assert "Wiki not found" in outcome.why
    assert world.asked() == {"page": 1}


def test_the_wikis_of_the_project_are_named(world: World) -> None:
    assert project_wikis(world.gateway, "MHHS") == ()
    world.azure.wiki.create()
    (found,) = project_wikis(world.gateway, "MHHS")
    assert (found.name, found.of_project, found.repository != "") == ("MHHS.wiki", True, True)


OWN, CODE = WikiName("MHHS.wiki", of_project=True, repository="w"), WikiName("Docs", of_project=False, repository="d")


@pytest.mark.parametrize(
    ("wanted", "there", "problem"),
    [
        pytest.param("MHHS.wiki", [OWN, CODE], "", id="it is there"),
        pytest.param("mhhs.WIKI", [OWN], "", id="in other capitals"),
        pytest.param(
            "MHHS.wiki",
            [CODE],
            "the project has no wiki of its own: an administrator makes it (Overview, Wiki, Create project wiki)",
            id="the project has none",
        ),
        pytest.param(
            "Wiki",
            [OWN],
            "the wiki Wiki is not there: the configuration names the project's own, which is MHHS.wiki",
            id="another name",
        ),
        pytest.param(
            "Docs",
            [OWN, CODE],
            "the wiki Docs shows a repository of code: the configuration names the project's own, which is MHHS.wiki",
            id="a wiki of code",
        ),
    ],
)
def test_a_wiki_has_to_be_the_projects_own(wanted: str, there: list[WikiName], problem: str) -> None:
    assert wiki_problem(wanted, there) == problem

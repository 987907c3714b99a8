"""Changing links: by what they lead to, never by a remembered place."""

from adapters.azure_devops.outcomes import Applied, Refused
from adapters.sandbox import faults
from bot.change import Change, Edit, Field, Link, LinkKind
from bot.defect import Kind
from tests.adapters.azure_devops.by_hand import patch
from tests.adapters.azure_devops.world import MANAGER, World

RELATED = "System.LinkTypes.Related"


def a_relinking(rev: int, *, links: tuple[Link, ...] = (), unlinks: tuple[Link, ...] = (), edition: int = 2) -> Change:
    return Change(Kind.LIST, 1, rev, (Edit(Field.EDITION, None, edition),), links, unlinks)


def entry(target: int, words: str = "5.2.16.0, carried") -> Link:
    return Link(LinkKind.ENTRY, target, words)


def linked(world: World) -> dict[int | None, str]:
    return {relation.target: relation.comment for relation in world.azure.item(1).relations}


def a_list_with(world: World, *targets: int) -> int:
    world.defects(*range(2, 12))
    world.candidate_list(1)
    for target in targets:
        world.azure.person(MANAGER).link(1, RELATED, target, "5.2.16.0, carried")
    return world.rev(1)


def test_links_come_go_and_change_their_words_in_one_write(world: World) -> None:
    rev = a_list_with(world, 2, 3, 4, 5, 6)
    change = a_relinking(
        rev,
        links=(entry(7), entry(6, "5.2.17.0, retest here"), entry(2)),
        unlinks=(entry(3), entry(5), entry(6)),
    )

    (outcome,) = world.boards.update([change])

    assert isinstance(outcome, Applied)
    assert linked(world) == {
        2: "5.2.16.0, carried",
        4: "5.2.16.0, carried",
        6: "5.2.17.0, retest here",
        7: "5.2.16.0, carried",
    }
    assert world.asked() == {"workitemsbatch": 1, "get work item": 1, "update": 1}


def test_the_answer_to_a_write_brings_the_links_that_stand_now(world: World) -> None:
    rev = a_list_with(world, 2)

    (outcome,) = world.boards.update([a_relinking(rev, links=(entry(3),))])

    assert isinstance(outcome, Applied)
    assert outcome.item is not None
    assert {relation.target for relation in outcome.item.relations or ()} == {2, 3}


def test_an_item_that_was_just_read_closely_is_not_read_again_to_add_links(world: World) -> None:
    rev = a_list_with(world, 2)
    just_read = {row.id: row for row in world.boards.closely([1])}
    world.asked()

    world.boards.update([a_relinking(rev, links=(entry(3),))], just_read)

    assert set(linked(world)) == {2, 3}
    assert world.asked() == {"update": 1}


def test_where_a_link_stands_is_asked_of_its_item_alone(world: World) -> None:
    rev = a_list_with(world, 2)
    just_read = {row.id: row for row in world.boards.closely([1])}
    world.asked()

    world.boards.update([a_relinking(rev, unlinks=(entry(2),))], just_read)

    assert linked(world) == {}
    assert world.asked() == {"get work item": 1, "update": 1}


def test_links_that_are_as_wanted_already_are_not_written(world: World) -> None:
    rev = a_list_with(world, 2)
    change = Change(Kind.LIST, 1, rev, (), (entry(2),), (entry(9),))
    mark = world.azure.mark()

    (outcome,) = world.boards.update([change])

    assert isinstance(outcome, Applied)
    assert (world.azure.revisions_since(mark), world.azure.links_since(mark)) == ((), ())
    assert world.asked() == {"workitemsbatch": 1}


def test_a_lost_change_of_links_alone_is_recognised_by_the_links(world: World) -> None:
    rev = a_list_with(world, 2)
    world.azure.faults.add("update", faults.reset(applied=True))

    (outcome,) = world.boards.update([Change(Kind.LIST, 1, rev, (), (entry(3),), (entry(2),))])

    assert isinstance(outcome, Applied)
    assert (outcome.rev, set(linked(world))) == (rev, {3})


def test_links_that_cannot_be_read_are_not_changed(world: World) -> None:
    rev = a_list_with(world, 2)
    world.azure.faults.add("workitemsbatch", faults.unauthorised())

    (outcome,) = world.boards.update([a_relinking(rev, unlinks=(entry(2),))])

    assert isinstance(outcome, Refused)
    assert linked(world) == {2: "5.2.16.0, carried"}


def test_links_that_did_not_come_are_asked_for_again(world: World) -> None:
    rev = a_list_with(world, 2)
    world.azure.faults.add("workitemsbatch", faults.body_replaced(b'{"count": 0, "value": []}'))

    (outcome,) = world.boards.update([a_relinking(rev, unlinks=(entry(2),))])

    assert isinstance(outcome, Refused)
    assert not outcome.is_lasting
    assert world.asked() == {"workitemsbatch": 1}


def test_links_to_files_and_pages_do_not_shift_the_places(world: World) -> None:
    rev = a_list_with(world, 2, 3, 4)
    page = {"rel": "Hyperlink", "url": "https://example.com/workItems/3"}
    patch(world, 1, [{"op": "add", "path": "/relations/-", "value": page}])

    world.boards.update([a_relinking(rev + 1, unlinks=(entry(3),))])

    assert set(linked(world)) == {2, 4, None}


def test_links_that_moved_between_reading_and_writing_are_no_lasting_refusal(world: World) -> None:
    rev = a_list_with(world, 2)
    just_read = {row.id: row for row in world.boards.closely([1])}
    world.azure.person(MANAGER).link(1, RELATED, 3, "mine")

    (outcome,) = world.boards.update([a_relinking(rev, links=(entry(3),))], just_read)

    assert isinstance(outcome, Refused)
    assert not outcome.is_lasting
    assert linked(world) == {2: "5.2.16.0, carried", 3: "mine"}


def test_a_link_to_what_is_gone_is_no_lasting_refusal_since_the_next_look_leaves_it_out(world: World) -> None:
    rev = a_list_with(world, 2)
    world.azure.person(MANAGER).delete(4)

    (outcome,) = world.boards.update([a_relinking(rev, links=(entry(4),))])

    assert isinstance(outcome, Refused)
    assert not outcome.is_lasting

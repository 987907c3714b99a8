"""What holds in any world, however contradictory: decisions end, agree with themselves, and lose nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from bot.blocks import would_remove
from bot.candidate_list import ListState, still_sealed
from bot.change import Field
from bot.closer_look import histories_needed, items_needed
from bot.defect import State
from bot.emergency import propose_emergencies
from bot.facts import Facts
from bot.list_page import ListPage
from bot.number import ReleaseType
from bot.outcome import Outcome
from bot.overview import bucket_rows, list_rows, no_list_words, rfc_rows, standing_rows
from bot.party import Numbers
from bot.passport import passport_of
from bot.picture import Picture
from bot.plan import Action, ActionKind, Plan
from bot.raise_rfcs import plan_rfcs
from bot.release_note import ReleaseNote
from bot.retest_rows import retest_rows
from bot.rewrite_list import PACE
from bot.shunter_numbers import taken_numbers
from bot.standing import standings
from bot.where import Where
from bot.window import agree_by
from tests.bot.a_run import decided, run
from tests.bot.after import after, edited
from tests.bot.any_world import any_facts, examples
from tests.bot.world import a_defect

V = TypeVar("V")
often = settings(max_examples=2000, deadline=None, derandomize=True, database=None, phases=[Phase.generate])
quick = examples(1 / 4)


@quick
@given(any_facts())
def test_whatever_the_facts_say_a_decision_is_made_and_shown(world: Facts) -> None:
    picture = Picture(world)

    plan = decided(world)

    assert items_needed(plan, world) <= {*world.defects, *world.lists, *world.rfcs}
    assert histories_needed(world) <= {*world.lists, *world.rfcs}
    assert len(rfc_rows(picture)) <= len(world.rfcs)
    assert len(list_rows(picture)) <= len(world.lists)
    assert all(no_list_words(picture))
    assert len(retest_rows(picture)) <= len(world.defects)
    assert all(passport_of(id, picture) is not None for id in world.defects)


@quick
@given(any_facts(), st.randoms())
def test_no_decision_depends_on_the_order_in_which_facts_were_read(world: Facts, random: Any) -> None:
    def shuffled(items: Mapping[int, V]) -> dict[int, V]:
        return dict(random.sample(list(items.items()), len(items)))

    again = replace(
        world,
        defects=shuffled(world.defects),
        lists=shuffled(world.lists),
        rfcs=shuffled(world.rfcs),
        histories=shuffled(world.histories),
        former_assignees=shuffled(world.former_assignees),
    )

    assert decided(again) == decided(world)


@quick
@given(any_facts())
def test_shunter_gives_no_number_that_is_taken(world: Facts) -> None:
    picture = Picture(world)
    proposed = [c for c in world.lists.values() if c.state is ListState.PROPOSED]
    asked_again = {r.number for r in world.rfcs.values() if r.list_id in {c.id for c in proposed}}
    announced = {n for e in world.programme.environments.values() for d in e.dated for n in d.numbers.values()}
    kept = asked_again | announced | {c.chosen_number for c in proposed}

    for party in (p for p in world.programme.parties.values() if p.numbers is Numbers.SHUNTER):
        numbers = {d.number for d in picture.drafts[party.name].by_type.values() if d.number is not None}
        assert not (numbers - kept) & taken_numbers(
            picture.lists_of_party.get(party.name, ()), picture.rfcs_of_party.get(party.name, ())
        )


@quick
@given(any_facts())
def test_deciding_again_on_the_same_facts_decides_the_same(world: Facts) -> None:
    assert decided(world) == decided(world)


@pytest.mark.slow
@quick
@given(any_facts())
def test_the_bot_comes_to_rest_by_itself_and_fights_with_nobody(world: Facts) -> None:
    settled = run(world, times=8)
    settled = run(replace(settled, now=settled.now + PACE), times=4)

    assert [(a.kind, a.subject, a.reason) for a in decided(settled)] == []


@quick
@given(any_facts())
def test_every_resolved_defect_stands_in_exactly_one_bucket(world: Facts) -> None:
    picture = Picture(world)

    assert set(standings(picture)) == {defect.id for defect in world.resolved_defects}
    assert sum(row.defects for row in bucket_rows(picture)) == len(world.resolved_defects)
    assert len(standing_rows(picture)) == len(world.resolved_defects)
    assert {s.where for s in standings(picture).values()} <= set(Where)
    assert all(s.words and s.next_step for s in standings(picture).values())


@quick
@given(any_facts())
def test_a_defect_of_another_party_changes_nothing_for_the_others(world: Facts) -> None:
    stranger = a_defect(990, party="Elexon", version="9.9.9.0", found_in="SIT-A", tested_in=frozenset({"SIT Staging"}))
    joined = replace(world, defects={**world.defects, 990: stranger})

    def of_others(facts: Facts) -> list[Action]:
        own = {f"list {c.id}" for c in facts.lists.values() if c.party == "Elexon"}
        return [a for a in decided(facts) if "Elexon" not in a.subject and a.subject not in own]

    assert of_others(joined) == of_others(world)


@quick
@given(any_facts())
def test_no_two_actions_of_a_plan_are_about_the_same_work_item(world: Facts) -> None:
    plan = decided(world)

    ids = Counter(action.change.id for action in plan if action.change.id is not None)
    assert [id for id, times in ids.items() if times > 1] == []
    assert len({action.subject for action in plan}) == len(plan)


@quick
@given(any_facts())
def test_what_was_carried_out_is_not_decided_again(world: Facts) -> None:
    """But a text may be written once more: it tells of what the others have done."""
    plan = decided(world)

    again = decided(after(plan, world))

    assert decisions(plan) & decisions(again) == set()


@quick
@given(any_facts())
def test_a_list_its_seal_its_rfc_and_its_note_name_the_same_fixes(world: Facts) -> None:
    plan = decided(world)
    rfcs = after(plan, world).rfcs.values()

    for action in plan:
        note = edited(action).get(Field.NOTE)
        if isinstance(note, ReleaseNote):
            sealed = world.lists[note.candidate_list]
            [raised] = [r for r in rfcs if r.list_id == sealed.id and action.change.id in (None, r.id)]
            named = sorted(entry.fix.defect for entry in sealed.entries)
            lines = [line.id for group in note.groups for line in group.lines]
            assert sorted([*lines, *(change.id for change in note.changes)]) == named
            assert raised.fixes == set(named)
            assert still_sealed(sealed)
            assert raised.seal == note.seal == sealed.seal


@quick
@given(any_facts())
def test_a_page_shows_what_its_list_is_linked_to(world: Facts) -> None:
    plan = decided(world)
    lists = after(plan, world).lists

    for action in plan:
        page = edited(action).get(Field.BODY)
        if isinstance(page, ListPage):
            kept = lists.get(action.change.id or 0)
            linked = [e.fix.defect for e in kept.entries] if kept else [link.target for link in action.change.links]
            assert sorted(line.id for group in page.groups for line in group.lines) == sorted(linked)
            assert set(linked).isdisjoint(line.id for line in page.left_out)


@quick
@given(any_facts())
def test_a_write_names_the_revision_that_it_was_decided_on(world: Facts) -> None:
    revs = {item.id: item.rev for items in (world.defects, world.lists, world.rfcs) for item in items.values()}

    for action in decided(world):
        assert action.reason
        assert action.change.id is None or action.change.rev == revs[action.change.id]


@quick
@given(any_facts())
def test_a_defect_moves_only_where_it_was_found_and_only_out_of_resolved(world: Facts) -> None:
    picture = Picture(world)

    for action in decided(world):
        if action.kind is ActionKind.MOVE_TO_RETEST:
            defect = world.defects[action.change.id or 0]
            deployment = standings(picture)[defect.id].deployment
            assert deployment is not None
            assert deployment.incomplete == ""
            assert defect.found_in == (deployment.rfc.environment,)
            assert edited(action)[Field.DELIVERED_BY] == deployment.rfc.id != defect.delivered_by


@quick
@given(any_facts())
def test_a_defect_is_put_back_only_as_the_bot_left_it_and_only_after_a_rollback(world: Facts) -> None:
    rolled_back = {d.rfc.id for d in Picture(world).deployments if d.outcome is Outcome.ROLLED_BACK}

    for action in decided(world):
        if action.kind is ActionKind.PUT_BACK:
            defect = world.defects[action.change.id or 0]
            assert (defect.state, defect.changed_by) == (State.READY_FOR_RETEST, world.bot)
            assert defect.delivered_by in rolled_back
            assert edited(action)[Field.DELIVERED_BY] is None


@quick
@given(any_facts())
def test_an_emergency_is_proposed_where_it_was_found_and_what_it_fixes_runs_or_where_it_has_to_go_first(
    world: Facts,
) -> None:
    picture = Picture(world)
    required = (r for e in world.programme.environments.values() for r in e.must_pass)
    come_first = {r.environment for r in required if r.is_mandatory}

    for proposal in propose_emergencies(picture):
        running = picture.running(proposal.environment, proposal.party)
        named = [world.defects[e.fix.defect] for e in proposal.entries if e.fix.defect in world.defects]
        if any(d.is_emergency and d.found_in == (proposal.environment,) for d in named):
            assert running is not None
            assert running.regular_base == proposal.number.regular_base
        else:
            assert proposal.environment in come_first
        assert agree_by(proposal.window, world.programme) >= world.now


@quick
@given(any_facts())
def test_no_rfc_is_raised_that_would_remove_the_fix_of_an_emergency(world: Facts) -> None:
    picture = Picture(world)

    for action in plan_rfcs(picture):
        if action.kind is ActionKind.RAISE_RFC and action.fence is not None:
            assert would_remove(world.lists[action.fence.list_id], picture) == ()


@quick
@given(any_facts())
def test_what_was_not_delivered_is_not_handed_to_its_tester(world: Facts) -> None:
    for action in decided(world):
        if action.kind is ActionKind.MOVE_TO_RETEST:
            id = action.change.id or 0
            rfc = world.rfcs[int(str(edited(action)[Field.DELIVERED_BY]))]
            assert rfc.delivered is None or id in rfc.delivered | rfc.accepted


def decisions(plan: Plan) -> set[tuple[ActionKind, str, str]]:
    """What is more than the text of a list or an RFC."""
    texts = {Field.BODY, Field.CONTROL_POINTS}
    return {(a.kind, a.subject, a.reason) for a in plan if not edited(a).keys() <= texts}


def creates_an_emergency(action: Action) -> bool:
    return action.kind is ActionKind.CREATE_LIST and edited(action)[Field.TYPE] is ReleaseType.EMERGENCY


@pytest.mark.slow
@pytest.mark.parametrize(
    "is_such",
    [
        pytest.param(creates_an_emergency, id="an emergency gets its list"),
        pytest.param(lambda action: action.kind is ActionKind.PUT_BACK, id="a rollback puts a defect back"),
        pytest.param(lambda action: action.kind is ActionKind.MOVE_TO_RETEST, id="a defect reaches its tester"),
    ],
)
def test_such_worlds_occur(is_such: Callable[[Action], bool]) -> None:
    def has_one(world: Facts) -> bool:
        return any(map(is_such, decided(world)))

    assert has_one(find(any_facts(), has_one, settings=often))


@pytest.mark.slow
@pytest.mark.parametrize("where", [Where.ROLLED_BACK, Where.NOT_DELIVERED, Where.INCOMPLETE, Where.ON_NO_NOTE])
def test_and_such_standings(where: Where) -> None:
    def stands(world: Facts) -> bool:
        return where in {s.where for s in standings(Picture(world)).values()}

    assert stands(find(any_facts(), stands, settings=often))

"""Plans: of two actions on one work item the first stands, the other waits for the next run."""

from bot.change import Change, Edit, Field
from bot.defect import Kind
from bot.plan import Action, ActionKind, Plan, merge


def an_action(subject: str, reason: str) -> Action:
    change = Change(Kind.DEFECT, 123, 3, (Edit(Field.TITLE, "a", "b"),))
    return Action(ActionKind.REWRITE_LIST, "propose", reason, subject, change)


def test_the_first_action_on_a_subject_stands() -> None:
    first, second, other = an_action("list 1", "first"), an_action("list 1", "second"), an_action("list 2", "other")

    assert list(merge([Plan((first,)), Plan((second, other))])) == [first, other]


def test_no_plans_are_an_empty_plan() -> None:
    assert len(merge([])) == 0


def test_a_change_tells_what_a_field_will_hold() -> None:
    change = an_action("list 1", "first").change

    assert (change.new(Field.TITLE), change.new(Field.STATE)) == ("b", None)

"""Comment commands: what people of the role ask for under a list is done for them, and answered once."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from bot.asked import RULE, Asked, Refusals, judge, objection
from bot.candidate_list import CandidateList
from bot.change import Change, Edit, Field
from bot.command import read_commands
from bot.defect import Kind
from bot.discussion import Comment, Discussion, answer_to
from bot.facts import Facts
from bot.picture import Picture
from bot.plan import Action, ActionKind, Plan
from bot.remark import Remark


def plan_comments(picture: Picture) -> Plan:
    """What was asked for and is not so yet; under lists where nothing is left to be done, the answers.

    A defect that two unanswered comments name waits until the first of them is answered.
    """
    threads = _considered(picture, {})
    return Plan((*threads.actions, *threads.answers(but=threads.waiting)))


def plan_answers(picture: Picture, refused: Refusals) -> Plan:
    """The answers that are due by now. `refused`: the defects that the server would not have changed, and why."""
    return Plan(tuple(_considered(picture, refused).answers()))


def lists_discussed(facts: Facts) -> frozenset[int]:
    """The open lists under which somebody has written something."""
    known, parties = facts.programme.environments, facts.programme.parties
    lists = (c for c in facts.lists.values() if c.environment in known and c.party in parties)
    return frozenset(c.id for c in lists if c.is_open and c.comments)


def is_settled(discussion: Discussion, bot: str) -> bool:
    """Whether no command in it waits for an answer."""
    return next(_open_comments(discussion, bot), None) is None


def _open_comments(discussion: Discussion, bot: str) -> Iterator[Comment]:
    answered = discussion.answered(bot)
    for comment in discussion.comments:
        if comment.by != bot and comment.id not in answered and read_commands(comment.lines):
            yield comment


def _unanswered(facts: Facts) -> list[Asked]:
    """Over all lists, oldest first. A list that has got another comment since is read again before it is answered."""
    read = [facts.lists[id] for id in sorted(lists_discussed(facts) & facts.discussions.keys())]
    found = [
        Asked(candidate_list, comment)
        for candidate_list in read
        if candidate_list.comments == facts.discussions[candidate_list.id].count
        for comment in _open_comments(facts.discussions[candidate_list.id], facts.bot)
    ]
    return sorted(found, key=lambda asked: (asked.comment.at, asked.candidate_list.id, asked.comment.id))


@dataclass(slots=True)
class _Threads:
    """What has been decided on the comments so far, oldest first. `waiting`: lists where something is to be done."""

    picture: Picture
    refused: Refusals
    actions: list[Action] = field(default_factory=list)
    waiting: set[int] = field(default_factory=set)
    _named: set[int] = field(default_factory=set)
    _answers: dict[int, list[tuple[Comment, str]]] = field(default_factory=dict)

    def consider(self, asked: Asked) -> None:
        words = objection(asked, self.picture)
        if words:
            self._answer(asked, words)
            return
        if not asked.defects & self._named:
            self._judge(asked)
        self._named |= asked.defects

    def answers(self, *, but: Collection[int] = ()) -> Iterator[Action]:
        """One for each list."""
        for id, answered in self._answers.items():
            if id not in but:
                yield _answering(self.picture.facts.lists[id], answered)

    def _judge(self, asked: Asked) -> None:
        judged = tuple(judge(asked, self.picture, self.refused))
        actions = [one for one in judged if isinstance(one, Action)]
        self.actions += actions
        if actions:
            self.waiting.add(asked.candidate_list.id)
        else:
            self._answer(asked, "; ".join(one for one in judged if isinstance(one, str)))

    def _answer(self, asked: Asked, words: str) -> None:
        self._answers.setdefault(asked.candidate_list.id, []).append((asked.comment, words))


def _considered(picture: Picture, refused: Refusals) -> _Threads:
    threads = _Threads(picture, refused)
    for asked in _unanswered(picture.facts):
        threads.consider(asked)
    return threads


def _answering(candidate_list: CandidateList, answered: list[tuple[Comment, str]]) -> Action:
    ids = ", ".join(str(comment.id) for comment, _ in answered)
    sentences = tuple(answer_to(comment, words) for comment, words in answered)
    edits = (Edit(Field.REMARK, None, Remark(sentences)),)
    change = Change(Kind.LIST, candidate_list.id, candidate_list.rev, edits)
    digest = candidate_list.written.digest if candidate_list.written else ""
    subject, number = f"list {candidate_list.id}", candidate_list.own_number
    return Action(ActionKind.ANSWER, RULE, f"comment {ids} asks for something", subject, change, digest, number)

"""What a comment under a list asks for: the writes that it takes, or the words that answer it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot import defect_acts
from bot.act import Act, Verdict
from bot.candidate_list import CandidateList
from bot.command import Command, Misread, Verb, read_commands
from bot.defect import Defect
from bot.discussion import Comment
from bot.picture import Picture
from bot.plan import Action, ActionKind
from bot.remark import Remark

RULE = "comments"
MOST = 20
"""More commands than this in one comment are a mistake, or worse."""
LONGEST = 300
OBEYING = {Verb.HOLD: ActionKind.HOLD, Verb.UNHOLD: ActionKind.UNHOLD, Verb.MOVE: ActionKind.MOVE}
Refusals = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """One comment, with the list under which it stands."""

    candidate_list: CandidateList
    comment: Comment

    @property
    def reason(self) -> str:
        return f"{self.comment.by} asks for it in comment {self.comment.id} on list {self.candidate_list.id}"

    @property
    def defects(self) -> frozenset[int]:
        return frozenset(c.id for c in read_commands(self.comment.lines) if isinstance(c, Command))


def objection(asked: Asked, picture: Picture) -> str:
    """Why nothing of it is done; empty where its author may ask [C6]."""
    comment, environment = asked.comment, asked.candidate_list.environment
    roles = picture.facts.programme.environments[environment].agrees
    count = len(read_commands(comment.lines))
    if comment.edited_by != comment.by:
        return f"nothing is done, because {comment.edited_by} has changed what {comment.by} wrote: write it anew"
    if not any(comment.by in people for people in roles.values()):
        return f"nothing is done, because {comment.by} is not {' or '.join(roles)} for {environment}"
    if count > MOST:
        return f"nothing is done, because {count} commands in one comment are more than {MOST}"
    return ""


def judge(asked: Asked, picture: Picture, refused: Refusals) -> Iterator[Action | str]:
    """For each command what is to be written; or, where it is so already or cannot be, the words that say it."""
    seen: set[int] = set()
    for command in read_commands(asked.comment.lines):
        if isinstance(command, Misread):
            yield command.words
        elif command.id in seen:
            yield f"{command.id} is named twice: write one comment for each thing"
        else:
            seen.add(command.id)
            yield _judged(command, asked, picture, refused)


def _judged(command: Command, asked: Asked, picture: Picture, refused: Refusals) -> Action | str:
    defect = picture.facts.defects.get(command.id)
    if defect is None or command.id not in _on(asked.candidate_list, picture):
        return f"{command.id} is not on this list"
    verdict = _verdict(command, defect, asked)
    if not isinstance(verdict, Act):
        return verdict.words
    if command.id in refused:
        return f"Azure DevOps refuses to have {command.id} changed: {refused[command.id][:LONGEST]}"
    return Action(OBEYING[command.verb], RULE, asked.reason, f"defect {defect.id}", verdict.change)


def _on(candidate_list: CandidateList, picture: Picture) -> frozenset[int]:
    """What people see on the list: its fixes, and what is left out of it."""
    left_out = {verdict.defect for verdict in picture.drafts[candidate_list.party].left_out}
    return frozenset({entry.fix.defect for entry in candidate_list.entries} | left_out)


def _verdict(command: Command, defect: Defect, asked: Asked) -> Verdict:
    words = f"{asked.reason}: {command.why}" if command.why else f"{asked.reason}."
    why = Remark((words,), (asked.candidate_list.id,))
    if command.verb is Verb.MOVE and command.day is not None:
        return defect_acts.move(defect, command.day, why)
    act = defect_acts.hold if command.verb is Verb.HOLD else defect_acts.unhold
    return act(defect, why)

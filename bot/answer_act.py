"""Answering: one person's line on an RFC, to a control point or of readiness, as they would write it by hand."""

from __future__ import annotations

from bot.act import Act, AlreadySo, Objection, Verdict
from bot.answered import Answered
from bot.answers import READINESS, Answer, Says, read_answer
from bot.change import Change, Edit, Field
from bot.compose_answers import author_of, why_not_asked
from bot.defect import Kind
from bot.picture import Picture
from bot.rfc import Rfc, RfcState

_OVER = (RfcState.WITHDRAWN, RfcState.CLOSED, RfcState.OTHER)


def answer(rfc: Rfc, given: Answer, by: str, picture: Picture) -> Verdict:
    """Refused is what would not count; the lines of others stay as they are."""
    name = f"RFC {rfc.id}"
    if rfc.environment not in picture.facts.programme.environments:
        return Objection(f"{name} is for {rfc.environment}, which the configuration does not know")
    given = read_answer(str(given)) or given
    if rfc.state in _OVER:
        return Objection(f"{name} is {rfc.state.value}: nothing is asked of it any more")
    found = picture.answers_of(rfc).get(given.about)
    words = why_not_asked(given) if found is None else _objection(given, found, by, picture)
    if found is None or words:
        return Objection(words)
    subject = given.about if given.about.isdigit() else found.owner.role
    if found.said is not None and found.counts and found.said.answer == given:
        author = author_of(found.said, picture.facts.programme.zone)
        return AlreadySo(f"{name} says so already: {subject}: {given.told}, {author}")
    line = f"{subject}: {_new_words(given, found, by, rfc)}"
    text = _with(line, given.about, rfc.answers)
    change = Change(Kind.RFC, rfc.id, rfc.rev, (Edit(Field.ANSWERS, rfc.answers, text),))
    return Act(change, f"{name} is answered: {line}")


def _objection(given: Answer, found: Answered, by: str, picture: Picture) -> str:
    is_group, says = not given.about.isdigit(), given.says.value
    if is_group and given.says not in READINESS:
        return f"{found.owner.role}: say ready or not ready; {says} is for control points"
    if given.says in READINESS and not is_group:
        return (
            f"point {given.about}: say met, not met, approved, waived or not applicable; {says} is for those concerned"
        )
    if given.says is Says.WAIVED and not given.words:
        return f"point {given.about} is waived with a reason: say why"
    return found.owner.objection(by, picture.facts.bot)


def _new_words(given: Answer, found: Answered, by: str, rfc: Rfc) -> str:
    """A line belongs to whoever first wrote it so: to make it theirs, somebody has to write another one."""
    if found.said is None or found.said.answer != given:
        return given.told
    return f"{given.told} ({by}, edition {rfc.edition})"


def _with(line: str, about: str, text: str) -> str:
    """In the place of the last that was said of the same; else at the end."""
    lines = text.splitlines()
    same = [i for i, old in enumerate(lines) if (read := read_answer(old)) is not None and read.about == about]
    if not same:
        return "\n".join([*lines, line])
    return "\n".join(line if i == same[-1] else old for i, old in enumerate(lines) if i not in same[:-1])

"""Acts on defects: hold, unhold, move to another day, ask for an emergency; change requests travel alike."""

from __future__ import annotations

from datetime import date

from bot.act import Act, AlreadySo, Verdict
from bot.change import Change, Edit, Field
from bot.dates import spoken_day
from bot.defect import Defect
from bot.remark import Remark

HOLD = "Hold"
EMERGENCY = "Emergency"


def hold(defect: Defect, why: Remark, environment: str = "") -> Verdict:
    """Keeps the fix out of the draft; with an environment, stops that environment's lists that carry it [C6]."""
    tag = _hold_tag(environment)
    if _tagged(defect, tag):
        return AlreadySo(f"{defect.id} is held (tag {_tagged(defect, tag)})")
    return Act(_retagged(defect, defect.tags | {tag}, why), f"{defect.id} is held (tag {tag})")


def unhold(defect: Defect, why: Remark, environment: str = "") -> Verdict:
    tag = _tagged(defect, _hold_tag(environment))
    others = sorted(t for t in defect.tags if t != tag and _is_hold(t))
    rest = f"; the tag {', '.join(others)} still stands" if others else ""
    if not tag:
        return AlreadySo(f"{defect.id} has no tag {_hold_tag(environment)}{rest}")
    return Act(_retagged(defect, defect.tags - {tag}, why), f"{defect.id} is unheld: the tag {tag} is gone{rest}")


def move(defect: Defect, day: date, why: Remark) -> Verdict:
    """To the window of that day, or the first after it [C6]."""
    if defect.planned_for == day:
        return AlreadySo(f"{defect.id} is planned for {spoken_day(day)}")
    edits = (Edit(Field.PLANNED_FOR, defect.planned_for, day), Edit(Field.REMARK, None, why))
    change = Change(defect.kind, defect.id, defect.rev, edits)
    return Act(change, f"{defect.id} is planned for {spoken_day(day)}")


def ask_for_emergency(defect: Defect, why: Remark) -> Verdict:
    """What a release review then agrees to, or not [M12.8]."""
    if _tagged(defect, EMERGENCY):
        return AlreadySo(f"an emergency is asked for {defect.id}")
    return Act(_retagged(defect, defect.tags | {EMERGENCY}, why), f"an emergency is asked for {defect.id}")


def _hold_tag(environment: str) -> str:
    return f"{HOLD} {environment}" if environment else HOLD


def _is_hold(tag: str) -> bool:
    return tag.casefold().split(" ")[0] == HOLD.casefold()


def _tagged(defect: Defect, name: str) -> str:
    """The tag as it stands there: people do not tell tags apart by case."""
    return next((tag for tag in defect.tags if tag.casefold() == name.casefold()), "")


def _retagged(defect: Defect, tags: frozenset[str], why: Remark) -> Change:
    edits = (Edit(Field.TAGS, _text(defect.tags), _text(tags)), Edit(Field.REMARK, None, why))
    return Change(defect.kind, defect.id, defect.rev, edits)


def _text(tags: frozenset[str]) -> str:
    return "; ".join(sorted(tags, key=str.casefold))

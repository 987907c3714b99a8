"""The buckets in their order: each is asked in turn whether the defect is there, and the first that says so has it."""

from __future__ import annotations

from datetime import datetime

from bot.candidate_list import CandidateList, ListState
from bot.dates import short, spoken
from bot.defect import Defect, Fix
from bot.emergency import or_why_no_emergency
from bot.outcome import FAILURES, Outcome
from bot.overdue import overdue
from bot.picture import Picture
from bot.rfc import Rfc, RfcState
from bot.traces import Traces
from bot.unplaced import unplaced
from bot.where import Standing, Where
from bot.why_not_raised import why_not_raised
from bot.window import agree_by


class Buckets:
    """Where fixes are, by what is gone through once for all defects."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self._programme = picture.facts.programme
        self._zone = self._programme.zone
        self._traces = Traces(picture)
        self._left_out = {verdict.defect: verdict for d in picture.drafts.values() for verdict in d.left_out}

    def standing(self, defect: Defect) -> Standing:
        buckets = (
            self._taken_back,
            self._arrived,
            self._not_delivered,
            self._not_promised,
            self._taken_off,
            self._on_no_note,
            self._under_way,
            self._undone,
        )
        for bucket in buckets:
            found = bucket(defect)
            if found is not None:
                return found
        return self._out(defect)

    def _taken_back(self, defect: Defect) -> Standing | None:
        arrived = self._traces.delivered.get(defect.id)
        if defect.delivered_by is None or arrived is None or arrived.rfc.id != defect.delivered_by:
            return None
        words = f"RFC {defect.delivered_by} brought its fix, and a person took it back to resolved since"
        next_step = "the defect manager decides; it is handed over again only once its “delivered by” is cleared"
        return Standing(defect, Where.TAKEN_BACK, words, next_step)

    def _arrived(self, defect: Defect) -> Standing | None:
        arrived = self._traces.delivered.get(defect.id)
        if arrived is None or (arrived.outcome in FAILURES and defect.id in self._traces.waiting):
            return None
        came = "was tried" if arrived.outcome in FAILURES else "arrived"
        words = f"{arrived.rfc.key} {came} on {spoken(arrived.at, self._zone)} (RFC {arrived.rfc.id})"
        if arrived.incomplete:
            why = f"{words}, but {arrived.incomplete}"
            return Standing(defect, Where.INCOMPLETE, why, "it waits until that is settled", arrived)
        return Standing(defect, Where.MOVE, words, "it goes to its tester in this run", arrived)

    def _not_delivered(self, defect: Defect) -> Standing | None:
        arrived = self._traces.missing.get(defect.id)
        if arrived is None or arrived.outcome is Outcome.ROLLED_BACK:
            return None
        words = f"RFC {arrived.rfc.id} promised it, and {defect.party}'s delivered list lacks it"
        next_step = f"{defect.party} names the build that carries it as its version"
        return Standing(defect, Where.NOT_DELIVERED, words, next_step, arrived)

    def _not_promised(self, defect: Defect) -> Standing | None:
        """On the party's delivered list, found there, and on no list that was agreed [M14]."""
        deployment = self._traces.unpromised.get(defect.id)
        if deployment is None:
            return None
        words = f"RFC {deployment.rfc.id} delivered it without having promised it"
        next_step = "the release manager accepts it on that RFC; then it goes to its tester"
        return Standing(defect, Where.ON_NO_NOTE, words, next_step, deployment)

    def _undone(self, defect: Defect) -> Standing | None:
        undone = self._traces.rolled_back.get(defect.id)
        if undone is None:
            return None
        words = f"{undone.rfc.key} was rolled back (RFC {undone.rfc.id})"
        next_step = f"{defect.party}'s next build carries it: it is on the list of that build"
        return Standing(defect, Where.ROLLED_BACK, words, next_step, undone)

    def _on_no_note(self, defect: Defect) -> Standing | None:
        """Its version runs where it was found, and no list of that environment named it for retest."""
        if len(defect.found_in) != 1 or defect.version is None:
            return None
        environment, version = defect.found_in[0], defect.version
        fix = Fix(defect.id, version)
        if not self._runs(fix, environment, defect.party) or (environment, fix) in self._traces.noted:
            return None
        arrived = self._picture.arrivals.get((environment, defect.party))
        since = f" since {short(arrived[-1].at, self._zone)}" if arrived else ""
        running = self._picture.running(environment, defect.party)
        runs = f"{running} runs in {environment}{since}"
        which = "" if running == version else f", which is later than {version}"
        words = f"{runs}{which}, and no note names this defect"
        next_step = "the release manager accepts it on an RFC of that environment, or its party names a later version"
        return Standing(defect, Where.ON_NO_NOTE, words, next_step)

    def _runs(self, fix: Fix, environment: str, party: str) -> bool:
        """By its version; an emergency of an earlier base only where what runs is known to carry it [M12.8]."""
        running = self._picture.running(environment, party)
        if running is None or fix.number > running:
            return False
        if fix.number.is_regular or fix.number.regular_base == running.regular_base:
            return True
        return fix in self._picture.contents_running(environment, party)

    def _under_way(self, defect: Defect) -> Standing | None:
        candidate_list = self._traces.waiting.get(defect.id)
        if candidate_list is None:
            return None
        key = candidate_list.key
        window = short(candidate_list.window.start, self._zone)
        rfc = self._picture.rfc_of_list.get(candidate_list.id)
        if rfc is not None:
            words = f"RFC {rfc.id} ({rfc.state.value}) takes {key}, {window}{self._after_failure(defect)}"
            next_step, by = _next_for(rfc, self._picture)
            if late := overdue(rfc, self._picture):
                words, next_step, by = (
                    f"{words}; {late}",
                    "somebody says there what came of it, or moves its window",
                    None,
                )
            return Standing(defect, Where.IN_RFC, words, next_step, list_id=candidate_list.id, by=by)
        proposed = f"list {candidate_list.id} ({candidate_list.state.value}) proposes {key}, {window}"
        words = proposed + self._after_failure(defect)
        next_step, by = self._next_for_list(candidate_list), agree_by(candidate_list.window, self._programme)
        return Standing(defect, Where.ON_LIST, words, next_step, list_id=candidate_list.id, by=by)

    def _taken_off(self, defect: Defect) -> Standing | None:
        """Its RFC names it, and its list does not any more: what was agreed is not what stands there."""
        found = self._traces.taken_off.get(defect.id)
        if found is None:
            return None
        rfc, sealed = found
        since = f"a person took it off list {sealed.id} after that was sealed"
        deployment = self._picture.deployment_of(rfc)
        if deployment is not None and deployment.outcome is Outcome.ROLLED_BACK:
            return None
        if deployment is None or deployment.outcome in FAILURES:
            words = f"RFC {rfc.id} ({rfc.state.value}) names it, and {since}"
            next_step = "it is linked to the list again; or the release manager accepts it on the RFC, once deployed"
            return Standing(defect, Where.IN_RFC, words, next_step, list_id=sealed.id)
        words = f"{rfc.key} arrived on {spoken(deployment.at, self._zone)} (RFC {rfc.id}), and {since}"
        next_step = "the release manager accepts it on that RFC; then it goes to its tester"
        return Standing(defect, Where.ON_NO_NOTE, words, next_step, deployment)

    def _after_failure(self, defect: Defect) -> str:
        failed = self._traces.delivered.get(defect.id)
        if failed is None or failed.outcome not in FAILURES:
            return ""
        return f"; {failed.incomplete} with RFC {failed.rfc.id} ({failed.number}, attempt {failed.attempt})"

    def _next_for_list(self, candidate_list: CandidateList) -> str:
        environment = self._picture.facts.programme.environments.get(candidate_list.environment)
        roles = " or ".join(environment.agrees) if environment is not None else "defect manager"
        if candidate_list.state is ListState.PROPOSED:
            return f"the {roles} agrees the list"
        return self._picture.once(_why_not_raised, candidate_list.id) or "its RFC, in the next run"

    def _out(self, defect: Defect) -> Standing:
        judged = self._left_out.get(defect.id)
        verdict = or_why_no_emergency(judged, self._picture) if judged is not None else unplaced(defect, self._picture)
        return Standing(defect, Where.LEFT_OUT, verdict.words, verdict.remedy, left_out=verdict, by=verdict.by)


def _why_not_raised(picture: Picture, id: int) -> str:
    return why_not_raised(picture.facts.lists[id], picture)


def _next_for(rfc: Rfc, picture: Picture) -> tuple[str, datetime | None]:
    deployment = picture.deployment_of(rfc)
    if deployment is not None and deployment.outcome in FAILURES:
        return "the same build is deployed once more, or a changed one is delivered, with a number of its own", None
    match rfc.state:
        case RfcState.RAISED:
            return "the release manager approves the RFC", rfc.window.start
        case RfcState.APPROVED:
            return "it is deployed in its window", rfc.window.end
        case RfcState.REJECTED:
            return "its list is agreed again", None
        case _:
            return "a person decides on the RFC", None

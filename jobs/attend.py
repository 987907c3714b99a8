"""Attending to the timetable: what is seen to at each beat, while looks come and go by themselves."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.logs import SHUNTER
from jobs.bounds import Bounds
from jobs.clock_steps import ClockSteps
from jobs.hints import Hints
from jobs.one_look import OneLook
from jobs.tally import Mishap, Tally
from jobs.timetable import LOOK, Timetable
from jobs.watch import State, Watch


class Hung(Exception):
    """Something will never end, and a thread cannot be made to: only the process can."""


@dataclass(frozen=True, slots=True)
class Attendant:
    look: OneLook
    timetable: Timetable
    watch: Watch
    steps: ClockSteps
    hints: Hints
    bounds: Bounds
    tally: Tally

    def attend(self) -> None:
        """Until the process is to end. `Hung` where the look will not."""
        while not self.hints.is_over:
            if self.hints.awaited(self.bounds.beat):
                self.timetable.look_now()
            self._see_to_the_clock()
            self._see_to_the_look()

    def _see_to_the_clock(self) -> None:
        if by := self.steps.step():
            SHUNTER.warning(
                "this machine's clock went %+.0f s beside time, or it slept: looking now", by.total_seconds()
            )
            self.tally.count(Mishap.CLOCK_MOVED, LOOK)
            self.hints.give()
        # At each beat: the scheduler may write down by the clock of before what it began before the clock was moved.
        self.timetable.keep_within_intervals()

    def _see_to_the_look(self) -> None:
        match self.watch.state():
            case State.WELL:
                return
            case State.LATE:
                self._end_the_look()
            case State.HUNG:
                raise Hung("a run did not end when it was told to, and never will")
            case State.STALLED:
                SHUNTER.error("no run has begun in its time: the scheduler is dead, and is started anew")
                self.tally.count(Mishap.RESTARTED, LOOK)
                self.timetable.begin_anew()
                self.watch.begin_anew()

    def _end_the_look(self) -> None:
        words = f"the run took longer than {self.bounds.run / 60:g} minutes (running.run_minutes), and was told to end"
        if self.look.end(words):
            SHUNTER.error(words)
            self.tally.count(Mishap.TOOK_TOO_LONG, LOOK)

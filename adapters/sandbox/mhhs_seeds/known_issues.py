"""Known issues: open defects that testers can work around until they are fixed."""

from __future__ import annotations

from functools import partial

from adapters.sandbox.mhhs_seeds.parties import SIT_A, SIT_B, UIT
from adapters.sandbox.mhhs_seeds.people import TARA, TESS, THEO
from adapters.sandbox.mhhs_seeds.seed import HIGH, LOW, DefectSeed, Stage

KNOWN_ISSUE = partial(DefectSeed, stage=Stage.ACTIVE, tags=("known-issue",))

KNOWN_ISSUES = (
    KNOWN_ISSUE(
        id=615,
        title="CSS test harness signs out after ten minutes",
        party="DCC",
        found_in=SIT_A,
        severity=LOW,
        raised_by=TESS,
        workaround="<p>Sign in again and press <b>Resume</b>; nothing is lost.</p>",
    ),
    KNOWN_ISSUE(
        id=640,
        title="BRP position report empty until the second run of the day",
        party="Elexon",
        found_in=SIT_A,
        raised_by=THEO,
        workaround="<ol><li>Start the run by hand.</li><li>Wait for the mail.</li><li>Start it again.</li></ol>",
    ),
    KNOWN_ISSUE(
        id=662,
        title="DTN gateway drops files with more than 9,999 records & no message",
        party="Electralink",
        found_in=SIT_B,
        severity=HIGH,
        raised_by=TARA,
        workaround="<p>Split the file: at most 9,999 records each.</p>",
    ),
    KNOWN_ISSUE(
        id=688,
        title="DIP certificate upload fails in the portal",
        party="Avanade",
        found_in=UIT,
        raised_by=TARA,
        workaround='<p>Use the <a href="https://dip.example/api">API</a> with <code>PUT /certificates</code>.</p>',
    ),
)

"""Resolved defects that no next build takes: each for a reason of its own."""

from __future__ import annotations

from datetime import date
from functools import partial

from adapters.sandbox.mhhs_seeds.parties import SIT_A, SIT_B, UIT
from adapters.sandbox.mhhs_seeds.people import TARA, TESS, THEO, TIM
from adapters.sandbox.mhhs_seeds.seed import CRITICAL, HIGH, LOW, DefectSeed, Stage

DCC = partial(DefectSeed, party="DCC", version="5.2.16.0")
STILL_ACTIVE = 611

HELD = (
    DCC(
        id=131,
        title="Gateway certificate chain not checked when a device joins; see </td></tr></table> in the trace",
        found_in=SIT_A,
        severity=HIGH,
        raised_by=TESS,
        held=True,
    ),
    DefectSeed(
        id=596,
        title="DIP retries a refused IF-021 for ever instead of five times",
        party="Avanade",
        version="6.0.4.0",
        found_in=UIT,
        raised_by=TIM,
        held=True,
    ),
)

VERSION_OF_NO_USE = (
    DCC(
        id=178, title="Update firmware request times out for 2G hubs, fixed says the vendor", found_in=SIT_B, version=""
    ),
    DCC(id=207, title="Error text of E5 still says “TBC – ask Dave”", found_in=SIT_A, version="abc", severity=LOW),
    # A later patch would become the number of DCC's draft, were this defect ready: so it is held as well.
    DCC(id=233, title="Prepayment top-up UTRN rejected at midnight", found_in=SIT_A, version="5.2.17", held=True),
    DefectSeed(
        id=259,
        title="D0313 with auxiliary proportional controller details cannot be parsed",
        party="Electralink",
        version="3.5.0.0",
        found_in=SIT_B,
        raised_by=THEO,
    ),
    DefectSeed(
        id=404,
        title="Settlement run SF picks up D0036 estimates although IF-021 actuals are there",
        party="Elexon",
        found_in=SIT_A,
        severity=CRITICAL,
        priority=1,
        raised_by=TARA,
    ),
)

RESOLVED_LATE = (
    DCC(
        id=288,
        title="Inventory query returns decommissioned devices",
        found_in=SIT_A,
        version="5.2.15.0",
        raised_by=TARA,
        late=True,
    ),
    DefectSeed(
        id=301,
        title="Subscription page of the DIP portal empty for new market roles",
        party="Avanade",
        version="6.0.3.0",
        found_in=UIT,
        severity=LOW,
        raised_by="rm@avanade.example",
        late=True,
    ),
)

WAITING = (
    DCC(
        id=317,
        title="Tariff with more than 24 switching points is cut off",
        found_in=SIT_B,
        raised_by=THEO,
        planned_for=date(2027, 1, 18),
    ),
    DCC(
        id=342,
        title="Alert 8F3E arrives twice when both hubs are in range",
        found_in=SIT_B,
        raised_by=TIM,
        depends_on=STILL_ACTIVE,
    ),
    DefectSeed(
        id=377,
        title="SF report totals differ from the sum of its GSP groups",
        party="Elexon",
        version="2.3.2.0",
        found_in=SIT_A,
        severity=HIGH,
        raised_by=TARA,
        depends_on=404,
    ),
    DefectSeed(
        id=391,
        title="Old supplier still in ECOES the day after the switch",
        party="RECCo",
        version="1.0.2.0",
        found_in=SIT_B,
        raised_by=TIM,
        duplicate_of=420,
    ),
)

WRONG_PLACE = (
    DefectSeed(
        id=433,
        title="retail energy location missing for new builds ??? pls check",
        party="RECCo",
        version="1.0.2.0",
        raised_by=TESS,
    ),
    DefectSeed(
        id=450,
        title="D0205 acknowledged but never shows up in the outbound queue",
        party="Electralink",
        version="3.4.8.0",
        found_in="SIT-C",
        raised_by=THEO,
    ),
    DCC(
        id=479,
        title='Change of tenancy clears the "wrong" consumer\'s data',
        found_in=f"{SIT_A}; {SIT_B}",
        severity=CRITICAL,
        priority=1,
        raised_by="rm@dcc.example",
    ),
    DefectSeed(
        id=527,
        title="MPRS rejects IF-008 de-energisation with a date in the past",
        party="St Clements",
        version="4.1.1.0",
        found_in=UIT,
        raised_by=TIM,
    ),
)

NOBODYS = (
    DefectSeed(
        id=548, title="Metering service gets IF-034 for somebody else's MPAN", version="1.0.2.0", found_in=SIT_A
    ),
    DefectSeed(
        id=571,
        title="Data service portal: 'Consent' tick-box cannot be unticked",
        party="Capgemini",
        version="2.0.1.0",
        found_in=SIT_B,
        severity=LOW,
        raised_by=TARA,
    ),
)

LEFT_OUT = (*HELD, *VERSION_OF_NO_USE, *RESOLVED_LATE, *WAITING, *WRONG_PLACE, *NOBODYS)

ACTIVE_AND_NEEDED = DefectSeed(
    id=STILL_ACTIVE,
    title="Comms hub keeps two sessions open after a WAN handover",
    stage=Stage.ACTIVE,
    party="DCC",
    found_in=SIT_B,
    severity=HIGH,
    raised_by=TIM,
)

"""The worked example: the fixes of DCC's 5.2.16.0, three found in SIT-A, two in SIT-B, and one to hold."""

from __future__ import annotations

from functools import partial

from adapters.sandbox.mhhs_seeds.parties import SIT_A, SIT_B
from adapters.sandbox.mhhs_seeds.people import TARA, TESS, THEO, TIM
from adapters.sandbox.mhhs_seeds.seed import CRITICAL, HIGH, LOW, DefectSeed

DCC_BUILD = partial(DefectSeed, party="DCC", version="5.2.16.0")

# Nothing else that is resolved for DCC may be ready for this build: the stories told of it count on exactly these.
WORKED_EXAMPLE = (
    DCC_BUILD(
        id=123,
        title="CSS switch request for related MPANs is accepted, but only the import MPAN is switched",
        found_in=SIT_A,
        severity=HIGH,
        priority=1,
        raised_by=TESS,
        tested_in="SIT Staging",
    ),
    DCC_BUILD(
        id=246,
        title="Daily register reads are stamped in local time, an hour ahead of UTC",
        found_in=SIT_B,
        raised_by=TARA,
    ),
    DCC_BUILD(
        id=456,
        title="DSP rejects service request 4.8.1 for half-hourly consumption with error E12",
        found_in=SIT_A,
        severity=CRITICAL,
        priority=1,
        raised_by=THEO,
        retest_by=TESS,
    ),
    DCC_BUILD(
        id=468,
        title='<b>Urgent</b>: export MPAN <td>missing</td> from <a href="https://css.example/q?a=1&b=2">CSS query</a>',
        found_in=SIT_B,
        severity=HIGH,
        raised_by="rm@dcc.example",
        retest_by=TIM,
    ),
    DCC_BUILD(
        id=512,
        title="Switch confirmation to losing supplier carries yesterday's effective date",
        found_in=SIT_A,
        severity=LOW,
        priority=3,
        raised_by=TIM,
    ),
    DCC_BUILD(
        id=789,
        title="Registration refresh from CSS leaves the energisation status empty",
        found_in=SIT_A,
        raised_by=TESS,
        retest_by=TARA,
    ),
)

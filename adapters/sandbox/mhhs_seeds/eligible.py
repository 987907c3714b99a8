"""Fixes of the other parties that are ready for their next build, told one by one where something is odd."""

from __future__ import annotations

from datetime import date
from functools import partial

from adapters.sandbox.mhhs_seeds.parties import SIT_A, SIT_B, STAGING, UIT
from adapters.sandbox.mhhs_seeds.people import TARA, TESS, THEO, TIM
from adapters.sandbox.mhhs_seeds.seed import CRITICAL, HIGH, LOW, DefectSeed

ELECTRALINK = partial(DefectSeed, party="Electralink", version="3.4.8.0")
ELEXON = partial(DefectSeed, party="Elexon", version="2.3.2.0")
RECCO = partial(DefectSeed, party="RECCo", version="1.0.2.0")
ST_CLEMENTS = partial(DefectSeed, party="St Clements", version="4.1.1.0")
AVANADE = partial(DefectSeed, party="Avanade", version="6.0.4.0")

RTL_OVERRIDE = "\u202e"
ZERO_WIDTH_SPACE = "\u200b"
# As long as a title may be: whoever pasted it did not see where it was cut.
LONGEST = (
    "Supplier gets IF-036 for an MPAN that it lost three weeks ago, seen with gain on the same day as the change of "
    "DUoS tariff; happens for migrated and for unmigrated MPANs alike, see the attached logs of 12, 13 and 14 October "
    "and the mail thread with the smart DS"
)[:255]

ODD_ELIGIBLE = (
    AVANADE(
        id=152,
        title="<script>alert(1)</script> in IF-031 payload is not refused by the DIP",
        found_in=SIT_A,
        severity=CRITICAL,
        priority=1,
        raised_by=THEO,
    ),
    ELECTRALINK(
        id=198,
        title='=HYPERLINK("https://files.example/d0010","D0010 extract") shown as a link in the daily CSV',
        found_in=SIT_B,
        raised_by=TIM,
    ),
    RECCO(
        id=271,
        title="EES search for O'Neill's \"top floor\" flat returns 'no match'",
        found_in=SIT_A,
        raised_by=TIM,
        retest_by=TESS,
    ),
    ELEXON(
        id=305,
        title="[Load shaping](https://wiki.example/lss) **wrong** for `BRP`s with ~no~ consumption",
        found_in=UIT,
        raised_by=TARA,
        severity=HIGH,
        change=140,
    ),
    ST_CLEMENTS(
        id=333,
        title="Address search breaks on Welsh towns: Llanfairpwllgwyngyll, Tŷ-du, Pen-y-groes ŵ ŷ",
        found_in=SIT_A,
        raised_by=TESS,
    ),
    RECCO(
        id=364,
        title="Polish consumer name Małgorzata Żółć becomes Ma?gorzata ???? in ECOES",
        found_in=UIT,
        severity="",  # nobody has judged it; that keeps no fix out of a build
        raised_by="rm@recco.example",
    ),
    ELEXON(
        id=399,
        title="{{7*7}} instead of the settlement date in the PUB-021 subject line",
        found_in=SIT_A,
        raised_by=THEO,
        depends_on=305,
    ),
    RECCO(
        id=420,
        title="ECOES shows the previous supplier for one day after a switch",
        found_in=SIT_A,
        severity=HIGH,
        raised_by=TARA,
        change=189,
    ),
    AVANADE(
        id=444,
        title=f"Message id {RTL_OVERRIDE}130-FI{ZERO_WIDTH_SPACE} is accepted although it has invisible characters",
        found_in=SIT_B,
        raised_by=TARA,
        change=263,
    ),
    ELECTRALINK(id=487, title=LONGEST, found_in=SIT_A, version="3.4.8", severity=LOW, priority=4, raised_by=TESS),
    ELEXON(
        id=533,
        title="[/red] SIT: BRP report colours wrong [bold]again[/bold]",
        found_in=STAGING,
        raised_by="rm@elexon.example",
    ),
    ST_CLEMENTS(
        id=559,
        title="Meter point notes field takes '); DROP TABLE registrations;-- without complaint",
        found_in=SIT_B,
        severity=HIGH,
        raised_by=THEO,
    ),
    ELEXON(
        id=602,
        title="Grid supply point group _P mapped to the wrong profile in ISD",
        found_in=SIT_B,
        version="configuration",  # changed by hand in the environment: it has no build of its own
        raised_by=TESS,
        planned_for=date(2026, 12, 7),
    ),
    AVANADE(
        id=655,
        title="Webhook says 🔥🔥 no route 🔥🔥 to the market participant 👩‍🔧",
        found_in=UIT,
        raised_by=TIM,
        depends_on=152,
    ),
    ELECTRALINK(id=701, title="#1 @Dev AB#12 !45 same as last week, D0155 not routed", found_in=SIT_A, raised_by=TARA),
)

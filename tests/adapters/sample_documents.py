"""One document of each kind, as MHHS would see it, and the same with a text of somebody's in every place."""

from dataclasses import replace

from bot.control_points import ControlPoint, ControlPoints, Particular, Readiness
from bot.environment_page import ComingLine, EnvironmentPage, PageNote, RunsLine
from bot.list_page import LeftOutLine, ListGroup, ListLine, ListPage
from bot.release_note import ChangeLine, KnownIssue, NoteGroup, NoteLine, ReleaseNote
from bot.remark import Remark
from bot.rollout_report import ReportGroup, ReportLine, RolloutReport, WorkOff

WINDOW = "Mon 07-Dec-2026 09:00 GMT to Mon 07-Dec-2026 17:00 GMT"

LIST = ListPage(
    heading="DCC 5.2.16.0 to SIT-A",
    programme="MHHS",
    environment="SIT-A",
    party="DCC",
    release="5.2.16.0 (patch)",
    window=WINDOW,
    agree_by="Fri 04-Dec-2026 09:00 GMT",
    standing="Proposed. The defect manager agrees it by setting its state; to keep a fix out, tag its defect Hold; "
    "to move it, set its planned-for date.",
    groups=(
        ListGroup(
            "Retest in SIT-A",
            (
                ListLine(123, "1 - Critical", "Settlement run stops at midnight", "5.2.16.0", "SIT-A", "Resolved"),
                ListLine(
                    456,
                    "2 - High",
                    "Consumption of a half-hour is counted twice when a meter is exchanged on the day on which the "
                    "clocks change",
                    "5.2.16.0",
                    "SIT-A",
                    "Resolved",
                ),
                ListLine(789, "3 - Medium", "Label cut: “Supplier of last res”", "5.2.15.0", "SIT-A", "Closed"),
            ),
        ),
        ListGroup(
            "Delivered here, retested elsewhere",
            (ListLine(246, "3 - Medium", "Wrong date in IF-021", "5.2.16.0", "SIT-B", "Ready for Retest"),),
        ),
        ListGroup(
            "Change requests",
            (ListLine(880, "no severity", "CR042: second flow for export", "5.2.16.0", "", "Approved"),),
        ),
    ),
    left_out=(
        LeftOutLine(
            468,
            "2 - High",
            "Registration hangs",
            "SIT-B",
            "a person holds it (tag Hold)",
            "in the list if the tag Hold is removed by Fri 04-Dec-2026 09:00 GMT",
        ),
        LeftOutLine(
            555,
            "4 - Low",
            "Tooltip misspelt",
            "SIT-A",
            "its fix version reads “next week”, which is no release number",
            "in the list if a version such as 1.2.3.0 is named by Fri 04-Dec-2026 09:00 GMT",
        ),
    ),
    notices=("456 is held for SIT-A: while it is, no RFC is raised for a release that contains it",),
)

NOTE = ReleaseNote(
    title="DCC 5.2.16.0 to SIT-A: three fixes to retest",
    programme="MHHS",
    reason="Weekly patch: it brings fixes of four defects and one change request to SIT-A.",
    number="5.2.16.0",
    type="patch",
    date="Mon 07-Dec-2026",
    environment="SIT-A",
    party="DCC",
    components="DSP, SMWAN",
    window=WINDOW,
    downtime="30 minutes from 09:00",
    instructions="Step 1: stop the scheduler.\nStep 2: run install.sh.",
    way_back="Rollback: restore 5.2.15.0 from its image.\nRestart the gateway.\n\nAbout 40 minutes.",
    roadmap="",
    candidate_list=77,
    edition=2,
    seal="9f86d081884c7d65",
    groups=(
        NoteGroup(
            "Retest in SIT-A",
            (
                NoteLine(123, "1 - Critical", "Settlement run stops at midnight", "5.2.16.0", "SIT-A"),
                NoteLine(456, "2 - High", "Half-hour counted twice", "5.2.16.0", "SIT-A"),
                NoteLine(789, "3 - Medium", "Label cut: “Supplier of last res”", "5.2.15.0", "SIT-A"),
            ),
        ),
        NoteGroup(
            "Delivered here, retested elsewhere",
            (NoteLine(246, "3 - Medium", "Wrong date in IF-021", "5.2.16.0", "SIT-B"),),
        ),
    ),
    changes=(ChangeLine(880, "CR042: second flow for export", "Adds IF-044 beside IF-021."),),
    known_issues=(
        KnownIssue(901, "3 - Medium", "Report is empty on the first day", "Run it again on the second day."),
    ),
)

POINTS = ControlPoints(
    points=(
        ControlPoint(1, "RFC raised", "DCC's release manager", "met", "raised Thu 03-Dec-2026 10:04 GMT", "approval"),
        ControlPoint(2, "Governance approval", "governance forum", "not applicable", "only a major asks", "approval"),
        ControlPoint(
            3,
            "Environment at the required configuration baseline",
            "environments manager of SIT-A",
            "met",
            "eve.lund@si.example, Fri 04-Dec-2026 08:00 GMT: baseline 5.2 confirmed by ops",
            "nothing",
        ),
        ControlPoint(
            4,
            "Release package and installation instructions approved, if any",
            "build manager of SIT-A",
            "to be confirmed",
            "“met” does not count: tess.hall@st.example is not among those named as build manager of SIT-A",
            "nothing",
        ),
        ControlPoint(7, "RFC approved", "SI Release Manager", "open", "", "deployment"),
    ),
    next_step="The SI Release Manager of SIT-A approves or rejects it by Mon 07-Dec-2026 09:00 GMT.",
    deviations=("point 5 was waived by rhona.reid@si.example: agreed at the review of 3 Dec",),
    readiness=(
        Readiness("Test", "ready", "tom.ellis@si.example, Thu 03-Dec-2026 15:00 GMT: environments up", "approval"),
        Readiness("Participants", "awaited", "", "approval"),
    ),
    also_asked="build manager of SIT-A: 4",
    particulars=(
        Particular("Way back", "the plan is DCC's to attach"),
        Particular("Not understood", "“looks good”: write it as “3: met, in a few words” or “Participants: ready”"),
    ),
)
DEPLOYED_POINTS = ControlPoints(
    points=(ControlPoint(9, "Rollout closure approved", "SI Release Manager", "open", "", "closure"),),
    next_step="The SI Release Manager approves closure by closing this RFC; its defects are ready for retest.",
    deviations=("deployed on Mon 07-Dec-2026 18:02 GMT, outside its window, " + WINDOW,),
    rollout=(
        "Attempt 1: failed, said by dora.okafor@si.example, Mon 07-Dec-2026 10:04 GMT",
        "Attempt 2: succeeded, said by dora.okafor@si.example, Mon 07-Dec-2026 18:02 GMT; smoke test passed",
        "Lessons are asked for, because attempt 1: the deployment failed.",
    ),
)

REPORT = RolloutReport(
    title="Rollout report: RFC 900: DCC 5.2.16.0 to SIT-A",
    summary="RFC 900 is deployed: DCC 5.2.16.0 is deployed and complete in SIT-A, at attempt 2.",
    programme="MHHS",
    environment="SIT-A",
    party="DCC",
    number="5.2.16.0",
    type="patch",
    roadmap="IR7.1",
    window=WINDOW,
    approval="rhona.reid@si.example, SI Release Manager, Fri 04-Dec-2026 08:30 GMT",
    rfc=900,
    attempts=DEPLOYED_POINTS.rollout[:2],
    deviations=(*DEPLOYED_POINTS.deviations, "promised and not delivered, by the list of rm@dcc.example: 456"),
    groups=(
        ReportGroup(
            "Ready for retest",
            (ReportLine(123, "1 - Critical", "Settlement run stops at midnight", "with tess.hall@st.example"),),
        ),
        ReportGroup(
            "Promised and not delivered",
            (
                ReportLine(
                    456,
                    "2 - High",
                    "Consumption of a half-hour is counted twice when a meter is exchanged on the day on which the "
                    "clocks change",
                    "RFC 900 promised it, and DCC's delivered list lacks it",
                ),
            ),
        ),
        ReportGroup(
            "Delivered here, retested elsewhere",
            (ReportLine(246, "3 - Medium", "Wrong date in IF-021", "SIT-B"),),
        ),
    ),
    issues="The first start took twenty minutes: the index was rebuilt.\nIt was started again by hand.",
    actions=(
        WorkOff("release manager of DCC", "name the build that carries 456: promised, and not delivered"),
        WorkOff("SI Release Manager", "control point 9, Rollout closure approved"),
    ),
    lessons=("attempt 1: the deployment failed", "promised and not delivered, by the list of rm@dcc.example: 456"),
    no_lessons="None are asked for: it went as agreed.",
)

PAGE = EnvironmentPage(
    environment="SIT-A",
    programme="MHHS",
    runs=(
        RunsLine("DCC", "DSP, SMWAN", "5.2.16.0", "Mon 07-Dec-2026 11:02 GMT", "deployment", 900, ""),
        RunsLine("Elexon", "Helix", "2.3.1.0", "not told", "baseline", None, ""),
        RunsLine("St Clements, as SIT", "", "nothing known", "not told", "nothing known", None, ""),
    ),
    coming=(ComingLine(950, "Elexon", "2.3.2.0", "patch", WINDOW, "approved"),),
    known_issues=NOTE.known_issues,
    notes=(
        PageNote(900, f"RFC 900: {NOTE.title}", "RFC 900 is deployed. Four defects fixed.", NOTE),
        PageNote(870, "RFC 870: DCC 5.2.14.0 to SIT-A", "RFC 870 was raised by hand: its note stands on it.", None),
        PageNote(
            850,
            "RFC 850: Elexon 2.3.1.0 to SIT-A: nothing new",
            "RFC 850 is closed. Nothing new.",
            replace(NOTE, groups=(), changes=()),
        ),
    ),
    left_out="2 older releases are left out, from RFC 800 back: each RFC carries its own note.",
)

REMARK = Remark(
    (
        "Ready for Retest: release 5.2.16.0 arrived in SIT-A on Mon 07-Dec-2026 11:02 GMT.",
        "RFC 900 brought it, agreed on list 77.",
    ),
    about=(900, 77, 16),
)


def filled_with(text: str) -> tuple[ListPage, ReleaseNote, ControlPoints, Remark, RolloutReport]:
    """One document of each kind in which every text is `text`."""
    point = ControlPoint(1, text, text, text, text, text)
    points = ControlPoints(
        (point,), text, (text,), (Readiness(text, text, text, text),), text, (Particular(text, text),), (text,)
    )
    return _list_of(text), _note_of(text), points, Remark((text,), about=(900,)), _report_of(text)


def _list_of(text: str) -> ListPage:
    return ListPage(
        heading=text,
        programme=text,
        environment=text,
        party=text,
        release=text,
        window=text,
        agree_by=text,
        standing=text,
        groups=(ListGroup(text, (ListLine(1, text, text, text, text, text),)),),
        left_out=(LeftOutLine(2, text, text, text, text, text),),
        notices=(text,),
    )


def _note_of(text: str) -> ReleaseNote:
    return ReleaseNote(
        title=text,
        programme=text,
        reason=text,
        number=text,
        type=text,
        date=text,
        environment=text,
        party=text,
        components=text,
        window=text,
        downtime=text,
        instructions=text,
        way_back=text,
        roadmap=text,
        candidate_list=77,
        edition=1,
        seal=text,
        groups=(NoteGroup(text, (NoteLine(1, text, text, text, text),)),),
        changes=(ChangeLine(3, text, text),),
        known_issues=(KnownIssue(4, text, text, text),),
    )


def page_of(text: str) -> EnvironmentPage:
    """A page in which every text is `text`."""
    return EnvironmentPage(
        *(text,) * 2,
        runs=(RunsLine(text, text, text, text, text, 5, text),),
        coming=(ComingLine(6, text, text, text, text, text),),
        known_issues=(KnownIssue(4, text, text, text),),
        notes=(PageNote(7, text, text, _note_of(text)), PageNote(8, text, text, None)),
        left_out=text,
    )


def _report_of(text: str) -> RolloutReport:
    return RolloutReport(
        *(text,) * 10,
        rfc=900,
        attempts=(text,),
        deviations=(text,),
        groups=(ReportGroup(text, (ReportLine(1, text, text, text),)),),
        issues=text,
        actions=(WorkOff(text, text),),
        lessons=(text,),
        no_lessons=text,
    )

"""Emergencies: a blocking defect gets its fix within hours, and the next regular release carries it."""

from __future__ import annotations

from adapters.azure_devops.text_values import plain
from adapters.sandbox.work_item import WorkItem
from tests.jobs.play import ENTRY, Play, text
from tests.jobs.small_world import OPEN

RETEST = "Ready for Retest"


def release(item: WorkItem) -> tuple[str, str, str]:
    fields = "Custom.ReleaseEnvironment", "Custom.ReleaseType", "Custom.ReleaseNumber"
    environment, type_, number = (text(item, name) for name in fields)
    return environment, type_, number


def words(item: WorkItem) -> dict[int | None, str]:
    return {relation.target: relation.comment for relation in item.relations if relation.rel == ENTRY}


def emergency(play: Play) -> None:
    """Wednesday: 5.2.16.0 runs in SIT-A since Monday, and 555 blocks testing there."""
    play.delivered("SIT-A")
    play.at(8, 9)
    play.cast.close("SIT-A")
    play.look()
    play.seen()
    play.at(9, 10)
    play.cast.ask_for_emergency(OPEN)
    play.cast.resolve(OPEN, "5.2.16.1")
    play.look()


def arrived(play: Play) -> None:
    emergency(play)
    play.at(9, 10, 20)
    play.cast.agree("SIT-A")
    play.look()
    play.at(9, 10, 30)
    play.look()
    play.cast.approve("SIT-A")
    play.look()
    play.seen()
    play.at(9, 12, 10)
    play.cast.deploy("SIT-A")
    play.look()


def test_it_gets_a_list_of_its_own_with_an_hours_notice(play: Play) -> None:
    emergency(play)

    (made,) = play.cast.lists("SIT-A", "DCC", "Proposed")
    assert release(made) == ("SIT-A", "emergency", "5.2.16.1")
    assert words(made) == {OPEN: "5.2.16.1, retest here"}
    assert str(made.fields["Custom.WindowStart"]) == "2026-12-09 12:00:00+00:00"
    assert "list DCC SIT-A created" in play.news()


def test_the_agreement_to_its_list_stands_on_its_rfc_as_the_release_review(play: Play) -> None:
    emergency(play)
    play.at(9, 10, 20)
    listed = play.cast.agree("SIT-A")[0]
    play.look()
    play.at(9, 10, 30)
    play.look()

    (raised,) = play.cast.rfcs("SIT-A", "DCC", "Raised")
    review = f"list {listed} was agreed by dev.patel@si.example, SIT Defect Manager, Wed 09-Dec-2026 10:20 GMT"
    assert review in plain(text(raised, "Custom.ControlPoints")).replace("\u2060", "")
    play.look()
    play.seen()
    assert not play.look().plan


def test_it_is_deployed_and_retested_within_the_day(play: Play) -> None:
    arrived(play)

    assert play.state(OPEN) == RETEST
    assert play.news() == [f"{OPEN} Resolved -> {RETEST}", "RFC DCC SIT-A deployment recorded"]
    assert str(play.picture().running("SIT-A", "DCC")) == "5.2.16.1"


def test_the_next_regular_release_carries_it(play: Play) -> None:
    """5.2.17.0 lists it as carried over where it runs; it would be lost otherwise."""
    arrived(play)
    play.at(9, 14)
    play.azure.put(950, "Bug", NEXT, by="tess.hall@st.example", at=play.azure.clock.now())
    play.look()
    play.seen()

    (made,) = play.cast.lists("SIT-A", "DCC", "Proposed")
    assert release(made) == ("SIT-A", "patch", "5.2.17.0")
    assert words(made) == {950: "5.2.17.0, retest here", OPEN: "5.2.16.1, carried"}


NEXT = {
    "System.Title": "Objection window closes an hour early",
    "System.State": "Resolved",
    "Custom.FoundIn": "SIT-A",
    "Custom.ResolvingParty": "DCC",
    "Custom.FixVersion": "5.2.17.0",
}

"""What people see of one MHHS week: the list, the RFC with its note, and the note in every layout, as whole texts."""

from __future__ import annotations

from bot.current_note import current_note
from bot.release_note import ReleaseNote
from tests.golden_text import Golden
from tests.jobs.play import Play, text


def the_note(play: Play, id: int) -> ReleaseNote:
    note = current_note(id, play.picture())
    assert isinstance(note, ReleaseNote)
    return note


def test_the_list_that_is_proposed(play: Play, golden: Golden) -> None:
    play.proposed()
    golden(text(play.cast.the_list("SIT-A", "DCC"), "System.Description"), "mhhs/list_proposed.html")


def test_the_note_is_provisional_and_then_confirmed_in_text_and_for_a_wiki(play: Play, golden: Golden) -> None:
    play.proposed()
    provisional = the_note(play, play.cast.the_list("SIT-A", "DCC").id)
    golden(play.world.rendering.plain(provisional), "mhhs/note_provisional.txt")

    play.raised()
    confirmed = the_note(play, play.cast.the_rfc("SIT-A", "DCC").id)
    golden(play.world.rendering.plain(confirmed), "mhhs/note_confirmed.txt")
    golden(play.world.rendering.markdown(confirmed), "mhhs/note_confirmed.md")


def test_the_rfc_with_its_note_when_it_is_overdue_and_once_it_is_deployed(play: Play, golden: Golden) -> None:
    play.approved()
    rfc = play.cast.the_rfc("SIT-A", "DCC").id
    golden(text(play.azure.item(rfc), "Custom.ReleaseNote"), "mhhs/rfc_note.html")

    play.at(7, 18)
    play.look()
    golden(text(play.azure.item(rfc), "Custom.ControlPoints"), "mhhs/rfc_overdue.html")

    play.cast.deploy("SIT-A")
    play.look()
    play.seen()
    golden(text(play.azure.item(rfc), "Custom.ControlPoints"), "mhhs/rfc_deployed_late.html")

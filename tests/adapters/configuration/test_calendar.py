"""Windows, freezes and time zones that cannot be."""

from pathlib import Path

from tests.adapters.configuration.a_file import NAME, WINDOW, Cases, told
from tests.golden_text import Golden


def major(more: str) -> str:
    return f'extra_windows = [{{ start = 2027-03-02T09:00:00, end = 2027-03-02T17:00:00, type = "major", {more} }}]'


CASES: Cases = {
    "a window that ends before it starts": [('start = "09:00", end = "17:00"', 'start = "17:00", end = "09:00"')],
    "a window that ends when it starts": [('start = "09:00", end = "17:00"', 'start = "09:00", end = "09:00"')],
    "a window of more than a day": [('end = "17:00" }]\nmust', 'end = "17:00", next_day = true }]\nmust')],
    "a time of another form": [('start = "09:00"', 'start = "9am"')],
    "a time that does not exist": [('start = "09:00"', 'start = "24:00"')],
    "a day in another spelling": [('day = "Monday"', 'day = "Mon"')],
    "a window on a Saturday": [('day = "Monday"', 'day = "Saturday"')],
    "a zone that does not exist": [(NAME, NAME + 'time_zone = "Europe/Londn"\n')],
    "a zone that is a path": [(NAME, NAME + 'time_zone = "../../etc/passwd"\n')],
    "a freeze that ends before it starts": [
        (WINDOW, 'freezes = [{ first = 2027-01-02, last = 2026-12-24, why = "Christmas" }]')
    ],
    "a freeze of a hundred years": [
        (WINDOW, 'freezes = [{ first = 2026-12-24, last = 2126-12-31, why = "Christmas" }]')
    ],
    "a shutdown without a reason": [(NAME, NAME + "shutdowns = [{ first = 2026-12-24, last = 2026-12-31 }]\n")],
    "a shutdown day in quotes": [
        (NAME, NAME + 'shutdowns = [{ first = "2026-12-24", last = 2026-12-31, why = "Christmas" }]\n')
    ],
    "an extra window that ends before it starts": [
        (WINDOW, 'extra_windows = [{ start = 2027-03-02T09:00:00, end = 2027-03-01T17:00:00, type = "major" }]')
    ],
    "an extra window before all time": [
        (NAME, NAME + 'time_zone = "Asia/Tokyo"\n'),
        (WINDOW, 'extra_windows = [{ start = 0001-01-01T00:00:00, end = 2027-03-01T17:00:00, type = "major" }]'),
    ],
    "an extra window after all time": [
        (WINDOW, 'extra_windows = [{ start = 2027-03-02T09:00:00, end = 9999-12-31T23:59:00, type = "major" }]')
    ],
    "an extra window of 45 years": [
        (WINDOW, 'extra_windows = [{ start = 2027-03-02T09:00:00, end = 2072-03-02T17:00:00, type = "major" }]')
    ],
    "an extra window in the hour that spring leaves out": [
        (WINDOW, 'extra_windows = [{ start = 2027-03-28T01:30:00, end = 2027-03-28T17:00:00, type = "major" }]')
    ],
    "an extra window in the hour that autumn repeats": [
        (WINDOW, 'extra_windows = [{ start = 2027-10-31T01:30:00, end = 2027-10-31T17:00:00, type = "major" }]')
    ],
    "an extra window after itself": [(WINDOW, major('roadmap = "IR8", after = "ir8"'))],
    "numbers that cannot be announced": [(WINDOW, major('numbers = { DCC = "6.0.0.1", Nobody = "6.0" }'))],
    "an extra window for an emergency": [
        (WINDOW, 'extra_windows = [{ start = 2027-03-02T09:00:00, end = 2027-03-02T17:00:00, type = "emergency" }]')
    ],
}


def test_every_mistake_in_the_calendar_is_named_with_its_place_and_remedy(golden: Golden, tmp_path: Path) -> None:
    golden(told(CASES, tmp_path), "configuration/calendar.txt")

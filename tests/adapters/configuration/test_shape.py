"""Settings that are unknown, missing or of the wrong kind."""

from pathlib import Path

from tests.adapters.configuration.a_file import NAME, WINDOW, Cases, told
from tests.golden_text import Golden

PAT = 'token_variable = "SHUNTER_TOKEN"\n'

CASES: Cases = {
    "an unknown setting, with the near one": [('mode = "observe"', 'mod = "observe"')],
    "an unknown setting that is like none": [('mode = "observe"', 'colour = "red"')],
    "an unknown table": [("[running]", "[runing]")],
    "an unknown setting of a table that may be missing": [("[running]", '[health]\nadress = "::1"\n\n[running]')],
    "and of one within another": [(PAT, PAT + 'people = { tenant = "mhhs.example", client = "1" }\n')],
    "a secret in its table": [("[running]", '[hooks]\npassword = "hunter2"\n\n[running]')],
    "a setting of another table": [(NAME, NAME + 'mode = "act"\n')],
    "a table that is missing": [('[programme]\nname = "MHHS"\n', "")],
    "several needed settings missing in a list": [('{ environment = "SIT Staging", mandatory = false }', "{}")],
    "a choice of another case": [('mode = "observe"', 'mode = "Act"')],
    "a choice that is not text": [('mode = "observe"', "mode = 1")],
    "a number in quotes": [('mode = "observe"', 'poll_seconds = "120"')],
    "a number that is too small": [('mode = "observe"', "poll_seconds = 1")],
    "true in quotes": [(WINDOW, 'smoke_test = "true"')],
    "true for a number": [('mode = "observe"', "resync_hours = true")],
    "one name where a list belongs": [('level_with = ["SIT-B"]', 'level_with = "SIT-B"')],
    "a table where a name belongs": [('level_with = ["SIT-B"]', "level_with = [{}]")],
    "an environment that is a list": [("[environments.SIT-A]", "[[environments.SIT-A]]")],
    "text with a line break": [(NAME, 'name = "MH\\nHS"\n')],
    "a person by display name": [('"rhona.reid@si.example"', '"Rhona Reid"')],
    "two people in one text": [('"rhona.reid@si.example"', '"rhona.reid@si.example, tom.ellis@si.example"')],
    "notice that no window could keep": [(NAME, NAME + "notice.minor = 60\n")],
    "the bot's own notice for emergencies": [(NAME, NAME + "notice.emergency = 1\n")],
    "a regular type that is not regular": [(WINDOW, 'regular_type = "emergency"')],
}


def test_every_mistake_in_the_shape_of_settings_is_named_with_its_place_and_remedy(
    golden: Golden, tmp_path: Path
) -> None:
    golden(told(CASES, tmp_path), "configuration/shape.txt")

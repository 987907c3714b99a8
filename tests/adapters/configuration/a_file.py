"""A small configuration that is right, to be made wrong in one place at a time."""

from pathlib import Path
from textwrap import indent

import pytest

from adapters.configuration.load import load
from adapters.configuration.problem import ConfigurationError
from adapters.sandbox.tokens import MARK

TOKEN = f"a-{MARK}-of-shunter"
ENVIRON = {"SHUNTER_TOKEN": TOKEN}

RIGHT = """\
[programme]
name = "MHHS"

[connection]
organisation_url = "https://dev.azure.com/mhhs"
project = "MHHS"

[sign_in]
account = "shunter@mhhs.example"
token_variable = "SHUNTER_TOKEN"

[running]
mode = "observe"

[environments."SIT Staging"]
windows = [{ day = "Friday", start = "14:00", end = "17:00" }]
approvals = { "SI Release Manager" = ["rhona.reid@si.example"] }
agrees = { "Defect Manager" = ["dev.patel@si.example"] }

[environments.SIT-A]
windows = [{ day = "Monday", start = "09:00", end = "17:00" }]
must_pass = [{ environment = "SIT Staging", mandatory = false }]
level_with = ["SIT-B"]
approvals = { "SI Release Manager" = ["rhona.reid@si.example"] }
agrees = { "Defect Manager" = ["dev.patel@si.example"] }

[environments.SIT-B]
windows = [{ day = "Monday", start = "13:00", end = "18:00" }]
level_with = ["SIT-A"]
approvals = { "SI Release Manager" = ["rhona.reid@si.example"] }
agrees = { "Defect Manager" = ["dev.patel@si.example"] }

[parties.DCC]
environments = ["SIT-A", "SIT-B"]
release_managers = ["rm@dcc.example"]
"""


# Lines of it, as they first stand there.
WINDOW = 'windows = [{ day = "Monday", start = "09:00", end = "17:00" }]'
APPROVALS = 'approvals = { "SI Release Manager" = ["rhona.reid@si.example"] }'
AGREES = 'agrees = { "Defect Manager" = ["dev.patel@si.example"] }'
NAME = 'name = "MHHS"\n'
LAST_LINE = 'release_managers = ["rm@dcc.example"]\n'
FIRST_PARTY = "[parties.DCC]\n"


def changed(*replacements: tuple[str, str]) -> str:
    """The right file, with each text replaced where it first stands."""
    text = RIGHT
    for old, new in replacements:
        assert old in text, f"{old!r} is not in the file"
        text = text.replace(old, new, 1)
    return text


def problems_of(text: str, folder: Path) -> str:
    """The whole message about a file that holds `text`."""
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError) as refused:
        load(file, ENVIRON)
    return str(refused.value).replace(f"{folder}/", "")


Cases = dict[str, list[tuple[str, str]]]


def told(cases: Cases, folder: Path) -> str:
    """Each mistake by its name, and under it everything that is said about the file that has it."""
    messages = {mistake: problems_of(changed(*made), folder) for mistake, made in cases.items()}
    return "\n".join(f"{mistake}\n{indent(message, '    ')}\n" for mistake, message in messages.items())

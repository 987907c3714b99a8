"""Places that stand for several environments."""

from pathlib import Path

import pytest

from adapters.configuration.load import load
from bot.environment import MustPass, PassedBy
from tests.adapters.configuration.a_file import ENVIRON, FIRST_PARTY, Cases, changed, told
from tests.golden_text import Golden

PLACE = """\
[environments.SIT]
stands_for = ["SIT-A", "SIT-B"]
approvals = { "SI Release Manager" = ["rhona.reid@si.example"] }
agrees = { "Defect Manager" = ["dev.patel@si.example"] }

"""
ADDED = (FIRST_PARTY, PLACE + FIRST_PARTY)
ALL = 'environments = ["SIT-A", "SIT-B"]'
ORDER = 'must_pass = [{ environment = "SIT Staging", mandatory = false }]'
CASES: Cases = {
    "a place for what does not exist": [ADDED, ('stands_for = ["SIT-A", "SIT-B"]', 'stands_for = ["SIT-A", "SITB"]')],
    "a place for itself": [ADDED, ('stands_for = ["SIT-A", "SIT-B"]', 'stands_for = ["SIT", "SIT-B"]')],
    "a place for a place": [
        ADDED,
        ("[parties.DCC]\n", PLACE.replace(".SIT]", ".ALL]").replace('"SIT-A", "SIT-B"', '"SIT"') + "[parties.DCC]\n"),
    ],
    "a party with a place and one of its environments": [ADDED, (ALL, 'environments = ["SIT", "SIT-B"]')],
    "nobody of one environment approves or agrees": [
        ("rhona.reid@si.example", "rob.reid@si.example"),
        ("rhona.reid@si.example", "sam.shaw@si.example"),
        ('agrees = { "Defect Manager" = ["dev.patel@si.example"] }\n\n[environments.SIT-B]',
         'agrees = { "Defect Manager" = ["nia.cole@si.example"] }\n\n[environments.SIT-B]'),
        ADDED,
    ],
    "a place around a mandatory order": [
        ADDED,
        ("mandatory = false", "mandatory = true"),
        (ALL, 'environments = ["SIT Staging", "SIT-A", "SIT-B"]'),
    ],
    "a place for a party that does not deploy to what comes first": [
        (FIRST_PARTY, PLACE.replace("approvals", ORDER.replace("false", "true") + "\napprovals", 1) + FIRST_PARTY),
        (ALL, 'environments = ["SIT"]'),
    ],
    "an order by what nobody knows": [("mandatory = false", 'mandatory = false, by = "testing"')],
}  # fmt: skip


def test_every_mistake_in_places_is_named_with_its_place_and_remedy(golden: Golden, tmp_path: Path) -> None:
    golden(told(CASES, tmp_path), "configuration/places.txt")


@pytest.mark.parametrize(
    ("written", "understood"),
    [
        pytest.param("", MustPass("SIT Staging", is_mandatory=False), id="by deployment, and all that it brings"),
        pytest.param(
            ', by = "tested_in", except_found_here = true',
            MustPass("SIT Staging", is_mandatory=False, by=PassedBy.TESTED_IN, except_found_here=True),
            id="by its tests, and not what this environment found",
        ),
    ],
)
def test_an_order_says_what_proves_it_and_what_it_excepts(tmp_path: Path, written: str, understood: MustPass) -> None:
    file = tmp_path / "config.toml"
    file.write_text(changed(("mandatory = false", f"mandatory = false{written}"), ADDED))
    environments = load(file, ENVIRON).programme.environments
    assert environments["SIT-A"].must_pass == (understood,)
    assert environments["SIT"].stands_for == ("SIT-A", "SIT-B")

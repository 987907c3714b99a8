"""Names that work items, tags and queries could not carry."""

from pathlib import Path

from tests.adapters.configuration.a_file import AGREES, APPROVALS, FIRST_PARTY, NAME, Cases, told
from tests.golden_text import Golden

CASES: Cases = {
    "two environments but for case": [
        (FIRST_PARTY, f"[environments.sit-a]\n{APPROVALS}\n{AGREES}\n\n{FIRST_PARTY}"),
    ],
    "two parties but for case": [(FIRST_PARTY, '[parties.dcc]\nenvironments = ["SIT-A"]\n\n[parties.DCC]\n')],
    "a name with a line break and a query": [("[parties.DCC]", '[parties."DCC\\n ORDER BY x"]')],
    "a name that ends a quotation": [("[parties.DCC]", "[parties.\"') ASOF '2000-01-01\"]")],
    "a name with a list's separator": [("[parties.DCC]", '[parties."DCC; Elexon"]')],
    "a name with a comma": [("[parties.DCC]", '[parties."DCC, Elexon"]')],
    "a name with blanks around it": [("[parties.DCC]", '[parties." DCC "]')],
    "a name that turns the writing round": [("[parties.DCC]", '[parties."DCC\\u202E"]')],
    "an empty name": [("[parties.DCC]", '[parties.""]')],
    "a name that is too long": [
        (
            "[parties.DCC]",
            "[parties.DDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDDD-CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC]",
        )
    ],
    "an internal test that is two": [(NAME, NAME + 'internal_test = "Internal, QAS2"\n')],
}


def test_every_mistake_in_names_is_named_with_its_place_and_remedy(golden: Golden, tmp_path: Path) -> None:
    golden(told(CASES, tmp_path), "configuration/names.txt")

"""Environments and parties that refer to one another."""

from pathlib import Path

from tests.adapters.configuration.a_file import LAST_LINE, Cases, told
from tests.golden_text import Golden

CASES: Cases = {
    "a level environment that does not exist": [
        ('level_with = ["SIT-B"]', 'level_with = ["SIT-b"]'),
        ('level_with = ["SIT-A"]\n', ""),
    ],
    "level on one side only": [('level_with = ["SIT-A"]\n', "")],
    "level with itself": [('level_with = ["SIT-B"]', 'level_with = ["SIT-B", "SIT-A"]')],
    "must pass what does not exist": [('environment = "SIT Staging"', 'environment = "QAS2"')],
    "must pass itself": [('environment = "SIT Staging"', 'environment = "SIT-A"')],
    "a circle of three": [
        (
            '[environments."SIT Staging"]\n',
            '[environments."SIT Staging"]\nmust_pass = [{ environment = "SIT-B", mandatory = false }]\n',
        ),
        (
            'level_with = ["SIT-A"]\n',
            'level_with = ["SIT-A"]\nmust_pass = [{ environment = "SIT-A", mandatory = false }]\n',
        ),
    ],
    "a party in an environment that does not exist": [
        ('environments = ["SIT-A", "SIT-B"]', 'environments = ["SIT A", "SIT-B"]')
    ],
    "a party in no environment": [('environments = ["SIT-A", "SIT-B"]', "environments = []")],
    "a mandatory environment that a party does not use": [("mandatory = false", "mandatory = true")],
    "a baseline elsewhere": [
        (LAST_LINE, LAST_LINE + 'baseline = { "SIT Staging" = "5.2.15.0", UIT = "1.0.0.0", SIT-A = "5.2" }\n')
    ],
}


def test_every_mistake_in_references_is_named_with_its_place_and_remedy(golden: Golden, tmp_path: Path) -> None:
    golden(told(CASES, tmp_path), "configuration/references.txt")

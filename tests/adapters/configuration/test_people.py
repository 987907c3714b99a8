"""Roles that nobody holds, and people who may not decide."""

from pathlib import Path

from tests.adapters.configuration.a_file import AGREES, APPROVALS, NAME, Cases, told
from tests.golden_text import Golden

CASES: Cases = {
    "nobody approves": [(APPROVALS, "approvals = {}")],
    "a role that nobody holds": [(APPROVALS, 'approvals = { "SI Release Manager" = [] }')],
    "nobody agrees": [(AGREES, "agrees = {}")],
    "no approvals at all": [(APPROVALS + "\n", "")],
    "the bot approves": [
        (APPROVALS, 'approvals = { "SI Release Manager" = ["rhona.reid@si.example", "Shunter@MHHS.example"] }')
    ],
    "the bot agrees": [(AGREES, 'agrees = { "Defect Manager" = ["shunter@mhhs.example"] }')],
    "the bot governs": [(NAME, NAME + 'governance = ["shunter@mhhs.example"]\n')],
    "the bot answers": [
        (NAME, NAME + 'concerned = { Test = ["shunter@mhhs.example"] }\n'),
        (APPROVALS, APPROVALS + '\nbuild_managers = ["shunter@mhhs.example"]'),
    ],
    "groups that no line can begin with": [
        (NAME, NAME + 'concerned = { Test = [], test = [], "7" = [], "SIT: Test" = [], " " = [] }\n')
    ],
    "an approval that needs itself": [(APPROVALS, APPROVALS + "\napproval_needs = [2, 7]")],
    "only a party approves its own releases": [
        (
            f'level_with = ["SIT-B"]\n{APPROVALS}',
            'level_with = ["SIT-B"]\napprovals = { "SI Release Manager" = ["rm@dcc.example"] }',
        )
    ],
    "a role with a line break": [(APPROVALS, 'approvals = { "SI\\nManager" = ["rhona.reid@si.example"] }')],
}


def test_every_mistake_in_people_is_named_with_its_place_and_remedy(golden: Golden, tmp_path: Path) -> None:
    golden(told(CASES, tmp_path), "configuration/people.txt")

"""Addresses and projects that are not what they seem."""

from pathlib import Path

from tests.adapters.configuration.a_file import Cases, told
from tests.golden_text import Golden

CASES: Cases = {
    "a project that is two segments": [('project = "MHHS"', 'project = "A/B"')],
    "a project that is two segments, encoded": [('project = "MHHS"', 'project = "A%2F..%2FB"')],
    "a project that is the folder above": [('project = "MHHS"', 'project = ".."')],
    "a project with a query": [('project = "MHHS"', 'project = "A?x"')],
    "a project with a fragment": [('project = "MHHS"', 'project = "A#x"')],
    "an empty project": [('project = "MHHS"', 'project = ""')],
    "an organisation without https": [("https://", "http://")],
    "authorities that are not there": [('project = "MHHS"', 'project = "MHHS"\nca_file = "nowhere.pem"')],
    "authorities that are none": [('project = "MHHS"', 'project = "MHHS"\nca_file = "config.toml"')],
}


def test_every_mistake_in_the_connection_is_named_with_its_place_and_remedy(golden: Golden, tmp_path: Path) -> None:
    golden(told(CASES, tmp_path), "configuration/connection.txt")

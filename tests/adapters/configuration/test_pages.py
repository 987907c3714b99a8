"""Pages of a wiki, which are named after environments."""

from pathlib import Path

import pytest

from adapters.configuration.load import load
from tests.adapters.configuration.a_file import AGREES, APPROVALS, ENVIRON, FIRST_PARTY, Cases, changed, told
from tests.golden_text import Golden

PAGES = (FIRST_PARTY, '[pages]\nwiki = "MHHS.wiki"\n\n' + FIRST_PARTY)


def called(name: str) -> tuple[str, str]:
    return FIRST_PARTY, f'[environments."{name}"]\n{APPROVALS}\n{AGREES}\n\n{FIRST_PARTY}'


CASES: Cases = {
    "a slash in the name of a page": [PAGES, called("SIT/A")],
    "a page that ends with a full stop": [PAGES, called("SIT.")],
    "a wiki without a name": [(PAGES[0], PAGES[1].replace("MHHS.wiki", " "))],
    "a wiki by yes": [(PAGES[0], PAGES[1].replace('"MHHS.wiki"', "true"))],
}


def test_every_mistake_in_the_pages_is_named_with_its_place_and_remedy(golden: Golden, tmp_path: Path) -> None:
    golden(told(CASES, tmp_path), "configuration/pages.txt")


@pytest.mark.parametrize(
    ("changes", "wiki"),
    [
        pytest.param([called("SIT/A")], "", id="no wiki, and any name"),
        pytest.param([PAGES], "MHHS.wiki", id="a wiki, and names that it takes"),
    ],
)
def test_names_matter_only_where_they_are_those_of_pages(
    changes: list[tuple[str, str]], wiki: str, tmp_path: Path
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(changed(*changes))

    assert load(file, ENVIRON).wiki == wiki

"""Sources of evidence: what each has to be so that it can count, and for one party alone."""

from pathlib import Path

from adapters.azure_devops.evidence.source import Source, SourceKind
from adapters.configuration.load import load
from tests.adapters.configuration.a_file import ENVIRON, LAST_LINE, WINDOW, Cases, changed, told
from tests.golden_text import Golden

OTHER = LAST_LINE + '\n[parties.Elexon]\nenvironments = ["SIT-A"]\n'


def evidence(*sources: str) -> tuple[str, str]:
    """In SIT-A."""
    return WINDOW, f"{WINDOW}\nevidence = [{', '.join(sources)}]"


CASES: Cases = {
    "a source of nobody": [evidence('{ party = "DCX", kind = "pipeline", name = "SIT-A", pipeline = "dcc" }')],
    "a source of a party that does not deploy there": [
        (LAST_LINE, LAST_LINE + '\n[parties.Elexon]\nenvironments = ["SIT-B"]\n'),
        evidence('{ party = "Elexon", kind = "pipeline", name = "SIT-A", pipeline = "elexon" }'),
    ],
    "any pipeline, definition or run": [
        evidence(
            *(f'{{ party = "DCC", kind = "{kind}", name = "SIT-A" }}' for kind in ("pipeline", "release", "build"))
        )
    ],
    "a stage of a classic release": [
        evidence('{ party = "DCC", kind = "release", name = "SIT-A", pipeline = "dcc", stage = "Service" }')
    ],
    "a kind that nobody knows": [evidence('{ party = "DCC", kind = "jenkins", name = "SIT-A" }')],
    "a source without a name": [evidence('{ party = "DCC", kind = "pipeline" }')],
    "a smoke test where none is asked for": [evidence('{ party = "DCC", kind = "test_run", name = "Smoke" }')],
    "a pipeline of a test run": [
        evidence('{ party = "DCC", kind = "test_run", name = "Smoke", pipeline = "dcc" }'),
        ("evidence = ", "smoke_test = true\nevidence = "),
    ],
    "tags of a release": [
        evidence('{ party = "DCC", kind = "release", name = "SIT-A", pipeline = "dcc", number_in = "tags" }')
    ],
    "a project that is a path": [
        evidence('{ party = "DCC", kind = "build", name = "in SIT-A", pipeline = "dcc", project = "../Other" }')
    ],
    "two parties that one deployment may be of": [
        (LAST_LINE, OTHER),
        evidence(
            '{ party = "DCC", kind = "pipeline", name = "SIT-A", pipeline = "dcc" }',
            '{ party = "Elexon", kind = "pipeline", name = "sit-a", pipeline = "DCC" }',
        ),
    ],
}


def test_every_mistake_in_evidence_is_named_with_its_place_and_remedy(golden: Golden, tmp_path: Path) -> None:
    golden(told(CASES, tmp_path), "configuration/evidence.txt")


def test_sources_are_of_the_project_of_the_boards_unless_they_name_another(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    sources = (
        '{ party = "DCC", kind = "pipeline", name = "SIT-A", pipeline = "dcc", stage = "Service", number_in = "tags" }',
        '{ party = "DCC", kind = "release", name = "SIT A", pipeline = "dcc", project = "Delivery" }',
        '{ party = "Elexon", kind = "pipeline", name = "SIT-A", pipeline = "elexon" }',
    )
    file.write_text(changed((LAST_LINE, OTHER), evidence(*sources)), encoding="utf-8")

    assert load(file, ENVIRON).evidence == (
        Source("SIT-A", "DCC", SourceKind.PIPELINE, "SIT-A", "MHHS", "dcc", in_tags=True, stage="Service"),
        Source("SIT-A", "DCC", SourceKind.RELEASE, "SIT A", "Delivery", "dcc"),
        Source("SIT-A", "Elexon", SourceKind.PIPELINE, "SIT-A", "MHHS", "elexon"),
    )

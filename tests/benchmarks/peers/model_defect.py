"""A model of a real defect: 31 fields, 5 of them people, 3 links, and about 7.7 kB where everything is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from random import Random

from adapters.sandbox.azure import Azure
from adapters.sandbox.clock import SettableClock
from adapters.sandbox.mhhs_process import BUG, CANDIDATE_LIST, CHANGE_REQUEST, MHHS_PROCESS, REQUEST_FOR_CHANGE
from adapters.sandbox.mhhs_seeds.people import PEOPLE, TESS, TESTERS
from adapters.sandbox.process import FieldDefinition
from tests.jobs.small_world import START

FIRST = 100_001
VERSION = "5.2.16.0"
FOUND = START - timedelta(days=20)
MORE = tuple(FieldDefinition(f"Custom.{name}", name) for name in ("Component", "RootCause", "BusinessImpact"))
DEFECT = replace(BUG, fields=(*BUG.fields, *MORE))
STORY = replace(CHANGE_REQUEST, name="User Story", reference="MHHSAgile.UserStory")
LINKS = (
    "System.LinkTypes.Hierarchy-Reverse",
    "Microsoft.VSTS.Common.TestedBy-Forward",
    "Microsoft.VSTS.Common.Affects-Forward",
)
"""To its parent, the test that found it, and what it keeps from going on. Only links of the first kind matter to us."""
CHILDREN = 10
STORIES = (
    "the meter point is missing from an answer that was sent after midnight and each party waits for its half hourly"
    " reads while service requests are rejected with an error because of a register that carries yesterday's date in"
    " local time so a switch cannot be confirmed before the next window of this environment has been opened again"
)
WORDS = STORIES.split()


def azure_with(defects: int, version: str = "", azure_type: type[Azure] = Azure) -> Azure:
    """So many resolved defects of DCC that SIT-A found, the same each time; without a version they are on no list."""
    azure = azure_type(
        organisation="sandbox",
        project="MHHS",
        process=replace(MHHS_PROCESS, types=(DEFECT, STORY, CHANGE_REQUEST, CANDIDATE_LIST, REQUEST_FOR_CHANGE)),
        people=PEOPLE,
        clock=SettableClock(FOUND),
    )
    random, tester = Random(defects), azure.person(TESS)
    for number in range(defects):
        id, story = FIRST + number, 1 + number // CHILDREN
        if number % CHILDREN == 0:
            azure.put(story, STORY.name, {"System.Title": "Faster switching"}, by=TESS, at=FOUND)
        azure.put(id, "Bug", _fields(random, version), by=TESS, at=FOUND + timedelta(seconds=number))
        for rel in LINKS:
            tester.link(id, rel, story)
    azure.clock.set(START)
    return azure


def _fields(random: Random, version: str) -> Mapping[str, object]:
    told = {
        "System.Title": _text(random, 12),
        "System.State": "Resolved",
        "System.AssignedTo": "rm@dcc.example",
        "System.Tags": "; ".join(random.sample(WORDS, 2)),
        "System.Description": f"<div>{_text(random, 50)}</div>",
        "Microsoft.VSTS.TCM.ReproSteps": "".join(f"<div>{_text(random, 20)}</div>" for _ in range(4)),
        "Custom.Workaround": f"<div>{_text(random, 40)}</div>",
        "Custom.ResolvingParty": "DCC",
        "Custom.FixVersion": version,
        "Custom.FoundIn": "SIT-A",
        "Custom.TestedIn": "DEV",
        "Custom.RetestBy": random.choice(TESTERS),
        **{field.reference: _text(random, 4) for field in MORE},
    }
    return {name: value for name, value in told.items() if value}


def _text(random: Random, words: int) -> str:
    return " ".join(random.choices(WORDS, k=words))

"""Spellings of types, states, fields and links that cannot be."""

from pathlib import Path

from tests.adapters.configuration.a_file import LAST_LINE, Cases, told
from tests.golden_text import Golden

CASES: Cases = {
    "a meaning that does not exist": [
        (LAST_LINE, LAST_LINE + '[work_items.defect.states]\nready_to_retest = ["To Retest"]\n')
    ],
    "a change request that is retested": [
        (LAST_LINE, LAST_LINE + '[work_items.change_request.states]\nready_for_retest = ["To Retest"]\n')
    ],
    "a meaning without a state": [(LAST_LINE, LAST_LINE + "[work_items.defect.states]\nresolved = []\n")],
    "a state with a blank at its end": [(LAST_LINE, LAST_LINE + '[work_items.defect.states]\nresolved = ["Fixed "]\n')],
    "a state that means two things": [
        (LAST_LINE, LAST_LINE + '[work_items.defect.states]\nresolved = ["Fixed", "closed"]\n')
    ],
    "a state that means two things, both configured": [
        (LAST_LINE, LAST_LINE + '[work_items.rfc.states]\nrejected = ["No"]\nwithdrawn = ["No"]\n')
    ],
    "a state that would end a query": [
        (LAST_LINE, LAST_LINE + "[work_items.defect.states]\nresolved = [\"x' OR 'a'='a\"]\n")
    ],
    "a field by its display name": [(LAST_LINE, LAST_LINE + '[work_items.defect.fields]\nfound_in = "Found In"\n')],
    "a field that Shunter does not know": [
        (LAST_LINE, LAST_LINE + '[work_items.defect.fields]\nfoundin = "Custom.FoundIn"\n')
    ],
    "a field with two meanings": [
        (LAST_LINE, LAST_LINE + '[work_items.defect.fields]\nfound_in = "custom.testedin"\n')
    ],
    "a field that would end a path": [
        (LAST_LINE, LAST_LINE + '[work_items.rfc.fields]\nseal = "Custom.Seal/../System.AreaPath"\n')
    ],
    "no type of defect": [(LAST_LINE, LAST_LINE + "[work_items.defect]\ntypes = []\n")],
    "two types of RFC": [
        (LAST_LINE, LAST_LINE + '[work_items.rfc]\ntypes = ["Request for Change", "Request Deployment"]\n')
    ],
    "one type for two kinds": [(LAST_LINE, LAST_LINE + '[work_items.change_request]\ntypes = ["bug"]\n')],
    "a link that is not followed": [
        (LAST_LINE, LAST_LINE + '[links]\nparent = "System.LinkTypes.Hierarchy-Reverse"\n')
    ],
    "a link by its display name": [(LAST_LINE, LAST_LINE + '[links]\ndepends_on = "Predecessor"\n')],
}


def test_every_mistake_in_spellings_is_named_with_its_place_and_remedy(golden: Golden, tmp_path: Path) -> None:
    golden(told(CASES, tmp_path), "configuration/work_items.txt")

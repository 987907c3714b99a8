"""Changed builds: fixes whose version became another one after they were agreed, while their RFC is under way."""

from __future__ import annotations

from collections.abc import Iterator

from bot.candidate_list import Entry, still_sealed
from bot.defect import Defect, State
from bot.picture import Picture
from bot.rfc import Rfc


def changed_builds(rfc: Rfc, picture: Picture) -> Iterator[str]:
    """Builds are static [M12.9]: what was agreed stands, and people are told. In words, one for each such fix.

    A fix that runs somewhere in the agreed version has merely been mended again since.
    """
    if not rfc.is_under_way or picture.deployment_of(rfc) is not None:
        return
    sealed, party = picture.list_of_rfc.get(rfc.id), picture.facts.programme.parties.get(rfc.party)
    if sealed is None or party is None or not still_sealed(sealed):
        return
    run = [picture.contents_running(environment, party.name) for environment in party.environments]
    for entry in sorted(sealed.entries, key=lambda e: e.fix.defect):
        defect = picture.facts.defects.get(entry.fix.defect)
        if defect is not None and _has_another(defect, entry) and not any(entry.fix in fixes for fixes in run):
            now = f"reads “{defect.version_text}” now" if defect.version_text else "is empty now"
            agreed = f"{defect.id} was agreed in {entry.fix.number}"
            yield f"{agreed}, and its version {now}: {party.name} says which build has it"


def _has_another(defect: Defect, entry: Entry) -> bool:
    is_fixed = defect.state is State.RESOLVED and not defect.is_configuration
    return is_fixed and defect.version != entry.fix.number

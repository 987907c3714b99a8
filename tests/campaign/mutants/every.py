"""Every mutant, by name."""

from __future__ import annotations

from collections.abc import Mapping

from tests.campaign.mutants.deciding import DECIDING
from tests.campaign.mutants.fence import FENCE
from tests.campaign.mutants.mutant import Mutant
from tests.campaign.mutants.reading import READING
from tests.campaign.mutants.twice import TWICE
from tests.campaign.mutants.whose_word import WHOSE_WORD
from tests.campaign.mutants.writes import WRITES

EVERY = (*FENCE, *WRITES, *READING, *DECIDING, *WHOSE_WORD, *TWICE)
MUTANTS: Mapping[str, Mutant] = {mutant.name: mutant for mutant in EVERY}

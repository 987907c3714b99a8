"""The spelling of the sandbox's default project: the product's own defaults."""

from adapters.azure_devops.spelling import Spelling
from adapters.configuration.default_spelling import FIELDS, LINKS, STATES, TYPES

MHHS = Spelling(
    project="MHHS",
    web_url="http://sandbox/sandbox/MHHS",
    types=TYPES,
    fields={(kind, meaning): name for kind, names in FIELDS.items() for meaning, name in names.items()},
    states={(kind, state): names for kind, states in STATES.items() for state, names in states.items()},
    links=LINKS,
)

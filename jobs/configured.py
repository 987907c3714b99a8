"""Configured: a command begins with its settings, and ends in words where they, or the store, cannot be used."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from adapters.terminal.talk import Output, Talk, talk

if TYPE_CHECKING:
    from adapters.configuration.configuration import Configuration
    from adapters.store.failures import StoreError

FAILED, USAGE, TAKEN = 1, 2, 6
"""Exit codes; the others are those of runs, and of a service that hung."""


@contextmanager
def configured(path: Path, output: Output) -> Iterator[tuple[Configuration, Talk]]:
    from adapters.configuration.load import load
    from adapters.configuration.problem import ConfigurationError
    from adapters.store.failures import StoreError

    said = talk(output)
    try:
        configuration = load(path, os.environ)
        yield configuration, talk(output, configuration.programme.zone)
    except ConfigurationError as error:
        for problem in error.problems:
            said.say(str(problem))
        raise SystemExit(USAGE) from None
    except StoreError as error:
        said.say(str(error))
        raise SystemExit(code_of(error)) from None


def code_of(error: StoreError) -> int:
    """The exit code of a command whose store could not be used."""
    from adapters.store.failures import StoreTaken

    return TAKEN if isinstance(error, StoreTaken) else FAILED

"""Speaking: where logs are JSON, all that a run says is a record among them, down to why it ended."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from adapters.configuration.configuration import Configuration
from adapters.logs import SHUNTER, LogFormat, logged_to
from adapters.store.failures import StoreError
from adapters.terminal.talk import Talk
from jobs.configured import FAILED, code_of


@contextmanager
def as_configured(configuration: Configuration, said: Talk) -> Iterator[Talk]:
    if configuration.logs is LogFormat.TEXT:
        yield said
        return
    with logged_to(sys.stderr, LogFormat.JSON):
        try:
            yield replace(said, log=SHUNTER.info)
        except StoreError as failure:
            SHUNTER.error(str(failure))
            raise SystemExit(code_of(failure)) from None
        except OSError as error:
            SHUNTER.error(str(error.strerror or error))
            raise SystemExit(FAILED) from None
        except Exception as error:  # noqa: BLE001
            SHUNTER.error("shunter has ended", exc_info=error)
            raise SystemExit(FAILED) from None

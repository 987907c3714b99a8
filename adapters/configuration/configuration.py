"""The configuration: everything that a programme has settled, typed, and free of contradiction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from pathlib import Path

from adapters.azure_devops.evidence.source import Source
from adapters.azure_devops.spelling import Spelling
from adapters.configuration.secret import Secret
from adapters.credentials import PersonCredential, ServiceCredential
from adapters.logs import LogFormat
from adapters.store.server import Server
from bot.programme import Programme


class Mode(Enum):
    """Whether Shunter only shows what it would do, or does it."""

    OBSERVE = "observe"
    ACT = "act"


@dataclass(frozen=True, slots=True)
class Connection:
    """The organisation's address, without a slash at its end, and the project's name, not percent-encoded.

    `ca_file`: the certificates of those who may vouch for a server; empty: the public authorities. `proxy`: what
    https goes through; empty: nothing.
    """

    organisation_url: str
    project: str
    ca_file: str = ""
    proxy: str = ""


@dataclass(frozen=True, slots=True)
class SignIn:
    """How whoever runs this signs in. `account` is the sign-in name that Shunter's own token has to belong to.

    `expires`: the last day on which the credential holds, where that is known.
    """

    account: str
    credential: ServiceCredential | PersonCredential
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What Shunter never exceeds: requests in a minute, and changes of work items in one run."""

    requests_per_minute: int
    changes_per_run: int


@dataclass(frozen=True, slots=True)
class Hooks:
    """Where service hooks are listened to, and the passwords of which a post has to carry one."""

    address: str
    port: int
    passwords: tuple[Secret, ...]


@dataclass(frozen=True, slots=True)
class Health:
    """Where it is told how Shunter is, and in numbers."""

    address: str
    port: int


@dataclass(frozen=True, slots=True)
class Configuration:
    """All settings. `store` is a file, or a database on a server; `folder` where else Shunter may keep what is its own;
    `backups` how many daily copies of that file there are; `keep` how long records are kept, no time: for ever.
    `resync_interval` is how often everything is read anew, changed or not; `run_bound` how long one run of a service
    may take; `evidence` where it is seen, besides on the RFC, that something was deployed or tested; `wiki` the wiki
    that has a page for each environment, empty for none.
    """

    programme: Programme
    connection: Connection
    sign_in: SignIn
    spelling: Spelling
    store: Path | Server
    folder: Path
    backups: int
    mode: Mode
    poll_interval: timedelta
    keep: timedelta
    resync_interval: timedelta
    limits: Limits
    evidence: tuple[Source, ...] = ()
    wiki: str = ""
    hooks: Hooks | None = None
    run_bound: timedelta = timedelta(minutes=30)
    health: Health | None = None
    logs: LogFormat = LogFormat.TEXT

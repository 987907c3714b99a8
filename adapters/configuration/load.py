"""Loading: from the file to a configuration, or to all of its problems at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from adapters.configuration.checks.announcements import check_announcements
from adapters.configuration.checks.authorities import check_authorities
from adapters.configuration.checks.calendar import check_calendar
from adapters.configuration.checks.connection import check_connection
from adapters.configuration.checks.environments import check_environments
from adapters.configuration.checks.evidence import check_evidence
from adapters.configuration.checks.health import check_health
from adapters.configuration.checks.names import check_names
from adapters.configuration.checks.pages import check_pages
from adapters.configuration.checks.parties import check_parties
from adapters.configuration.checks.people import check_people
from adapters.configuration.checks.places import check_places
from adapters.configuration.checks.references import check_references
from adapters.configuration.checks.sign_in import check_sign_in
from adapters.configuration.checks.work_items import check_work_items
from adapters.configuration.configuration import Configuration, Connection, Health, Hooks, Limits, Mode, SignIn
from adapters.configuration.credential import read_credential
from adapters.configuration.evidence_sources import sources_of
from adapters.configuration.hooks import read_hooks
from adapters.configuration.missing import missing_settings
from adapters.configuration.problem import ConfigurationError, Problem
from adapters.configuration.programme import programme_of
from adapters.configuration.read_settings import read_settings, secrets_in
from adapters.configuration.settings import Settings, SignInSettings
from adapters.configuration.source_file import read_table
from adapters.configuration.spell import spelling_of
from adapters.configuration.store_place import own_folder, read_place
from adapters.credentials import Certificate, DeviceCode, PersonCredential, ServiceCredential
from adapters.logs import LogFormat
from adapters.store.server import Server

Credential = ServiceCredential | PersonCredential

_CHECKS = (
    missing_settings,
    check_names,
    check_references,
    check_environments,
    check_places,
    check_parties,
    check_people,
    check_calendar,
    check_announcements,
    check_evidence,
    check_pages,
    check_health,
    check_connection,
    check_sign_in,
    check_work_items,
)


ReadCredential = Callable[[SignInSettings, Path, Mapping[str, str]], tuple[Credential | None, list[Problem]]]


def load(path: Path, environ: Mapping[str, str], of_person: ReadCredential | None = None) -> Configuration:
    """The configuration in the file at `path`. Raises ConfigurationError with every problem that it has.

    `of_person`: how a person's own credential is found, where it is not the service that signs in: a person listens
    to no hooks, and has no use for the service's store.
    """
    return configured(read_table(path), path.parent, environ, of_person)


def configured(
    table: Mapping[str, object], folder: Path, environ: Mapping[str, str], of_person: ReadCredential | None = None
) -> Configuration:
    """The configuration in a parsed file; its relative paths start from `folder`."""
    settings, misshapen = read_settings(table)
    read, is_service = of_person or read_credential, of_person is None
    credential, missing = read(settings.sign_in, folder, environ)
    hooks, unheard = read_hooks(settings.hooks, folder, environ) if is_service else (None, [])
    store, misplaced = read_place(settings.store, folder, environ, is_service=is_service)
    authorities = check_authorities(("connection", "ca_file"), settings.connection.ca_file, folder)
    checks = (*(check(settings) for check in _CHECKS), authorities)
    stages = (misshapen, secrets_in(table), *checks, missing, unheard, misplaced)
    problems = _without_consequences(stages)
    if problems or credential is None:
        raise ConfigurationError(problems)
    own = store.parent if isinstance(store, Path) else own_folder(environ, folder)
    return _configuration(settings, credential, hooks, folder, store, own)


def _without_consequences(stages: Iterable[Iterable[Problem] | Iterator[Problem]]) -> list[Problem]:
    """What an earlier stage refused, a later one has not seen: it is not asked about that again."""
    found: list[Problem] = []
    for stage in stages:
        found += [problem for problem in stage if not any(problem.concerns(earlier) for earlier in found)]
    return found


def _configuration(
    settings: Settings, credential: Credential, hooks: Hooks | None, folder: Path, store: Path | Server, own: Path
) -> Configuration:
    zone = ZoneInfo(settings.programme.time_zone)
    connection, sign_in, running = settings.connection, settings.sign_in, settings.running
    return Configuration(
        programme=programme_of(settings, zone),
        connection=Connection(
            organisation_url=connection.organisation_url.rstrip("/"),
            project=connection.project,
            ca_file=str(folder / connection.ca_file) if connection.ca_file else "",
            proxy=connection.proxy.rstrip("/"),
        ),
        sign_in=SignIn(sign_in.account, credential, _last_day(sign_in, credential)),
        spelling=spelling_of(settings, zone),
        store=store,
        folder=own,
        backups=settings.store.backups,
        keep=timedelta(days=settings.store.keep_days),
        mode=Mode(running.mode),
        poll_interval=timedelta(seconds=running.poll_seconds),
        resync_interval=timedelta(hours=running.resync_hours),
        run_bound=timedelta(minutes=running.run_minutes),
        limits=Limits(settings.limits.requests_per_minute, settings.limits.changes_per_run),
        evidence=sources_of(settings),
        wiki=settings.pages.wiki,
        hooks=hooks,
        health=Health(settings.health.address, settings.health.port) if settings.health else None,
        logs=LogFormat(settings.logs.format),
    )


def _last_day(sign_in: SignInSettings, credential: Credential) -> date | None:
    """A certificate says itself when it ends; of a secret only the file can tell."""
    match credential:
        case Certificate(_, _, ends):
            return ends.date()
        case DeviceCode():
            return None
        case _:
            return sign_in.expires

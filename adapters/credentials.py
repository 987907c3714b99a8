"""Credentials: how somebody proves who they are, to Azure DevOps itself or to Entra ID; secrets are never shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from adapters.configuration.secret import Secret


@dataclass(frozen=True, slots=True)
class Application:
    """An app registration. `authority` is the address of the sign-in service, without a slash at its end."""

    tenant: str
    client_id: str
    authority: str


@dataclass(frozen=True, slots=True)
class Pat:
    """A personal access token: Azure DevOps takes it as it is."""

    token: Secret


@dataclass(frozen=True, slots=True)
class ClientSecret:
    """A password of the application."""

    application: Application
    secret: Secret


@dataclass(frozen=True, slots=True)
class Certificate:
    """A private key and its certificate, both in one PEM text; the certificate `ends` at that instant."""

    application: Application
    pem: Secret
    ends: datetime


@dataclass(frozen=True, slots=True)
class Federation:
    """A token of the platform (Kubernetes, a pipeline) in a file that the platform renews: read anew each time."""

    application: Application
    token_file: Path


@dataclass(frozen=True, slots=True)
class ManagedIdentity:
    """What Azure gives the machine. `client_id` is empty for the machine's own identity."""

    client_id: str = ""


@dataclass(frozen=True, slots=True)
class DeviceCode:
    """A person, who types a code into a browser. `cache_file` keeps them signed in between two commands."""

    application: Application
    cache_file: Path


EntraCredential = ClientSecret | Certificate | Federation | ManagedIdentity
ServiceCredential = Pat | EntraCredential
PersonCredential = Pat | DeviceCode

"""The organisation's address: which ones a token may be sent to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import SplitResult

from adapters.configuration.plain_url import Trouble, host_troubles, is_loopback, read_url

SERVICES = "dev.azure.com"
FORMER_SERVICES = ".visualstudio.com"

_SAMPLE = "https://dev.azure.com/name"
_SEGMENT = re.compile(r"[A-Za-z0-9._~-]+")


def address_trouble(url: str, *, server: bool) -> Trouble | None:
    parts = read_url(url, _SAMPLE)
    if not isinstance(parts, SplitResult):
        return parts
    return next(_troubles(url, parts, parts.hostname or "", server), None)


def _troubles(url: str, parts: SplitResult, host: str, server: bool) -> Iterator[Trouble]:
    if "@" in parts.netloc:
        yield "holds a user name or a password", f"write it as {_SAMPLE}; the token goes where sign_in says"
    if "?" in url or "#" in url:
        yield "has something after ? or #", "write it without"
    yield from host_troubles(host)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(host)):
        yield "does not begin with https://, without which the token could be read on its way", "write https://"
    if not (server or is_services(host) or is_loopback(host)):
        yield (
            f"is neither {SERVICES} nor *{FORMER_SERVICES}",
            "correct it; add `server = true` if it is an Azure DevOps Server of your own",
        )
    yield from _about_the_path(parts.path, host)


def _about_the_path(path: str, host: str) -> Iterator[Trouble]:
    segments = path.strip("/").split("/") if path.strip("/") else []
    if any(not _SEGMENT.fullmatch(segment) or segment in (".", "..") for segment in segments):
        yield "has a path that is not made of plain names", f"write it as {_SAMPLE}"
    elif host == SERVICES and len(segments) != 1:
        yield "does not name an organisation, and nothing else", f"write it as {_SAMPLE}, without the project"
    elif host.endswith(FORMER_SERVICES) and segments:
        yield "names more than the organisation", f"write it as https://name{FORMER_SERVICES}"


def is_services(host: str) -> bool:
    return host == SERVICES or (host.endswith(FORMER_SERVICES) and host.count(".") == 2)

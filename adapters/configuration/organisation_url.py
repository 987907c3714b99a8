"""The organisation's address: which ones a token may be sent to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, urlsplit

SERVICES = "dev.azure.com"
FORMER_SERVICES = ".visualstudio.com"

_SAMPLE = "https://dev.azure.com/name"
_HOST = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_SEGMENT = re.compile(r"[A-Za-z0-9._~-]+")

# What the resolver would read as a number: 2852039166, 0xA9FEA9FE and 169.254.43518 are all 169.254.169.254.
_DISGUISED_ADDRESS = re.compile(r"(.*\.)?(\d+|0x[0-9a-f]*)", re.IGNORECASE)

Trouble = tuple[str, str]


def address_trouble(url: str, *, server: bool) -> Trouble | None:
    """What is wrong with the address, and the remedy. The address itself is not in the words: it may hold a token."""
    if not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        return "holds a character that is not plain ASCII, or a blank", f"write it as {_SAMPLE}"
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        return "is not an address", f"write it as {_SAMPLE}"
    if not host or port == 0:
        return "is not an address", f"write it as {_SAMPLE}"
    return next(_troubles(url, parts, host, server), None)


def _troubles(url: str, parts: SplitResult, host: str, server: bool) -> Iterator[Trouble]:
    if "@" in parts.netloc:
        yield "holds a user name or a password", f"write it as {_SAMPLE}; the token goes where sign_in says"
    if "?" in url or "#" in url:
        yield "has something after ? or #", "write it without"
    yield from _about_the_host(host)
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_loopback(host)):
        yield "does not begin with https://, without which the token could be read on its way", "write https://"
    if not (server or is_services(host) or _is_loopback(host)):
        yield (
            f"is neither {SERVICES} nor *{FORMER_SERVICES}",
            "correct it; add `server = true` if it is an Azure DevOps Server of your own",
        )
    yield from _about_the_path(parts.path, host)


def _about_the_host(host: str) -> Iterator[Trouble]:
    address = _address(host)
    if address is None and _DISGUISED_ADDRESS.fullmatch(host):
        yield "has a host that is a number", "write the host's name"
    elif address is None and (not _HOST.fullmatch(host) or len(host) > 253):
        yield "has a host that is not a plain name", "write the host's name"
    elif "xn--" in host:
        yield "has an internationalised host name, which can look like another", "write a plain host name"
    elif address is not None and not _is_ordinary(address):
        yield "is an address that no organisation has", "write the host's name"


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


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(host)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_loopback(host: str) -> bool:
    address = _address(host)
    return host == "localhost" or (address is not None and address.is_loopback)


def _is_ordinary(address: IPv4Address | IPv6Address) -> bool:
    if address.is_loopback:
        return True  # ::1 lies in a reserved range
    return not (address.is_link_local or address.is_multicast or address.is_unspecified or address.is_reserved)

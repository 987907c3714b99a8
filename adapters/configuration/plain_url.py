"""Plain addresses: a scheme, a host and a port that are what they look like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, urlsplit

Trouble = tuple[str, str]
"""What is wrong with an address, and the remedy. The address itself is not in the words: it may hold a secret."""

_HOST = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")

# What the resolver would read as a number: 2852039166, 0xA9FEA9FE and 169.254.43518 are all 169.254.169.254.
_DISGUISED_ADDRESS = re.compile(r"(.*\.)?(\d+|0x[0-9a-f]*)", re.IGNORECASE)


def read_url(url: str, sample: str) -> SplitResult | Trouble:
    """`sample` is how it could be written."""
    if not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        return "holds a character that is not plain ASCII, or a blank", f"write it as {sample}"
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        return "is not an address", f"write it as {sample}"
    if not host or port == 0:
        return "is not an address", f"write it as {sample}"
    return parts


def url_trouble(url: str, sample: str, schemes: tuple[str, ...], no_user: str) -> Trouble | None:
    """Of an address that names a server and nothing on it; `no_user`: the remedy where it holds a user or password."""
    parts = read_url(url, sample)
    if not isinstance(parts, SplitResult):
        return parts
    if "@" in parts.netloc:
        return "holds a user name or a password", no_user
    if parts.scheme not in schemes:
        return f"does not begin with {' or '.join(f'{scheme}://' for scheme in schemes)}", f"write it as {sample}"
    if parts.path.strip("/") or "?" in url or "#" in url:
        return "has something after the host", f"write it as {sample}"
    return next(host_troubles(parts.hostname or ""), None)


def host_troubles(host: str) -> Iterator[Trouble]:
    address = address_of(host)
    if address is None and _DISGUISED_ADDRESS.fullmatch(host):
        yield "has a host that is a number", "write the host's name"
    elif address is None and (not _HOST.fullmatch(host) or len(host) > 253):
        yield "has a host that is not a plain name", "write the host's name"
    elif "xn--" in host:
        yield "has an internationalised host name, which can look like another", "write a plain host name"
    elif address is not None and not _is_ordinary(address):
        yield "is an address that no server has", "write the host's name"


def address_of(host: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(host)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def is_loopback(host: str) -> bool:
    address = address_of(host)
    return host == "localhost" or (address is not None and address.is_loopback)


def _is_ordinary(address: IPv4Address | IPv6Address) -> bool:
    if address.is_loopback:
        return True  # ::1 lies in a reserved range
    return not (address.is_link_local or address.is_multicast or address.is_unspecified or address.is_reserved)

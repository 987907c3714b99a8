"""Reading a body whole: within a size, once decompressed, and within a time."""

from __future__ import annotations

import time
from collections.abc import Callable

import requests

CHUNK = 64 * 1024
MUCH = 1024 * 1024
"""Who has sent so much until then is not slow: it is too much for one answer."""
_PLAIN_OR_PACKED_ONCE = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})


class Unusable(requests.RequestException):
    """Something came that nobody would send in earnest; the text goes on after "what came"."""


class TooMuch(Unusable):
    """It is larger than anybody reads, or was still arriving, and much of it had, when its time was over."""


class TooSlow(Unusable):
    """It was still arriving when its time was over."""


def whole_body(
    response: requests.Response, limit: int, seconds: float, monotonic: Callable[[], float] = time.monotonic
) -> bytes:
    """What broke off on its way is an error of urllib3's or the system's. The connection is given back, or closed."""
    held = bytearray()
    until = monotonic() + seconds
    try:
        if response.headers.get("Content-Encoding", "").strip().lower() not in _PLAIN_OR_PACKED_ONCE:
            raise Unusable("is packed in a way that was not asked for")
        # `read` would wait for a whole chunk of a server that sends a byte a minute.
        while piece := response.raw.read1(CHUNK, decode_content=True):
            held += piece
            if len(held) > limit:
                raise TooMuch(f"is larger than {limit:,} bytes")
            if monotonic() > until:
                if len(held) > MUCH:
                    raise TooMuch(f"is too large: {len(held):,} bytes came in {seconds:.0f} seconds, and not all")
                raise TooSlow(f"took longer than {seconds:.0f} seconds")
    finally:
        response.raw.close()
    return bytes(held)

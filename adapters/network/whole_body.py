"""Reading a body whole: within a size, once decompressed, and within a time."""

from __future__ import annotations

import time
from collections.abc import Callable

import requests

CHUNK = 64 * 1024
_PLAIN_OR_PACKED_ONCE = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})


class Unusable(requests.RequestException):
    """Something came that nobody would send in earnest; the text goes on after "what came"."""


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
                raise Unusable(f"is larger than {limit:,} bytes")
            if monotonic() > until:
                raise TooSlow(f"took longer than {seconds:.0f} seconds")
    finally:
        response.raw.close()
    return bytes(held)

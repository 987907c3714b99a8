"""Confining a session: it reaches the addresses that were configured, and no other that an answer may name."""

from __future__ import annotations

from collections.abc import Iterable
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import BaseAdapter


class Elsewhere(requests.ConnectionError):
    """Nothing was sent: the request would have gone to a host that nobody has configured."""


class _Nowhere(BaseAdapter):
    def send(self, request: requests.PreparedRequest, *_args: Any, **_given: Any) -> requests.Response:
        host = urlsplit(request.url or "").hostname
        raise Elsewhere(f"{host} is no configured host", request=request)

    def close(self) -> None:
        pass


def confine(session: requests.Session, urls: Iterable[str], transport: BaseAdapter) -> None:
    """Requests to the hosts of `urls`, on their schemes and ports, go through `transport`; all others are refused.

    No cookie is kept: who sends a request is said anew by each one.
    """
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
    session.adapters.clear()
    for scheme in ("https://", "http://"):
        session.mount(scheme, _Nowhere())
    for url in urls:
        session.mount(origin_of(url), transport)


def origin_of(url: str) -> str:
    """With a slash at its end, without which another host's name could begin like it."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"

"""The session by which Entra ID is asked: one host, within a time and a size, by nothing the machine has set up."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import requests
import urllib3

from adapters.network.confined import confine
from adapters.network.timed import TimedAdapter
from adapters.network.whole_body import whole_body

TIMEOUT = (5.0, 20.0)
ANSWER_SECONDS = 30.0
BODY_LIMIT = 1024 * 1024


class EntraSession(requests.Session):
    """`url`: the one host that is asked, whatever an answer names; empty for a machine in Azure, whose environment
    names it. `ca_file`: whom to trust instead of the public authorities; `proxy`: what https goes through."""

    def __init__(self, url: str = "", *, ca_file: str = "", proxy: str = "") -> None:
        super().__init__()
        self.trust_env = False
        confine(self, [url] if url else [], TimedAdapter(ANSWER_SECONDS))
        if not url:
            self.mount("https://", TimedAdapter(ANSWER_SECONDS))
            self.mount("http://", TimedAdapter(ANSWER_SECONDS))
        if ca_file:
            self.verify = ca_file
        if proxy:
            self.proxies = {"https": proxy}

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        given = {"timeout": TIMEOUT, **kwargs, "allow_redirects": False, "stream": True}
        response = super().request(*args, **given)
        try:
            response.raw = BytesIO(whole_body(response, BODY_LIMIT, ANSWER_SECONDS))
        except (urllib3.exceptions.HTTPError, OSError) as error:
            if isinstance(error, requests.RequestException):
                raise
            raise requests.ConnectionError(error) from None
        return response

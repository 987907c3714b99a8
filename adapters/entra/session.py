"""The session by which Entra ID is asked: one host, within a time and a size, by nothing the machine has set up."""

from __future__ import annotations

import logging
from io import BytesIO
from typing import Any

import requests
import urllib3

from adapters.network.confined import confine
from adapters.network.strict_json import strict_json
from adapters.network.timed import TimedAdapter
from adapters.network.whole_body import Unusable, whole_body

TIMEOUT = (5.0, 20.0)
ANSWER_SECONDS = 30.0
BODY_LIMIT = 1024 * 1024
TO_WAIT, OF_A_PROXY = (408, 429), (403, 407)


class EntraSession(requests.Session):
    """`url`: the one host that is asked, whatever an answer names; empty for a machine in Azure, whose environment
    names it. `ca_file`: whom to trust instead of the public authorities; `proxy`: what https goes through."""

    def __init__(self, url: str = "", *, ca_file: str = "", proxy: str = "") -> None:
        super().__init__()
        # At DEBUG it writes what it was given and asks with, such as the code by which a person's token is fetched.
        logging.getLogger("msal").setLevel(logging.WARNING)
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
        body = _body(response)
        response.raw = BytesIO(body)
        _vet(response.status_code, body)
        return response


def _body(response: requests.Response) -> bytes:
    try:
        return whole_body(response, BODY_LIMIT, ANSWER_SECONDS)
    except requests.RequestException:
        raise
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise requests.ConnectionError(error) from None


def _vet(status: int, body: bytes) -> None:
    """MSAL takes for granted that an answer is a JSON object; of a failure it also takes a page.

    What asks to wait, and the page of a proxy, say nothing about the credential.
    """
    try:
        is_object = isinstance(strict_json(body), dict)
    except (ValueError, RecursionError):
        is_object = status >= 400 and status not in OF_A_PROXY
    if status in TO_WAIT:
        raise Unusable(f"with the status {status} asks to wait")
    if not is_object or 300 <= status < 400:
        raise Unusable(f"with the status {status} is no JSON object")

"""The session by which Entra ID is asked: no proxy, netrc or certificate of the machine's, no redirects, time-outs."""

from __future__ import annotations

from typing import Any

import requests

TIMEOUT = (5.0, 20.0)


class EntraSession(requests.Session):
    """`ca_file`: whom to trust instead of the public authorities."""

    def __init__(self, ca_file: str = "") -> None:
        super().__init__()
        self.trust_env = False
        if ca_file:
            self.verify = ca_file

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        return super().request(*args, **{"timeout": TIMEOUT, **kwargs, "allow_redirects": False})

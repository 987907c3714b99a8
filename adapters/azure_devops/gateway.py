"""The gateway: every request to Azure DevOps goes through here, and no other module knows its SDK."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from importlib.metadata import version
from typing import Any

import requests
from requests.adapters import BaseAdapter
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, stop_before_delay
from tenacity.wait import wait_random_exponential

from adapters.azure_devops.answers import Failure, SignedOut, Throttled, TooLarge, Unreachable, Unreadable
from adapters.azure_devops.clients import Clients, release_url
from adapters.azure_devops.node import Node
from adapters.azure_devops.pace import Pace, http_date
from adapters.azure_devops.sign_in import SignIn
from adapters.azure_devops.transport import failure_of
from adapters.azure_devops.vetting import vet
from bot import __version__

TIMEOUT = (5.0, 60.0)
ATTEMPTS = 4
READ_PATIENCE = 300.0
WRITE_PATIENCE = 30.0
_BACK_OFF = wait_random_exponential(multiplier=1, max=60)

Ask = Callable[[Clients], object]


class Gateway:
    """One identity's way to one organisation. `transport` stands in for the network, `pace` holds the clock.

    Set AZURE_DEVOPS_CACHE_DIR to a private folder first: the SDK makes its cache folder when it is imported.
    """

    def __init__(
        self, url: str, sign_in: SignIn, pace: Pace, *, transport: BaseAdapter | None = None, ca_file: str = ""
    ) -> None:
        refuse_old_urllib3(version("urllib3"))
        self.url = url.rstrip("/")
        self._sign_in = sign_in
        self._pace = pace
        self._transport = transport
        self._verify: str | bool = ca_file or True
        # Not through the SDK's Connection: that looks addresses up with clients that it keeps to itself, which
        # retry and follow redirects, and sends the token to another host for an area that it does not find.
        self._clients = Clients(
            lambda client_class: self._tamed(client_class, self.url),
            lambda client_class: self._tamed(client_class, release_url(self.url)),
        )
        self._asked = threading.local()
        self._server_time: datetime | None = None

    def __repr__(self) -> str:
        return f"Gateway({self.url!r}, {self._sign_in.scheme})"

    def server_time(self) -> datetime:
        """What the latest answer was dated."""
        if self._server_time is None:
            raise Unreadable("server time", "no answer has carried a date yet")
        return self._server_time

    def monotonic(self) -> float:
        return self._pace.monotonic()

    def read(self, attempted: str, ask: Ask) -> Node:
        """Ask, and ask again where that may help. This is the one place that repeats a request."""
        return self._signed_in(lambda: self._persistently(attempted, ask))

    def write(self, attempted: str, send: Ask, *, until: float | None = None) -> Node:
        """Send exactly once, or fail. Past `until` (in seconds of the pace's clock) nothing is sent.

        What was refused because of its token has done nothing: it is sent with a new one.
        """
        return self._signed_in(lambda: self._once(attempted, send, patience=WRITE_PATIENCE, until=until))

    def _signed_in(self, send: Callable[[], Node]) -> Node:
        try:
            return send()
        except SignedOut:
            if self._sign_in.renew is None:
                raise
        self._sign_in.renew()
        return send()

    def _persistently(self, attempted: str, ask: Ask) -> Node:
        retrying = Retrying(
            retry=retry_if_exception(_may_pass),
            wait=_wait_before_the_next,
            stop=stop_after_attempt(ATTEMPTS) | stop_before_delay(READ_PATIENCE),
            sleep=lambda seconds: self._pace.pause(seconds, attempted),
            reraise=True,
        )
        return retrying(self._once, attempted, ask, patience=READ_PATIENCE)

    def _once(self, attempted: str, ask: Ask, *, patience: float, until: float | None = None) -> Node:
        self._pace.admit(attempted, patience=patience, until=until)
        self._asked.attempted, self._asked.answer = attempted, None
        try:
            ask(self._clients)
        except Failure:
            raise
        except Exception as error:
            # What the SDK makes of a good answer is not used, so that it may fail at it.
            if self._asked.answer is None:
                raise failure_of(error, attempted) from error
        return Node(self._asked.answer, attempted)

    def _tamed(self, client_class: Any, url: str) -> Any:
        client = client_class(url, _authentication(self._sign_in))
        client.add_user_agent(f"shunter/{__version__}")
        config = client.config
        # The policy is changed in place: one that is put in its stead has no effect on sessions already made.
        policy = config.retry_policy.policy
        policy.total = policy.connect = policy.read = policy.status = policy.other = 0
        policy.status_forcelist = set()
        policy.raise_on_status = policy.respect_retry_after_header = False
        config.redirect_policy.allow = False
        config.proxies.use_env_settings = False
        config.connection.timeout = TIMEOUT
        config.connection.verify = self._verify
        config.hooks.append(self._receive)
        config.session_configuration_callback = self._mount
        return client

    def _mount(self, session: requests.Session, _config: object, _local: object, **given: object) -> dict[str, object]:
        if self._transport is not None and session.adapters.get("https://") is not self._transport:
            session.mount("https://", self._transport)
            session.mount("http://", self._transport)
        return given

    def _receive(self, response: requests.Response, *_args: object, **_given: object) -> None:
        attempted = self._asked.attempted
        self._pace.heed(response.headers, is_throttled=response.status_code == 429)
        self._server_time = http_date(response.headers.get("Date", "")) or self._server_time
        answer = vet(response, attempted)
        if response.request.method != "OPTIONS":
            self._asked.answer = answer
        elif not list(Node(answer, attempted).nodes("value")):
            # The SDK would remember an empty directory for the life of the process.
            raise Unreadable(attempted, "the organisation names no operations: is its URL right?")


def refuse_old_urllib3(installed: str) -> None:
    """With urllib3 1.26 the SDK sends a POST again when its answer is lost: every write could be done twice."""
    if int(installed.split(".", 1)[0]) < 2:
        raise RuntimeError(f"urllib3 {installed} would send writes twice; install urllib3 2 or later")


def _authentication(sign_in: SignIn) -> object:
    from msrest.authentication import Authentication  # noqa: PLC0415  (it comes with the SDK: late, as that)

    class Signing(Authentication):
        def signed_session(self, session: requests.Session | None = None) -> requests.Session:
            signed = session or requests.Session()
            signed.headers["Authorization"] = sign_in.header()
            return signed

    return Signing()


def _may_pass(error: BaseException) -> bool:
    if isinstance(error, Throttled):
        return error.retry_after <= READ_PATIENCE
    return isinstance(error, Unreachable | Unreadable) and not isinstance(error, TooLarge)


def _wait_before_the_next(state: RetryCallState) -> float:
    """Nothing after a throttled answer: the pace holds the next request back for as long as was asked."""
    error = state.outcome.exception() if state.outcome else None
    return 0.0 if isinstance(error, Throttled) else _BACK_OFF(state)

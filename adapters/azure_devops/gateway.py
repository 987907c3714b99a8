"""The gateway: every request to Azure DevOps goes through here, and no other module knows its SDK."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import Any

import requests
from requests.adapters import BaseAdapter
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, stop_before_delay
from tenacity.wait import wait_random_exponential

from adapters.azure_devops.answers import Failure, SignedOut, Stopping, Throttled, TooLarge, Unreachable, Unreadable
from adapters.azure_devops.clients import Clients, release_url
from adapters.azure_devops.node import Json, Node
from adapters.azure_devops.pace import Pace, http_date
from adapters.azure_devops.refusals import was_not_done
from adapters.azure_devops.server_clock import ServerClock
from adapters.azure_devops.sign_in import SignIn
from adapters.azure_devops.traffic import Traffic
from adapters.azure_devops.transport import failure_of
from adapters.azure_devops.vetting import BODY_SECONDS, activity_id, vet
from adapters.network.confined import confine
from adapters.network.timed import TimedAdapter
from bot import __version__
from bot.fence import insist_on_room

TIMEOUT = (5.0, 60.0)
ANSWER_SECONDS = TIMEOUT[1] + BODY_SECONDS
"""For a whole answer."""
LONGEST_REQUEST = timedelta(seconds=TIMEOUT[0] + ANSWER_SECONDS)
"""With the connection. The fence of an RFC rests on it."""
ATTEMPTS = 4
ATTEMPTS_ASIDE = 2
READ_PATIENCE = 300.0
PROBE_INTERVAL = 60.0
WRITE_PATIENCE = 30.0
NEXT_PAGE = "X-MS-ContinuationToken"
_BACK_OFF = wait_random_exponential(multiplier=1, max=60)

Ask = Callable[[Clients], object]


class Gateway:
    """One identity's way to one organisation. `transport` stands in for the network, `pace` holds the clock.

    `ca_file`: whom to trust instead of the public authorities; `proxy`: what https goes through, empty: nothing.

    Set AZURE_DEVOPS_CACHE_DIR to a private folder first: the SDK makes its cache folder when it is imported.
    """

    def __init__(
        self,
        url: str,
        sign_in: SignIn,
        pace: Pace,
        *,
        transport: BaseAdapter | None = None,
        ca_file: str = "",
        proxy: str = "",
    ) -> None:
        refuse_old_urllib3(version("urllib3"))
        insist_on_room(LONGEST_REQUEST)
        self.url = url.rstrip("/")
        self._sign_in = sign_in
        self._pace = pace
        self.traffic = Traffic(pace.monotonic)
        # One for all clients and threads: each would keep a connection of its own.
        self._transport = transport or TimedAdapter(ANSWER_SECONDS)
        self._is_answered = True
        self._verify: str | bool = ca_file or True
        self._proxy = proxy
        # Not through the SDK's Connection: that looks addresses up with clients that it keeps to itself, which
        # retry and follow redirects, and sends the token to another host for an area that it does not find.
        self._clients = Clients(
            lambda client_class: self._tamed(client_class, self.url),
            lambda client_class: self._tamed(client_class, release_url(self.url)),
        )
        self._asked = threading.local()
        self.clock = ServerClock(pace.elapsed)

    def __repr__(self) -> str:
        return f"Gateway({self.url!r}, {self._sign_in.scheme})"

    def server_time(self) -> datetime:
        """What the latest answer was dated."""
        return self.clock.now()

    def elapsed(self) -> float:
        return self._pace.elapsed()

    def pause(self, seconds: float) -> None:
        """Whoever calls waits, and nobody else."""
        self._pace.pause(seconds, "waiting")

    def hang_up(self) -> None:
        """No answer is waited for any longer: what becomes of what was sent is unknown."""
        if isinstance(self._transport, TimedAdapter):
            self._transport.hang_up()

    def resting(self) -> float:
        """For how many seconds from now nothing is sent, because the service asked for it or does not answer."""
        return self._pace.resting()

    def told(self) -> float:
        """For how many of these seconds the service asked."""
        return self._pace.told()

    def rest_as_told(self, seconds: float) -> None:
        """It has asked for so many more, of somebody else."""
        self._pace.rest_as_told(seconds)

    def read(self, attempted: str, ask: Ask) -> Node:
        """Ask, and ask again where that may help. This is the one place that repeats a request."""
        return self._signed_in(lambda: self._probing(attempted, ask))

    def read_aside(self, attempted: str, ask: Ask) -> Node:
        """From a part of Azure DevOps that may fail by itself: what becomes of it holds nothing else up."""
        return self._signed_in(lambda: self._persistently(attempted, ask, ATTEMPTS_ASIDE))

    def write(self, attempted: str, send: Ask, *, until: float | None = None) -> Node:
        """Send exactly once, or fail. Past `until` (in seconds of the pace's clock) nothing is sent.

        What was refused because of its token has done nothing: it is sent with a new one. A web page that claims
        success refuses nothing: something on the way may have put it in the place of an answer.
        """
        return self._signed_in(
            lambda: self._once(attempted, send, patience=WRITE_PATIENCE, until=until), is_repeatable=was_not_done
        )

    def _signed_in(self, send: Callable[[], Node], is_repeatable: Callable[[SignedOut], bool] = lambda _: True) -> Node:
        try:
            return send()
        except SignedOut as failure:
            is_renewed = self._sign_in.renew is not None and self._sign_in.renew()
            if not is_renewed or not is_repeatable(failure):
                raise
        return send()

    def _probing(self, attempted: str, ask: Ask) -> Node:
        """Where a read was given up without an answer, the next one is a probe: once a minute, and once only."""
        try:
            answer = self._persistently(attempted, ask, ATTEMPTS if self._is_answered else 1)
        except Stopping:
            raise  # by our own will: it says nothing about the server
        except Unreachable:
            self._is_answered = False
            self._pace.rest(PROBE_INTERVAL)
            raise
        self._is_answered = True
        return answer

    def _persistently(self, attempted: str, ask: Ask, attempts: int) -> Node:
        retrying = Retrying(
            retry=retry_if_exception(_may_pass),
            wait=_wait_before_the_next,
            stop=stop_after_attempt(attempts) | stop_before_delay(READ_PATIENCE),
            sleep=lambda seconds: self._pace.pause(seconds, attempted),
            reraise=True,
        )
        return retrying(self._once, attempted, ask, patience=READ_PATIENCE)

    def _once(self, attempted: str, ask: Ask, *, patience: float, until: float | None = None) -> Node:
        self._asked.attempted, self._asked.answer = attempted, None
        self._asked.take_turn = lambda: self._pace.admit(attempted, patience=patience, until=until)
        self._asked.insist = lambda: self._pace.insist(until, attempted)
        try:
            ask(self._clients)
        except Failure:
            raise
        except Exception as error:
            # What the SDK makes of a good answer is not used, so that it may fail at it.
            if self._asked.answer is None:
                raise failure_of(error, attempted) from error
        answer: Node | None = self._asked.answer
        return answer or Node(None, attempted)

    def _tamed(self, client_class: Any, url: str) -> Any:
        _spare_its_searching()
        client = client_class(url, None)
        _spare_its_reading(client)
        client.add_user_agent(f"shunter/{__version__}")
        config = client.config
        # The policy is changed in place: one that is put in its stead has no effect on sessions already made.
        policy = config.retry_policy.policy
        policy.total = policy.connect = policy.read = policy.status = policy.other = 0
        policy.status_forcelist = set()
        policy.raise_on_status = policy.respect_retry_after_header = False
        config.redirect_policy.allow = False
        config.proxies.use_env_settings = False
        if self._proxy:
            config.proxies.add("https", self._proxy)
        config.connection.timeout = TIMEOUT
        config.connection.verify = self._verify
        config.hooks.append(self._receive)
        config.session_configuration_callback = self._prepare
        return client

    def _prepare(self, session: requests.Session, _config: object, _local: object, **given: Any) -> dict[str, Any]:
        """Before each request, also those that the SDK makes of its own accord, to learn which operations there are.

        It goes wherever that list says: to the hosts that were configured, and no others. It is signed after its turn
        has come, so that no token ends while it waits.
        """
        self._asked.take_turn()
        signed = given["headers"] | {"Authorization": self._sign_in.header()}
        self._asked.insist()
        self.traffic.sent()
        if self._transport not in session.adapters.values():
            confine(session, (self.url, release_url(self.url)), self._transport)
        return given | {"headers": signed}

    def _counted(self, response: requests.Response, attempted: str) -> Json:
        try:
            return vet(response, attempted)
        finally:
            self.traffic.answered(response.status_code, _size_of(response))

    def _receive(self, response: requests.Response, *_args: object, **_given: object) -> None:
        attempted = self._asked.attempted
        self._pace.heed(response.headers, is_throttled=response.status_code == 429)
        if (dated := http_date(response.headers.get("Date", ""))) is not None:
            self.clock.hear(dated)
        answer = Node(
            self._counted(response, attempted),
            attempted,
            activity_id=activity_id(response),
            next_page=response.headers.get(NEXT_PAGE, ""),
            etag=response.headers.get("ETag", ""),
        )
        if response.request.method != "OPTIONS":
            self._asked.answer = answer
        elif not list(answer.nodes("value")):
            # The SDK would remember an empty directory for the life of the process.
            raise answer.unreadable("the organisation names no operations: is its URL right?")


def _size_of(response: requests.Response) -> int:
    """0 where its body could not be read whole."""
    return response.raw.getbuffer().nbytes if isinstance(response.raw, io.BytesIO) else 0


def _spare_its_searching() -> None:
    """For each client the SDK searches a list of a thousand codes a thousand times, for retries that we switch off."""
    from msrest.universal_http.requests import ClientRetryPolicy  # noqa: PLC0415  (it comes with the SDK: late, as that)

    ClientRetryPolicy.safe_codes = frozenset(ClientRetryPolicy.safe_codes)  # type: ignore[assignment]


def _spare_its_reading(client: Any) -> None:
    """What the SDK would make of an answer is not used, and takes longer than all else that is done with one.

    By the answers to OPTIONS it finds its way: those it reads otherwise.
    """
    client._deserialize = client._unwrap_collection = lambda *_: None  # noqa: SLF001


def refuse_old_urllib3(installed: str) -> None:
    """With urllib3 1.26 the SDK sends a POST again when its answer is lost: every write could be done twice."""
    if int(installed.split(".", 1)[0]) < 2:
        raise OSError(f"urllib3 {installed} would send writes twice; install urllib3 2 or later")


def _may_pass(error: BaseException) -> bool:
    if isinstance(error, Throttled):
        return error.retry_after <= READ_PATIENCE
    return isinstance(error, Unreachable | Unreadable) and not isinstance(error, Stopping | TooLarge)


def _wait_before_the_next(state: RetryCallState) -> float:
    """Nothing after a throttled answer: the pace holds the next request back for as long as was asked."""
    error = state.outcome.exception() if state.outcome else None
    return 0.0 if isinstance(error, Throttled) else _BACK_OFF(state)

"""The receiver: each post is a hint at most, and is answered so that the subscription stays enabled."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from wsgiref.types import StartResponse, WSGIEnvironment

from werkzeug import Request, Response

from adapters.configuration.secret import Secret
from adapters.web.answer import answer
from adapters.web.hooks.allowance import Allowance
from adapters.web.hooks.event import Event, read_event
from adapters.web.hooks.heard import Heard
from adapters.web.hooks.home import Home
from adapters.web.hooks.passwords import shows_one
from adapters.web.hooks.refusals import not_now, not_signed_in
from adapters.web.hooks.shallow_object import Misshapen
from adapters.web.hooks.worth import why_not

PATH = "/hooks"
MOST_IN_TEN_SECONDS = 2_000
"""Posts of one address that carry a password; the sender keeps the others and repeats them a little later."""


class Receiver:
    """A WSGI application. `take` takes a hint, or says that it cannot; `say` is told of posts without a password.

    `now` is the time of the server whose events these are: our own clock may be wrong.
    """

    def __init__(
        self,
        passwords: Collection[Secret],
        home: Home,
        take: Callable[[], bool],
        *,
        now: Callable[[], datetime | None],
        say: Callable[[str], object],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._passwords, self._home, self._take, self._now, self._say = passwords, home, take, now, say
        self._heard = Heard()
        self._posts = Allowance(MOST_IN_TEN_SECONDS, 10, monotonic)
        self._complaints = Allowance(1, 60, monotonic)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return self._answered(Request(environ))(environ, start_response)

    def _answered(self, request: Request) -> Response:
        if request.path != PATH:
            return answer(404, "There is nothing here.")
        if request.method != "POST":
            return answer(405, "Only POST is answered.", Allow="POST")
        sender = request.remote_addr or ""
        if not shows_one(request, self._passwords):
            if self._complaints.grants(sender):
                self._say(f"hooks: {sender} posts without a password, or with a wrong one")
            return not_signed_in()
        if not self._posts.grants(sender):
            return not_now()
        return self._heard_out(request)

    def _heard_out(self, request: Request) -> Response:
        if request.mimetype != "application/json" or request.headers.get("Content-Encoding", "identity") != "identity":
            return answer(415, "Only application/json is read, and not compressed.")
        try:
            event = read_event(request.get_data())
        except Misshapen:
            return answer(400, "This is no event.")
        return self._hinted(event)

    def _hinted(self, event: Event) -> Response:
        if why := why_not(event, self._home, self._now()):
            return answer(202, f"Heard, and nothing follows: {why}.")
        if not self._heard.has(event.names):
            if not self._take():
                return not_now()
            self._heard.keep(event.names)
        return answer(202, "Heard.")

"""Answers that cannot be used: what went wrong when Azure DevOps was asked, each with what was attempted."""

from __future__ import annotations


class Failure(Exception):
    """Reads as `POST wiql: signed out (ActivityId ...)`; support of Azure DevOps asks for that id."""

    def __init__(self, attempted: str, why: str, *, activity_id: str = "") -> None:
        super().__init__(f"{attempted}: {why}" + (f" (ActivityId {activity_id})" if activity_id else ""))
        self.attempted = attempted
        self.why = why
        self.activity_id = activity_id


class Throttled(Failure):
    """Nothing was done: the server, or our own pace, asks to wait `retry_after` seconds."""

    def __init__(self, attempted: str, why: str, *, retry_after: float, activity_id: str = "") -> None:
        super().__init__(attempted, why, activity_id=activity_id)
        self.retry_after = retry_after


class SignedOut(Failure):
    """The token is not accepted, or no longer. `status` 200 is a page of HTML where JSON was due."""

    def __init__(self, attempted: str, why: str, *, status: int, activity_id: str = "") -> None:
        super().__init__(attempted, why, activity_id=activity_id)
        self.status = status


class Unreadable(Failure):
    """An answer came that claims success and cannot be understood. It says nothing about what is in Azure DevOps."""


class TooLarge(Unreadable):
    """More came than is taken in, or than comes in time: it is to be asked for in smaller parts."""


class Stuck(Unreadable):
    """A feed that has more to give, and leads back to where it was asked from: it would be followed for ever."""


class Declined(Failure):
    """The server understood and said no, in the words of `message`."""

    def __init__(
        self,
        attempted: str,
        *,
        status: int,
        message: str,
        type_key: str = "",
        error_code: int = 0,
        activity_id: str = "",
    ) -> None:
        super().__init__(attempted, f"{status}: {message}", activity_id=activity_id)
        self.status = status
        self.type_key = type_key
        self.message = message
        self.error_code = error_code


class Unreachable(Failure):
    """No answer, or one of a failing server. A write that `may_have_arrived` may have been applied, or still be."""

    def __init__(self, attempted: str, why: str, *, may_have_arrived: bool, activity_id: str = "") -> None:
        super().__init__(attempted, why, activity_id=activity_id)
        self.may_have_arrived = may_have_arrived


class Stopping(Unreachable):
    """Nothing was sent, and nothing more will be: the program, or this run, is told to stop."""

    def __init__(self, attempted: str) -> None:
        super().__init__(attempted, "not sent: Shunter is stopping, or this run took too long", may_have_arrived=False)

"""The transport: what went wrong on the way to the server or back, and whether anything can have got there."""

from __future__ import annotations

from socket import gaierror
from ssl import SSLCertVerificationError

import requests
import urllib3

from adapters.azure_devops.answers import Failure, Unreachable, Unreadable


def failure_of(error: Exception, attempted: str) -> Failure:
    transport = error if isinstance(error, requests.RequestException) else getattr(error, "inner_exception", None)
    if isinstance(transport, requests.RequestException):
        why = f"no answer ({_named(transport)})"
        return Unreachable(attempted, why, may_have_arrived=not _was_never_sent(transport))
    if isinstance(error, OSError):
        # The SDK keeps what it learns about addresses in files.
        return Unreadable(attempted, f"its folder {error.filename} cannot be used: {error.strerror}")
    return Unreadable(attempted, f"the SDK cannot make sense of it ({type(error).__name__})")


def _was_never_sent(error: requests.RequestException) -> bool:
    """Whether no byte of the request can have reached the server: no connection came about."""
    if isinstance(error, requests.ConnectTimeout):
        return True
    reasons = (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError, SSLCertVerificationError)
    return any(isinstance(cause, reasons) for cause in _causes(error))


def _causes(error: BaseException) -> list[BaseException]:
    """The error and everything that it wraps, however it wraps it."""
    found: list[BaseException] = []
    ahead: list[object] = [error]
    while ahead:
        one = ahead.pop()
        if isinstance(one, BaseException) and one not in found:
            found.append(one)
            ahead += [*one.args, getattr(one, "reason", None), one.__cause__, one.__context__]
    return found


def _named(error: requests.RequestException) -> str:
    deepest = _causes(error)[-1]
    return "the name of its machine is not known here" if isinstance(deepest, gaierror) else type(deepest).__name__

"""No answer: what went wrong on the way, in words that say what to do, and whether anything can have got there."""

from __future__ import annotations

from socket import gaierror
from ssl import SSLCertVerificationError, SSLError

import requests
import urllib3

from adapters.network.confined import Elsewhere
from adapters.network.whole_body import Unusable

_EXPIRED, _NOT_YET = 10, 9
_ANOTHER_HOST = {62, 64}
"""https://docs.openssl.org/3.5/man1/openssl-verification-options: the codes of what a certificate can lack."""
_OLD = {"TLSV1_ALERT_PROTOCOL_VERSION", "UNSUPPORTED_PROTOCOL", "NO_PROTOCOLS_AVAILABLE"}
_NO_TLS = {"WRONG_VERSION_NUMBER", "HTTP_REQUEST"}


def why_no_answer(error: requests.RequestException) -> str:
    return f"no answer ({_told(_causes(error))})"


def was_never_sent(error: requests.RequestException) -> bool:
    """Whether no byte of the request can have reached the server: no connection came about."""
    return any(_before_sending(cause) for cause in _causes(error))


def _before_sending(cause: BaseException) -> bool:
    match cause:
        case requests.ConnectTimeout() | Elsewhere() | SSLCertVerificationError():
            return True
        case SSLError():
            return cause.reason in _OLD | _NO_TLS
        case urllib3.exceptions.NewConnectionError() | urllib3.exceptions.ConnectTimeoutError():
            return True
        case _:
            # Only while a connection is made: a proxy that tunnels is not heard from afterwards.
            return isinstance(cause, urllib3.exceptions.ProxyError)


def _told(causes: list[BaseException]) -> str:
    """The words of the first cause, from the deepest up, that a person can do something about."""
    words = next(filter(None, map(_remedy, reversed(causes))), type(causes[-1]).__name__)
    is_the_proxys = any(isinstance(cause, urllib3.exceptions.ProxyError) for cause in causes)
    return f"connection.proxy: {words}" if is_the_proxys else words


def _remedy(cause: BaseException) -> str:
    match cause:
        case gaierror():
            return "the name of its machine is not known here"
        case Elsewhere():
            return str(cause)
        case Unusable():
            return f"what came {cause}"
        case SSLCertVerificationError():
            return _about_the_certificate(cause)
        case SSLError(reason=reason) if reason in _OLD:
            return "it speaks only versions of TLS before 1.2, which are not safe: whoever runs it allows 1.2 or later"
        case SSLError(reason=reason) if reason in _NO_TLS:
            return "it does not speak TLS there: is the address right?"
        case OSError() if "Tunnel connection failed" in str(cause):
            return str(cause)
        case _:
            return ""


def _about_the_certificate(error: SSLCertVerificationError) -> str:
    if error.verify_code == _EXPIRED:
        return "its certificate has expired: whoever runs it renews it, unless the clock here is wrong"
    if error.verify_code == _NOT_YET:
        return "its certificate is not valid yet: is the clock here right?"
    if error.verify_code in _ANOTHER_HOST:
        return "its certificate is for another host: is the address right?"
    return (
        f"nobody who is trusted here vouches for its certificate, {error.verify_message}: "
        "connection.ca_file can name the authority that does"
    )


def _causes(error: BaseException) -> list[BaseException]:
    """The error and everything that it wraps, however it wraps it; the deepest last."""
    found: list[BaseException] = []
    ahead: list[object] = [error]
    while ahead:
        one = ahead.pop()
        if isinstance(one, BaseException) and one not in found:
            found.append(one)
            ahead += [*one.args, getattr(one, "reason", None), one.__cause__, one.__context__]
    return found

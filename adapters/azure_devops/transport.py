"""The transport: what an error of the SDK or of the network says about a request."""

from __future__ import annotations

import requests

from adapters.azure_devops.answers import Failure, Unreachable, Unreadable
from adapters.network.no_answer import was_never_sent, why_no_answer


def failure_of(error: Exception, attempted: str) -> Failure:
    transport = error if isinstance(error, requests.RequestException) else getattr(error, "inner_exception", None)
    if isinstance(transport, requests.RequestException):
        return Unreachable(attempted, why_no_answer(transport), may_have_arrived=not was_never_sent(transport))
    if isinstance(error, OSError) and error.filename is not None:
        # The SDK keeps what it learns about addresses in files.
        return Unreadable(attempted, f"its folder {error.filename} cannot be used: {error.strerror}")
    if isinstance(error, OSError):
        # requests looks for the file only when it connects, and says which it is.
        return Unreachable(attempted, f"no answer ({error})", may_have_arrived=False)
    return Unreadable(attempted, f"the SDK cannot make sense of it ({type(error).__name__})")

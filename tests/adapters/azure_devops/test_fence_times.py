"""The fence's times are the gateway's: no request waits longer for its answer than the quarantine allows for."""

from datetime import timedelta

from adapters.azure_devops import gateway
from adapters.azure_devops.sign_in import by_pat
from adapters.azure_devops.vetting import BODY_SECONDS
from adapters.network.timed import TimedAdapter
from bot.fence import CLIENT_TIMEOUT
from tests.adapters.azure_devops.world import Clock


def test_a_request_takes_no_longer_than_the_fence_allows_for() -> None:
    connecting, answering = gateway.TIMEOUT

    assert timedelta(seconds=connecting + answering + BODY_SECONDS) == gateway.LONGEST_REQUEST
    assert gateway.LONGEST_REQUEST <= CLIENT_TIMEOUT


def test_that_is_the_time_that_its_transport_keeps() -> None:
    built = gateway.Gateway("https://dev.azure.com/mhhs", by_pat(lambda: "token"), Clock().pace())
    transport = vars(built)["_transport"]

    assert isinstance(transport, TimedAdapter)
    assert transport.seconds == gateway.ANSWER_SECONDS

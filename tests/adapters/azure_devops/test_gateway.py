"""The gateway: what counts as an answer, what is tried again, how fast, and what is never told."""

import gzip
import logging
import re
import traceback
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote

import pytest
import requests
import responses
from urllib3.response import HTTPResponse

from adapters.azure_devops.answers import (
    Declined,
    Failure,
    SignedOut,
    Throttled,
    Unreachable,
    Unreadable,
)
from adapters.azure_devops.boards import Boards
from adapters.azure_devops.gateway import Gateway, refuse_old_urllib3
from adapters.azure_devops.sign_in import by_bearer, by_pat
from adapters.network.whole_body import Unusable, whole_body
from adapters.sandbox import faults
from adapters.sandbox.azure import Azure
from adapters.sandbox.clock import SettableClock
from adapters.sandbox.faults import Fault
from adapters.sandbox.mhhs_process import MHHS_PROCESS
from adapters.sandbox.problem import Problem
from adapters.sandbox.serve import served
from adapters.sandbox.transport import InProcess
from bot.defect import Kind
from tests.adapters.azure_devops.mhhs_spelling import MHHS
from tests.adapters.azure_devops.world import BOT, PEOPLE, START, URL, World, render
from tests.adapters.network.odd_server import Handler, odd_server

ALWAYS = 99


@pytest.mark.parametrize(
    ("fault", "failure", "words"),
    [
        pytest.param(faults.sign_in_page(203), SignedOut, "signed out", id="203"),
        pytest.param(faults.sign_in_page(200), SignedOut, "a web page came", id="web page with 200"),
        pytest.param(faults.redirected(), SignedOut, "signed out", id="302"),
        pytest.param(faults.unauthorised(), SignedOut, "signed out", id="401"),
        pytest.param(faults.truncated(), Unreadable, "cut off or not JSON", id="cut off"),
        pytest.param(faults.body_replaced(b""), Unreadable, "cut off or not JSON", id="empty"),
        pytest.param(faults.body_replaced(b"[" * 100_000), Unreadable, "cut off or not JSON", id="deep"),
        pytest.param(faults.body_replaced(b"\xff\xfe{}"), Unreadable, "cut off or not JSON", id="another charset"),
        pytest.param(faults.body_replaced("{}".encode("utf-16")), Unreadable, "cut off or not JSON", id="UTF-16"),
        pytest.param(faults.body_replaced('{"a": "é"}'.encode("cp1252")), Unreadable, "not JSON", id="Windows"),
        pytest.param(faults.body_replaced(b'{"asOf": 1, "asOf": 2}'), Unreadable, "not JSON", id="a key twice"),
        pytest.param(faults.body_replaced(b'{"asOf": NaN}'), Unreadable, "not JSON", id="NaN"),
        pytest.param(faults.body_replaced(b'{"asOf": -Infinity}'), Unreadable, "not JSON", id="infinite"),
        pytest.param(faults.body_replaced(b'{"asOf": 1e400}'), Unreadable, "not JSON", id="too large a number"),
        pytest.param(faults.body_replaced(b"1" * 5000), Unreadable, "not JSON", id="too long a number"),
        pytest.param(faults.body_replaced(b"{}{}"), Unreadable, "not JSON", id="two answers"),
        pytest.param(faults.body_replaced(b"{}", "text/plain"), Unreadable, "text/plain, not JSON", id="plain text"),
        pytest.param(faults.body_replaced(b"{}", ""), Unreadable, "of no named type, not JSON", id="no type"),
        pytest.param(faults.body_replaced(b"{}"), Unreadable, "no usable 'workItems'", id="empty object"),
        pytest.param(faults.body_replaced(b"null"), Unreadable, "not what was asked for|make sense", id="null"),
        pytest.param(faults.unavailable(applied=False), Unreachable, "503: TF24668", id="503"),
        pytest.param(faults.unreachable(), Unreachable, "no answer", id="refused connection"),
        pytest.param(faults.reset(applied=False), Unreachable, "no answer", id="reset"),
        pytest.param(faults.no_answer(applied=False), Unreachable, "no answer", id="time-out"),
        pytest.param(faults.throttled(), Throttled, "throttled", id="429"),
        pytest.param(
            faults.refused(Problem(400, "SomeException", "TF51005: There is no such field.")),
            Declined,
            "400: TF51005: There is no such field.",
            id="400",
        ),
    ],
)
def test_what_is_no_answer_is_a_failure_with_its_name_and_what_was_asked(
    world: World, fault: Fault, failure: type[Failure], words: str
) -> None:
    world.azure.faults.add("wiql", fault, times=ALWAYS)

    with pytest.raises(failure, match=f"^POST wiql: .*({words})"):
        world.boards.everything()


def test_a_refusal_keeps_what_the_server_said(world: World) -> None:
    world.azure.faults.add("wiql", faults.refused(Problem(400, "SomeException", "TF1: No\x1b[31m\nway", error_code=5)))

    with pytest.raises(Declined) as refused:
        world.boards.everything()

    assert (refused.value.status, refused.value.type_key, refused.value.message) == (
        400,
        "SomeException",
        "TF1: No [31m way",
    )
    assert refused.value.activity_id


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(faults.unavailable(applied=False), id="503"),
        pytest.param(faults.reset(applied=False), id="reset"),
        pytest.param(faults.unreachable(), id="refused connection"),
        pytest.param(faults.truncated(), id="cut off"),
        pytest.param(faults.throttled(5), id="throttled"),
    ],
)
def test_a_read_that_fails_once_is_asked_once_more(world: World, fault: Fault) -> None:
    world.defects(1)
    world.azure.faults.add("workitemsbatch", fault)

    assert [row.id for row in world.boards.closely([1])] == [1]
    assert world.asked() == {"workitemsbatch": 2}


def test_a_read_is_given_up_after_the_fourth_time(world: World) -> None:
    world.azure.faults.add("workitemsbatch", faults.unavailable(applied=False), times=ALWAYS)

    with pytest.raises(Unreachable):
        world.boards.closely([1])

    assert world.asked() == {"workitemsbatch": 4}
    assert all(0 <= wait <= 60 for wait in world.clock.waits)


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(faults.sign_in_page(), id="signed out"),
        pytest.param(faults.refused(Problem(404, "X", "TF200016: no project")), id="404"),
    ],
)
def test_what_asking_again_cannot_change_is_asked_once(world: World, fault: Fault) -> None:
    world.azure.faults.add("workitemsbatch", fault, times=ALWAYS)

    with pytest.raises(Failure):
        world.boards.closely([1])

    assert world.asked() == {"workitemsbatch": 1}


@pytest.mark.parametrize(
    ("told", "waited"),
    [
        pytest.param(120, 120.0, id="seconds"),
        pytest.param("Mon, 30 Nov 2026 09:02:00 GMT", 120.0, id="a date by the server's clock"),
        pytest.param("0", 1.0, id="zero"),
        pytest.param("-5", 1.0, id="negative"),
        pytest.param("abc", 30.0, id="rubbish"),
        pytest.param("Mon, 07 Dec 99999999999 09:00:00 GMT", 30.0, id="a date beyond all time"),
        pytest.param("nan", 30.0, id="no number"),
        pytest.param(None, 30.0, id="nothing"),
    ],
)
def test_a_throttled_read_waits_as_long_as_it_is_told(world: World, told: str | int | None, waited: float) -> None:
    world.defects(1)
    world.azure.faults.add("workitemsbatch", faults.throttled(told))

    world.boards.closely([1])

    assert sum(world.clock.waits) == waited
    assert world.asked() == {"workitemsbatch": 2}


@pytest.mark.parametrize("told", ["86400", "inf"])
def test_who_has_to_wait_for_an_hour_is_told_so_and_nothing_more_is_sent(world: World, told: str) -> None:
    world.azure.faults.add("workitemsbatch", faults.throttled(told))

    with pytest.raises(Throttled) as first:
        world.boards.closely([1])
    with pytest.raises(Throttled):
        world.boards.everything()

    assert first.value.retry_after == 3600.0
    assert world.asked() == {"workitemsbatch": 1}
    assert world.clock.waits == []


def test_a_good_answer_that_asks_to_slow_down_is_obeyed_too(world: World) -> None:
    world.defects(1)
    world.azure.faults.add("workitemsbatch", faults.slowed_down(20, remaining=200))

    world.boards.closely([1])
    assert world.clock.waits == []
    world.boards.changed_links(None, START)

    assert world.clock.waits == [20.0]


def test_a_token_that_expired_is_renewed_once_and_the_read_goes_on(world: World) -> None:
    tokens = ["of-yesterday", world.azure.token_for(BOT)]
    gateway = Gateway(
        URL,
        by_bearer(lambda: tokens[0], renew=lambda: tokens.pop(0) != ""),
        world.clock.pace(),
        transport=InProcess(world.azure),
    )

    assert Boards(gateway, MHHS, render).signed_in_as() == BOT


def test_a_token_that_stays_refused_after_renewal_is_signed_out(world: World) -> None:
    sign_in = by_bearer(lambda: "wrong", renew=lambda: True)
    gateway = Gateway(URL, sign_in, world.clock.pace(), transport=InProcess(world.azure))

    with pytest.raises(SignedOut):
        Boards(gateway, MHHS, render).signed_in_as()

    assert world.asked() == {"connection": 2}


def test_a_token_in_whose_place_is_no_other_is_not_tried_again(world: World) -> None:
    gateway = Gateway(
        URL, by_pat(lambda: "wrong", renew=lambda: False), world.clock.pace(), transport=InProcess(world.azure)
    )

    with pytest.raises(SignedOut):
        Boards(gateway, MHHS, render).signed_in_as()

    assert world.asked() == {"connection": 1}


@pytest.mark.parametrize("body", [b"{}", b"null", b"[", b'{"asOf": "yesterday"}'])
def test_every_failure_of_an_answer_has_the_id_that_support_asks_for(world: World, body: bytes) -> None:
    world.azure.faults.add("wiql", faults.body_replaced(body), times=ALWAYS)

    with pytest.raises(Failure, match=r"\(ActivityId [0-9a-f-]{36}\)$"):
        world.boards.everything()


def test_each_request_has_time_outs_verifies_and_follows_nothing_also_the_sdks_own(world: World) -> None:
    class Recording(InProcess):
        given: ClassVar[list[dict[str, object]]] = []

        def send(self, request: requests.PreparedRequest, *args: object, **given: object) -> requests.Response:
            self.given.append({"method": request.method, **given})
            return super().send(request, *args, **given)

    gateway = Gateway(URL, by_pat(lambda: world.token), world.clock.pace(), transport=Recording(world.azure))
    Boards(gateway, MHHS, render).signed_in_as()

    assert {given["method"] for given in Recording.given} >= {"GET"}
    for given in Recording.given:
        assert given["timeout"] == (5.0, 60.0)
        assert (given["verify"], given["cert"], dict(given["proxies"])) == (True, None, {})  # type: ignore[call-overload]


def test_a_token_renewed_outside_is_used_without_a_restart(world: World) -> None:
    good, world.token = world.token, "gone"
    with pytest.raises(SignedOut):
        world.boards.signed_in_as()
    world.token = good

    assert world.boards.signed_in_as() == BOT


@pytest.mark.parametrize("token", ["", " \n", "a\r\nX-Evil: 1", "tök"])
def test_a_token_that_no_header_can_hold_is_no_token(world: World, token: str) -> None:
    world.token = token

    with pytest.raises(SignedOut, match="there is no usable token"):
        world.boards.signed_in_as()


def test_answers_of_several_threads_are_not_mixed_up(world: World) -> None:
    ids = range(1, 41)
    world.defects(*ids)

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda id: [row.id for row in world.boards.closely([id])], ids))

    assert found == [[id] for id in ids]


def test_who_we_are_is_asked_once(world: World) -> None:
    assert (world.boards.signed_in_as(), world.boards.signed_in_as()) == (BOT, BOT)
    assert world.asked() == {"connection": 1}


def test_the_time_is_the_servers(world: World) -> None:
    with pytest.raises(Unreadable, match="no answer has carried a date yet"):
        world.boards.server_time()
    world.boards.signed_in_as()

    assert world.boards.server_time() == START


SECRET = "canary52" * 6 + "cany"
IN_A_HEADER = by_pat(lambda: SECRET).header()


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(faults.unauthorised(), id="401"),
        pytest.param(faults.sign_in_page(203), id="203"),
        pytest.param(faults.redirected(), id="302"),
        pytest.param(faults.throttled(60), id="429"),
        pytest.param(faults.unavailable(applied=False), id="503"),
        pytest.param(faults.reset(applied=False), id="reset"),
        pytest.param(faults.no_answer(applied=False), id="time-out"),
        pytest.param(faults.unreachable(), id="refused connection"),
        pytest.param(faults.truncated(), id="cut off"),
        pytest.param(faults.body_replaced(b"null"), id="null"),
        pytest.param(faults.refused(Problem(400, SECRET, f"no {IN_A_HEADER} here")), id="quoted back"),
        pytest.param(faults.refused(Problem(500, "X", f"no {SECRET} here")), id="quoted back with 500"),
        pytest.param(faults.body_replaced(IN_A_HEADER.encode()), id="quoted in place of JSON"),
        pytest.param(faults.body_replaced(b"{}", f"text/{SECRET}"), id="quoted as a type"),
        pytest.param(faults.body_replaced(IN_A_HEADER.encode(), "text/html"), id="quoted in a page"),
    ],
)
def test_no_failure_and_no_log_shows_the_token(world: World, fault: Fault, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    sign_in = by_pat(lambda: SECRET)
    gateway = Gateway(URL, sign_in, world.clock.pace(), transport=InProcess(world.azure))
    world.azure.faults.add("connection", fault, times=ALWAYS)

    with pytest.raises(Failure) as failed:
        Boards(gateway, MHHS, render).signed_in_as()

    shown = "".join(traceback.format_exception(failed.value)) + repr((failed.value, failed.value.args))
    shown += repr(vars(failed.value)) + repr(gateway) + repr(sign_in) + str(sign_in) + caplog.text
    assert SECRET not in shown
    assert IN_A_HEADER.removeprefix("Basic ") not in shown


def test_urllib3_of_the_old_line_is_refused() -> None:
    refuse_old_urllib3("2.0.0")
    with pytest.raises(OSError, match=r"urllib3 1\.26\.20 would send writes twice"):
        refuse_old_urllib3("1.26.20")


@responses.activate
def test_an_organisation_that_names_no_operations_is_not_remembered_so(world: World) -> None:
    url = "https://dev.azure.com/nowhere"
    responses.add("OPTIONS", url + "/_apis", json={"count": 0, "value": []})
    boards = Boards(Gateway(url, by_pat(lambda: "x"), world.clock.pace()), MHHS, render)
    with pytest.raises(Unreadable, match="is its URL right"):
        boards.signed_in_as()
    responses.replace("OPTIONS", url + "/_apis", status=503, body="<html>down</html>", content_type="text/html")

    with pytest.raises(Unreachable, match="503"):
        boards.signed_in_as()


@responses.activate
def test_an_answer_of_another_kind_of_server_is_no_data(world: World) -> None:
    url = "https://dev.azure.com/elsewhere"
    responses.add("OPTIONS", url + "/_apis", status=404, body="<html>no</html>", content_type="text/html")
    boards = Boards(Gateway(url, by_pat(lambda: "x"), world.clock.pace()), MHHS, render)

    with pytest.raises(Declined, match="404: answered 404 without a reason"):
        boards.signed_in_as()


@responses.activate
@pytest.mark.parametrize(
    ("value", "failure"),
    [
        pytest.param(None, Unreadable, id="no list"),
        pytest.param([None], Unreadable, id="an operation that is none"),
        pytest.param([{"id": "1b2ca3ff-ee33-4c30-8e5b-6bd6f1a4a4de"}], Failure, id="one without an address"),
        pytest.param(
            [
                {
                    "id": "00d9565f-ed9c-4a06-9a50-00e7896ccab4",
                    "area": "Location",
                    "resourceName": "ConnectionData",
                    "routeTemplate": "https://evil.example/{resource}",
                    "resourceVersion": 1,
                    "minVersion": "1.0",
                    "maxVersion": "7.2",
                    "releasedVersion": "0.0",
                }
            ],
            Unreachable,
            id="one at another host",
        ),
    ],
)
def test_a_list_of_operations_that_leads_nowhere_is_no_answer(
    world: World, value: object, failure: type[Failure]
) -> None:
    url = f"https://dev.azure.com/{id(value)}"  # the SDK remembers what an address once said
    responses.add("OPTIONS", url + "/_apis", json={"count": 1, "value": value})
    responses.add("GET", re.compile("https://evil.example/.*"), json={"authenticatedUser": {}})
    boards = Boards(Gateway(url, by_pat(lambda: "x"), world.clock.pace()), MHHS, render)

    with pytest.raises(failure):
        boards.signed_in_as()

    assert {call.request.method for call in responses.calls} == {"OPTIONS"}


@responses.activate
def test_a_203_is_a_sign_in_page_even_if_it_says_that_it_is_json(world: World) -> None:
    url = "https://dev.azure.com/tired"
    responses.add("OPTIONS", url + "/_apis", status=203, json={"count": 1, "value": [{}]})
    boards = Boards(Gateway(url, by_pat(lambda: "x"), world.clock.pace()), MHHS, render)

    with pytest.raises(SignedOut):
        boards.signed_in_as()


@cache
def packed(megabytes: int) -> bytes:
    return gzip.compress(b" " * (megabytes * 1024 * 1024))


def a_bomb(handler: Handler) -> None:
    handler.says(packed(70), Content_Encoding="gzip")


def a_bomb_in_a_bomb(handler: Handler) -> None:
    handler.says(gzip.compress(packed(4)), Content_Encoding="gzip, gzip")


def short(handler: Handler) -> None:
    handler.says(b'{"count"', Content_Length="1000")


def cut_gzip(handler: Handler) -> None:
    body = gzip.compress(b'{"count": 1, "value": [{}]}')[:20]
    handler.says(body, Content_Encoding="gzip")


def bad_gzip(handler: Handler) -> None:
    handler.says(b"nope", Content_Encoding="gzip")


def many_headers(handler: Handler) -> None:
    handler.says(b"{}", **{f"X_{number}": "x" for number in range(200)})


def a_long_header(handler: Handler) -> None:
    handler.says(b"{}", X_Long="x" * 100_000)


@pytest.mark.parametrize(
    ("write", "failure", "words"),
    [
        pytest.param(a_bomb, Unreadable, "larger than 67,108,864 bytes", id="a bomb", marks=pytest.mark.slow),
        pytest.param(a_bomb_in_a_bomb, Unreadable, "packed in a way that was not asked for", id="a bomb in a bomb"),
        pytest.param(short, Unreachable, "broke off", id="cut off"),
        pytest.param(cut_gzip, Unreadable, "cut off or not JSON", id="gzip cut off"),
        pytest.param(bad_gzip, Unreachable, "broke off", id="not gzip"),
        pytest.param(many_headers, Unreachable, "no answer", id="two hundred headers"),
        pytest.param(a_long_header, Unreachable, "no answer", id="an endless header"),
    ],
)
def test_a_body_is_read_with_care(
    world: World, write: Callable[[Handler], None], failure: type[Failure], words: str
) -> None:
    with odd_server(write) as url:
        boards = Boards(Gateway(f"{url}/org", by_pat(lambda: "x"), world.clock.pace()), MHHS, render)
        with pytest.raises(failure, match=words):
            boards.signed_in_as()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("where", ["/elsewhere", "https://evil.example/", "//evil.example/"])
def test_a_redirect_is_not_followed(world: World, status: int, where: str) -> None:
    asked: list[str] = []

    def redirects(handler: Handler) -> None:
        asked.append(handler.path)
        handler.send_response(status)
        handler.send_header("Location", where)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    with odd_server(redirects) as url:
        boards = Boards(Gateway(f"{url}/org", by_pat(lambda: "x"), world.clock.pace()), MHHS, render)
        with pytest.raises(SignedOut, match="signed out"):
            boards.signed_in_as()

    assert asked == ["/org/_apis"]


def test_a_bomb_takes_no_more_memory_than_is_allowed_for_a_body() -> None:
    response = requests.Response()
    response.headers["Content-Encoding"] = "gzip"
    response.raw = HTTPResponse(BytesIO(packed(32)), headers=response.headers, preload_content=False)

    tracemalloc.start()
    with pytest.raises(Unusable, match="larger than 1,000,000 bytes"):
        whole_body(response, limit=1_000_000, seconds=60)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert most < 5_000_000


def test_the_name_of_a_project_is_one_segment_and_encoded_once(world: World) -> None:
    name = "MHHS Prüfung 2 (100!)"
    clock = SettableClock(START)
    azure = Azure(organisation="mhhs", project=name, process=MHHS_PROCESS, people=PEOPLE, clock=clock)
    gateway = Gateway(URL, by_pat(lambda: azure.token_for(BOT)), world.clock.pace(), transport=InProcess(azure))

    assert list(Boards(gateway, replace(MHHS, project=name), render).everything()) == []
    (asked,) = [e for e in azure.journal if e.operation == "wiql"]
    assert asked.path == f"/mhhs/{quote(name)}/_apis/wit/wiql"
    assert asked.path.count("/") == 5


def test_over_a_socket_it_is_the_same(world: World) -> None:
    world.defects(*range(1, 251))
    with served(world.azure) as url:
        boards = Boards(Gateway(url, by_pat(lambda: world.token), world.clock.pace()), MHHS, render)

        assert len([row for rows in boards.everything() for row in rows]) == 250
        assert boards.changed_items(None, START.replace(day=1)).is_last


def test_over_a_socket_a_reset_and_a_refused_connection_are_told_apart(world: World) -> None:
    with served(world.azure) as url:
        boards = Boards(Gateway(url, by_pat(lambda: world.token), world.clock.pace()), MHHS, render)
        boards.signed_in_as()
        world.azure.faults.add("workitemsbatch", faults.reset(applied=False), times=ALWAYS)
        with pytest.raises(Unreachable) as reset:
            boards.closely([1])
    with pytest.raises(Unreachable) as refused:
        boards.closely([1])

    assert (reset.value.may_have_arrived, refused.value.may_have_arrived) == (True, False)


def test_an_answer_is_read_once_and_not_by_the_sdk_as_well(world: World) -> None:
    world.defects(1)
    made: list[object] = []

    answer = world.gateway.read("GET item", lambda sdk: made.append(sdk.work_items.get_work_item(1, project="MHHS")))
    listed = world.gateway.read("GET types", lambda sdk: made.append(sdk.work_items.get_work_item_types("MHHS")))

    assert (answer.number("id"), len(list(listed.nodes("value"))) > 1) == (1, True)
    assert made == [None, None]


def test_nothing_below_the_gateway_tries_again_by_itself(world: World) -> None:
    world.defects(1)
    with served(world.azure) as url:
        boards = Boards(Gateway(url, by_pat(lambda: world.token), world.clock.pace()), MHHS, render)
        world.azure.faults.add("updates", faults.reset(applied=False), times=ALWAYS)
        with pytest.raises(Unreachable):
            boards.history(1, Kind.DEFECT)

    assert world.asked() == {"updates": 4}


def test_the_environment_of_the_machine_decides_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with served(world.azure) as url:
        gateway = Gateway(url, by_bearer(lambda: world.token), world.clock.pace())

        assert Boards(gateway, MHHS, render).signed_in_as() == BOT

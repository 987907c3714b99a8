"""What looks like a secret is not shown; what merely speaks of secrets stays readable."""

import logging
import threading
import warnings
from base64 import b64encode
from io import StringIO

import pytest

from adapters.logs import SHUNTER, logged_to
from adapters.redaction import redacted

OLD_PAT = "abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrst"
NEW_PAT = "A1b2C3d4E5f6G7h8I9j0" * 3 + "JQQJ99BKACAAAAAA" + "AZDO" + "1a2B"
JWT = "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJhdWQiOiI0OTliODRhYyJ9.c2lnbmF0dXJl-_x"
BASIC = b64encode(b":short").decode() + "QQ=="
PEM = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN\n-----END PRIVATE KEY-----"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param(f"token {OLD_PAT} expired", "token *** expired", id="an old token"),
        pytest.param(f"token {NEW_PAT}.", "token ***.", id="a new token"),
        pytest.param(f"Bearer {JWT} was refused", "Bearer *** was refused", id="a bearer token"),
        pytest.param(f"'{JWT}'", "'***'", id="a bearer token alone"),
        pytest.param("{'Authorization': 'Bearer a1.b2_c3-d4'}", "{'Authorization': 'Bearer ***'}", id="a dumb token"),
        pytest.param(f"Authorization: Basic {BASIC}", "Authorization: Basic ***", id="a password in a header"),
        pytest.param("a?client_secret=x.Y~z&scope=y", "a?client_secret=***&scope=y", id="a form"),
        pytest.param('{"refresh_token": "0.AX", "x": 1}', '{"refresh_token": "***", "x": 1}', id="JSON"),
        pytest.param("{'client_assertion': 'a.b.c'}", "{'client_assertion': '***'}", id="a dictionary"),
        pytest.param("https://logic.azure.com/x?sig=ab-c&v=1", "https://logic.azure.com/x?sig=***&v=1", id="a hook"),
        pytest.param("http://me:hunter2@proxy:80/x", "http://***@proxy:80/x", id="an address"),
        pytest.param(f"key {PEM} end", "key *** end", id="a private key"),
        pytest.param(PEM[:50], "***", id="half a private key"),
    ],
)
def test_a_secret_is_not_shown(text: str, shown: str) -> None:
    assert redacted(text) == shown
    assert redacted(shown) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Basic authentication is disabled for this organisation.",
        "Bearer token was not accepted",
        "TF400813: The user 'tess.hall@st.example' is not authorized to access this resource.",
        "sign_in.token_file: others can read token; run `chmod 600 token`",
        "ActivityId 4b2d6a1e-9a6b-4d7e-8f0a-0123456789ab",
        "https://dev.azure.com/mhhs/_apis/wit/$batch",
        "defect 123: 5.2.16.0 to SIT-A, signed off; see password policy",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert redacted(text) == text


def test_what_any_library_logs_is_shown_without_secrets() -> None:
    shown = StringIO()
    with logged_to(shown):
        logging.getLogger("some.library").warning("sent %s", {"Authorization": f"Bearer {JWT}"})
        with warnings.catch_warnings(action="default"):
            warnings.warn(f"old: {OLD_PAT}", stacklevel=1)
    logging.getLogger("some.library").warning("too late")

    assert "WARNING some.library: sent {'Authorization': 'Bearer ***'}\n" in shown.getvalue()
    assert "old: ***" in shown.getvalue()
    assert "too late" not in shown.getvalue()


def fails(token: str) -> None:
    held = f"held {token}"
    raise ValueError(f"cannot read {token}") from KeyError(held)


def test_a_traceback_shows_where_and_not_what() -> None:
    shown = StringIO()
    with logged_to(shown):
        try:
            fails(OLD_PAT)
        except ValueError as error:
            SHUNTER.error("run 1", exc_info=error)

    text = shown.getvalue()
    assert OLD_PAT not in text
    assert "ValueError: cannot read ***" in text
    assert "in fails" in text


def test_a_thread_that_ends_is_told_of() -> None:
    shown = StringIO()
    with logged_to(shown):
        thread = threading.Thread(target=fails, args=(NEW_PAT,), name="looker")
        thread.start()
        thread.join()

    assert "ERROR shunter: looker has ended" in shown.getvalue()
    assert "cannot read ***" in shown.getvalue()
    assert NEW_PAT not in shown.getvalue()

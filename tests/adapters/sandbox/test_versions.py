"""The version of the interface: where it may stand, which are known, and what the answer repeats."""

from __future__ import annotations

import pytest

from tests.adapters.sandbox.client import PROJECT, Client

COMMENTS = f"{PROJECT}/workitems/1/comments"


@pytest.mark.parametrize(
    ("path", "version", "problem"),
    [
        pytest.param("/_apis/projects", "7.1", None, id="released"),
        pytest.param("/_apis/projects", "5.0", None, id="older"),
        pytest.param("/_apis/projects", "7.1-preview.4", None, id="newest preview of a resource"),
        pytest.param("/_apis/projects", "7.2-preview", None, id="not released yet, as a preview"),
        pytest.param("/_apis/projects", "7.2", "VssInvalidPreviewVersionException", id="not released yet"),
        pytest.param("/_apis/projects", "7.1-preview.5", "VssVersionOutOfRangeException", id="preview to come"),
        pytest.param("/_apis/projects", "8.0", "VssVersionOutOfRangeException", id="too new"),
        pytest.param("/_apis/projects", "latest", "VssVersionOutOfRangeException", id="not a version"),
        pytest.param("/_apis/connectiondata", "7.1", "VssInvalidPreviewVersionException", id="preview only"),
        pytest.param(COMMENTS, "7.1", "VssInvalidPreviewVersionException", id="comments are preview only"),
    ],
)
def test_a_version_is_known_or_refused(client: Client, path: str, version: str, problem: str | None) -> None:
    answer = client.session.get(
        client.base + path, headers={"Accept": f"application/json;api-version={version}"}, timeout=5
    )

    if problem is None:
        assert answer.headers["Content-Type"] == f"application/json; charset=utf-8; api-version={version}"
    else:
        assert (answer.status_code, answer.json()["typeKey"]) == (400, problem)
        assert answer.headers["Content-Type"] == "application/json; charset=utf-8"


def test_a_read_may_leave_the_version_out_and_a_write_may_not(client: Client) -> None:
    client.session.headers["Accept"] = "application/json"

    assert client.get("/_apis/projects").headers["Content-Type"].endswith("api-version=7.1")
    assert client.wiql("[System.Id] > 0").json()["typeKey"] == "VssVersionNotSpecifiedException"


def test_the_version_may_stand_in_the_query(client: Client) -> None:
    client.session.headers["Accept"] = "application/json"

    answer = client.wiql("[System.Id] > 0", **{"api-version": "7.1"})

    assert answer.headers["Content-Type"].endswith("api-version=7.1")

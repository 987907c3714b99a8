"""A client of the sandbox that adds nothing: what it sends is what the test says."""

from __future__ import annotations

from typing import Any

import requests

BASE = "http://sandbox/acme"
PROJECT = "/MHHS/_apis/wit"


class Client:
    """Names the version of the interface in the Accept header, as the SDK does."""

    def __init__(self, session: requests.Session, base: str = BASE) -> None:
        self.session = session
        self.base = base
        session.headers["Accept"] = "application/json;api-version=7.1-preview"

    def get(self, path: str, /, **query: object) -> requests.Response:
        return self.session.get(self.base + path, params=_dollars(query), timeout=5, allow_redirects=False)

    def post(self, path: str, body: object, **query: object) -> requests.Response:
        return self.session.post(self.base + path, json=body, params=_dollars(query), timeout=5)

    def patch(self, id: int, *operations: dict[str, Any], **query: object) -> requests.Response:
        return self._document("PATCH", f"{PROJECT}/workitems/{id}", operations, query)

    def create(self, type: str, *operations: dict[str, Any], **query: object) -> requests.Response:
        return self._document("POST", f"{PROJECT}/workitems/${type}", operations, query)

    def batch(self, parts: list[dict[str, Any]]) -> requests.Response:
        return self.session.patch(f"{self.base}/_apis/wit/$batch", json=parts, timeout=5)

    def wiql(self, where: str, *, order: str = "", **query: object) -> requests.Response:
        text = f"SELECT [System.Id] FROM workitems WHERE {where} {order}"
        return self.post(f"{PROJECT}/wiql", {"query": text}, **query)

    def found(self, where: str, *, order: str = "", **query: object) -> list[int]:
        answer = self.wiql(where, order=order, **query)
        assert answer.status_code == 200, answer.text
        return [item["id"] for item in answer.json()["workItems"]]

    def feed(self, **query: object) -> dict[str, Any]:
        return dict(self.get(f"{PROJECT}/reporting/workitemrevisions", **query).json())

    def _document(self, method: str, path: str, operations: object, query: dict[str, object]) -> requests.Response:
        headers = {"Content-Type": "application/json-patch+json"}
        return self.session.request(
            method,
            self.base + path,
            json=operations,
            params=_dollars(query),
            headers=headers,
            timeout=5,
            allow_redirects=False,
        )


def field(name: str, value: object, op: str = "add") -> dict[str, Any]:
    return {"op": op, "path": f"/fields/{name}", "value": value}


def expect(rev: int) -> dict[str, Any]:
    return {"op": "test", "path": "/rev", "value": rev}


def relation(rel: str, target: int, comment: str = "") -> dict[str, Any]:
    value = {"rel": rel, "url": f"{BASE}/_apis/wit/workItems/{target}", "attributes": {"comment": comment}}
    return {"op": "add", "path": "/relations/-", "value": value}


def message(answer: requests.Response) -> str:
    return str(answer.json()["message"])


def _dollars(query: dict[str, object]) -> dict[str, str]:
    """`top_` is `$top`: a name cannot begin with a dollar."""
    return {f"${name[:-1]}" if name.endswith("_") else name: str(value) for name, value in query.items()}

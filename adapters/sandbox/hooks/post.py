"""One post to an endpoint on this machine, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

import requests

PATIENCE = 5


def is_on_this_machine(url: str) -> bool:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return False
    if parts.hostname == "localhost":
        return True
    try:
        return ip_address(parts.hostname).is_loopback
    except ValueError:
        return False


def post(consumer: Mapping[str, str], body: bytes) -> int:
    """The status of the answer; 0 where none came within a few seconds. No proxy, no redirect is followed."""
    if not is_on_this_machine(consumer["url"]):
        raise ValueError(f"the sandbox posts to this machine only, not to {consumer['url']}")
    user = consumer.get("basicAuthUsername", "")
    with requests.Session() as session:
        session.trust_env = False
        try:
            answer = session.post(
                consumer["url"],
                data=body,
                headers={"Content-Type": "application/json; charset=utf-8", **_headers(consumer)},
                auth=(user, consumer.get("basicAuthPassword", "")) if user else None,
                timeout=PATIENCE,
                allow_redirects=False,
            )
        except requests.RequestException:
            return 0
        return answer.status_code


def _headers(consumer: Mapping[str, str]) -> dict[str, str]:
    """One `name:value` a line, as the form of the service takes them."""
    lines = [line for line in consumer.get("httpHeaders", "").splitlines() if line.strip()]
    return {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines)}

"""The SDK's clients, one for each part of Azure DevOps, made when it is first used."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any, TypeAlias
from urllib.parse import urlsplit

Make: TypeAlias = Callable[[Any], Any]

_SERVICE, _RELEASES = "dev.azure.com", "vsrm.dev.azure.com"
_OLD_SERVICE, _OLD_RELEASES = ".visualstudio.com", ".vsrm.visualstudio.com"


class Clients:
    """`make` builds a client of its class for the organisation, `make_for_releases` for the host of its releases.

    The SDK ships no types. Each is made once, whichever thread asks first, and imported late: importing the SDK makes
    a folder, and each part of it takes its time.
    """

    def __init__(self, make: Make, make_for_releases: Make) -> None:
        # At DEBUG these write whole bodies, with everything that is in them.
        logging.getLogger("azure.devops").setLevel(logging.WARNING)
        logging.getLogger("msrest").setLevel(logging.WARNING)
        self._make = make
        self._make_for_releases = make_for_releases
        self._lock = threading.Lock()
        self._made: dict[str, Any] = {}

    @property
    def work_items(self) -> Any:
        from azure.devops.v7_1.work_item_tracking import WorkItemTrackingClient as Work  # noqa: PLC0415

        return self._once("work_items", self._make, Work)

    @property
    def location(self) -> Any:
        from azure.devops.v7_1.location import LocationClient  # noqa: PLC0415

        return self._once("location", self._make, LocationClient)

    @property
    def core(self) -> Any:
        from azure.devops.v7_1.core import CoreClient  # noqa: PLC0415

        return self._once("core", self._make, CoreClient)

    @property
    def wiki(self) -> Any:
        from azure.devops.v7_1.wiki import WikiClient  # noqa: PLC0415

        return self._once("wiki", self._make, WikiClient)

    @property
    def security(self) -> Any:
        from azure.devops.v7_1.security import SecurityClient  # noqa: PLC0415

        return self._once("security", self._make, SecurityClient)

    @property
    def environments(self) -> Any:
        from azure.devops.v7_1.task_agent import TaskAgentClient  # noqa: PLC0415

        return self._once("environments", self._make, TaskAgentClient)

    @property
    def builds(self) -> Any:
        from azure.devops.v7_1.build import BuildClient  # noqa: PLC0415

        return self._once("builds", self._make, BuildClient)

    @property
    def releases(self) -> Any:
        from azure.devops.v7_1.release import ReleaseClient  # noqa: PLC0415

        return self._once("releases", self._make_for_releases, ReleaseClient)

    @property
    def tests(self) -> Any:
        from azure.devops.v7_1.test import TestClient  # noqa: PLC0415

        return self._once("tests", self._make, TestClient)

    def _once(self, name: str, make: Make, client_class: Any) -> Any:
        with self._lock:
            if name not in self._made:
                self._made[name] = make(client_class)
            return self._made[name]


def release_url(organisation_url: str) -> str:
    """Where classic releases are asked for: another host of the service; the same one of a server of one's own."""
    parts = urlsplit(organisation_url)
    if parts.hostname == _SERVICE:
        return parts._replace(netloc=_RELEASES).geturl()
    if parts.hostname and parts.hostname.endswith(_OLD_SERVICE):
        return parts._replace(netloc=parts.hostname.removesuffix(_OLD_SERVICE) + _OLD_RELEASES).geturl()
    return organisation_url

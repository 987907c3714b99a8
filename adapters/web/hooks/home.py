"""Home: which organisation and project are ours, as far as an event tells where it comes from."""

from __future__ import annotations

from urllib.parse import urlsplit

from adapters.configuration.organisation_url import SERVICES, is_services
from adapters.web.hooks.event import Event


class Home:
    """`project`: its id, once it is known; until then events of other projects pass, and cost a look."""

    def __init__(self, organisation_url: str) -> None:
        self.project = ""
        self._organisation = _organisation(organisation_url)

    def is_elsewhere(self, event: Event) -> bool:
        """The id of a project is enough. Only the names of organisations at Azure DevOps Services can be compared."""
        if self.project and event.project:
            return event.project != self.project
        theirs = _organisation(event.organisation)
        return bool(theirs and self._organisation and theirs != self._organisation)


def _organisation(url: str) -> str:
    """Its name: https://dev.azure.com/NAME and https://NAME.visualstudio.com are the same one. Else empty."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    if not is_services(host):
        return ""
    name = parts.path.strip("/").split("/")[0] if host == SERVICES else host.split(".")[0]
    return name.lower()

"""A person (or service) of the organisation, and the forms in which the service shows one."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import NAMESPACE_URL, uuid5


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    sign_in: str

    @property
    def id(self) -> str:
        return _id(self.sign_in.lower())

    @property
    def descriptor(self) -> str:
        return "aad." + b64encode(self.id.encode()).decode().rstrip("=")

    @property
    def combined(self) -> str:
        """The form of feeds: `Name <sign-in>`."""
        return f"{self.name} <{self.sign_in}>"

    def reference(self, base: str) -> dict[str, Any]:
        """The form of work items (an IdentityRef); `base` is the address of the organisation."""
        avatar = f"{base}/_apis/GraphProfile/MemberAvatars/{self.descriptor}"
        return {
            "displayName": self.name,
            "url": f"{base}/_apis/Identities/{self.id}",
            "_links": {"avatar": {"href": avatar}},
            "id": self.id,
            "uniqueName": self.sign_in,
            "imageUrl": avatar,
            "descriptor": self.descriptor,
        }


@cache
def _id(sign_in: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"sandbox:person:{sign_in}"))

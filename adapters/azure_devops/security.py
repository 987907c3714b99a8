"""The operations of Azure DevOps that tell what the account may do, each one request; none of them changes anything."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.azure_devops.gateway import Gateway
from adapters.azure_devops.node import Json, Node


class Security:
    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def namespaces(self) -> Node:
        """Every namespace with its permissions: name, words, bit."""
        return self._gateway.read("GET securitynamespaces", lambda sdk: sdk.security.query_security_namespaces())

    def evaluate(self, evaluations: Sequence[Json]) -> Node:
        """Administrators are asked for like anybody else: what they may do counts as what was given to them."""
        asked = {"alwaysAllowAdministrators": False, "evaluations": list(evaluations)}
        return self._gateway.read(
            "POST permissionevaluationbatch", lambda sdk: sdk.security.has_permissions_batch(asked)
        )

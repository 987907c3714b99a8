"""On Kubernetes: what the manifests say of the program is so, and they give it no more than it needs."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any

from adapters.configuration.example import example_text
from adapters.configuration.load import configured
from adapters.configuration.settings import HealthSettings
from adapters.store.server import Server
from adapters.web.health.pages import ALIVE, READY
from jobs.bounds import BOUNDS
from tests.deploy.manifests import FOLDER, container, manifest, pod


def settings() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "config.toml").read_text())


def test_every_manifest_is_applied() -> None:
    named = set(manifest("kustomization")["resources"])

    assert named == {file.name for file in FOLDER.glob("*.yaml")} - {"kustomization.yaml"}


def test_its_settings_are_taken_beside_those_of_the_programme(tmp_path: Path) -> None:
    table = deepcopy(tomllib.loads(example_text()))
    for name in ("connection", "sign_in", "store", "health", "logs"):
        table[name] = settings()[name]
    secrets = tmp_path / "secrets"
    secrets.mkdir()
    for section, name in (("sign_in", "token_file"), ("store", "password_file")):
        file = secrets / Path(table[section][name]).name
        file.write_text("a-secret-of-some-length")
        file.chmod(0o600)
        table[section] |= {name: str(file)}

    configuration = configured(table, tmp_path, {})

    assert isinstance(configuration.store, Server)
    assert configuration.store.must_prove_itself
    assert configuration.health is not None


def test_its_secrets_are_read_where_they_are_mounted() -> None:
    mounted = {mount["name"]: Path(mount["mountPath"]) for mount in container()["volumeMounts"]}
    (secret,) = [volume["secret"] for volume in pod()["volumes"] if "secret" in volume]

    assert Path(settings()["sign_in"]["token_file"]).parent == mounted["secrets"]
    assert Path(settings()["store"]["password_file"]).parent == mounted["secrets"]
    assert secret["defaultMode"] == 0o440


def test_health_is_asked_where_it_is_told() -> None:
    asked = {probe: container()[f"{probe}Probe"]["httpGet"] for probe in ("startup", "liveness", "readiness")}
    port = HealthSettings().port
    (service,) = manifest("service")["spec"]["ports"]

    assert {probe: get["path"] for probe, get in asked.items()} == {
        "startup": ALIVE,
        "liveness": ALIVE,
        "readiness": READY,
    }
    assert container()["ports"] == [{"name": "health", "containerPort": port}]
    assert {get["port"] for get in asked.values()} == {"health"}
    assert (service["port"], service["targetPort"]) == (port, "health")
    (allowed,) = manifest("network_policy")["spec"]["ingress"]
    assert allowed["ports"] == [{"port": port, "protocol": "TCP"}]


def test_it_is_given_the_time_that_it_takes_to_stop() -> None:
    assert pod()["terminationGracePeriodSeconds"] > BOUNDS.ending


def test_one_is_there_to_take_over_while_another_is_replaced() -> None:
    spec = manifest("deployment")["spec"]

    assert spec["replicas"] == 2
    assert spec["strategy"]["rollingUpdate"] == {"maxSurge": 1, "maxUnavailable": 0}
    assert manifest("disruption_budget")["spec"]["minAvailable"] == 1


def test_it_may_do_what_it_has_to_and_nothing_else() -> None:
    its_own = container()["securityContext"]

    assert pod()["securityContext"]["runAsNonRoot"] is True
    assert pod()["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert its_own == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert pod()["automountServiceAccountToken"] is False
    assert manifest("namespace")["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"

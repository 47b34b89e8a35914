"""What deploy/ says agrees with what the code reads: services, processes, passwords, files."""

import re
import stat
from pathlib import Path

import pytest
import yaml

from launcher.deployment import write_secrets
from launcher.failures import LauncherError
from launcher.places import SERVICES

DEPLOY = Path(__file__).parents[3] / "deploy"


@pytest.fixture(scope="module")
def compose() -> dict:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


def test_compose_runs_both_processes_of_every_service(compose):
    for service in SERVICES:
        assert "command" not in compose["services"][service]
        assert compose["services"][f"{service}-batch"]["command"] == f"python -m {service}.batch"


def test_compose_runs_no_process_before_databases_and_queues(compose):
    for service in (*SERVICES, "gateway"):
        assert set(compose["services"][service]["depends_on"]) == {"migrations-done", "queues"}
    assert set(compose["services"]["migrations-done"]["depends_on"]) == {
        f"{service}-migrations" for service in SERVICES
    }


def test_only_the_gateway_is_reached_from_outside_and_only_on_loopback(compose):
    ports = {name: service["ports"] for name, service in compose["services"].items() if "ports" in service}

    assert ports == {"gateway": ["127.0.0.1:8000:8000"]}


def test_every_variable_of_compose_is_written_with_the_secrets(tmp_path):
    wanted = set(re.findall(r"\$\{(\w+):\?", (DEPLOY / "compose.yaml").read_text()))

    environment, _ = write_secrets(tmp_path / "secrets")

    written = dict(line.split("=", 1) for line in environment.read_text().splitlines())
    assert wanted <= set(written)
    assert len(set(written.values())) == len(written)
    assert stat.S_IMODE(environment.stat().st_mode) == 0o600


def test_secrets_that_are_in_use_are_not_replaced(tmp_path):
    write_secrets(tmp_path)

    with pytest.raises(LauncherError, match="is there already"):
        write_secrets(tmp_path)


@pytest.mark.parametrize("service", SERVICES)
def test_kubernetes_runs_each_service_under_its_own_name(service):
    overlay = yaml.safe_load((DEPLOY / "kubernetes" / service / "kustomization.yaml").read_text())
    commands = [
        operation["value"]
        for patch in overlay["patches"]
        for operation in yaml.safe_load(patch["patch"])
        if operation["path"].endswith("/command")
    ]

    assert commands == [
        ["python", "-m", "chassis.migrate", service],
        ["python", "-m", service],
        ["python", "-m", f"{service}.batch"],
    ]

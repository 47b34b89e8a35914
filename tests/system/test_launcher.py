"""The launcher with the whole system in its hands: one runner, everything private, nobody left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.support.waiting import eventually

from launcher.ports import free_ports
from launcher.watching import family_of
from tests.system.conftest import Mikrof

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTS = {"broker", "database", "gateway"}
SERVICES = {"identity", "accounts", "transactions", "notifications"}
ZOMBIE = "Z"


def processes(installation: Mikrof) -> dict[str, int]:
    return dict(json.loads((installation.run / "runner.json").read_text())["processes"])


def runner_of(installation: Mikrof) -> int:
    return int(json.loads((installation.run / "runner.json").read_text())["pid"])


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != ZOMBIE
    except OSError:
        return False


def is_ready(installation: Mikrof) -> bool:
    try:
        with urllib.request.urlopen(f"{installation.base_url}/readyz", timeout=20) as answer:
            return answer.status == 200
    except OSError:
        return False


class TestRunning:
    def test_two_processes_a_service_run_beside_gateway_broker_and_database(self, mikrof: Mikrof):
        assert set(processes(mikrof)) == PARTS | SERVICES | {f"{service}.batch" for service in SERVICES}

    def test_a_second_up_is_refused_with_the_address_of_the_first(self, mikrof: Mikrof):
        again = mikrof.command("up")

        assert again.returncode == 1
        assert f"It is running already at {mikrof.base_url}" in again.stderr

    def test_nothing_listens_beyond_loopback(self, mikrof: Mikrof):
        ours = {str(pid) for pid in family_of(runner_of(mikrof))}
        listing = subprocess.run(["ss", "-Hltnp"], capture_output=True, text=True, check=True).stdout
        addresses = {
            line.split()[3].rpartition(":")[0].strip("[]")
            for line in listing.splitlines()
            if ours & set(part.partition(",")[0] for part in line.split("pid=")[1:])
        }

        assert addresses
        assert addresses <= {"127.0.0.1", "::1"}

    def test_no_password_stands_in_a_process_list(self, mikrof: Mikrof):
        secrets = json.loads((mikrof.run / "settings.json").read_text())["secrets"].values()
        commands = [
            Path(f"/proc/{pid}/cmdline").read_text(errors="replace") for pid in family_of(runner_of(mikrof))
        ]

        assert len(commands) > len(processes(mikrof))
        assert not [command for command in commands if any(secret in command for secret in secrets)]

    def test_status_counts_the_memory_of_all(self, mikrof: Mikrof):
        lines = mikrof.command("status").stdout.splitlines()

        assert lines[0] == f"Ready at {mikrof.base_url}"
        assert lines[-1].split()[0] == "together"

    @pytest.mark.parametrize("name", ["identity", "transactions.batch", "gateway"])
    def test_a_process_that_is_killed_comes_back_by_itself(self, mikrof: Mikrof, name: str):
        before = processes(mikrof)[name]

        os.kill(before, signal.SIGKILL)

        eventually(lambda: processes(mikrof)[name] != before, seconds=15)
        eventually(lambda: is_ready(mikrof), seconds=60)


class TestEnding:
    @pytest.fixture
    def installation(self, mikrof: Mikrof, tmp_path: Path) -> Iterator[Mikrof]:
        port = free_ports(1)[0]
        second = Mikrof(tmp_path, f"http://127.0.0.1:{port}")
        yield second
        second.command("down")

    def up(self, installation: Mikrof) -> set[int]:
        port = installation.base_url.rpartition(":")[2]
        done = installation.command("up", "--detach", "--no-demo", "--port", port)
        assert done.returncode == 0, done.stdout + done.stderr
        return set(family_of(runner_of(installation)))

    def test_nobody_is_left_by_an_orderly_end_nor_by_a_killed_runner(self, installation: Mikrof):
        everybody = self.up(installation)
        keys = sorted((installation.run / "keys").rglob("*.private"))
        contents = [key.read_bytes() for key in keys]

        assert installation.command("down").returncode == 0
        assert not [pid for pid in everybody if is_alive(pid)]

        everybody = self.up(installation)
        assert contents
        assert [key.read_bytes() for key in keys] == contents

        os.kill(runner_of(installation), signal.SIGKILL)
        eventually(lambda: not [pid for pid in everybody if is_alive(pid)], seconds=60)

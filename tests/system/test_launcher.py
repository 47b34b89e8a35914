"""The launcher with the whole system in its hands: one runner, everything private, nobody left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from demo.town import eventually
from launcher.ports import free_ports
from launcher.watching import family_of

if TYPE_CHECKING:
    from bench.installation import Installation

PARTS = {"broker", "database", "gateway"}
SERVICES = {"identity", "accounts", "transactions", "notifications"}
BATCHES = {f"{service}.batch" for service in SERVICES}
ROOT = Path(__file__).resolve().parents[2]
ZOMBIE = "Z"


def command_of(pid: int) -> str:
    """How a process was called; nothing where it has ended meanwhile."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
    return ""


def call(run: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Call the project's own door for an installation."""
    return subprocess.run(
        [str(ROOT / "mikrof"), *words],
        env=os.environ | {"MIKROF_RUN": str(run)},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def report(run: Path) -> dict[str, Any]:
    return dict(json.loads((run / "runner.json").read_text()))


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != ZOMBIE
    except OSError:
        return False


def is_ready(installation: Installation) -> bool:
    try:
        with urllib.request.urlopen(f"{installation.base_url}/readyz", timeout=20) as answer:
            return answer.status == 200
    except OSError:
        return False


class TestRunning:
    def test_two_processes_a_service_run_beside_gateway_broker_and_database(self, mikrof):
        assert set(report(mikrof.places.run)["processes"]) == PARTS | SERVICES | BATCHES

    def test_a_second_up_is_refused_with_the_address_of_the_first(self, mikrof):
        again = call(mikrof.places.run, "up")

        assert again.returncode == 1
        assert f"It is running already at {mikrof.base_url}" in again.stderr

    def test_nothing_listens_beyond_loopback(self, mikrof):
        ours = {str(pid) for pid in family_of(report(mikrof.places.run)["pid"])}
        listing = subprocess.run(["ss", "-Hltnp"], capture_output=True, text=True, check=True).stdout
        addresses = {
            line.split()[3].rpartition(":")[0].strip("[]")
            for line in listing.splitlines()
            if ours & {part.partition(",")[0] for part in line.split("pid=")[1:]}
        }

        assert addresses
        assert addresses <= {"127.0.0.1", "::1"}

    def test_no_password_stands_in_a_process_list(self, mikrof):
        secrets = json.loads((mikrof.places.run / "settings.json").read_text())["secrets"].values()
        everybody = family_of(report(mikrof.places.run)["pid"])
        commands = [command for pid in everybody if (command := command_of(pid))]

        assert len(commands) > len(PARTS | SERVICES | BATCHES)
        assert not [command for command in commands if any(secret in command for secret in secrets)]

    def test_status_counts_the_memory_of_all(self, mikrof):
        lines = call(mikrof.places.run, "status").stdout.splitlines()

        assert lines[0] == f"Ready at {mikrof.base_url}"
        assert lines[-1].split()[0] == "together"

    @pytest.mark.parametrize("name", ["transactions.batch", "gateway"])
    def test_a_process_that_is_killed_comes_back_by_itself(self, mikrof, name):
        run = mikrof.places.run
        before = report(run)["processes"][name]

        os.kill(before, signal.SIGKILL)

        eventually(lambda: report(run)["processes"][name] != before, seconds=15)
        eventually(lambda: is_ready(mikrof), seconds=60)


class TestEnding:
    def up(self, run: Path) -> set[int]:
        done = call(run, "up", "--detach", "--no-demo", "--port", str(free_ports(1)[0]))
        assert done.returncode == 0, done.stdout + done.stderr
        return set(family_of(report(run)["pid"]))

    def test_nobody_is_left_by_an_orderly_end_nor_by_a_killed_runner(self, mikrof, tmp_path):
        try:
            everybody = self.up(tmp_path)
            keys = {key: key.read_bytes() for key in (tmp_path / "keys").rglob("*.private")}

            assert call(tmp_path, "down").returncode == 0
            assert not [pid for pid in everybody if is_alive(pid)]

            everybody = self.up(tmp_path)
            assert keys
            assert {key: key.read_bytes() for key in keys} == keys

            os.kill(report(tmp_path)["pid"], signal.SIGKILL)
            eventually(lambda: not [pid for pid in everybody if is_alive(pid)], seconds=60)
        finally:
            call(tmp_path, "down")

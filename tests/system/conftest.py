"""The whole system, started once for all system tests, in a private folder beside any running `up`."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from demo.town import Town
from launcher.ports import free_ports
from launcher.private_files import read_json

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
UP_SECONDS = 180


@dataclass(frozen=True, slots=True)
class Mikrof:
    """A running installation: where it keeps its things, and where people find it."""

    run: Path
    base_url: str

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Call the project's own door for this installation."""
        return subprocess.run(
            [str(ROOT / "mikrof"), *words],
            cwd=ROOT,
            env=os.environ | {"MIKROF_RUN": str(self.run)},
            capture_output=True,
            text=True,
            timeout=UP_SECONDS,
            check=False,
        )

    def state(self) -> dict[str, object]:
        """What the runner says of its processes."""
        return read_json(self.run / "runner.json")


@pytest.fixture(scope="session")
def mikrof(
    postgres_server: object, broker: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Mikrof]:
    """An installation without the demo; the parts it needs are proved to be there by the two fixtures."""
    del postgres_server, broker
    run = tmp_path_factory.mktemp("mikrof")
    run.chmod(0o755)
    port = free_ports(1)[0]
    installation = Mikrof(run, f"http://127.0.0.1:{port}")
    up = installation.command("up", "--detach", "--no-demo", "--port", str(port))
    assert up.returncode == 0, up.stdout + up.stderr + logs_of(run)
    try:
        yield installation
    finally:
        installation.command("down")


def logs_of(run: Path) -> str:
    """The end of every log, for a failure to be understood."""
    return "\n".join(
        f"--- {log.name}\n" + log.read_text(errors="replace")[-2000:]
        for log in sorted(run.glob("logs/*.log"))
    )


@pytest.fixture(scope="session")
def town(mikrof: Mikrof) -> Town:
    """The institution of the session."""
    assert json.loads((mikrof.run / "founding.json").read_text())["administrators"]
    return Town.found(mikrof.base_url, mikrof.run / "founding.json")

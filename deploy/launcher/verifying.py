"""`./mikrof verify`: do the books agree with themselves, and with what was published of them?"""

import os
import subprocess

from launcher.database import SUPERUSER, DatabaseServer, ServiceDatabase
from launcher.failures import LauncherError
from launcher.places import Places
from launcher.ports import LOOPBACK
from launcher.private_files import read_json
from launcher.runner import is_running
from launcher.services import project_environment
from launcher.settings import Settings

BOOKS = "transactions"


def verify(places: Places) -> int:
    """Ask the running installation's database; return 0 where nothing is wrong.

    Raises:
        LauncherError: it is not running.
    """
    if not is_running(places):
        raise LauncherError("It is not running, so its database cannot be asked: `./mikrof up` first.")
    settings = Settings(places.run / "settings.json")
    books = ServiceDatabase(
        service=BOOKS, database=BOOKS, owner_password="", runtime_password=settings.secret(BOOKS)
    )
    environment = project_environment(
        places,
        MIKROF_SERVICE_DATABASE_URL=books.urls(_server(places)).runtime,
        MIKROF_KEYS=str(places.keys),
        MIKROF_SEALS=str(places.seals),
        MIKROF_TIME_ZONE=os.environ.get("MIKROF_TIME_ZONE", "Asia/Dhaka"),
    )
    command = (str(places.python), "-m", "transactions.verify")
    return subprocess.run(command, cwd=places.root, env=environment, check=False).returncode


def _server(places: Places) -> DatabaseServer:
    given = os.environ.get("MIKROF_DATABASE_URL")
    if given:
        return DatabaseServer.from_url(given)
    port = int(read_json(places.run / "settings.json")["ports"]["database"])
    return DatabaseServer(host=LOOPBACK, port=port, user=SUPERUSER, password="")

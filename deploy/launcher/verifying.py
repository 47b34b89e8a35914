"""`./mikrof verify`: do the books agree with themselves, and with what was published of them?"""

import os
import subprocess

from launcher.database import SUPERUSER, DatabaseServer, ServiceDatabase
from launcher.failures import LauncherError
from launcher.places import SERVICES, Places
from launcher.ports import LOOPBACK
from launcher.private_files import read_json
from launcher.runner import is_running
from launcher.services import project_environment
from launcher.settings import Settings

BOOKS = "transactions"
MODULES = ("transactions.verify", "soundness")


def verify(places: Places) -> int:
    """Ask the running installation's databases; return 0 where nothing is wrong.

    First the books by themselves and against the published seals, then the services against one another.

    Raises:
        LauncherError: it is not running.
    """
    if not is_running(places):
        raise LauncherError("It is not running, so its database cannot be asked: `./mikrof up` first.")
    settings = Settings(places.run / "settings.json")
    server = _server(places)
    addresses = {service: _runtime(server, service, settings.secret(service)) for service in SERVICES}
    environment = project_environment(
        places,
        MIKROF_SERVICE_DATABASE_URL=addresses[BOOKS],
        MIKROF_KEYS=str(places.keys),
        MIKROF_SEALS=str(places.seals),
        MIKROF_TIME_ZONE=os.environ.get("MIKROF_TIME_ZONE", "Asia/Dhaka"),
        **{f"MIKROF_{service.upper()}_URL": address for service, address in addresses.items()},
    )
    ends = [
        subprocess.run(
            (str(places.python), "-m", module), cwd=places.root, env=environment, check=False
        ).returncode
        for module in MODULES
    ]
    return max(ends)


def _runtime(server: DatabaseServer, service: str, password: str) -> str:
    wanted = ServiceDatabase(service=service, database=service, owner_password="", runtime_password=password)
    return wanted.urls(server).runtime


def _server(places: Places) -> DatabaseServer:
    given = os.environ.get("MIKROF_DATABASE_URL")
    if given:
        return DatabaseServer.from_url(given)
    port = int(read_json(places.run / "settings.json")["ports"]["database"])
    return DatabaseServer(host=LOOPBACK, port=port, user=SUPERUSER, password="")

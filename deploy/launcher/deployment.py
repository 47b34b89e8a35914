"""`./mikrof secrets`: what a deployment by containers needs and must not share: passwords and definitions."""

import secrets
from pathlib import Path

from launcher.definitions import VHOST, definitions
from launcher.failures import LauncherError
from launcher.places import SERVICES
from launcher.private_files import write_private

BROKER_USER = "mikrof"
BROKER_HOST = "broker:5672"
DATABASE_HOST = "database:5432"


def write_secrets(folder: Path) -> list[Path]:
    """Write an environment file and the broker's definitions with fresh passwords; return the files.

    Raises:
        LauncherError: they are there already: new passwords would lock a running system out.
    """
    environment, broker = folder / "mikrof.env", folder / "definitions.json"
    if environment.exists():
        raise LauncherError(f"{environment} is there already. Remove it if you mean to begin anew.")
    broker_password = secrets.token_urlsafe(24)
    write_private(broker, definitions([VHOST], user=BROKER_USER, password=broker_password))
    broker.chmod(0o644)  # read inside the container by RabbitMQ's own user; it holds a salted hash
    folder.chmod(0o700)
    lines = [
        f"MIKROF_AMQP_URI=amqp://{BROKER_USER}:{broker_password}@{BROKER_HOST}/{VHOST}",
        f"POSTGRES_PASSWORD={secrets.token_urlsafe(24)}",
        *(line for service in SERVICES for line in _service_lines(service)),
    ]
    environment.touch(mode=0o600)
    environment.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return [environment, broker]


def _service_lines(service: str) -> list[str]:
    owner, runtime = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
    upper = service.upper()
    return [
        f"{upper}_OWNER_PASSWORD={owner}",
        f"{upper}_PASSWORD={runtime}",
        f"{upper}_OWNER_URL=postgresql+psycopg2://{service}_owner:{owner}@{DATABASE_HOST}/{service}",
        f"{upper}_URL=postgresql+psycopg2://{service}:{runtime}@{DATABASE_HOST}/{service}",
    ]

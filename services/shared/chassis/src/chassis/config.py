"""What a process is told by its environment."""

from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from environs import Env, validate

DRIVER = "postgresql+psycopg2://"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one service process.

    Attributes:
        amqp_uri: The broker and its virtual host.
        database_url: The service's database, for its runtime role.
        keys: The folder of keys.
        health_host: The address on which `/healthz` and `/metrics` answer.
        health_port: Its port; 0 chooses a free one.
        log: `json` or `plain`.
        workers: How many calls and events are worked on at once.
        zone: The institution's time zone.
    """

    amqp_uri: str
    database_url: str
    keys: Path
    health_host: str = "127.0.0.1"
    health_port: int = 0
    log: str = "json"
    workers: int = 10
    zone: ZoneInfo

    @classmethod
    def from_environment(cls) -> "Settings":
        """Read `MIKROF_…`; what is missing or wrong is named.

        Raises:
            environs.EnvError: a variable is missing or cannot be read.
        """
        env = Env(prefix="MIKROF_")
        return cls(
            amqp_uri=env.str("AMQP_URI"),
            database_url=spell_driver(env.str("SERVICE_DATABASE_URL")),
            keys=env.path("KEYS"),
            health_host=env.str("HEALTH_HOST", "127.0.0.1"),
            health_port=env.int("HEALTH_PORT", 0),
            log=env.str("LOG", "json", validate=validate.OneOf(["json", "plain"])),
            workers=env.int("WORKERS", 10, validate=validate.Range(min=1, max=100)),
            zone=ZoneInfo(env.str("TIME_ZONE", "Asia/Dhaka")),
        )


def spell_driver(url: str) -> str:
    """Spell the driver out: SQLAlchemy's own choice would be one that stops the eventlet process."""
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return DRIVER + url.removeprefix(prefix)
    return url

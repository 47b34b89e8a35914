"""What the environment says about this gateway."""

from dataclasses import dataclass
from pathlib import Path

from environs import Env

HERE = Path(__file__).resolve().parent
BUILT = HERE.parents[1] / "frontend" / "dist"


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of one gateway process.

    Attributes:
        amqp_uri: The broker.
        keys: The folder of keys.
        frontend: The folder of the built front end, with `mobile` and `portal` in it.
        secure_cookies: Whether people come by https; off only on loopback.
        places: How many calls to one service may be in flight at a time.
        proxies: How many reverse proxies stand before it; that many addresses of `X-Forwarded-For` are
            believed, because doors slow down by address.
        figures: The folder that the workers of one gateway share for their metrics.
        log: `json` for machines, `plain` for people.
    """

    amqp_uri: str
    keys: Path
    frontend: Path = BUILT
    secure_cookies: bool = False
    places: int = 12
    proxies: int = 0
    figures: str | None = None
    log: str = "json"

    @classmethod
    def from_environment(cls) -> "Config":
        """Read the settings.

        Raises:
            environs.EnvError: one that has no default is missing.
        """
        env = Env()
        with env.prefixed("MIKROF_"):
            return cls(
                amqp_uri=env.str("AMQP_URI"),
                keys=env.path("KEYS"),
                frontend=env.path("FRONTEND", BUILT),
                secure_cookies=env.bool("SECURE_COOKIES", False),
                places=env.int("PLACES", 12),
                proxies=env.int("PROXIES", 0),
                figures=Env().str("PROMETHEUS_MULTIPROC_DIR", None),
                log=env.str("LOG", "json"),
            )

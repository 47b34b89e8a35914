"""Who carries messages away: the local sender of demo and tests, or a service that apprise knows."""

import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from environs import Env, validate

from chassis.aside import aside
from chassis.injection import Injected
from chassis.logs import logger
from chassis.process import Call, Process
from notifications.domain.kinds import Kind

LOCAL, APPRISE = "local", "apprise"


class NotSent(Exception):
    """The message did not go out; `reason` is a short code without any personal data."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Sender(Protocol):
    """Carries a message to a number. It is told the purpose of each (P10)."""

    @property
    def name(self) -> str:
        """The sender's name, kept with every attempt."""

    def send(self, number: str, text: str, kind: Kind) -> None:
        """Send a text to a number.

        Raises:
            NotSent: it did not go out.
        """


@dataclass(frozen=True, slots=True)
class LocalSender:
    """Puts messages into a file for its owner's eyes only; a log learns that one went out, and what for.

    Attributes:
        postbox: The file, a line of JSON a message, as her telephone would show it; None keeps no text.
    """

    postbox: Path | None = None
    name: str = LOCAL

    def send(self, number: str, text: str, kind: Kind) -> None:
        """Put the text there, without the number: a text may hold a code, which is in no log (rule L4)."""
        del number
        if self.postbox is not None:
            line = json.dumps({"purpose": kind.purpose, "text": text}, ensure_ascii=False) + "\n"
            handle = os.open(self.postbox, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as opened:
                opened.write(line)
        logger().info("message", purpose=kind.purpose)


@dataclass(frozen=True, slots=True)
class AppriseSender:
    """Sends through any service that apprise speaks to; `{number}` in the address is the recipient."""

    address: str
    name: str = APPRISE

    def send(self, number: str, text: str, kind: Kind) -> None:
        """Send the text.

        Raises:
            NotSent: the address cannot be used, or the service did not take the message.
        """
        del kind
        carrier = _apprise()
        if not carrier.add(self.address.replace("{number}", number)):
            raise NotSent("address_refused")
        if not aside(lambda: carrier.notify(body=text)):
            raise NotSent("not_taken")


@cache
def sender() -> Sender:
    """Return the sender that the environment names: MIKROF_SENDER, MIKROF_POSTBOX, MIKROF_APPRISE_URL.

    Raises:
        environs.EnvError: apprise is named without an address, or something unknown.
    """
    env = Env(prefix="MIKROF_")
    chosen = env.str("SENDER", LOCAL, validate=validate.OneOf([LOCAL, APPRISE]))
    if chosen == APPRISE:
        return AppriseSender(env.str("APPRISE_URL"))
    return LocalSender(env.path("POSTBOX", None))


class SenderOf(Injected[Sender]):
    """The sender, as the batch class declares it."""

    def give(self, process: Process, call: Call) -> Sender:
        """Return the process's sender."""
        del process, call
        return sender()


def _apprise() -> Any:
    import apprise  # 30 MiB that the local sender does not need

    return apprise.Apprise()

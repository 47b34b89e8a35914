"""A private RabbitMQ node in a folder of ours, on loopback only (mechanics T8, reliability R2.4).

The scripts in /usr/lib/rabbitmq/bin are called directly: Debian's wrapper in /usr/sbin switches to a user
who cannot see our folder. Distribution and epmd are bound to 127.0.0.1, and epmd is a child like the node,
because by default both listen on every address and epmd outlives the stop.
"""

import json
import os
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from launcher.definitions import VHOST, definitions
from launcher.failures import LauncherError
from launcher.ports import LOOPBACK, answers
from launcher.private_files import write_private
from launcher.processes import Child, Program, clean_environment

SCRIPTS = Path("/usr/lib/rabbitmq/bin")
SETTINGS = Path(__file__).parent.parent / "rabbitmq" / "rabbitmq.conf"
USER = "mikrof"
NODE = "mikrof@localhost"
AMQP_GREETING = b"AMQP\x00\x00\x09\x01"
AMQP_ANSWER = b"\x01\x00\x00"  # a method frame on channel 0: Connection.Start
START_SECONDS = 90
STEERING = ("RABBITMQ_", "ERL_", "CONF_ENV_FILE", "NOTIFY_SOCKET", "HOME", "LANG", "LC_")


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokerNode:
    """Where a node lives and on which ports it listens."""

    folder: Path
    log: Path
    password: str
    port: int
    distribution_port: int
    epmd_port: int

    def uri(self, vhost: str = VHOST) -> str:
        """The AMQP address of a virtual host, with user and password."""
        return f"amqp://{USER}:{self.password}@{LOOPBACK}:{self.port}/{vhost}"

    @property
    def environment(self) -> dict[str, str]:
        """What the node and its command line read; nothing of another RabbitMQ on this machine."""
        return clean_environment(*STEERING) | {
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "ERL_EPMD_ADDRESS": LOOPBACK,
            "ERL_EPMD_PORT": str(self.epmd_port),
            "RABBITMQ_NODENAME": NODE,
            "RABBITMQ_DIST_PORT": str(self.distribution_port),
            "RABBITMQ_MNESIA_BASE": str(self.folder / "data"),
            "RABBITMQ_LOG_BASE": str(self.folder / "data"),
            "RABBITMQ_CONFIG_FILE": str(self.folder / "rabbitmq.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "enabled_plugins"),
            "RABBITMQ_CONF_ENV_FILE": os.devnull,
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": (
                "-kernel inet_dist_use_interface {127,0,0,1} -start_epmd false"
            ),
            "RUNNING_UNDER_SYSTEMD": "true",  # no shell stays between us and the node to swallow a signal
        }


def is_installed() -> bool:
    """Tell whether RabbitMQ is on this machine."""
    return (SCRIPTS / "rabbitmq-server").exists() and shutil.which("epmd") is not None


def new_password() -> str:
    """Make a password that needs no quoting in an address."""
    return secrets.token_urlsafe(24)


class Broker:
    """One node and its epmd, that can be started, stopped and killed."""

    name = "broker"

    def __init__(self, node: BrokerNode, *, vhosts: tuple[str, ...] = (VHOST,)) -> None:
        self.node = node
        self._vhosts = vhosts
        self._children: list[Child] = []

    @property
    def is_running(self) -> bool:
        """Whether both processes live."""
        return bool(self._children) and all(child.is_running for child in self._children)

    @property
    def pid(self) -> int | None:
        """The node's process."""
        return self._children[-1].pid if self._children else None

    def start(self) -> None:
        """Start the node and return when it takes connections, with its definitions loaded."""
        self.kill()
        write_settings(self.node, self._vhosts, inside=self.node.folder)
        self._children = [Child(_epmd(self.node)), Child(_server(self.node))]
        self._children[-1].wait_until(self._answers, seconds=START_SECONDS)

    def ask_to_stop(self) -> None:
        """Tell the node to stop; epmd goes after it."""
        if self._children:
            self._children[-1].ask_to_stop()

    def stop(self) -> None:
        """Stop it as an operator would: messages are kept."""
        while self._children:
            self._children.pop().stop()

    def kill(self) -> None:
        """Kill it as a power cut would: confirmed messages are kept."""
        while self._children:
            self._children.pop().kill()

    def add_vhosts(self, vhosts: Iterable[str]) -> None:
        """Add virtual hosts with their policies to the running node."""
        names = tuple(vhosts)
        file = self.node.folder / "more.json"
        document = definitions(names, user=USER, password=self.node.password)
        file.write_text(json.dumps(document | {"users": []}), encoding="utf-8")
        self.control("import_definitions", str(file))
        deadline = time.monotonic() + START_SECONDS
        while "mikrof.dead" not in self.control("list_bindings", "--vhost", names[-1], "source_name"):
            if time.monotonic() > deadline:  # the import goes on after the command has returned
                raise LauncherError(f"RabbitMQ did not add the virtual host {names[-1]}")

    def control(self, *words: str) -> str:
        """Run rabbitmqctl and return what it prints."""
        command = (str(SCRIPTS / "rabbitmqctl"), "--quiet", "--node", NODE, *words)
        done = subprocess.run(
            command, env=self.node.environment, capture_output=True, text=True, check=False, timeout=60
        )
        if done.returncode:
            raise LauncherError(f"rabbitmqctl {words[0]} failed: {done.stderr.strip()}")
        return done.stdout

    def _answers(self) -> bool:
        return answers(self.node.port, AMQP_GREETING, AMQP_ANSWER)


def write_settings(node: BrokerNode, vhosts: tuple[str, ...], *, inside: Path) -> None:
    """Write the node's files; `inside` is where the node itself sees the definitions.

    A container has its own network, on which it listens everywhere, and a user of its own, who reads the
    definitions: the folder around them is closed, and they hold a salted hash.
    """
    node.folder.mkdir(parents=True, exist_ok=True)
    node.folder.chmod(0o700)
    (node.folder / "enabled_plugins").write_text("[].\n", encoding="utf-8")
    write_private(node.folder / "definitions.json", definitions(vhosts, user=USER, password=node.password))
    (node.folder / "definitions.json").chmod(0o644)
    own = inside == node.folder
    local = f"listeners.tcp.1 = {LOOPBACK}:{node.port}\n" if own else "listeners.tcp.default = 5672\n"
    local += f"load_definitions = {inside / 'definitions.json'}\n"
    shared = SETTINGS.read_text(encoding="utf-8")
    (node.folder / "rabbitmq.conf").write_text(f"{shared}\n{local}", encoding="utf-8")


def _epmd(node: BrokerNode) -> Program:
    return Program(
        name="epmd",
        argv=("epmd", "-port", str(node.epmd_port), "-address", LOOPBACK),
        environment=node.environment,
        folder=node.folder,
        log=node.log.with_name("epmd.log"),
        stop_signal=signal.SIGKILL,  # it holds nothing, and while a node is registered it ignores SIGTERM
    )


def _server(node: BrokerNode) -> Program:
    return Program(
        name="broker",
        argv=(str(SCRIPTS / "rabbitmq-server"),),
        environment=node.environment,
        folder=node.folder,
        log=node.log,
        patience_seconds=30,
        advice="If its data is damaged, `./mikrof reset` removes all data and begins anew.",
    )

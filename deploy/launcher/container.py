"""RabbitMQ in a container, where the machine has a Docker engine but no RabbitMQ."""

import shutil
import subprocess
from pathlib import Path

from launcher import broker
from launcher.definitions import VHOST
from launcher.ports import LOOPBACK, answers
from launcher.processes import Child, Program, clean_environment

RABBITMQ_IMAGE = "rabbitmq:4.2-alpine"
CONTAINER = VOLUME = "mikrof-broker"


def docker_answers() -> bool:
    """Tell whether a Docker engine answers, not merely whether its client is installed."""
    if shutil.which("docker") is None:
        return False
    try:
        return subprocess.run(["docker", "info"], capture_output=True, timeout=3, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False


class ContainerBroker:
    """RabbitMQ in a container of a Docker engine, with the same configuration as the private node."""

    name = "broker"

    def __init__(self, node: broker.BrokerNode) -> None:
        self.node = node
        self._child: Child | None = None

    @property
    def pid(self) -> int | None:
        """The process of the Docker client that holds the container."""
        return self._child.pid if self._child else None

    @property
    def is_running(self) -> bool:
        """Whether the container lives."""
        return self._child is not None and self._child.is_running

    def start(self) -> None:
        """Start the container and return when it takes connections."""
        broker.write_settings(self.node, (VHOST,), inside=Path("/etc/mikrof"))
        subprocess.run(["docker", "rm", "--force", CONTAINER], capture_output=True, check=False)
        self._child = Child(self._program())
        self._child.wait_until(self._is_ready, seconds=broker.START_SECONDS)

    def ask_to_stop(self) -> None:
        """Stop it as an operator would; the client passes the signal on."""
        if self._child is not None:
            self._child.ask_to_stop()

    def stop(self) -> None:
        """Return when it has ended."""
        if self._child is not None:
            self._child.stop()

    def _program(self) -> Program:
        folder = self.node.folder
        words = (
            *("docker", "run", "--rm", "--name", CONTAINER, "--hostname", "localhost"),
            *("--publish", f"{LOOPBACK}:{self.node.port}:5672"),
            *("--volume", f"{VOLUME}:/var/lib/rabbitmq"),
            *("--volume", f"{folder / 'rabbitmq.conf'}:/etc/rabbitmq/conf.d/90-mikrof.conf:ro"),
            *("--volume", f"{folder / 'definitions.json'}:/etc/mikrof/definitions.json:ro"),
            RABBITMQ_IMAGE,
        )
        return Program(
            name="broker",
            argv=words,
            environment=clean_environment("RABBITMQ_"),
            folder=folder,
            log=self.node.log,
            patience_seconds=30,
        )

    def _is_ready(self) -> bool:
        return answers(self.node.port, broker.AMQP_GREETING, broker.AMQP_ANSWER)


def remove_volume() -> None:
    """Remove what the container kept, if there ever was one."""
    if docker_answers():
        subprocess.run(["docker", "volume", "rm", "--force", VOLUME], capture_output=True, check=False)

"""`./mikrof up`: everything, in order, each step shown with its time."""

import os
import signal
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event
from types import FrameType

from launcher.database import DatabaseUrls
from launcher.failures import LauncherError
from launcher.frontend import build_frontend
from launcher.house import House
from launcher.orphans import adopt_orphans
from launcher.packages import sync_packages
from launcher.places import SERVICES, Places
from launcher.ports import is_free
from launcher.postbox import Postbox
from launcher.private_files import read_json, write_private
from launcher.processes import kill_running
from launcher.runner import Report, only_runner
from launcher.screen import screen
from launcher.services import (
    Process,
    Surroundings,
    gateway_process,
    project_environment,
    service_processes,
)
from launcher.settings import Settings
from launcher.sources import choose_broker, choose_database, make_service_databases
from launcher.stamps import Stamp, fingerprint
from launcher.steps import Step, Steps
from launcher.tools import run_tool

USUAL_PORT = 8000
DEMO_ADVICE = "`./mikrof reset` removes what was loaded; then run `./mikrof up` again."


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for on the command line."""

    port: int | None = None
    demo: bool = True


@dataclass(slots=True)
class Up:
    """One run of `up`, from the first step to the last process stopped."""

    places: Places
    wishes: Wishes
    steps: Steps = field(default_factory=Steps)
    stopped: Event = field(default_factory=Event)
    base_url: str = ""
    settings: Settings = field(init=False)
    house: House = field(init=False)

    def __post_init__(self) -> None:
        self.settings = Settings(self.places.run / "settings.json")
        self.house = House(self.steps.line, changed=self._report)

    def run(self) -> None:
        """Bring everything up, stay until told to stop, leave nothing behind."""
        with only_runner(self.places):
            self._report()
            adopt_orphans()
            _on_signals(self._stop_now)
            try:
                surroundings = self._bring_up()
                self.base_url = surroundings.base_url
                self._report()
                self.steps.line(screen(self.places, self.base_url, self.steps.seconds))
                _on_signals(self.stopped.set)
                self.house.watch(self.stopped, self._show_messages())
            finally:
                _on_signals(_do_nothing)
                self._take_down()

    def migrate(self) -> None:
        """Bring the databases to the newest schema and stop again."""
        with only_runner(self.places):
            _on_signals(self._stop_now)
            try:
                with self.steps.step("Python packages") as step:
                    sync_packages(self.places, step)
                self._start_databases()
            finally:
                self._take_down()

    def _bring_up(self) -> Surroundings:
        gateway_port = self._gateway_port()
        with self.steps.step("Python packages") as step:
            uv = sync_packages(self.places, step)
        with ThreadPoolExecutor(max_workers=3, thread_name_prefix="step") as pool:
            broker = pool.submit(self._start_broker)
            frontend = pool.submit(self._build, uv)
            databases = pool.submit(self._start_databases)
            amqp_uri, urls = self._gather(broker, databases, frontend)
        surroundings = Surroundings(
            places=self.places, amqp_uri=amqp_uri, databases=urls, gateway_port=gateway_port
        )
        self._declare_queues(surroundings)
        self._found_institution(surroundings)
        self._start_processes(surroundings)
        self._load_demo(surroundings)
        return surroundings

    def _gather(
        self,
        broker: Future[str],
        databases: Future[Mapping[str, DatabaseUrls]],
        frontend: Future[None],
    ) -> tuple[str, Mapping[str, DatabaseUrls]]:
        """Wait for the steps that run side by side; when one fails the others need not go on."""
        try:
            urls = databases.result()
            uri = broker.result()
            frontend.result()
        except BaseException:
            kill_running()
            raise
        return uri, urls

    def _start_broker(self) -> str:
        with self.steps.step("Broker") as step:
            part, uri = choose_broker(self.places, self.settings, step)
            if part is not None:
                self.house.add_floor([part])
                part.start()
        return uri

    def _build(self, uv: str) -> None:
        with self.steps.step("Front end") as step:
            build_frontend(self.places, uv, step)

    def _start_databases(self) -> Mapping[str, DatabaseUrls]:
        with self.steps.step("Keys"):
            self._refuse_lost_keys()
            self._module("chassis.keys", str(self.places.keys), environment=project_environment(self.places))
        with self.steps.step("Database") as step:
            part, server = choose_database(self.places, self.settings, step)
            if part is not None:
                self.house.add_floor([part])
                part.start()
            urls = make_service_databases(self.places, self.settings, server)
        with self.steps.step("Migrations") as step:
            self._migrate(step, urls)
        return urls

    def _refuse_lost_keys(self) -> None:
        """New keys beside old data would hide every encrypted number for good."""
        if (self.places.database / "migrated").exists() and not (self.places.keys / "fields").is_dir():
            raise LauncherError(
                f"The database is there but its keys are gone. Put {self.places.keys} back, or begin anew "
                "with `./mikrof reset`."
            )

    def _migrate(self, step: Step, urls: Mapping[str, DatabaseUrls]) -> None:
        sources = [self.places.root / "services" / service for service in SERVICES]
        chassis = self.places.root / "services" / "shared" / "chassis" / "src"
        inputs = fingerprint([*sources, chassis, *(urls[service].owner for service in SERVICES)])
        stamp = Stamp(self.places.database, "migrated")  # lost with the data that it speaks of
        if stamp.matches(inputs):
            step.result = "up to date"
            return
        for service in SERVICES:
            owner = project_environment(self.places, MIKROF_DATABASE_OWNER_URL=urls[service].owner)
            self._module("chassis.migrate", service, environment=owner)
        if self.places.database.exists():
            stamp.put(inputs)

    def _gateway_port(self) -> int:
        wanted = self.wishes.port or USUAL_PORT
        if is_free(wanted):
            return wanted
        if self.wishes.port:
            raise LauncherError(
                f"Port {wanted} is in use: choose another, or leave --port out to get a free one."
            )
        port = self.settings.port("gateway")
        self.steps.line(f"  … Port {wanted} is in use, so the gateway listens on {port}.")
        return port

    def _declare_queues(self, surroundings: Surroundings) -> None:
        with self.steps.step("Queues"):
            self._module("chassis.declare", environment=surroundings.environment())

    def _found_institution(self, surroundings: Surroundings) -> None:
        if self.places.founding.exists():
            return
        with self.steps.step("Head office"):
            environment = surroundings.of_service("identity", 0)
            self._module("identity.found", "--out", str(self.places.founding), environment=environment)

    def _start_processes(self, surroundings: Surroundings) -> None:
        with self.steps.step("Services") as step:
            services = service_processes(surroundings, self.settings)
            self._start(services)
            step.result = f"{len(services)} processes"
        with self.steps.step("Gateway") as step:
            self._start([gateway_process(surroundings)])
            step.result = surroundings.base_url

    def _start(self, processes: list[Process]) -> None:
        self.house.add_floor(processes)
        for process in processes:
            process.start()
        for process in processes:
            process.wait()

    def _load_demo(self, surroundings: Surroundings) -> None:
        if not self.wishes.demo:
            return
        if self.places.demo.exists():
            facts = read_json(self.places.demo)
            write_private(self.places.demo, facts | {"base_url": surroundings.base_url})
            return
        with self.steps.step("Demo") as step:
            step.say("an institution with 300 members, through the front door")
            words = ("--base-url", surroundings.base_url, "--founding", str(self.places.founding))
            out = ("--out", str(self.places.demo))
            environment = surroundings.environment()
            self._module("demo", *words, *out, environment=environment, advice=DEMO_ADVICE)

    def _module(
        self,
        module: str,
        *words: str,
        environment: Mapping[str, str],
        advice: str = "",
    ) -> None:
        """Run a module of the project's packages to its end."""
        command = (str(self.places.python), "-m", module, *words)
        run_tool(self.places, module, command, environment=environment, advice=advice)

    def _show_messages(self) -> Callable[[], None]:
        """What her telephone would show, on a screen; never into a file, for a message may hold a code."""
        return Postbox(self.places.postbox, self.steps.line).look if sys.stdout.isatty() else _do_nothing

    def _report(self) -> None:
        """Tell the other commands who runs and where."""
        processes = {part.name: part.pid for part in self.house.parts if part.pid is not None}
        Report(os.getpid(), bool(self.base_url), self.base_url, processes).write(self.places)

    def _stop_now(self) -> None:
        """Told to stop while things are still being brought up."""
        kill_running()
        raise KeyboardInterrupt

    def _take_down(self) -> None:
        kill_running()
        if self.house.floors:
            with self.steps.step("Stopping"):
                self.house.stop()


def _do_nothing() -> None:
    """A second Ctrl-C does not interrupt the stopping; what nobody sees is not shown."""


def _on_signals(act: Callable[[], None]) -> None:
    def handler(_number: int, _frame: FrameType | None) -> None:
        act()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, handler)


def interruptible(run: Callable[[], None]) -> int:
    """Run something that Ctrl-C may end; return the exit code."""
    try:
        run()
    except KeyboardInterrupt:
        sys.stdout.write("Stopped.\n")
        return 130
    return 0

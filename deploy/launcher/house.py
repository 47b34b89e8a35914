"""All running parts together: started in order, kept alive, stopped in reverse with nothing left behind."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from threading import Event
from typing import Protocol

from launcher.orphans import bury_orphans, end_orphans
from launcher.processes import started

FIRST_DELAY_SECONDS = 1.0
LONGEST_DELAY_SECONDS = 30.0
HEALTHY_AFTER_SECONDS = 60.0
LOOK_EVERY_SECONDS = 0.2


class Part(Protocol):
    """Something that runs: a server of ours, a service process, the gateway."""

    @property
    def name(self) -> str:
        """What it is called in logs and in `status`."""

    @property
    def pid(self) -> int | None:
        """Its process, where it has one."""

    @property
    def is_running(self) -> bool:
        """Whether it lives."""

    def start(self) -> None:
        """Start it, again if need be; it becomes ready by itself."""

    def ask_to_stop(self) -> None:
        """Tell it to finish its work in hand and end."""

    def stop(self) -> None:
        """Return when it has ended, one way or the other."""


@dataclass(slots=True)
class Restarts:
    """When a part that died is started again: at growing intervals, at once after a healthy spell."""

    delay: float = 0.0
    started: float = 0.0
    due: float | None = None

    def died(self, now: float) -> None:
        """Note a death and choose when to start again."""
        calm = now - self.started > HEALTHY_AFTER_SECONDS
        self.delay = (
            FIRST_DELAY_SECONDS if calm or not self.delay else min(self.delay * 2, LONGEST_DELAY_SECONDS)
        )
        self.due = now + self.delay

    def is_due(self, now: float) -> bool:
        """Tell whether the time has come."""
        return self.due is not None and now >= self.due

    def began(self, now: float) -> None:
        """Note the new start."""
        self.started, self.due = now, None


@dataclass(slots=True)
class House:
    """The parts in floors: a floor stands on those before it and is stopped before them."""

    say: Callable[[str], None]
    changed: Callable[[], None]
    floors: list[list[Part]] = field(default_factory=list)
    _restarts: dict[str, Restarts] = field(default_factory=dict)

    @property
    def parts(self) -> list[Part]:
        """All parts, lowest floor first."""
        return [part for floor in self.floors for part in floor]

    def add_floor(self, parts: Iterable[Part]) -> Sequence[Part]:
        """Note parts that are about to be started, so that they are stopped whatever happens."""
        floor = list(parts)
        self.floors.append(floor)
        return floor

    def watch(self, until: Event, also: Callable[[], None] = lambda: None) -> None:
        """Start again what dies, until told to stop; look at something else as often."""
        while not until.wait(LOOK_EVERY_SECONDS):
            also()
            for part in self.parts:
                self._look_after(part, time.monotonic())
            bury_orphans(started())

    def stop(self) -> None:
        """Stop every floor from the top, its parts together."""
        while self.floors:
            floor = self.floors.pop()
            for part in floor:
                part.ask_to_stop()
            for part in floor:
                part.stop()
        end_orphans(started())

    def _look_after(self, part: Part, now: float) -> None:
        restarts = self._restarts.setdefault(part.name, Restarts(started=now))
        if part.is_running:
            return
        if restarts.due is None:
            restarts.died(now)
            again = f"it is started again in {restarts.delay:.0f} s"
            self.say(f"  ! {part.name} has ended; {again} (./mikrof logs {part.name})")
        elif restarts.is_due(now):
            restarts.began(now)
            part.start()
            self.changed()

"""The parts together: order, restarts, and an end that forgets nobody."""

from dataclasses import dataclass, field
from threading import Event

from launcher.house import House, Restarts


@dataclass
class FakePart:
    name: str
    diary: list[str]
    is_running: bool = True
    pid: int | None = 1

    def start(self) -> None:
        self.diary.append(f"start {self.name}")
        self.is_running = True

    def ask_to_stop(self) -> None:
        self.diary.append(f"ask {self.name}")

    def stop(self) -> None:
        self.diary.append(f"stop {self.name}")
        self.is_running = False


@dataclass
class Ticks(Event):
    """An event that lets a number of looks pass, each followed by what happens then."""

    happenings: list = field(default_factory=list)

    def wait(self, timeout: float | None = None) -> bool:
        if not self.happenings:
            return True
        self.happenings.pop(0)()
        return False


def house(diary: list[str]) -> House:
    return House(say=diary.append, changed=lambda: diary.append("changed"))


def test_floors_are_stopped_from_the_top_and_asked_together():
    diary: list[str] = []
    home = house(diary)
    home.add_floor([FakePart("broker", diary)])
    home.add_floor([FakePart("identity", diary), FakePart("accounts", diary)])

    home.stop()

    assert diary == [
        "ask identity",
        "ask accounts",
        "stop identity",
        "stop accounts",
        "ask broker",
        "stop broker",
    ]


def test_what_dies_is_started_again_after_a_delay(monkeypatch):
    diary: list[str] = []
    home, part = house(diary), FakePart("identity", diary)
    home.add_floor([part])
    now = [100.0]
    monkeypatch.setattr("launcher.house.time.monotonic", lambda: now[0])

    def die() -> None:
        part.is_running = False

    def later() -> None:
        now[0] += 1.1

    home.watch(Ticks(happenings=[lambda: None, die, later]))

    assert diary[-2:] == ["start identity", "changed"]
    assert "identity has ended" in diary[0]


def test_the_delay_grows_to_a_limit_and_a_calm_minute_makes_it_small_again():
    restarts = Restarts(started=0.0)
    delays = []
    now = 0.0
    for _ in range(8):
        restarts.died(now)
        delays.append(restarts.delay)
        now += restarts.delay
        restarts.began(now)
    restarts.died(now + 61)

    assert delays == [1, 2, 4, 8, 16, 30, 30, 30]
    assert restarts.delay == 1

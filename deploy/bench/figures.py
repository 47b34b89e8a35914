"""Figures of a run: how fast, how steadily, and how that stands to a yardstick."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import quantiles


@dataclass(frozen=True, slots=True)
class Run:
    """What a load brought: how many acts, in how many seconds, each act's own seconds, and failures."""

    seconds: float
    each: tuple[float, ...]
    failed: int = 0

    @property
    def per_second(self) -> float:
        """Acts that succeeded, a second."""
        return len(self.each) / self.seconds if self.seconds else 0.0

    def percentile(self, percent: int) -> float:
        """The milliseconds within which so many percent of the acts were done."""
        if len(self.each) == 1:
            return self.each[0] * 1000
        return quantiles(self.each, n=100, method="inclusive")[percent - 1] * 1000


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; `reached` is None where no goal was set."""

    what: str
    measured: str
    goal: str = ""
    reached: bool | None = None


def ratio(what: str, measured: float, yardstick: float, goal: float, detail: str) -> Figure:
    """A rate divided by its yardstick of the same run."""
    value = measured / yardstick if yardstick else 0.0
    return Figure(what, f"{value:.2f} ({detail})", f"≥ {goal}", value >= goal)


def below(what: str, measured: float, goal: float, unit: str, detail: str = "") -> Figure:
    """A figure that is good when it is small."""
    said = f"{measured:,.1f} {unit}" + (f" ({detail})" if detail else "")
    return Figure(what, said, f"< {goal:g} {unit}", measured < goal)

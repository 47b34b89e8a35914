"""Charts laid out in whole numbers and drawn as SVG on the server: no script, no style, sharp on paper.

Each chart stands beside the table of its figures, so that nothing is said by a picture alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, HEIGHT = 640, 200
FOOT = 24
"""Below the bars, for their labels."""
HEAD = 8
SHARE = 70
"""How much of its place in a hundred a group of bars takes."""
STRIP = 100
"""How long the longest strip is."""


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of bar: the key of its name, its amounts, and how they read in the same order."""

    name: str
    values: Sequence[int]
    told: Sequence[str]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar as it is drawn; `of` says to which series it belongs, `told` is its figure in words."""

    x: int
    y: int
    width: int
    height: int
    of: int
    told: str


@dataclass(frozen=True, slots=True)
class Label:
    """What stands under a group of bars."""

    x: int
    text: str


@dataclass(frozen=True, slots=True)
class Columns:
    """Bars side by side over their labels, beginning at nothing."""

    width: int
    height: int
    base: int
    names: tuple[str, ...]
    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]


def columns(labels: Sequence[str], series: Sequence[Series]) -> Columns:
    """Lay bars out: a group for each label, in it one bar of each series, all to one scale.

    Args:
        labels: What stands below, from left to right.
        series: Each with a value for every label; less than nothing is drawn as nothing.
    """
    base = HEIGHT - FOOT
    most = max((value for one in series for value in one.values), default=0)
    place = WIDTH // max(len(labels), 1)
    bar = max(1, place * SHARE // 100 // max(len(series), 1))
    margin = (place - bar * len(series)) // 2
    bars = tuple(
        Bar(
            x=group * place + margin + at * bar,
            y=base - _scaled(one.values[group], most, base - HEAD),
            width=bar - 1,
            height=_scaled(one.values[group], most, base - HEAD),
            of=at,
            told=one.told[group],
        )
        for group in range(len(labels))
        for at, one in enumerate(series)
    )
    below = tuple(Label(group * place + place // 2, text) for group, text in enumerate(labels))
    return Columns(WIDTH, HEIGHT, base, tuple(one.name for one in series), bars, below)


def strips(values: Sequence[int]) -> tuple[int, ...]:
    """Return how long each of some strips is; the longest is a hundred, anything at all is seen."""
    most = max(values, default=0)
    return tuple(_scaled(value, most, STRIP) for value in values)


def _scaled(value: int, most: int, length: int) -> int:
    if value <= 0 or most <= 0:
        return 0
    return max(1, (value * length + most // 2) // most)

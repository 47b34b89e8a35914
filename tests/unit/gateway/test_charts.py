"""Charts: every figure is drawn in proportion, on one scale, and nothing is drawn outside of the picture."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gateway.portal.charts import HEIGHT, STRIP, WIDTH, Series, columns, strips

AMOUNTS = st.lists(st.integers(0, 10**13), min_size=1, max_size=12)


def series(*values: int) -> Series:
    return Series("dashboard.savings", values, [str(value) for value in values])


def test_the_largest_is_as_high_as_there_is_room_and_half_of_it_half_as_high() -> None:
    drawn = columns(["a", "b"], [series(400, 200)])

    highest, half = drawn.bars
    assert (highest.y, highest.height, half.height) == (8, 168, 84)
    assert highest.y + highest.height == half.y + half.height == drawn.base == 176


def test_two_series_stand_side_by_side_on_one_scale() -> None:
    drawn = columns(["a"], [series(100), series(50)])

    first, second = drawn.bars
    assert (first.of, second.of) == (0, 1)
    assert first.x + first.width < second.x
    assert second.height * 2 == first.height


@given(AMOUNTS)
def test_nothing_is_drawn_outside(values: list[int]) -> None:
    drawn = columns([str(at) for at in range(len(values))], [series(*values), series(*values)])

    for bar in drawn.bars:
        assert 0 <= bar.x < bar.x + bar.width <= WIDTH
        assert 0 <= bar.y <= bar.y + bar.height <= HEIGHT


@given(AMOUNTS)
def test_a_strip_is_as_long_as_its_share_of_the_longest(values: list[int]) -> None:
    most = max(values)

    for value, length in zip(values, strips(values), strict=True):
        assert (length == 0) == (value == 0)
        assert abs(length - value * STRIP / max(most, 1)) <= 1


def test_no_figures_are_no_chart() -> None:
    assert columns([], []).bars == ()
    assert strips([]) == ()

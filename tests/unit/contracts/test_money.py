"""Money: paisa inside, decimal strings on the wire, one rounding."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.money import NotMoney, Paisa, format_taka, parse_taka, round_half_up, whole_taka

amounts = st.integers(-(10**15), 10**15).map(Paisa)


@given(amount=amounts)
def test_every_amount_survives_the_wire(amount: Paisa):
    assert parse_taka(format_taka(amount)) == amount


@pytest.mark.parametrize(
    ("text", "paisa"),
    [("242.00", 24200), ("242", 24200), ("0.5", 50), ("0.05", 5), ("-3.10", -310), ("007.00", 700)],
)
def test_reads_taka(text: str, paisa: int):
    assert parse_taka(text) == paisa


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            ".5",
            "5.",
            "1.005",
            "1e3",
            "+5",
            " 5",
            "5 ",
            "1,000.00",
            "৫০",
            "NaN",
            "1.0.0",
            "--5",
            "9" * 16,
        ),
        *(5, 5.0, True, None, ["5"]),
    ],
)
def test_refuses_everything_else(text: object):
    with pytest.raises(NotMoney):
        parse_taka(text)


@given(numerator=st.integers(-(10**12), 10**12), denominator=st.integers(1, 10**6))
def test_rounds_to_the_nearest_and_halves_away_from_zero(numerator: int, denominator: int):
    rounded = round_half_up(numerator, denominator)
    error = Fraction(rounded) - Fraction(numerator, denominator)
    assert abs(error) <= Fraction(1, 2)
    if abs(error) == Fraction(1, 2):
        assert abs(rounded) > abs(Fraction(numerator, denominator))


def test_rounds_nothing_by_nothing():
    with pytest.raises(ValueError, match="positive"):
        round_half_up(1, 0)


@pytest.mark.rule("M11")
@pytest.mark.parametrize(
    ("amount", "whole"), [(14950, 15000), (14949, 14900), (14900, 14900), (50, 100), (49, 0)]
)
def test_cash_is_whole_taka_rounded_half_up(amount: int, whole: int):
    assert whole_taka(Paisa(amount)) == whole

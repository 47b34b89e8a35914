"""Money: integer paisa inside, a decimal string of taka (`"242.00"`) on every wire. Never a float.

Pure: no schema, no logging, no database.
"""

import re
from typing import NewType

Paisa = NewType("Paisa", int)
"""A hundredth of a taka."""

PAISA_PER_TAKA = 100
NOTHING = Paisa(0)
_TAKA = re.compile(r"(?P<sign>-?)(?P<taka>[0-9]{1,15})(?:\.(?P<paisa>[0-9]{1,2}))?", re.ASCII)


class NotMoney(ValueError):
    """The text is not an amount of taka with at most two decimals."""


def parse_taka(text: str) -> Paisa:
    """Return the paisa that a decimal string of taka says.

    Args:
        text: Latin digits with at most two decimals, without exponent, sign `+`, grouping or blanks.

    Raises:
        NotMoney: the text is anything else; a number that is not a string is refused too, because a
            JSON number has passed through a float.
    """
    match = _TAKA.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise NotMoney("an amount is a decimal string with at most two decimals")
    paisa = int(match["taka"]) * PAISA_PER_TAKA + int((match["paisa"] or "").ljust(2, "0"))
    return Paisa(-paisa if match["sign"] else paisa)


def format_taka(amount: Paisa) -> str:
    """Return the amount as its wire form: taka, a point, two digits of paisa."""
    taka, paisa = divmod(abs(amount), PAISA_PER_TAKA)
    return f"{'-' if amount < 0 else ''}{taka}.{paisa:02d}"


def round_half_up(numerator: int, denominator: int) -> int:
    """Divide and round to the nearest integer, halves away from zero: the one rounding of the house.

    Args:
        numerator: Any integer, for example paisa times basis points.
        denominator: A positive integer.

    Raises:
        ValueError: the denominator is not positive.
    """
    if denominator <= 0:
        raise ValueError("a denominator is positive")
    magnitude = (2 * abs(numerator) + denominator) // (2 * denominator)
    return magnitude if numerator >= 0 else -magnitude


def whole_taka(amount: Paisa) -> Paisa:
    """Round an amount half-up to whole taka, as cash is paid (rule M11)."""
    return Paisa(round_half_up(amount, PAISA_PER_TAKA) * PAISA_PER_TAKA)

"""The closed words of passbook checking (rule P5)."""

from enum import StrEnum


class PassbookCheckState(StrEnum):
    """How far the check of a drawn member's passbook has come."""

    WAITING = "waiting"
    MATCHED = "matched"
    DIFFERS = "differs"
    SETTLED = "settled"


class PassbookOutcome(StrEnum):
    """What was found about a difference (rule P4)."""

    BOOK_RIGHT = "book_right"
    PAPER_RIGHT = "paper_right"
    UNCLEAR = "unclear"

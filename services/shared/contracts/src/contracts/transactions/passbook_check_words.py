"""The closed words of passbook checking (rule P5)."""

from enum import StrEnum


class PassbookCheckState(StrEnum):
    """How far the check of a drawn member's passbook has come; `settled` once its case is answered (P4)."""

    WAITING = "waiting"
    MATCHED = "matched"
    DIFFERS = "differs"
    SETTLED = "settled"

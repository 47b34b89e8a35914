"""The closed list of words of floats, as they stand on the wire."""

from enum import StrEnum


class FloatState(StrEnum):
    """Where a float stands: counted out, in the officer's hands, back, or told apart by his sheet (rule M9).

    A withdrawn one was never taken: nothing moved.
    """

    ISSUED = "issued"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"

"""The closed list of words about rescheduled loans, and a bound, as they stand on the wire."""

from enum import StrEnum

INSTALMENTS_MAX = 520
"""Ten years of weeks."""


class RescheduleState(StrEnum):
    """Where a reschedule stands; `dropped` is what could not be done once it was agreed to."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    HANDED_OVER = "handed_over"
    IN_FORCE = "in_force"
    DECLINED = "declined"
    DROPPED = "dropped"

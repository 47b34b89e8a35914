"""The week as a branch counts it, 1 for Saturday to 7 for Friday, and ages in whole years. Pure."""

from datetime import date

from contracts.accounts.errors import HolidayMeeting

FRIDAY = 7
"""The weekly holiday."""
_DAYS_A_WEEK = 7
_FROM_MONDAY = 2
"""Python counts the week from Monday, a branch from Saturday."""


def weekday_of(day: date) -> int:
    """Return the weekday of a date as a branch counts it."""
    return (day.weekday() + _FROM_MONDAY) % _DAYS_A_WEEK + 1


def check_meeting_weekday(weekday: int) -> None:
    """Refuse a samity that would meet on the weekly holiday.

    Raises:
        HolidayMeeting: the weekday is Friday.
    """
    if weekday == FRIDAY:
        raise HolidayMeeting(field="meeting_weekday")


def age_on(birth_on: date, day: date) -> int:
    """Return how many birthdays somebody has had; who was born on 29 February has it on 1 March."""
    had_birthday = (day.month, day.day) >= (birth_on.month, birth_on.day)
    return day.year - birth_on.year - (0 if had_birthday else 1)

"""The week as a branch counts it: Saturday is 1, Friday is 7 and the weekly holiday. Pure."""

from datetime import date, timedelta

from contracts.accounts.errors import HolidayMeeting

SATURDAY = 1
FRIDAY = 7
DAYS_OF_WEEK = 7
_SATURDAY_IN_ISO = 6


def weekday_of(day: date) -> int:
    """Return the weekday of a date, 1 for Saturday to 7 for Friday."""
    return (day.isoweekday() - _SATURDAY_IN_ISO) % DAYS_OF_WEEK + 1


def next_meeting(weekday: int, *, on_or_after: date) -> date:
    """Return the first date with that weekday, the given date included. Holidays are not looked at."""
    return on_or_after + timedelta(days=(weekday - weekday_of(on_or_after)) % DAYS_OF_WEEK)


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

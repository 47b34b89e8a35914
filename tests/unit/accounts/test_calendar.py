"""The week that begins on Saturday, and ages in whole years."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.domain.calendar import age_on, check_meeting_weekday, next_meeting, weekday_of
from contracts.accounts.errors import HolidayMeeting

days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
weekdays = st.integers(1, 7)


@pytest.mark.parametrize(
    ("day", "weekday"),
    [
        (date(2025, 1, 4), 1),  # a Saturday
        (date(2025, 1, 7), 4),  # the Tuesday on which example B of the domain brief is disbursed
        (date(2025, 1, 22), 5),  # its first instalment, a Wednesday
        (date(2026, 11, 27), 7),  # a Friday
    ],
)
def test_saturday_is_the_first_day(day: date, weekday: int):
    assert weekday_of(day) == weekday


@given(days)
def test_the_week_goes_round(day: date):
    assert weekday_of(day + timedelta(days=1)) == weekday_of(day) % 7 + 1


@given(days, weekdays)
def test_the_next_meeting_is_within_a_week(day: date, weekday: int):
    meeting = next_meeting(weekday, on_or_after=day)

    assert weekday_of(meeting) == weekday
    assert timedelta() <= meeting - day < timedelta(days=7)


@given(days)
def test_a_meeting_today_is_the_next_one(day: date):
    assert next_meeting(weekday_of(day), on_or_after=day) == day


@given(weekdays)
def test_only_friday_is_a_holiday(weekday: int):
    if weekday == 7:
        with pytest.raises(HolidayMeeting):
            check_meeting_weekday(weekday)
    else:
        check_meeting_weekday(weekday)


@pytest.mark.parametrize(
    ("birth_on", "day", "age"),
    [
        (date(2008, 11, 23), date(2026, 11, 22), 17),
        (date(2008, 11, 23), date(2026, 11, 23), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2026, 11, 23), date(2026, 11, 23), 0),
    ],
)
def test_age_counts_birthdays(birth_on: date, day: date, age: int):
    assert age_on(birth_on, day) == age

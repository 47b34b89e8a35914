"""The weekly holiday, and ages in whole years."""

from datetime import date

import pytest

from accounts.domain.calendar import age_on, check_meeting_weekday
from contracts.accounts.errors import HolidayMeeting


@pytest.mark.parametrize("weekday", range(1, 8))
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

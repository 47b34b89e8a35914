"""Days and times as people type them at a branch."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.digits import to_bangla
from gateway.portal.dates import iso_or_none, typed_day, typed_time


@given(on=st.dates(date(1900, 1, 1), date(2100, 12, 31)), mark=st.sampled_from("-/. "))
def test_a_day_is_read_with_any_usual_mark_in_either_script(on: date, mark: str) -> None:
    typed = f"{on.day}{mark}{on.month}{mark}{on.year}"

    assert typed_day(typed) == typed_day(to_bangla(typed)) == typed_day(on.isoformat()) == on


@pytest.mark.parametrize("typed", ["", "31-02-2026", "11-23-2026", "1-9-26", "2026-9-1", "tomorrow", "১-৯"])
def test_what_is_no_day_is_not_guessed(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        typed_day(typed)
    assert iso_or_none(typed) is None


@pytest.mark.parametrize(("typed", "read"), [("৯:৩০", time(9, 30)), ("14.05", time(14, 5))])
def test_a_time_is_read_on_the_clock_of_24_hours(typed: str, read: time) -> None:
    assert typed_time(typed) == read


@pytest.mark.parametrize("typed", ["9", "24:00", "9:60", "9:30 pm"])
def test_what_is_no_time_is_not_guessed(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        typed_time(typed)

"""The clock: UTC inside, the institution's date outside."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from chassis.clock import SetWatch, SystemWatch, today

DHAKA = ZoneInfo("Asia/Dhaka")


def test_the_date_is_that_of_dhaka():
    watch = SetWatch(datetime(2026, 11, 22, 18, 0, tzinfo=UTC), DHAKA)
    assert today(watch) == date(2026, 11, 23)
    watch.advance(timedelta(hours=-1))
    assert today(watch) == date(2026, 11, 22)


def test_the_system_tells_utc():
    assert SystemWatch(DHAKA).now().tzinfo is UTC

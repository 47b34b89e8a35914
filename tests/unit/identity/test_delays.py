"""Growing delays: pure."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from identity.domain.delays import (
    ACCOUNT,
    ADDRESS,
    FORGET,
    Patience,
    Tries,
    count_try,
    delay_after,
    take_back,
    wait_left,
)

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
patiences = st.builds(
    Patience,
    free=st.integers(0, 50),
    longest=st.integers(2, 3600).map(lambda seconds: timedelta(seconds=seconds)),
)


class TestDelayAfter:
    def test_doubles_from_two_seconds(self):
        waits = [delay_after(count, ACCOUNT).total_seconds() for count in range(4, 17)]

        assert waits == [0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]

    @given(count=st.integers(0, 10**6), patience=patiences)
    def test_never_shrinks_and_never_becomes_a_lock_out(self, count, patience):
        assert delay_after(count, patience) <= delay_after(count + 1, patience) <= patience.longest

    @given(patience=patiences)
    def test_begins_after_the_free_tries(self, patience):
        assert delay_after(patience.free, patience) == timedelta(0)
        assert delay_after(patience.free + 1, patience) > timedelta(0)

    def test_a_shared_address_has_more_tries_and_shorter_waits(self):
        assert ADDRESS.free > ACCOUNT.free
        assert ADDRESS.longest < ACCOUNT.longest


class TestWaitLeft:
    def test_nothing_is_remembered_of_an_unknown_door(self):
        assert wait_left(None, ACCOUNT, now=NOW) == 0

    @given(count=st.integers(0, 40), passed=st.integers(0, 2000), patience=patiences)
    def test_ends_exactly_when_the_delay_is_over(self, count, passed, patience):
        delay = delay_after(count, patience)
        left = wait_left(Tries(count, NOW), patience, now=NOW + timedelta(seconds=passed))

        assert left == max(0, int(delay.total_seconds()) - passed)

    def test_a_part_of_a_second_is_a_second(self):
        tries = Tries(ACCOUNT.free + 1, NOW)

        assert wait_left(tries, ACCOUNT, now=NOW + timedelta(milliseconds=1001)) == 1

    @given(count=st.integers(0, 40), ahead=st.integers(0, 10_000), patience=patiences)
    def test_one_who_waited_for_the_row_waits_no_longer_for_that(self, count, ahead, patience):
        left = wait_left(Tries(count, NOW + timedelta(milliseconds=ahead)), patience, now=NOW)

        assert left == int(delay_after(count, patience).total_seconds())


class TestCountTry:
    def test_time_does_not_run_backwards_at_a_door(self):
        assert count_try(Tries(3, NOW), now=NOW - timedelta(seconds=1)) == Tries(4, NOW)

    @given(count=st.integers(0, 1000))
    def test_counts_one_more_within_a_day(self, count):
        counted = count_try(Tries(count, NOW), now=NOW + FORGET - timedelta(seconds=1))

        assert counted == Tries(count + 1, NOW + FORGET - timedelta(seconds=1))

    def test_begins_anew_after_a_day_of_quiet(self):
        assert count_try(Tries(1000, NOW), now=NOW + FORGET).count == 1

    @given(count=st.integers(0, 5))
    def test_what_is_taken_back_was_counted_once(self, count):
        assert take_back(count_try(Tries(count, NOW), now=NOW)).count == count
        assert take_back(Tries(0, NOW)).count == 0

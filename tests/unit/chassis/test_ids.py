"""Ids: UUID version 7, sorted by time, never the same."""

from datetime import UTC, datetime, timedelta
from uuid import RFC_4122, UUID

from hypothesis import given
from hypothesis import strategies as st

from chassis.ids import new_id

NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


@given(milliseconds=st.integers(0, 10**12))
def test_says_its_time_version_and_variant(milliseconds: int):
    now = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
    made = UUID(new_id(now))
    assert (made.version, made.variant, made.int >> 80) == (7, RFC_4122, milliseconds)


def test_later_ones_sort_later():
    ids = [new_id(NOW + timedelta(milliseconds=n)) for n in range(100)]
    assert ids == sorted(ids)


def test_at_one_instant_they_differ():
    assert len({new_id(NOW) for _ in range(1000)}) == 1000

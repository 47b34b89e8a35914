"""What a day asked for and what came of it: the report against the diary of what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.lived_in import FIRST, FOURTH, SECOND, THIRD
from tests.support.recomputed_reports import daily_collection, read, table, total, written

if TYPE_CHECKING:
    from datetime import date

    from tests.support.lived_in import LivedIn


@pytest.mark.parametrize("on", [FIRST, SECOND, THIRD, FOURTH])
def test_a_days_collection_is_what_the_diary_says(home: LivedIn, on: date) -> None:
    page = read(home, "daily_collection", on=on.isoformat())

    expected = daily_collection(home.diary, on)
    found = {row["samity"]: row for row in table(page)}
    assert found.keys() == expected.keys()
    for samity, sums in expected.items():
        said = written(sums, "borrowers")
        assert {key: found[samity][key] for key in said} == said


def test_the_fourth_day_by_hand(home: LivedIn) -> None:
    page = read(home, "daily_collection", on=FOURTH.isoformat())

    jhumka, shapla = sorted(table(page), key=lambda row: row["samity"])
    assert (jhumka["overdue_before"], jhumka["recoverable"], jhumka["collected_overdue"]) == (
        "2038.00",  # Rahima missed 1,046 on the 8th; Salma had paid 54 ahead of hers of the 9th
        "0.00",
        "700.00",
    )
    assert jhumka["recovery_rate"] is None
    assert (shapla["recoverable"], shapla["collected_regular"], shapla["collected_advance"]) == (
        "2092.00",
        "2092.00",
        "1954.00",  # Amina's 954, and 1,000 with which Bilkis ended hers
    )
    assert shapla["recovery_rate"] == "100.00"


def test_totals_stand_under_each_officer_and_under_all(home: LivedIn) -> None:
    page = read(home, "daily_collection", on=FOURTH.isoformat())

    expected = written(total(daily_collection(home.diary, FOURTH).values()), "borrowers")
    (whole,) = table(page, "total")
    assert {key: whole[key] for key in expected} == expected
    assert [row["officer"] for row in table(page, "group")] == ["Officer", "Officer two"]
    assert [row["kind"] for row in page["rows"]] == ["row", "group", "row", "group", "total"]

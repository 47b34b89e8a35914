"""What docs/lending.md says of days that move is what the mover does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from accounts.domain.lending.redating import Pace, around_holidays
from accounts.domain.lending.terms import Frequency, HolidayRule
from tests.house.house import ROOT
from tests.support.quotes import WEEKLY, schedule_of

WEDNESDAY = date(2025, 3, 26)
PAGE = (ROOT / "docs/lending.md").read_text()


def test_the_example_of_a_dropped_meeting() -> None:
    rows = schedule_of(WEEKLY).rows
    moved = around_holidays(
        rows, Pace(Frequency.WEEKLY, 1, HolidayRule.SKIP_EXTEND), {WEDNESDAY}, after=date(2025, 3, 1)
    )

    assert (rows[9].due_on, rows[-1].due_on) == (WEDNESDAY, date(2025, 12, 3))
    assert (moved[9].due_on, moved[-1].due_on) == (date(2025, 4, 2), date(2025, 12, 10))
    assert "its tenth instalment is due on 2 April and its last on 10 December" in " ".join(PAGE.split())


def test_the_example_of_a_doubled_instalment() -> None:
    rows = schedule_of(WEEKLY).rows
    moved = around_holidays(
        rows, Pace(Frequency.WEEKLY, 1, HolidayRule.NEXT_DOUBLE), {WEDNESDAY}, after=date(2025, 3, 1)
    )

    assert len(moved) == 45
    assert moved[9] == replace(
        moved[9], due_on=date(2025, 4, 2), principal=rows[9].principal + rows[10].principal
    )
    assert moved[9].total == 484_00
    assert "the tenth row of example A is then 484.00" in " ".join(PAGE.split())

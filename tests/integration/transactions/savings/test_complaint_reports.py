"""The register of complaints and what of it is overdue, as reports count them (rule P4)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from contracts.transactions.reports_errors import ReportNotFound
from tests.support.complaining import acknowledge, answer, listed, of_behavior, say
from tests.support.lived_in import LivedIn
from tests.support.purse import area_manager, pass_days
from tests.support.recomputed_reports import only, read, table

if TYPE_CHECKING:
    from tests.support.branch import Branch

pytestmark = pytest.mark.rule("P4")


@pytest.mark.counts("complaints", "complaints_overdue")
def test_the_register_and_what_is_overdue_are_counted(branch: Branch) -> None:
    """Rahima's was heard a day late, Salma's in time and answered too late, Fatema's waits unheard."""
    hers, salmas = say(branch), say(branch, "Salma")
    acknowledge(branch, salmas, contact="phone")
    pass_days(branch, date(2026, 11, 25))
    acknowledge(branch, hers)
    fatemas = of_behavior(branch, "Fatema", against="manager")
    pass_days(branch, date(2026, 12, 1))
    area = area_manager(branch)
    answer(branch, salmas, area)
    pass_days(branch, date(2026, 12, 2))
    home = LivedIn(branch)

    register = read(home, "complaints", area, from_on="2026-11-23", to_on="2026-11-30")
    shown = (
        "member",
        "complaint_state",
        "acknowledged_on",
        "acknowledged_late",
        "answered_on",
        "answered_late",
    )
    assert sorted(only(table(register), *shown)) == [
        ("Fatema", "new", None, 1, None, 0),
        ("Rahima", "acknowledged", "2026-11-25", 1, None, 1),
        ("Salma", "answered", "2026-11-23", 0, "2026-12-01", 1),
    ]
    assert table(read(home, "complaints", area, from_on="2026-11-24", to_on="2026-11-24")) == []
    kinds = ("member", "complaint_about", "complaint_against", "complaint_outcome", "answered_by")
    assert sorted(only(table(register), *kinds), key=str) == [
        ("Fatema", "conduct", "manager", None, None),
        ("Rahima", "no_entry", "officer", None, None),
        ("Salma", "no_entry", "officer", "book_right", "Area manager"),
    ]

    expected = {
        "2026-11-24": [],
        "2026-11-25": [],
        "2026-11-30": [("Fatema", "acknowledge", "2026-11-26", 4)],
        "2026-12-01": [("Fatema", "acknowledge", "2026-11-26", 5), ("Rahima", "answer", "2026-11-30", 1)],
        "2026-12-02": [("Fatema", "acknowledge", "2026-11-26", 6), ("Rahima", "answer", "2026-11-30", 2)],
    }
    for on, rows in expected.items():
        late = table(read(home, "complaints_overdue", area, on=on))
        assert sorted(only(late, "member", "late_with", "late_since", "days_past")) == rows
    assert fatemas in listed(branch, area)
    for by in (branch.manager, branch.officer, branch.accountant):
        with pytest.raises(ReportNotFound):
            read(home, "complaints", by, from_on="2026-11-23", to_on="2026-11-30")

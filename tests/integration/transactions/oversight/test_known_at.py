"""Day book and voucher register as known at a moment: nothing that came or was numbered later (P12)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import InvalidPayload
from contracts.transactions.ledger import LIST_ENTRIES
from tests.support.branch import MONDAY, id_of
from tests.support.lived_in import LivedIn
from tests.support.purse import deposit, pass_days
from tests.support.recomputed_reports import read, table

if TYPE_CHECKING:
    from tests.support.branch import Branch

pytestmark = pytest.mark.rule("P12")

TUESDAY = date(2026, 11, 24)


def told(branch: Branch, known_at: datetime | None) -> dict[str, bool]:
    """The day book of Monday at a moment: each deposit by its total, and whether it had its number."""
    asked = {"office_id": branch.id, "on": MONDAY.isoformat()}
    asked |= {"known_at": known_at.isoformat()} if known_at else {}
    items = branch.ask(LIST_ENTRIES, branch.manager, **asked)["items"]
    return {one["total"]: one["voucher"] is not None for one in items if one["kind"] == "deposit"}


def registered(branch: Branch, known_at: datetime | None) -> list[Any]:
    """The amounts of deposits in the voucher register of Monday at a moment."""
    asked: dict[str, Any] = {"from_on": MONDAY.isoformat(), "to_on": MONDAY.isoformat()}
    asked |= {"known_at": known_at.isoformat()} if known_at else {}
    page = read(LivedIn(branch), "voucher_register", **asked)
    return [row["amount"] for row in table(page) if row["entry_kind"] == "deposit"]


def test_what_came_or_was_numbered_later_was_not_known(branch: Branch) -> None:
    watch, savings = branch.harness.watch, id_of("savings of Rahima")
    deposit(branch, savings, "10.00")
    after_the_first = watch.now()
    watch.advance(timedelta(minutes=5))
    deposit(branch, savings, "20.00")
    before_the_closing = watch.advance(timedelta(minutes=5))
    watch.advance(timedelta(minutes=5))
    pass_days(branch, TUESDAY)

    assert told(branch, None) == told(branch, watch.now()) == {"10.00": True, "20.00": True}
    assert told(branch, before_the_closing) == {"10.00": False, "20.00": False}
    assert told(branch, after_the_first) == {"10.00": False}
    assert told(branch, after_the_first - timedelta(days=1)) == {}

    assert registered(branch, None) == registered(branch, watch.now()) == ["10.00", "20.00"]
    assert registered(branch, before_the_closing) == []


def test_a_report_that_is_of_no_moment_says_so(branch: Branch) -> None:
    with pytest.raises(InvalidPayload):
        read(LivedIn(branch), "cash_book", known_at=branch.harness.watch.now().isoformat())

"""The lives of five loans through the front door, each held against the ledger's rows counted again."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

import pytest

from demo.town import eventually, new_id, savings_of
from tests.support.lives import FOUR_WEEKS, Weeks, days_after, paisa
from tests.support.recomputed import Rows

if TYPE_CHECKING:
    from datetime import date

    from psycopg2.extensions import connection

    from bench.installation import Installation
    from demo.town import Town

PUNCTUAL, LATE, SETTLING, AHEAD, ADJUSTING = range(5)
TAKA = 4_000
LEVEL = ceil(TAKA * Fraction(24, 5_200) / (1 - (1 + Fraction(24, 5_200)) ** -4))
"""P·i ÷ (1 − (1+i)^−4) with i = 24 % ÷ 52, rounded up to whole taka (domain 4.4)."""


@pytest.mark.rule("L1")
@pytest.mark.rule("M11")
def test_five_loans_from_payout_to_their_end(mikrof: Installation, town: Town) -> None:
    weeks = Weeks.begin(town, 5, FOUR_WEEKS)
    books = mikrof.database("transactions")
    first = lend_to_all(weeks)

    first_meeting(weeks, first)
    check_all(weeks, books)
    settle(weeks, weeks.members[SETTLING], Rows.read(books))
    second_meeting(weeks, first)
    check_all(weeks, books)
    adjust(weeks, weeks.members[ADJUSTING])
    for week in (35, 42):
        weeks.pass_days(days_after(first, week), first.weekday())
        weeks.meet({weeks.members[PUNCTUAL]: paisa(weeks.card(weeks.members[PUNCTUAL])["due"]) // 100})
        check_all(weeks, books)
        weeks.close()

    ends = [weeks.card(member)["status"] for member in weeks.members]
    assert ends == ["repaid", "running", "settled", "running", "settled"]
    check_the_late_one(weeks, weeks.members[LATE], Rows.read(books))
    check_savings(weeks, Rows.read(books))
    assert weeks.branch.trial_balance()["balanced"]


def lend_to_all(weeks: Weeks) -> date:
    """Savings and a loan for each, one standing in for the other; answers the day of the payouts."""
    first = weeks.branch.on
    weeks.branch.count_vault("opening")
    for member in weeks.members:
        weeks.save(member, 5_000)
    for member, guarantor in zip(weeks.members, [*weeks.members[1:], weeks.members[0]], strict=True):
        weeks.lend(member, guarantor, TAKA)
    weeks.meet({})
    weeks.close()
    return first


def first_meeting(weeks: Weeks, first: date) -> None:
    """Three weeks later everybody pays the first instalment, one only a part of it."""
    weeks.pass_days(days_after(first, 21), first.weekday())
    assert weeks.card(weeks.members[PUNCTUAL])["rows"][0]["due_on"] == weeks.on().isoformat()
    weeks.meet(dict.fromkeys(weeks.members, LEVEL) | {weeks.members[LATE]: 100})
    weeks.close()


def second_meeting(weeks: Weeks, first: date) -> None:
    """One pays what is due, another all three instalments that are left at once."""
    assert weeks.card(weeks.members[SETTLING])["status"] == "settled"
    weeks.pass_days(days_after(first, 28), first.weekday())
    weeks.meet({weeks.members[PUNCTUAL]: LEVEL, weeks.members[AHEAD]: 2 * LEVEL})
    assert paisa(weeks.card(weeks.members[AHEAD])["advance"]) == LEVEL * 100
    weeks.close()


def check_all(weeks: Weeks, books: connection) -> None:
    """Everything that the product says of the loans is what the rows say, today and a week ago."""
    rows = Rows.read(books)
    assert rows.faults() == []
    for on in (weeks.on(), days_after(weeks.on(), -7)):
        assert weeks.disagreements(rows, on) == []


def settle(weeks: Weeks, member: str, rows: Rows) -> None:
    """She ends her loan with a rebate: whole taka of what the rows say is outstanding and earned (M11)."""
    loan = weeks.loans[member]
    counted = rows.standing(loan, weeks.on())
    quote = weeks.branch.accountant.get(f"/loans/{loan}/settlement")
    assert paisa(quote["payoff"]) == counted.payoff
    assert paisa(quote["cash"]) == (counted.payoff + 50) // 100 * 100
    weeks.settle(member)


def adjust(weeks: Weeks, member: str) -> None:
    """Her savings settle her loan, against her mark and without cash (L7)."""
    loan, adjustment = weeks.loans[member], new_id()
    account = savings_of(weeks.branch.manager, member)["account_id"]
    said = {"loan_id": loan, "account_id": account, "mark": "thumb", "evidence": "টিপসই ২", "reason": "সমন্বয়"}
    weeks.branch.accountant.put(f"/savings-to-loan/{adjustment}", said)
    weeks.approve(adjustment)
    eventually(lambda: weeks.card(member)["status"] == "settled")


def check_the_late_one(weeks: Weeks, member: str, rows: Rows) -> None:
    """Three weeks past her oldest unpaid instalment she is watched; being late has cost her nothing (L1)."""
    counted = rows.standing(weeks.loans[member], days_after(weeks.on(), -1))
    card = weeks.card(member, days_after(weeks.on(), -1))
    assert counted.loan_class == "watchful"
    assert card["days"] == counted.days >= 21
    whole = sum(paisa(row["total"]) for row in card["rows"])
    assert paisa(card["due"]) == whole - 100 * 100


def check_savings(weeks: Weeks, rows: Rows) -> None:
    """Each savings account holds what its postings say."""
    for member in weeks.members:
        account = savings_of(weeks.branch.manager, member)["account_id"]
        book = weeks.branch.manager.get(f"/members/{member}/passbook")["accounts"]
        shown = next(one["balance"] for one in book if one["account_id"] == account)
        assert paisa(shown) == rows.balance(account)

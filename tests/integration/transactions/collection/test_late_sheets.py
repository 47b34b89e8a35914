"""Money of a meeting that reaches the book after the interest of its days was credited (rules M2, L3)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import insert

from contracts.accounts.holidays import HOLIDAY_DECLARED
from contracts.transactions.collection import CHECK_SHEET, LIST_SHEETS
from contracts.transactions.interest import RUN_INTEREST
from contracts.transactions.ledger import (
    CLOSE_DAY,
    CONFIRM_VAULT_COUNT,
    GET_DAY,
    READ_PASSBOOK,
    RECORD_VAULT_COUNT,
)
from tests.support.field import MONDAY, new_id, notes
from tests.support.memory import remembered
from transactions.batch.duties import TransactionsBatch
from transactions.models.days import holidays

if TYPE_CHECKING:
    from tests.integration.transactions.collection.conftest import Meeting
    from tests.support.field import Branch, Saver

RATE = Decimal(6) / 100
EVE, LATE = date(2026, 12, 27), date(2026, 12, 28)
"""A Sunday on which the branch works, and the Monday on which its samity meets although it is a holiday."""
YEAR_END, NEW_YEAR = date(2026, 12, 31), date(2027, 1, 2)


def earned(taka: Decimal | int, first: date, last: date) -> Decimal:
    """At 6 % by days, both included, to the paisa."""
    return (taka * RATE * ((last - first).days + 1) / 365).quantize(Decimal("0.01"), ROUND_HALF_UP)


def days_from(first: date, until: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((until - first).days)]


def rest(branch: Branch, days: list[date]) -> None:
    """Holidays that the branch has known of for long, and room for the new year in its books."""
    row = {"office_id": branch.office_id, "name_bn": "ছুটি", "name_en": "Holiday", "version": 1}
    with branch.harness.process.database.transaction() as session:
        session.execute(insert(holidays), [row | {"on": day, "id": new_id()} for day in days])
    with branch.harness.service().books() as books:
        books.partitions.make_room(MONDAY)


def declare(branch: Branch, day: date) -> None:
    """A holiday of which the branch hears only now."""
    said = {"id": new_id(), "office_id": branch.office_id, "samity_id": None, "on": day.isoformat()}
    branch.harness.hear(HOLIDAY_DECLARED, said | {"name_bn": "ছুটি", "name_en": "Holiday", "version": 1})


def collect(meeting: Meeting, sheet: str, amounts: list[int]) -> None:
    """A whole sheet into the book: what each brings, counted, posted and checked."""
    branch, phone = meeting.branch, meeting.phone
    rows = [
        phone.paid(saver, taka) if taka else phone.nothing(saver)
        for saver, taka in zip(meeting.savers, amounts, strict=True)
    ]
    phone.submit(sheet, rows)
    handover = phone.hand_over([sheet], sum(amounts))["id"]
    branch.authorise(handover, branch.count(handover, sum(amounts)))
    branch.ask(CHECK_SHEET, {"sheet_id": sheet}, branch.manager)


def count_vault(branch: Branch, moment: str, taka: int) -> None:
    branch.harness.watch.advance(timedelta(seconds=1))
    where = {"id": new_id(), "office_id": branch.office_id, "on": branch.on.isoformat()}
    count = where | {"moment": moment, "denominations": notes(taka)}
    branch.ask(RECORD_VAULT_COUNT, count, branch.accountant)
    branch.ask(CONFIRM_VAULT_COUNT, {"id": count["id"]}, branch.manager)


def close(branch: Branch, taka: int) -> None:
    """The evening, and the opening count of the next working day."""
    count_vault(branch, "closing", taka)
    branch.ask(CLOSE_DAY, {"office_id": branch.office_id, "on": branch.on.isoformat()}, branch.manager)
    branch.harness.take_steps("close_day", by=TransactionsBatch)
    branch.on = date.fromisoformat(branch.ask(GET_DAY, {"office_id": branch.office_id}, branch.manager)["on"])
    count_vault(branch, "opening", taka)


def run_interest(branch: Branch, month: date, kind: str) -> None:
    said = {"id": new_id(), "office_id": branch.office_id, "kind": kind, "month": month.isoformat()}
    branch.ask(RUN_INTEREST, said, branch.accountant)
    branch.harness.take_steps("run_interest", by=TransactionsBatch)


def lines_of(branch: Branch, saver: Saver) -> list[dict[str, Any]]:
    return list(branch.ask(READ_PASSBOOK, {"member_id": saver.id}, branch.manager)["lines"])


def balance_of(branch: Branch, saver: Saver) -> Decimal:
    book = branch.ask(READ_PASSBOOK, {"member_id": saver.id}, branch.manager)
    return Decimal(book["accounts"][0]["balance"])


@remembered
def late_sheet(meeting: Meeting) -> str:
    """The sheet of a meeting that the officer took along before a holiday was declared for its day.

    Interest of the year was credited before he came back with it.
    """
    branch = meeting.branch
    rest(branch, days_from(MONDAY + timedelta(days=1), EVE))
    count_vault(branch, "opening", 0)
    collect(meeting, meeting.sheet, [1_000, 0, 0])
    close(branch, 1_000)
    assert branch.on == EVE
    ahead = branch.ask(LIST_SHEETS, {"on": LATE.isoformat(), "office_id": branch.office_id}, branch.manager)
    sheet = str(ahead["items"][0]["id"])
    meeting.phone.hold(sheet)
    for day in days_from(LATE, date(2027, 1, 1)):
        declare(branch, day)
    close(branch, 1_000)
    assert branch.on == NEW_YEAR
    run_interest(branch, date(2026, 12, 1), "posting")
    return sheet


@pytest.mark.rule("M2")
@pytest.mark.rule("L3")
def test_a_late_sheet_brings_its_adjusting_interest_and_no_other(meeting: Meeting, late_sheet: str) -> None:
    """Taken on the 28th, in the book on the 2nd: four days of the old year, valued as its interest was."""
    branch, (rahima, salma, fatema) = meeting.branch, meeting.savers
    first = earned(1_000, MONDAY, YEAR_END)
    assert [balance_of(branch, saver) for saver in meeting.savers] == [1_000 + first, 0, 0]

    collect(meeting, late_sheet, [3_650, 730, 0])

    money, *_ = [line for line in lines_of(branch, salma) if line["kind"] == "collection"]
    assert (money["value_on"], money["business_on"]) == (LATE.isoformat(), NEW_YEAR.isoformat())
    hers = [line for line in lines_of(branch, rahima) if line["kind"] == "interest_adjustment"]
    days = (YEAR_END - LATE).days + 1
    exact = 1_000 * RATE * ((YEAR_END - MONDAY).days + 1) / 365 + 3_650 * RATE * days / 365
    whole = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert [(Decimal(line["amount"]), line["direction"]) for line in hers] == [(whole - first, "deposit")]
    assert (hers[0]["value_on"], hers[0]["business_on"]) == (YEAR_END.isoformat(), NEW_YEAR.isoformat())
    assert balance_of(branch, rahima) == 4_650 + whole
    assert balance_of(branch, salma) == 730 + earned(730, LATE, YEAR_END)
    assert balance_of(branch, fatema) == 0
    whole_interest = whole + earned(730, LATE, YEAR_END)
    assert Decimal(branch.balances()["5110"]) == whole_interest


@pytest.mark.rule("M15")
def test_the_next_run_begins_where_the_adjusted_one_ended(meeting: Meeting, late_sheet: str) -> None:
    """Nothing of the late days is earned twice: January alone is put aside, on what stands by then."""
    branch, rahima = meeting.branch, meeting.savers[0]
    collect(meeting, late_sheet, [3_650, 0, 0])
    standing = balance_of(branch, rahima)
    rest(branch, days_from(date(2027, 1, 3), date(2027, 2, 1)))
    close(branch, 4_650)
    assert branch.on == date(2027, 2, 1)

    run_interest(branch, date(2027, 1, 1), "provision")

    january = earned(standing, date(2027, 1, 1), date(2027, 1, 31))
    assert Decimal(branch.balances()["2310"]) == january
    assert balance_of(branch, rahima) == standing

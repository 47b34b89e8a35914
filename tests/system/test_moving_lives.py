"""Loans whose days, amounts or branch change under way: moved, put off, rescheduled (L1, L3, L6)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from demo.plan import meeting_weekday
from demo.town import Branch, eventually, new_id, savings_of
from tests.support.invariants import LEDGER, broken
from tests.support.lives import FOUR_WEEKS, Weeks, days_after, paisa
from tests.support.recomputed import Rows

if TYPE_CHECKING:
    from datetime import date

    from psycopg2.extensions import connection

    from bench.installation import Installation
    from demo.town import Town

SAVED, LENT, PAID = 5_000, 4_000, 100
SMALLER = 8
"""Into how many instalments what is left of four is spread."""
IN_TRANSIT = "1410"


@pytest.mark.rule("L6")
def test_a_member_moves_to_another_branch_with_her_loan(mikrof: Installation, town: Town) -> None:
    weeks, books = Weeks.begin(town, 2, FOUR_WEEKS), mikrof.database("transactions")
    member, first = weeks.members[0], lend_to_first(weeks)
    weeks.pass_days(days_after(first, 21), first.weekday())
    weeks.meet({member: PAID})
    weeks.close()
    before = shown(weeks, member)
    assert before["card"]["days"] == 1

    there = receive(town, weeks, member, first)

    after, rows = shown(there, member), Rows.read(books)
    assert after["card"] == before["card"]
    interest = earned(SAVED, (weeks.on() - first).days)
    assert after["savings"] == before["savings"] + interest
    check(there, rows, books)
    check_transit(weeks, there, rows, after)
    repaid = there.repay(member, 1_000)
    assert repaid["loan_id"] == there.loans[member]
    later = Rows.read(books)
    check(there, later, books)
    assert later.standing(there.loans[member], there.on()).due < paisa(before["card"]["due"])
    assert weeks.branch.trial_balance()["balanced"]
    assert there.branch.trial_balance()["balanced"]


@pytest.mark.rule("L3")
def test_a_holiday_moves_what_falls_due_on_it(mikrof: Installation, town: Town) -> None:
    weeks = Weeks.begin(town, 2, FOUR_WEEKS, below=town.open_area())
    books, member, first = mikrof.database("transactions"), weeks.members[0], lend_to_first(weeks)
    day = days_after(first, 21)
    agreed = due_days(weeks, member)
    assert agreed[0] == day.isoformat()

    declare(weeks, day)

    moved = eventually(lambda: due_days(weeks, member) != agreed and due_days(weeks, member))
    assert moved == [days_after(first, days).isoformat() for days in (28, 35, 42, 49)]
    weeks.pass_days(day, first.weekday())
    sheets = weeks.branch.officer.get("/sheets", on=day.isoformat())["items"]
    assert [one for one in sheets if one["samity_id"] == weeks.samity] == []
    assert paisa(weeks.card(member)["due"]) == 0
    check(weeks, Rows.read(books), books)
    weeks.close()

    weeks.pass_days(days_after(first, 28), first.weekday())
    due = paisa(weeks.card(member)["due"])
    assert due == Rows.read(books).standing(weeks.loans[member], weeks.on()).due > 0
    weeks.meet({member: due // 100})
    check(weeks, Rows.read(books), books)
    assert paisa(weeks.card(member)["due"]) == 0
    assert weeks.branch.trial_balance()["balanced"]


@pytest.mark.rule("L1")
def test_a_member_who_cannot_keep_up_pays_the_rest_in_smaller_instalments(
    mikrof: Installation, town: Town
) -> None:
    weeks = Weeks.begin(town, 2, FOUR_WEEKS, below=town.open_area())
    books, member, first = mikrof.database("transactions"), weeks.members[0], lend_to_first(weeks)
    weeks.pass_days(days_after(first, 21), first.weekday())
    weeks.meet({member: PAID})
    weeks.close()
    before, agreed_on = weeks.card(member), weeks.on()
    assert before["days"] == 1

    reschedule(weeks, member, days_after(first, 28))

    paid, *rest = eventually(
        lambda: len(weeks.card(member)["rows"]) == 1 + SMALLER and weeks.card(member)["rows"]
    )
    assert (paid["due_on"], paisa(paid["total"])) == (agreed_on.isoformat(), PAID * 100)
    assert [row["due_on"] for row in rest] == [
        days_after(first, 28 + 7 * week).isoformat() for week in range(SMALLER)
    ]
    assert len({row["total"] for row in rest[:-1]}) == 1
    for part in ("principal", "service_charge"):
        assert total(weeks.card(member), part) == total(before, part)
    check(weeks, Rows.read(books), books)
    assert paisa(weeks.card(member)["due"]) == 0

    weeks.pass_days(days_after(first, 28), first.weekday())
    smaller = paisa(weeks.card(member)["due"]) // 100
    assert smaller == paisa(rest[0]["total"]) // 100 < (total(before, "total") // 100) // 4
    weeks.meet({member: smaller})
    check(weeks, Rows.read(books), books)
    assert weeks.card(member)["days"] == 0
    assert weeks.branch.trial_balance()["balanced"]


def reschedule(weeks: Weeks, member: str, first_due_on: date) -> None:
    """Eight smaller instalments, by her mark before a witness; the area agrees."""
    branch, asked = weeks.branch, new_id()
    said = {
        "loan_id": weeks.loans[member],
        "first_due_on": first_due_on.isoformat(),
        "instalments": SMALLER,
        "reason": "বন্যায় ফসল নষ্ট",
        "mark": "thumb",
        "witness": "করিম শেখ",
    }
    branch.manager.put(f"/reschedules/{asked}", said)
    branch.area_manager.post(f"/approvals/accounts/{asked}/decision", {"approve": True})


def total(card: dict[str, Any], part: str) -> int:
    """What all rows of her card say of one part, in paisa."""
    return sum(paisa(row[part]) for row in card["rows"])


def lend_to_first(weeks: Weeks) -> date:
    """Savings and a loan for the first member, whom the second stands in for; answers the day."""
    first = weeks.branch.on
    member, guarantor = weeks.members
    weeks.branch.count_vault("opening")
    weeks.save(member, SAVED)
    weeks.lend(member, guarantor, LENT)
    weeks.meet({})
    weeks.close()
    return first


def receive(town: Town, weeks: Weeks, member: str, first: date) -> Weeks:
    """Move her: asked for where she was, agreed to where she goes; answers her weeks over there."""
    branch = town.open_branch(weeks.on())
    samity = branch.open_samity(weekday=meeting_weekday(first))
    old_code = branch_code(weeks.branch, member)
    transfer = new_id()
    said = {"member_id": member, "to_samity_id": samity, "reason": "বিয়ের পর গ্রাম বদল"}
    weeks.branch.accountant.put(f"/transfers/{transfer}", said)
    branch.manager.post(f"/approvals/accounts/{transfer}/decision", {"approve": True})
    eventually(lambda: state_of(branch, transfer) == "moved")
    branch.count_vault("opening")
    new_code = branch_code(branch, member)
    assert new_code != old_code
    found = branch.manager.get("/members", query=old_code)["items"]
    assert [one["code"] for one in found] == [new_code]
    loans = {member: weeks.loans[member]}
    there = Weeks(branch, weeks.product, samity, [member], loans)
    eventually(lambda: savings_of(branch.manager, member)["status"] == "open")
    return there


def state_of(branch: Branch, transfer: str) -> str:
    listed = branch.manager.get(f"/offices/{branch.id}/transfers")["items"]
    return next(str(one["state"]) for one in listed if one["id"] == transfer)


def branch_code(branch: Branch, member: str) -> str:
    """Her code, as the branch sees it."""
    return str(branch.manager.get(f"/members/{member}")["code"])


def shown(weeks: Weeks, member: str) -> dict[str, Any]:
    """What her card and her passbook say, but for the names that change with the branch."""
    named = ("code", "member_code", "account_id", "office_id")
    card = {name: value for name, value in weeks.card(member).items() if name not in named}
    book = weeks.branch.manager.get(f"/members/{member}/passbook")["accounts"]
    savings = sum(paisa(one["balance"]) for one in book if one["kind"] != "loan" and not one["closed"])
    return {"card": card, "savings": savings}


def earned(taka: int, days: int) -> int:
    """What savings at 6 % a year earn in so many days, in paisa, a half upwards (domain §3)."""
    return int(Fraction(taka * 100 * days * 6, 100 * 365) + Fraction(1, 2))


def check(weeks: Weeks, rows: Rows, books: connection) -> None:
    """The ledger is whole, and the cards say what its rows say."""
    assert rows.faults() == []
    assert broken(books, LEDGER) == {}
    assert weeks.disagreements(rows, weeks.on()) == []


def check_transit(weeks: Weeks, there: Weeks, rows: Rows, after: dict[str, Any]) -> None:
    """Between the branches stands what she owes without what she saved, once on each side."""
    loan = there.loans[there.members[0]]
    moved = rows.standing(loan, there.on()).outstanding - after["savings"]
    offices = {weeks.branch.id: moved, there.branch.id: -moved}
    held = {
        str(row["office_id"]): rows.balance(account)
        for account, row in rows.accounts.items()
        if row["ledger"] == IN_TRANSIT and str(row["office_id"]) in offices
    }
    assert held == offices


def due_days(weeks: Weeks, member: str) -> list[str]:
    return [row["due_on"] for row in weeks.card(member)["rows"]]


def declare(weeks: Weeks, day: date) -> None:
    """A holiday of the samity: asked for by the manager, agreed to by the area, told of its loan."""
    branch, holiday = weeks.branch, new_id()
    said = {
        "set": "samity",
        "office_id": branch.id,
        "samity_id": weeks.samity,
        "on": day.isoformat(),
        "name_bn": "গ্রামের মেলা",
        "name_en": "Village fair",
        "reason": "মেলার দিন কেউ আসে না",
    }
    asked = branch.manager.put(f"/holidays/{holiday}", said)
    assert (asked["state"], asked["loans"]) == ("waiting", 1)
    branch.area_manager.post(f"/approvals/accounts/{holiday}/decision", {"approve": True})
    span = {"from_on": day.isoformat(), "to_on": day.isoformat(), "samity_id": weeks.samity}
    eventually(lambda: redated(branch, span) == [1])


def redated(branch: Branch, span: dict[str, str]) -> list[int]:
    asked = {name: span[name] for name in ("from_on", "to_on")}
    items = branch.manager.get(f"/offices/{branch.id}/holidays", **asked)["items"]
    return [one["redated"] for one in items if one["samity_id"] == span["samity_id"]]

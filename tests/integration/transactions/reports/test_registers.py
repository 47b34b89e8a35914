"""The registers of a branch against its diary: what was due, ended, paid out, put aside, is in the vault."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import InvalidPayload
from contracts.transactions.books import LIST_LEDGER_LINES
from contracts.transactions.collection import GET_SHEET
from contracts.transactions.reports_errors import ReportNotFound
from tests.support.branch import id_of
from tests.support.lived_in import FIRST, FOURTH, SECOND, THIRD
from tests.support.loans import taka
from tests.support.recomputed_reports import due, is_running, leads, only, paid, read, table

if TYPE_CHECKING:
    from datetime import date

    from tests.support.lived_in import Diary, LivedIn

PERIOD = {"from_on": FIRST.isoformat(), "to_on": FOURTH.isoformat()}


def owed(diary: Diary, on: date) -> dict[str, int]:
    """Return of each running loan what has fallen due less what is paid; ahead is less than nothing."""
    names = [name for name in diary.loans if is_running(diary, name, on)]
    return {name: due(diary, name, on) - paid(diary, name, on) for name in names}


@pytest.mark.parametrize("on", [FIRST, SECOND, THIRD, FOURTH])
def test_dues_and_advances_are_the_two_sides_of_what_is_owed(home: LivedIn, on: date) -> None:
    owing = owed(home.diary, on)

    dues = table(read(home, "dues", on=on.isoformat()))
    advances = table(read(home, "advances", on=on.isoformat()))
    assert {row["member"]: row["due"] for row in dues} == {
        name: taka(amount) for name, amount in owing.items() if amount > 0
    }
    assert {row["member"]: row["advance"] for row in advances} == {
        name: taka(-amount) for name, amount in owing.items() if amount < 0
    }


def outstanding(diary: Diary, name: str, on: date) -> int:
    agreed = diary.loans[name].agreed
    return agreed.principal - agreed.told_apart(paid(diary, name, on))[0]


def test_fully_paid_are_the_loans_that_ended_with_her_money(home: LivedIn) -> None:
    rows = table(read(home, "fully_paid", **PERIOD))

    assert {(row["member"], row["ended_on"], row["ended_how"]) for row in rows} == {
        (name, on.isoformat(), how) for name, (on, how) in home.diary.ended.items()
    }
    assert table(read(home, "fully_paid", from_on=SECOND.isoformat(), to_on=SECOND.isoformat())) == []


def test_a_rebate_is_what_was_agreed_and_never_paid(home: LivedIn) -> None:
    rows = table(read(home, "rebates", **PERIOD))

    agreed = home.diary.loans["Bilkis"].agreed
    never_paid = agreed.principal + agreed.charge - paid(home.diary, "Bilkis", FOURTH)
    assert only(rows, "member", "settled_principal", "settled_charge", "rebate") == [
        ("Bilkis", taka(agreed.principal), "46.00", taka(never_paid))
    ]


def test_what_a_decision_ended_stands_in_the_register_of_its_kind(home: LivedIn) -> None:
    waived = table(read(home, "waivers", **PERIOD))
    written_off = table(read(home, "write_offs", **PERIOD))

    assert only(waived, "member", "died_on", "waived_principal", "waived_charge", "evidence") == [
        ("Amina", THIRD.isoformat(), "300.00", "13.00", "Board 14/2026")
    ]
    assert only(written_off, "member", "written_off", "claim", "recovered", "claim_left") == [
        ("Fatema", "700.00", "746.00", "0.00", "746.00")
    ]
    assert read(home, "write_off_collections", **PERIOD)["rows"] == []


@pytest.mark.rule("L6")
def test_who_moved_left_one_branch_and_came_to_the_other(home: LivedIn, away: LivedIn) -> None:
    shown = ("moved_on", "direction", "member", "other_branch", "value_on", "accounts", "savings_moved")

    for one, direction, other in ((home, "out", "Office B002"), (away, "in", "Office B001")):
        assert only(table(read(one, "transfers", **PERIOD)), *shown) == [
            (FOURTH.isoformat(), direction, "Rahima", other, THIRD.isoformat(), 1, "50.00")
        ]


@pytest.mark.rule("M1")
def test_a_sheet_that_is_not_in_the_book_is_listed_with_its_money(home: LivedIn) -> None:
    shown = ("meeting_on", "samity", "sheet_status", "pending_rows", "pending_amount")

    assert only(table(read(home, "unauthorised", on=FOURTH.isoformat())), *shown) == [
        (THIRD.isoformat(), "Jhumka", "submitted", 1, "40.00")
    ]
    assert read(home, "unauthorised", on=SECOND.isoformat())["rows"] == []


def test_from_money_that_waits_one_comes_to_its_sheet(home: LivedIn) -> None:
    (lead,) = leads(read(home, "unauthorised", on=FOURTH.isoformat()))
    sheet = home.branch.ask(GET_SHEET, home.branch.manager, id=lead["sheet_id"])

    assert (sheet["meeting_on"], sheet["status"]) == (THIRD.isoformat(), "submitted")


def test_refunded_is_what_left_her_savings(home: LivedIn) -> None:
    page = read(home, "savings_refunds", **PERIOD)

    assert only(table(page), "paid_on", "member", "refunded", "entry_kind") == [
        (each.on.isoformat(), each.whose, taka(each.amount), "withdrawal") for each in home.diary.withdrawn
    ]
    assert table(page, "total")[0]["refunded"] == taka(sum(each.amount for each in home.diary.withdrawn))


def test_provision_is_six_percent_of_the_days_of_november(home: LivedIn) -> None:
    rows = table(read(home, "interest_provisions", from_on="2026-11-05", to_on="2026-11-30"))

    saved = {each.whose: each.amount for each in home.diary.saved if each.on == FIRST}
    days = 8  # from the 23rd to the 30th
    assert {row["member"]: row["provided"] for row in rows} == {
        name: str((Decimal(amount) / 100 * 6 / 100 * days / 365).quantize(Decimal("0.01"), ROUND_HALF_UP))
        for name, amount in saved.items()
    }


def savings_of(diary: Diary, name: str, on: date) -> int:
    came = sum(each.amount for each in diary.saved if each.whose == name and each.on <= on)
    return came - sum(each.amount for each in diary.withdrawn if each.whose == name and each.on <= on)


def test_dormant_are_who_moved_nothing(home: LivedIn) -> None:
    assert only(table(read(home, "dormant")), "member", "dormant_since", "savings_balance") == [
        ("Amina", THIRD.isoformat(), taka(savings_of(home.diary, "Amina", FOURTH)))
    ]


def test_a_members_ledger_tells_all_that_was_booked_with_the_balance_after_it(home: LivedIn) -> None:
    page = read(home, "member_ledger", member_id=id_of("Rahima"), **PERIOD)

    lent = home.diary.loans["Rahima"]
    loan = [(FIRST, "disbursement", 0, lent.agreed.principal, 0, lent.agreed.principal)]
    for each in (one for one in home.diary.repaid if one.whose == "Rahima"):
        before = lent.agreed.told_apart(paid(home.diary, "Rahima", each.on) - each.amount)
        after = lent.agreed.told_apart(paid(home.diary, "Rahima", each.on))
        loan.append(
            (each.on, "repayment", each.amount, 0, after[1] - before[1], lent.agreed.principal - after[0])
        )
    savings = [
        (each.on, "deposit", each.amount, 0, 0, savings_of(home.diary, "Rahima", each.on))
        for each in home.diary.saved
        if each.whose == "Rahima"
    ]
    rows = table(page)
    for found, expected in (
        ([row for row in rows if row["account_code"] == lent.code], loan),
        ([row for row in rows if row["account_code"] != lent.code], savings),
    ):
        assert only(
            found, "business_on", "entry_kind", "received", "paid_out", "of_it_charge", "balance"
        ) == [(on.isoformat(), kind, *map(taka, amounts)) for on, kind, *amounts in expected]


def test_a_members_ledger_is_asked_for_by_member(home: LivedIn) -> None:
    with pytest.raises(InvalidPayload):
        read(home, "member_ledger", **PERIOD)


def vault(diary: Diary, on: date) -> tuple[int, int]:
    """Return what came into the vault on a day and what went out."""
    moved = [each.amount for each in (*diary.repaid, *diary.saved) if each.on == on]
    moved += [-each.amount for each in diary.withdrawn if each.on == on]
    moved += [-lent.agreed.principal for lent in diary.loans.values() if lent.on == on]
    return sum(amount for amount in moved if amount > 0), -sum(amount for amount in moved if amount < 0)


@pytest.mark.parametrize("on", [FIRST, SECOND, THIRD, FOURTH])
def test_the_vault_holds_what_the_diary_says(home: LivedIn, on: date) -> None:
    rows = table(read(home, "cash_position", on=on.isoformat()))

    opening = sum(came - went for came, went in (vault(home.diary, day) for day in DAYS if day < on))
    came, went = vault(home.diary, on)
    (found,) = [row for row in rows if row["cash_kind"] == "1110"]
    assert (found["opening"], found["cash_in"], found["cash_out"], found["closing"]) == tuple(
        map(taka, (opening, came, went, opening + came - went))
    )


@pytest.mark.parametrize("on", [FIRST, FOURTH])
def test_from_cash_one_comes_to_the_entries_that_it_is_made_of(home: LivedIn, on: date) -> None:
    page = read(home, "cash_position", on=on.isoformat())
    held: dict[tuple[str | None, str | None], int] = {}
    for row, lead in zip(table(page), leads(page), strict=True):
        place = (lead["office_id"], lead["ledger"])
        held[place] = held.get(place, 0) + int(row["closing"].replace(".", ""))

    assert {office for office, _ in held} == {home.branch.id}
    for (office, ledger), amount in held.items():
        period = {"from_on": on.isoformat(), "on": on.isoformat()}
        asked = {"office_id": office, "ledger": ledger, **period}
        lines = home.branch.ask(LIST_LEDGER_LINES, home.branch.manager, **asked)
        last = lines["items"][-1]["balance"] if lines["items"] else lines["opening"]
        assert last == taka(amount)


DAYS = (FIRST, SECOND, THIRD, FOURTH)


@pytest.mark.parametrize("on", [THIRD, FOURTH])
def test_an_officers_performance_is_that_of_his_members(home: LivedIn, on: date) -> None:
    rows = table(read(home, "officer_performance", on=on.isoformat()))

    assert {row["officer"] for row in rows} == {"Officer", "Officer two"}
    for samity, officer in (("Jhumka", "Officer"), ("Shapla", "Officer two")):
        names = [name for name, where in home.diary.members.items() if where == samity]
        running = [name for name in names if is_running(home.diary, name, on)]
        late = [name for name in running if fallen_principal(home.diary, name, on) > 0]
        (row,) = [row for row in rows if row["officer"] == officer]
        assert (row["samities"], row["members"], row["borrowers"], row["loans_late"]) == (
            1,
            len(names),
            len(running),
            len(late),
        )
        whole = sum(outstanding(home.diary, name, on) for name in running)
        risky = sum(outstanding(home.diary, name, on) for name in late)
        overdue = sum(fallen_principal(home.diary, name, on) for name in late)
        saved = sum(savings_of(home.diary, name, on) for name in names)
        assert (
            row["outstanding"],
            row["at_risk"],
            row["overdue_principal"],
            row["savings_balance"],
        ) == tuple(map(taka, (whole, risky, overdue, saved)))
        assert row["par"] == percent(risky, whole)


def fallen_principal(diary: Diary, name: str, on: date) -> int:
    """Return the principal that fell due before a day and is not paid at its end."""
    agreed = diary.loans[name].agreed
    yesterday = on.fromordinal(on.toordinal() - 1)
    return max(0, agreed.due_by(yesterday)[0] - agreed.told_apart(paid(diary, name, on))[0])


def percent(part: int, whole: int) -> str | None:
    if not whole:
        return None
    return str((Decimal(100 * part) / whole).quantize(Decimal("0.01"), ROUND_HALF_UP))


@pytest.mark.rule("M17")
def test_a_samitys_sheet_has_a_line_for_each_account_and_room_to_write(home: LivedIn) -> None:
    page = read(home, "samity_sheet", samity_id=id_of("Jhumka"), on=FOURTH.isoformat())

    rows = table(page)
    lines = {(row["member"], row["overdue_before"] is None): row for row in rows}
    names = [name for name, where in home.diary.members.items() if where == "Jhumka"]
    running = [name for name in names if is_running(home.diary, name, FOURTH)]
    assert lines.keys() == {(name, True) for name in names} | {(name, False) for name in running}
    for name in names:
        assert lines[name, True]["balance"] == taka(savings_of(home.diary, name, FOURTH))
    for name in running:
        row = lines[name, False]
        asked = max(0, due(home.diary, name, FOURTH) - paid(home.diary, name, FOURTH))
        assert as_paisa(row["overdue_before"]) + as_paisa(row["recoverable"]) == asked
        assert row["balance"] == taka(outstanding(home.diary, name, FOURTH))
    assert {row["signature"] for row in rows} == {None}


def as_paisa(text: str) -> int:
    return int(Decimal(text) * 100)


@pytest.mark.rule("P12")
def test_the_audit_trail_names_every_deed_of_the_branch(home: LivedIn) -> None:
    page: dict[str, Any] = read(home, "audit", from_on="2026-11-01", to_on="2026-12-31", limit=500)
    deeds = [row["deed"] for row in table(page)]

    assert deeds.count("pay_out_loan") == len(home.diary.loans)
    assert {row["actor"] for row in table(page) if row["deed"] == "post_deposit"} == {"Accountant"}
    with pytest.raises(ReportNotFound):
        read(home, "audit", home.branch.officer)

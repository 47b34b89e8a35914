"""A value date before interest was credited brings an adjusting entry, whatever brought it (rule M2)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

import pytest

from contracts.transactions.interest import RUN_INTEREST
from contracts.transactions.savings import PROPOSE_CORRECTION
from tests.support.branch import id_of, new_id
from tests.support.memory import remembered
from tests.support.purse import (
    area_manager,
    decide,
    deposit,
    open_account,
    pass_days,
    withdraw,
    work_on_few_days,
)
from transactions.batch.duties import TransactionsBatch

if TYPE_CHECKING:
    from tests.support.branch import Branch

pytestmark = pytest.mark.rule("M2")
RATE = Decimal(6) / 100
MONDAY, DECEMBER = date(2026, 11, 23), date(2026, 12, 1)
YEAR_END, NEW_YEAR = date(2026, 12, 31), date(2027, 1, 2)


@remembered
def branch(branch: Branch) -> Branch:
    work_on_few_days(branch, date(2027, 8, 1))
    return branch


def earned(amount: Decimal | int, first: date, last: date) -> Decimal:
    """At 6 % by days, both included, to the paisa."""
    return (amount * RATE * ((last - first).days + 1) / 365).quantize(Decimal("0.01"), ROUND_HALF_UP)


def credit(branch: Branch, month: date) -> None:
    request = {"id": new_id(), "office_id": branch.id, "kind": "posting", "month": month.isoformat()}
    branch.ask(RUN_INTEREST, branch.accountant, **request)
    branch.harness.take_steps("run_interest", by=TransactionsBatch)


def correct(branch: Branch, entry_id: str, to_account_id: str | None) -> None:
    """Put right a row of another month: the area decides."""
    request = {"id": new_id(), "from": {"entry_id": entry_id}, "to_account_id": to_account_id}
    words = {"reason": "written on her sister's page", "evidence": "both books"}
    asked = branch.ask(PROPOSE_CORRECTION, branch.accountant, **request, **words)
    decide(branch, area_manager(branch), asked["id"])


def interest_lines(branch: Branch, name: str) -> list[dict[str, Any]]:
    lines = branch.passbook(name)["lines"]
    return [line for line in lines if line["kind"] in {"interest", "interest_adjustment"}]


def test_a_correction_moves_the_interest_with_the_money(branch: Branch) -> None:
    wrong = str(deposit(branch, id_of("savings of Rahima"), "1000.00")["entry_id"])
    deposit(branch, id_of("savings of Rahima"), "500.00")
    pass_days(branch, NEW_YEAR)
    credit(branch, DECEMBER)
    expense = branch.trial_balance()["5110"]

    correct(branch, wrong, id_of("savings of Salma"))

    of_500, of_1000, of_1500 = (earned(amount, MONDAY, YEAR_END) for amount in (500, 1000, 1500))
    less, first = interest_lines(branch, "Rahima")
    assert Decimal(first["amount"]) == of_1500
    assert (less["kind"], less["direction"], less["value_on"]) == (
        "interest_adjustment", "withdrawal", "2026-12-31",
    )  # fmt: skip
    assert Decimal(less["amount"]) == of_1500 - of_500
    (more,) = interest_lines(branch, "Salma")
    assert (Decimal(more["amount"]), more["direction"]) == (of_1000, "deposit")
    assert Decimal(branch.balance_of("Rahima")) == 500 + of_500
    assert Decimal(branch.balance_of("Salma")) == 1000 + of_1000
    moved = Decimal(branch.trial_balance()["5110"][0]) - Decimal(expense[0])
    assert moved == of_500 + of_1000 - of_1500


def test_money_of_a_provider_that_came_late_earns_from_its_own_date(branch: Branch) -> None:
    """On the 2nd of January the provider tells of the 28th of December: four days of the old year (M14)."""
    account = id_of("savings of Rahima")
    deposit(branch, account, "1000.00")
    pass_days(branch, NEW_YEAR)
    credit(branch, DECEMBER)
    came = date(2026, 12, 28)

    deposit(branch, account, "3650.00", paid_by="mobile_money", value_on=came.isoformat())

    line, first = interest_lines(branch, "Rahima")
    assert Decimal(first["amount"]) == earned(1000, MONDAY, YEAR_END)
    exact = 1000 * RATE * 39 / 365 + 3650 * RATE * 4 / 365
    assert Decimal(line["amount"]) == exact.quantize(Decimal("0.01")) - Decimal(first["amount"])
    assert (line["value_on"], line["business_on"]) == ("2026-12-31", NEW_YEAR.isoformat())


def test_undone_the_same_day_takes_its_interest_along(branch: Branch) -> None:
    account = id_of("savings of Rahima")
    deposit(branch, account, "1000.00")
    pass_days(branch, NEW_YEAR)
    credit(branch, DECEMBER)
    balance, book = branch.balance_of("Rahima"), branch.trial_balance()
    came = date(2026, 12, 28).isoformat()
    late = deposit(branch, account, "3650.00", paid_by="mobile_money", value_on=came)

    branch.approve(
        branch.propose_reversal(late["entry_id"], "wrong_account", to_account_id=id_of("savings of Salma"))
    )

    assert branch.balance_of("Rahima") == balance
    assert [line["direction"] for line in interest_lines(branch, "Rahima")] == [
        "withdrawal", "deposit", "deposit",
    ]  # fmt: skip
    (hers,) = interest_lines(branch, "Salma")
    assert Decimal(hers["amount"]) == earned(3650, date(2026, 12, 28), YEAR_END)
    moved = Decimal(branch.trial_balance()["5110"][0]) - Decimal(book["5110"][0])
    assert moved == Decimal(hers["amount"])


def test_each_credit_that_was_wrong_is_put_right_and_the_later_ones_follow(branch: Branch) -> None:
    """Of two half-years the second also earns on what the first one was short of."""
    account = open_account(branch, "Rahima", "voluntary_savings")
    other = open_account(branch, "Salma", "voluntary_savings")
    wrong = str(deposit(branch, other, "60000.00")["entry_id"])
    deposit(branch, account, "30000.00")
    pass_days(branch, NEW_YEAR)
    credit(branch, DECEMBER)
    pass_days(branch, date(2027, 7, 1))
    credit(branch, date(2027, 6, 1))

    correct(branch, wrong, account)

    june, new_year_day = date(2027, 6, 30), date(2027, 1, 1)
    first = earned(90_000, MONDAY, YEAR_END)
    second = earned(90_000 + first, new_year_day, june)
    lines = interest_lines(branch, "Rahima")
    by_end: dict[str, Decimal] = {}
    for line in lines:
        by_end[line["value_on"]] = by_end.get(line["value_on"], Decimal(0)) + Decimal(line["amount"])
    assert by_end == {"2026-12-31": first, "2027-06-30": second}
    assert [line["kind"] for line in lines] == ["interest_adjustment"] * 2 + ["interest"] * 2
    books = {each["account_id"]: each["balance"] for each in branch.passbook("Rahima")["accounts"]}
    assert Decimal(books[account]) == 90_000 + first + second


def test_what_was_credited_too_much_and_spent_is_not_taken_below_nothing(branch: Branch) -> None:
    account = open_account(branch, "Rahima", "voluntary_savings")
    wrong = str(deposit(branch, account, "10000.00")["entry_id"])
    pass_days(branch, NEW_YEAR)
    credit(branch, DECEMBER)
    interest = earned(10_000, MONDAY, YEAR_END)
    taken = f"{int(10_000 + interest)}.00"
    deposit(branch, id_of("savings of Salma"), "500.00")
    withdraw(branch, account, taken)

    correct(branch, wrong, id_of("savings of Fatema"))

    books = {each["account_id"]: each["balance"] for each in branch.passbook("Rahima")["accounts"]}
    assert books[account] == "0.00"
    assert Decimal(branch.balance_of("Fatema")) >= 10_000


def test_what_is_valued_after_the_credit_brings_none(branch: Branch) -> None:
    account = id_of("savings of Rahima")
    deposit(branch, account, "1000.00")
    pass_days(branch, NEW_YEAR)
    credit(branch, DECEMBER)
    value_on = (YEAR_END + timedelta(days=1)).isoformat()

    deposit(branch, account, "1000.00", paid_by="mobile_money", value_on=value_on)

    assert len(interest_lines(branch, "Rahima")) == 1


def test_before_the_credit_the_next_run_counts_it_by_itself(branch: Branch) -> None:
    wrong = str(deposit(branch, id_of("savings of Rahima"), "1000.00")["entry_id"])
    pass_days(branch, NEW_YEAR)
    correct(branch, wrong, id_of("savings of Salma"))

    credit(branch, DECEMBER)

    assert interest_lines(branch, "Rahima") == []
    (line,) = interest_lines(branch, "Salma")
    assert Decimal(line["amount"]) == earned(1000, MONDAY, YEAR_END)

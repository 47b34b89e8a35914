"""A member who moves to another branch takes savings and loan along: both legs at once, none alone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from contracts.accounts import MEMBER_CHANGED
from contracts.errors import IdConflict
from contracts.transactions.ledger_errors import DayNotOpen
from contracts.transactions.nominee_errors import MemberDeceased
from contracts.transactions.savings import READ_TERM_DUES
from contracts.transactions.savings_errors import MoneyOnItsWay
from contracts.transactions.transfer_errors import AccountLeftBehind, SameOffice
from contracts.transactions.transfers import ACCOUNTS_MOVED, TRANSFER_ACCOUNTS
from tests.support import invariants
from tests.support.branch import MONDAY, id_of, new_id
from tests.support.loans import lend, standing
from tests.support.memory import remembered
from tests.support.purse import ask_for, deposit, open_account, pass_days

if TYPE_CHECKING:
    from psycopg2.extensions import connection

    from tests.support.branch import Branch

SAVINGS = id_of("savings of Rahima")


@remembered
def there(branches: tuple[Branch, Branch]) -> Branch:
    """The branch to which she moves, with its day open."""
    branches[1].open_day()
    return branches[1]


def transfer(branch: Branch, there: Branch, accounts: list[str], **more: Any) -> dict[str, Any]:
    """Return the command by which accounts moves her."""
    return {
        "id": new_id(),
        "member_id": id_of("Rahima"),
        "from_office_id": branch.id,
        "to_office_id": there.id,
        "codes": [{"account_id": each, "code": f"NEW.{number}"} for number, each in enumerate(accounts)],
        **more,
    }


def move(branch: Branch, command: dict[str, Any]) -> dict[str, Any]:
    return branch.ask(TRANSFER_ACCOUNTS, branch.manager, **command)


def ledgers(branch: Branch) -> dict[str, tuple[str, str]]:
    return {code: row for code, row in branch.trial_balance().items() if row != ("0.00", "0.00")}


@pytest.mark.rule("L6")
def test_what_she_saved_and_owes_stands_in_the_new_book_and_no_more_in_the_old(
    branch: Branch, there: Branch, book: connection
) -> None:
    deposit(branch, SAVINGS, "700.00")
    loan_id = lend(branch)

    answer = move(branch, transfer(branch, there, [SAVINGS, loan_id]))

    assert (answer["from_on"], answer["to_on"], answer["value_on"]) == (MONDAY.isoformat(),) * 3
    assert {one["kind"]: one["amount"] for one in answer["accounts"]} == {
        "savings": "700.00",
        "loan": "10000.00",
    }
    assert "1310" not in ledgers(branch)
    assert ledgers(branch)["2110"] == ("0.00", "20000.00")
    assert ledgers(there) == {
        "1310": ("10000.00", "0.00"),
        "1410": ("0.00", "9300.00"),
        "2110": ("0.00", "700.00"),
    }
    assert ledgers(branch)["1410"] == ("9300.00", "0.00")
    open_accounts = {one["code"]: one["balance"] for one in branch.passbook("Rahima")["accounts"]}
    assert open_accounts["NEW.0"] == "700.00"
    assert open_accounts["NEW.1"] == "10000.00"
    assert invariants.broken(book, invariants.LEDGER) == {}


@pytest.mark.rule("L6")
def test_the_loan_goes_on_as_if_nothing_had_happened(branch: Branch, there: Branch) -> None:
    loan_id = lend(branch)
    before = standing(branch, loan_id)

    move(branch, transfer(branch, there, [SAVINGS, loan_id]))

    after = standing(there, loan_id)
    assert after == before | {"office_id": there.id}


@pytest.mark.rule("L6")
def test_it_is_valued_on_the_earlier_of_the_two_days(branch: Branch, there: Branch) -> None:
    pass_days(branch, MONDAY + timedelta(days=2))
    deposit(branch, SAVINGS, "50.00")

    answer = move(branch, transfer(branch, there, [SAVINGS]))

    assert answer["from_on"] == (MONDAY + timedelta(days=2)).isoformat()
    assert answer["to_on"] == answer["value_on"] == MONDAY.isoformat()


def test_asked_for_twice_she_moves_once(branch: Branch, there: Branch) -> None:
    deposit(branch, SAVINGS, "50.00")
    command = transfer(branch, there, [SAVINGS])

    assert move(branch, command) == move(branch, command)

    assert ledgers(there)["2110"] == ("0.00", "50.00")
    with pytest.raises(IdConflict):
        move(branch, command | {"to_office_id": branch.id})


@pytest.mark.rule("L6", "M1")
def test_nothing_moves_while_something_is_promised(branch: Branch, there: Branch) -> None:
    voluntary = open_account(branch, "Rahima", "voluntary_savings", counter_limit="500.00")
    deposit(branch, voluntary, "300.00")
    ask_for(branch, voluntary, "100.00")

    with pytest.raises(MoneyOnItsWay) as refusal:
        move(branch, transfer(branch, there, [SAVINGS, voluntary]))

    assert refusal.value.facts == {"pending": "100.00"}


@pytest.mark.rule("L5", "L6")
def test_who_has_died_stays_in_her_book_but_what_was_moved_is_answered_again(
    branch: Branch, there: Branch
) -> None:
    died = {"deceased_on": MONDAY.isoformat()}
    deposit(branch, SAVINGS, "50.00")
    branch.harness.hear(MEMBER_CHANGED, branch.member_state("Rahima", "Jhumka") | died)
    with pytest.raises(MemberDeceased):
        move(branch, transfer(branch, there, [SAVINGS]))
    branch.harness.hear(MEMBER_CHANGED, branch.member_state("Rahima", "Jhumka"))
    command = transfer(branch, there, [SAVINGS])
    moved = move(branch, command)
    branch.harness.hear(MEMBER_CHANGED, branch.member_state("Rahima", "Jhumka") | died)

    assert move(branch, command) == moved


def test_no_account_is_left_behind(branch: Branch, there: Branch) -> None:
    open_account(branch, "Rahima", "voluntary_savings")

    with pytest.raises(AccountLeftBehind):
        move(branch, transfer(branch, there, [SAVINGS]))


def test_she_cannot_move_to_where_she_is(branch: Branch) -> None:
    with pytest.raises(SameOffice):
        move(branch, transfer(branch, branch, [SAVINGS]))


def test_both_branches_need_an_open_day(branch: Branch, branches: tuple[Branch, Branch]) -> None:
    with pytest.raises(DayNotOpen):
        move(branch, transfer(branch, branches[1], [SAVINGS]))


def test_what_was_paid_on_a_term_account_goes_on_counting(branch: Branch, there: Branch) -> None:
    plan = {"amount": "100.00", "months": 12, "annual_rate_bps": 700, "formula": "simple"}
    term = open_account(branch, "Rahima", "term_savings", **plan)
    deposit(branch, term, "200.00")
    asked = {"account_id": term}
    before = branch.ask(READ_TERM_DUES, branch.manager, **asked)

    answer = move(branch, transfer(branch, there, [SAVINGS, term]))

    moved = next(one["new_account_id"] for one in answer["accounts"] if one["account_id"] == term)
    after = branch.ask(READ_TERM_DUES, branch.manager, account_id=moved)
    assert before["advance"] == "100.00"
    assert after == before | {"account_id": moved}


@pytest.mark.rule("P2", "L6")
def test_she_is_told_what_stands_in_the_new_book(branch: Branch, there: Branch) -> None:
    deposit(branch, SAVINGS, "50.00")
    loan_id = lend(branch)

    move(branch, transfer(branch, there, [SAVINGS, loan_id]))

    (told,) = branch.harness.told(ACCOUNTS_MOVED)
    assert (told["member_id"], told["savings"], told["loans"]) == (id_of("Rahima"), 5_000, 1_000_000)

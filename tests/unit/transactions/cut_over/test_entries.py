"""Every account that is brought over has an entry of its own, and suspense holds exactly the rest (P13)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.money import Paisa
from contracts.transactions.cut_over_errors import CutOverIsPosted, CutOverNotWhole
from contracts.transactions.lending_words import Split
from transactions.domain.accounts import NewAccount
from transactions.domain.book.years import closer_of
from transactions.domain.chart import Ledgers, Side
from transactions.domain.cut_over import (
    BroughtLoan,
    BroughtSavings,
    Chunk,
    CutOver,
    CutOverState,
    HandedOver,
    carried_terms,
    due_on,
    entries_of_chunk,
    require_waiting,
    require_whole,
    suspense_of,
    to_confirm,
)
from transactions.domain.ledger import Entry, EntryKind
from transactions.domain.lending.loans import Loan
from transactions.domain.lending.schedules import Amounts, Schedule

pytestmark = pytest.mark.rule("P13")
OFFICE = "0197f000-0000-7000-8000-000000000001"
ON = date(2026, 6, 30)
CUT_OVER = CutOver(
    id="0197f000-0000-7000-8000-0000000000aa",
    office_id=OFFICE,
    on=ON,
    accounts=2,
    savings=Paisa(500_00),
    loans=Paisa(8_000_00),
    reference="old books, page 12",
    maker_id="maker",
    checker_id="checker",
)


def an_id(number: int) -> str:
    return f"0197f000-0000-7000-9000-{number:012d}"


def account(number: int, ledger: str, terms: dict[str, Any] | None = None) -> NewAccount:
    return NewAccount(
        id=an_id(number),
        member_id=an_id(900),
        office_id=OFFICE,
        code=f"X.{number}",
        ledger=ledger,
        version=1,
        terms=terms or {"product_code": "GS"},
    )


def savings(number: int, balance: int) -> BroughtSavings:
    return BroughtSavings(
        account=account(number, Ledgers.GENERAL_SAVINGS.code),
        samity_id=an_id(800),
        opened_on=date(2024, 1, 1),
        deposited=Paisa(balance),
        withdrawn=Paisa(0),
        interest=Paisa(0),
        balance=Paisa(balance),
        last_receipt="A-1",
    )


def loan(number: int, principal: int, charge: int, paid: tuple[int, int]) -> BroughtLoan:
    rows = [(date(2026, 7, 7), Amounts(Paisa(principal), Paisa(charge)))]
    schedule = Schedule.of_rows(date(2026, 1, 1), Split.PROPORTIONAL, rows)
    of_loan = account(number, Ledgers.LOANS.code)
    return BroughtLoan(
        loan=Loan(
            id=of_loan.id,
            account_id=of_loan.id,
            member_id=of_loan.member_id,
            office_id=OFFICE,
            code=of_loan.code,
            product_code="JAG",
            fund="own",
            sex="female",
            split=Split.PROPORTIONAL,
            principal=Paisa(principal),
            charge=Paisa(charge),
            disbursed_on=date(2026, 1, 1),
            matures_on=date(2026, 7, 7),
            schedule_version=1,
            fingerprint="brought",
            terms={},
        ),
        account=of_loan,
        samity_id=an_id(800),
        schedule=schedule,
        paid=Amounts(*map(Paisa, paid)),
        last_receipt="B-2",
    )


def moved(entries: tuple[Entry, ...], account_id: str) -> int:
    """What entries leave on the debit side of an account, summed by hand."""
    return sum(
        posting.amount if posting.side is Side.DEBIT else -posting.amount
        for entry in entries
        for posting in entry.postings
        if posting.account_id == account_id
    )


def test_a_loan_is_in_the_book_as_if_it_had_been_lent_and_partly_repaid_here() -> None:
    """Of 10,000 and 1,250 of charge, 2,000 and 250 are paid: 8,000 stand out, no income is earned by it."""
    brought = loan(1, 10_000_00, 1_250_00, (2_000_00, 250_00))

    entries = entries_of_chunk(CUT_OVER, Chunk(loans=[brought]))

    (entry,) = entries
    assert (entry.id, entry.kind, entry.business_on, entry.value_on) == (
        brought.loan.id,
        EntryKind.OPENING,
        ON,
        ON,
    )
    assert (entry.maker_id, entry.checker_id) == ("maker", "checker")
    assert moved(entries, brought.loan.account_id) == 8_000_00
    assert moved(entries, brought.loan.charge_account.id) == -250_00
    assert moved(entries, closer_of(Ledgers.SERVICE_CHARGE, OFFICE).id) == 250_00
    assert moved(entries, suspense_of(OFFICE).id) == -8_000_00
    lent = [one for one in entry.postings if one.account_id == brought.loan.account_id]
    assert [(one.side, one.amount) for one in lent] == [
        (Side.DEBIT, 10_000_00),
        (Side.CREDIT, 2_000_00),
    ]
    assert lent[0].row_id == brought.loan.id
    assert lent[1].row_id != lent[0].row_id
    assert lent[1].receipt == "B-2"


def test_an_account_without_a_balance_has_no_entry() -> None:
    assert entries_of_chunk(CUT_OVER, Chunk(savings=[savings(1, 0)])) == ()


@given(
    balances=st.lists(st.integers(0, 10**9), max_size=8),
    loans=st.lists(
        st.tuples(st.integers(1, 10**9), st.integers(0, 10**8), st.floats(0, 0.99), st.floats(0, 1)),
        max_size=8,
    ),
)
def test_suspense_is_what_savings_have_more_than_loans(
    balances: list[int], loans: list[tuple[int, int, float, float]]
) -> None:
    brought = [
        loan(100 + number, principal, charge, (int(principal * paid), int(charge * earned)))
        for number, (principal, charge, paid, earned) in enumerate(loans)
    ]
    chunk = Chunk([savings(number, balance) for number, balance in enumerate(balances)], brought)

    entries = entries_of_chunk(CUT_OVER, chunk)

    outstanding = sum(one.loan.principal - one.paid.principal for one in brought)
    assert moved(entries, suspense_of(OFFICE).id) == sum(balances) - outstanding
    assert len({entry.id for entry in entries}) == len(entries)
    assert HandedOver() + chunk == HandedOver(
        len(balances) + len(loans), Paisa(sum(balances)), Paisa(outstanding)
    )


def test_only_what_two_people_agreed_to_is_posted() -> None:
    require_whole(CUT_OVER, HandedOver(2, Paisa(500_00), Paisa(8_000_00)))

    with pytest.raises(CutOverNotWhole) as refused:
        require_whole(CUT_OVER, HandedOver(2, Paisa(500_01), Paisa(8_000_00)))

    assert refused.value.facts == {"accounts": 2, "savings": "500.01", "loans": "8000.00"}


@pytest.mark.parametrize("state", [CutOverState.POSTING, CutOverState.POSTED, CutOverState.LET_GO])
def test_nothing_is_added_to_balances_that_are_posted_or_were_let_go(state: CutOverState) -> None:
    require_waiting(CUT_OVER)
    told = {name: getattr(CUT_OVER, name) for name in CutOver.__dataclass_fields__}

    with pytest.raises(CutOverIsPosted):
        require_waiting(CutOver(**told | {"state": state}))


def test_a_list_confirms_whoever_waits_but_for_the_disputed() -> None:
    assert to_confirm(["c", "a", "b"], frozenset({"b", "x"})) == ("a", "c")


def test_members_have_thirty_days_to_confirm() -> None:
    assert due_on(date(2026, 6, 30)) == date(2026, 7, 30)


def test_a_plans_payments_so_far_go_along_as_after_a_transfer() -> None:
    paid = [(date(2026, 1, 5), Paisa(500_00))]

    assert carried_terms({"amount": "500.00"}, paid)["carried"] == [{"on": "2026-01-05", "amount": 500_00}]
    assert "carried" not in carried_terms({"amount": "500.00"}, [])

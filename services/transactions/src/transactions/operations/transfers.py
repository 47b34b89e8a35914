"""A member who moves takes her accounts and loans along: two legs in one transaction (rule L6)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contracts.money import NOTHING, Paisa
from contracts.transactions.savings_words import ClosingHow
from contracts.transactions.transfers import ACCOUNTS_MOVED
from transactions.domain.accounts import MemberAccount
from transactions.domain.chart import Ledgers, OfficeAccount
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry
from transactions.domain.lending.loans import Loan, charge_of
from transactions.domain.nominees import require_alive
from transactions.domain.requests import require_same
from transactions.domain.savings.closing import (
    ClosingTerms,
    Signed,
    entries_of_interest,
    interest_to_the_day,
    office_accounts_of,
)
from transactions.domain.savings.dues import Movement
from transactions.domain.savings.earning import is_posted_by_runs
from transactions.domain.transfers import (
    Legs,
    Moved,
    Transfer,
    entries_of_transfer,
    in_transit,
    new_account_id,
    require_movable,
    with_accounts_of,
)
from transactions.operations import withdrawals
from transactions.repository import Books


@dataclass(frozen=True, slots=True)
class Settled:
    """What goes on counting of an account's payments, and what had been put aside for its interest."""

    paid: Sequence[Movement]
    provisioned: Paisa


def transfer_accounts(books: Books, transfer: Transfer) -> dict[str, Any]:
    """Move all of a member's open accounts and running loans; asked again, answer what was done.

    Her interest is posted to the day in the old book; schedules, classes and instalments stay as they are.

    Raises:
        NotFound: the member is not in the caller's scope.
        DayNotOpen, DayIsClosing: one of the two branches posts nothing now.
        MemberDeceased: she died meanwhile; her nominees are paid where she was (rule L5).
        SameOffice, AccountLeftBehind, MoneyOnItsWay, MoneyUnallocated: as `require_movable`.
        IdConflict: the id was used for another transfer.
    """
    asked, known = transfer.fingerprint, books.transfers.fingerprint_of(transfer.id)
    if known is not None:
        require_same(known, asked)
        return books.transfers.answer(transfer.id)
    require_alive(books.nominees.deceased_on(transfer.member_id))
    days = {
        office_id: books.days.hold_open(office_id)
        for office_id in sorted((transfer.from_office_id, transfer.to_office_id))
    }
    legs = Legs(days[transfer.from_office_id], days[transfer.to_office_id])
    loans = books.loans.hold([loan.id for loan in books.loans.running_of_member(transfer.member_id)])
    transfer = with_accounts_of(transfer, {loan.id: loan.account_id for loan in loans.values()})
    accounts = _hold(books, transfer)
    require_movable(transfer, accounts, _unallocated(books, transfer))
    settled = _settle_interest(books, transfer, accounts, legs.origin)
    moved = _moved(books, transfer, loans.values(), settled)
    books.transfers.add(transfer, legs, asked)
    books.transfers.open_in_new_book(transfer, moved)
    books.ledger.ensure(charge_of(loan_id, transfer.to_office_id) for loan_id in loans)
    _post_legs(books, transfer, moved, legs)
    for one in moved:
        books.ledger.close(one.old.id)
        if one.loan_id is not None:
            books.loans.move(loans[one.loan_id], one.new_id, transfer.to_office_id, one.code)
    facts = {"from": transfer.from_office_id, "to": transfer.to_office_id}
    books.work.audit("transfer_accounts", "member", transfer.member_id, facts)
    _tell(books, transfer, moved, legs)
    return books.transfers.answer(transfer.id)


def _moved(
    books: Books, transfer: Transfer, loans: Collection[Loan], settled: Mapping[str, Settled]
) -> tuple[Moved, ...]:
    loan_ids = {loan.account_id: loan.id for loan in loans}
    return tuple(
        Moved(
            old=account,
            new_id=new_account_id(transfer.id, account.id),
            code=transfer.codes[account.id],
            amount=account.balance,
            loan_id=loan_ids.get(account.id),
            paid=settled[account.id].paid if account.id in settled else (),
            provisioned=settled[account.id].provisioned if account.id in settled else NOTHING,
        )
        for account in books.ledger.find_accounts(transfer.codes).values()
    )


def _hold(books: Books, transfer: Transfer) -> tuple[MemberAccount, ...]:
    """Drop what she only wished to withdraw, and keep her accounts from moving meanwhile."""
    hers = [
        account
        for account in books.ledger.accounts_of_member(transfer.member_id)
        if not account.closed and account.office_id == transfer.from_office_id
    ]
    for account in hers:
        if account.ledger != Ledgers.LOANS.code:
            withdrawals.drop_wishes(books, account.id)
    offices = (transfer.from_office_id, transfer.to_office_id)
    of_office = [in_transit(office) for office in offices] + list(office_accounts_of(transfer.from_office_id))
    books.ledger.ensure(of_office)
    ids = [account.id for account in hers]
    books.ledger.hold({*ids, *(each.id for each in of_office)})
    return tuple(books.ledger.find_accounts(ids).values())


def _unallocated(books: Books, transfer: Transfer) -> Paisa:
    owed = OfficeAccount(Ledgers.UNALLOCATED_RECEIPTS, transfer.from_office_id, transfer.member_id)
    return Paisa(books.ledger.balance(owed))


def _settle_interest(
    books: Books, transfer: Transfer, accounts: Sequence[MemberAccount], day: OpenDay
) -> dict[str, Settled]:
    """Post what free savings have earned to the day, and let go what was put aside for deposits for a term.

    Returns:
        What was paid on each deposit for a term so far, and what was put aside for each account.
    """
    savings = [account for account in accounts if account.ledger != Ledgers.LOANS.code]
    histories = books.account_closings.histories([account.id for account in savings])
    entries = list[Entry]()
    settled: dict[str, Settled] = {}
    for account in savings:
        agreement, history = books.withdrawals.agreement(account.id), histories[account.id]
        earned = interest_to_the_day(agreement, history, day.on)
        by_runs = is_posted_by_runs(agreement)
        settled[account.id] = Settled(() if by_runs else history.paid, history.provided)
        signed = Signed(
            id=new_account_id(transfer.id, account.id),
            maker_id=books.work.actor.person_id,
            checker_id=books.work.actor.person_id,
            reason="transfer",
        )
        terms = ClosingTerms(
            on=day.on,
            how=ClosingHow.ORDINARY,
            balance=account.balance,
            interest=earned if by_runs else NOTHING,
            charge=NOTHING,
            provisioned=history.provided,
        )
        entries.extend(entries_of_interest(terms, account, day, signed))
    if entries:
        books.ledger.post(entries)
    return settled


def _post_legs(books: Books, transfer: Transfer, moved: Sequence[Moved], legs: Legs) -> None:
    entries = tuple(entries_of_transfer(transfer, moved, legs, maker_id=books.work.actor.person_id))
    if entries:
        books.ledger.post(entries)


def _tell(books: Books, transfer: Transfer, moved: Sequence[Moved], legs: Legs) -> None:
    books.work.tell(
        ACCOUNTS_MOVED,
        {
            "transfer_id": transfer.id,
            "member_id": transfer.member_id,
            "from_office_id": transfer.from_office_id,
            "to_office_id": transfer.to_office_id,
            "savings": Paisa(sum(one.amount for one in moved if one.loan_id is None)),
            "loans": Paisa(sum(one.amount for one in moved if one.loan_id is not None)),
            "value_on": legs.value_on,
        },
    )

"""Counter deposits: debit the vault, credit the member, with a final receipt at once (rule P3)."""

from collections.abc import Mapping
from typing import Any

from contracts.errors import NotFound, PersonExcluded
from contracts.money import Paisa
from contracts.transactions.ledger import DEPOSIT_POSTED
from contracts.transactions.ledger_errors import NotCounterDeposit
from transactions.domain.accounts import MemberAccount
from transactions.domain.chart import Ledgers, OfficeAccount
from transactions.domain.days import OpenDay
from transactions.domain.receipts import CounterDeposit, entry_of_deposit, receipt_number
from transactions.domain.requests import require_same
from transactions.repository import Books
from transactions.repository.scope import Scope


def post_deposit(books: Books, deposit: CounterDeposit) -> Mapping[Any, Any]:
    """Post a counter deposit; the same one again gives the same answer.

    Raises:
        NotFound: the account is not in the caller's scope.
        PersonExcluded: it is the caller's own, or of declared kin (rule M8).
        DayNotOpen, DayIsClosing, AccountClosed, IdConflict: as the ledger.
    """
    scope = Scope.of(books.work.actor)
    account = books.passbooks.account(deposit.account_id, scope)
    if account.member_id in books.work.actor.excluded_members:
        raise PersonExcluded
    known = _known(books, deposit)
    if known is not None:
        return known
    day = books.days.hold_open(account.office_id)
    number = books.receipts.hold_number(account.office_id, day.on.year)
    return _known(books, deposit) or _post(books, deposit, account, day, number)


def _known(books: Books, deposit: CounterDeposit) -> Mapping[Any, Any] | None:
    """Look the deposit up: before anything is locked, and again when the branch's numbers are held."""
    known = books.receipts.find(deposit.entry_id)
    if known is not None:
        require_same(known["fingerprint"], deposit.fingerprint)
    return known


def _post(
    books: Books, deposit: CounterDeposit, account: MemberAccount, day: OpenDay, number: int
) -> Mapping[Any, Any]:
    office = books.people.office(account.office_id, Scope.everything())
    receipt = receipt_number(office.code, day.on.year, number)
    entry = entry_of_deposit(deposit, account, day, receipt)
    books.ledger.ensure([OfficeAccount(Ledgers.VAULT, account.office_id)])
    balance = books.ledger.post([entry]).balance_after(account.id)
    books.receipts.issue(
        {
            "entry_id": entry.id,
            "office_id": entry.office_id,
            "year": day.on.year,
            "number": number,
            "text": receipt,
            "paid_by": deposit.paid_by,
        }
    )
    books.work.audit("post_deposit", "entry", entry.id, {"account_id": account.id, "amount": deposit.amount})
    _tell(books, deposit, account, day, receipt, balance)
    posted = books.receipts.find(entry.id)
    assert posted is not None
    return posted


def _tell(
    books: Books, deposit: CounterDeposit, account: MemberAccount, day: OpenDay, receipt: str, balance: Paisa
) -> None:
    books.work.tell(
        DEPOSIT_POSTED,
        {
            "entry_id": deposit.entry_id,
            "office_id": account.office_id,
            "member_id": account.member_id,
            "account_id": account.id,
            "account_code": account.code,
            "product_name_bn": account.product_name_bn,
            "product_name_en": account.product_name_en,
            "amount": deposit.amount,
            "balance": balance,
            "receipt_number": receipt,
            "business_on": day.on,
            "value_on": day.on,
        },
    )


def print_receipt(books: Books, entry_id: str) -> dict[str, Any]:
    """Return a receipt for the printer, and note that it was printed (rule P3).

    Raises:
        NotCounterDeposit: the entry has none, or not for this caller.
    """
    found = books.receipts.find(entry_id)
    if found is None:
        raise NotCounterDeposit
    scope = Scope.of(books.work.actor)
    try:
        account = books.passbooks.account(found["account_id"], scope)
    except NotFound:
        raise NotCounterDeposit from None
    member = books.people.member(account.member_id, scope)
    office = books.people.office(account.office_id, Scope.everything())
    taken_by = books.people.names_of([found["officer_id"]]).get(found["officer_id"])
    times = books.receipts.print(entry_id, books.work.actor.person_id)
    books.work.audit("print_receipt", "entry", entry_id, {"times": times})
    return {
        **found,
        "number": found["receipt_number"],
        "duplicate": times > 1,
        "printed_times": times,
        "office_name_bn": office.name_bn,
        "office_name_en": office.name_en,
        "member_code": member.code,
        "member_name_bn": member.name_bn,
        "member_name_en": member.name_en,
        "account_code": account.code,
        "product_name_bn": account.product_name_bn,
        "product_name_en": account.product_name_en,
        "taken_by_bn": taken_by.name_bn if taken_by else None,
        "taken_by_en": taken_by.name_en if taken_by else None,
    }

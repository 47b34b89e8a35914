"""Counter deposits: debit the vault, credit the member, with a final receipt at once (rule P3)."""

from collections.abc import Mapping
from typing import Any

from contracts.errors import IdConflict, NotFound, PersonExcluded
from contracts.transactions.ledger import DEPOSIT_POSTED
from contracts.transactions.ledger_errors import NotCounterDeposit
from contracts.transactions.lending_errors import IsALoan
from transactions.domain.accounts import MemberAccount
from transactions.domain.chart import Ledgers, OfficeAccount
from transactions.domain.nominees import require_alive
from transactions.domain.receipts import CounterDeposit, entry_of_deposit
from transactions.domain.requests import require_same
from transactions.operations import dormancy
from transactions.operations.lending.printing import printed_account, printed_amounts
from transactions.repository import Books
from transactions.repository.scope import Scope


def post_deposit(books: Books, deposit: CounterDeposit) -> dict[str, Any]:
    """Post a counter deposit with its receipt.

    Raises:
        NotFound: the account is not in the caller's scope.
        PersonExcluded: it is the caller's own, or of declared kin (rule M8).
        DayNotOpen, DayIsClosing, AccountClosed: as the ledger.
        IsALoan: it is a repayment.
        ValueDateOutside: it names a date that rule M2 does not know.
        IdConflict: the id is known. Roll back, so that the receipt's number is free again, then look whether
            it is this very deposit: `answer_again`.
    """
    account = books.passbooks.account(deposit.account_id, Scope.of(books.work.actor))
    if account.member_id in books.work.actor.excluded_members:
        raise PersonExcluded
    if account.is_loan:
        raise IsALoan(account_id=account.id)
    require_alive(books.nominees.deceased_on(account.member_id))
    day = books.days.hold_open(account.office_id)
    number, receipt = books.receipts.next_number(account.office_id, day.on.year)
    entry = entry_of_deposit(deposit, account, day, receipt)
    if deposit.held_in is not Ledgers.VAULT:
        books.ledger.ensure([OfficeAccount(deposit.held_in, account.office_id)])
    folded = books.ledger.post([entry])
    balance = folded.balance_after(account.id)
    dormancy.wake(books, folded, day.on)
    books.receipts.issue(entry.id, entry.office_id, (number, receipt), on=day.on, paid_by=deposit.paid_by)
    books.work.audit("post_deposit", "entry", entry.id, {"account_id": account.id, "amount": deposit.amount})
    posted = {
        "entry_id": entry.id,
        "account_id": account.id,
        "amount": deposit.amount,
        "business_on": day.on,
        "value_on": entry.value_on,
        "receipt_number": receipt,
    }
    books.work.tell(DEPOSIT_POSTED, {**posted, **_names(account), "balance": balance})
    return {**posted, "paid_by": deposit.paid_by, "balance_after": balance}


def answer_again(books: Books, deposit: CounterDeposit) -> Mapping[Any, Any]:
    """Return a deposit that was posted before, when it is the same one.

    Raises:
        NotFound: the account is not in the caller's scope.
        IdConflict: the id was used for something else.
    """
    books.passbooks.account(deposit.account_id, Scope.of(books.work.actor))
    known = books.receipts.find(deposit.entry_id)
    if known is None:
        raise IdConflict
    require_same(known["fingerprint"], deposit.fingerprint)
    return known


def _names(account: MemberAccount) -> dict[str, str]:
    return {
        "office_id": account.office_id,
        "member_id": account.member_id,
        "account_code": account.code,
        "product_name_bn": account.product_name_bn,
        "product_name_en": account.product_name_en,
    }


def print_receipt(books: Books, entry_id: str) -> dict[str, Any]:
    """Return a receipt for the printer, and note that it was printed (rule P3).

    Raises:
        NotCounterDeposit: the entry has none, or not for this caller.
    """
    found = books.receipts.find(entry_id)
    if found is None:
        raise NotCounterDeposit
    owner = _owner(books, found, Scope.of(books.work.actor))
    office = books.people.office(owner.pop("office_id"), Scope.everything())
    taken_by = books.people.names_of([found["officer_id"]]).get(found["officer_id"])
    times = books.receipts.print(entry_id, books.work.actor.person_id)
    books.work.audit("print_receipt", "entry", entry_id, {"times": times})
    return {
        **found,
        **owner,
        "number": found["receipt_number"],
        "duplicate": times > 1,
        "printed_times": times,
        "office_name_bn": office.name_bn,
        "office_name_en": office.name_en,
        "taken_by_bn": taken_by.name_bn if taken_by else None,
        "taken_by_en": taken_by.name_en if taken_by else None,
    }


def _owner(books: Books, found: Mapping[Any, Any], scope: Scope) -> dict[str, Any]:
    """Return whose money a receipt is of: a member's, an applicant's (rule L8), her nominees' (L5)."""
    applicant = books.applicants.of_receipt(found["entry_id"], scope)
    if applicant is not None:
        names = {
            "member_code": None,
            "member_name_bn": applicant.name_bn,
            "member_name_en": applicant.name_en,
        }
        return {"office_id": applicant.branch_id, **names, **_of_ledger(applicant.money)}
    claim = books.nominees.of_payment(found["entry_id"], scope)
    if claim is not None:
        return {
            "office_id": claim.office_id,
            **_of_member(books, claim.member_id, scope),
            **_of_ledger(claim.money),
        }
    try:
        account = printed_account(books, found, scope)
    except NotFound:
        raise NotCounterDeposit from None
    return {
        **printed_amounts(books, found, account),
        "office_id": account.office_id,
        **_of_member(books, account.member_id, scope),
        "account_code": account.code,
        "product_name_bn": account.product_name_bn,
        "product_name_en": account.product_name_en,
    }


def _of_member(books: Books, member_id: str, scope: Scope) -> dict[str, Any]:
    member = books.people.member(member_id, scope)
    return {
        "member_code": member.code,
        "member_name_bn": member.name_bn,
        "member_name_en": member.name_en,
    }


def _of_ledger(account: OfficeAccount) -> dict[str, Any]:
    ledger = account.ledger
    return {
        "account_code": ledger.code,
        "product_name_bn": ledger.name_bn,
        "product_name_en": ledger.name_en,
    }

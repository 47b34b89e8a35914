"""What a counter receipt says where the money is on no savings account of hers (rule P3)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from contracts.errors import NotFound
from contracts.money import NOTHING, Paisa, parse_taka
from transactions.domain.accounts import MemberAccount
from transactions.domain.chart import Ledgers
from transactions.domain.ledger import EntryKind
from transactions.domain.lending.counter import NAMES
from transactions.domain.reversals import BookedRow
from transactions.operations.lending.counter import claim_of
from transactions.repository import Books
from transactions.repository.scope import Scope


def printed_account(books: Books, found: Mapping[Any, Any], scope: Scope) -> MemberAccount:
    """Return what a receipt names: an account of hers, a fee, or the loan that is recovered.

    Raises:
        NotFound: it is not in the caller's scope.
    """
    if found["kind"] == EntryKind.RECOVERY:
        return _recovered(books, found["account_id"], scope)
    fee = books.loan_endings.fee(found["entry_id"])
    if fee is None:
        return books.passbooks.account(found["account_id"], scope)
    member = books.people.member(fee["member_id"], scope)
    name_bn, name_en = NAMES[fee["kind"]]
    return _nothing_on(found["account_id"], member.id, fee["office_id"], member.code or "", name_bn, name_en)


def printed(books: Books, row: BookedRow) -> MemberAccount:
    """Return how money at the counter that is undone is told, with what is left of a claim then."""
    found = {"kind": row.kind, "entry_id": row.entry_id, "account_id": row.account_id}
    account = printed_account(books, found, Scope.everything())
    left = printed_amounts(books, found, account)["balance_after"]
    return replace(account, balance=Paisa(left))


def printed_amounts(books: Books, found: Mapping[Any, Any], account: MemberAccount) -> dict[str, int]:
    """Return the cash of a receipt and what is left: a settlement's cash is not the payoff (rule M11)."""
    if found["kind"] == EntryKind.RECOVERY:
        loan = books.loans.find([account.id])[account.id]
        return {"balance_after": claim_of(books, loan).left}
    if found["kind"] == EntryKind.FEE:
        return {"balance_after": NOTHING}
    asked = books.approvals.find(found["entry_id"]) if found["kind"] == EntryKind.SETTLEMENT else None
    return {"amount": parse_taka(asked.facts["cash"])} if asked else {}


def _recovered(books: Books, account_id: str, scope: Scope) -> MemberAccount:
    loan_id = books.loan_endings.owner_of(account_id)
    if loan_id is None:
        raise NotFound
    loan = books.loans.get(loan_id, scope)
    names = (str(loan.terms["product_name_bn"]), str(loan.terms["product_name_en"]))
    return _nothing_on(loan.id, loan.member_id, loan.office_id, loan.code, *names)


def _nothing_on(
    account_id: str, member_id: str, office_id: str, code: str, name_bn: str, name_en: str
) -> MemberAccount:
    return MemberAccount(
        id=account_id,
        member_id=member_id,
        office_id=office_id,
        code=code,
        ledger=Ledgers.FEES.code,
        product_name_bn=name_bn,
        product_name_en=name_en,
        balance=NOTHING,
        pending_in=NOTHING,
        pending_out=NOTHING,
        closed=True,
    )

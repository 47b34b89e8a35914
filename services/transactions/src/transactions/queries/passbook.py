"""Reading a passbook: the book and what is still on its way, in one order (rules M1, M6)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from typing import Any

from contracts.errors import NotFound
from transactions.domain.accounts import MemberAccount
from transactions.domain.chart import FAMILY_OF_LEDGER
from transactions.domain.passbook import Cursor, Line, merged, newest, next_page, reaches_back_to
from transactions.domain.people import Person
from transactions.repository import Books
from transactions.repository.scope import Scope

_STRANGER = Person("", "", "")


def read_passbook(books: Books, member_id: str) -> dict[str, Any]:
    """Return a member's accounts with the latest lines over all of them, and the fees of that time.

    Raises:
        NotFound: there is no such member for this caller.
    """
    owner = books.passbooks.owner(member_id, Scope.of(books.work.actor))
    accounts = books.ledger.accounts_of_member(member_id)
    ids = [account.id for account in accounts]
    unchecked = books.cut_overs.unchecked(ids)
    book = newest(books.passbooks.lines(ids))
    after = reaches_back_to(book)
    field = books.collection.passbook_lines(member_id, ids, after, None)
    others = books.passbooks.without_principal(ids, after, None)
    fees, taken = books.passbooks.fees(member_id, after)
    return {
        "member": owner,
        "as_of": books.work.now,
        "business_on": owner["business_on"],
        "accounts": [_account(account, unchecked) for account in accounts],
        "lines": _named(books, merged((*book, *others, *fees), (*field, *taken))),
    }


def read_lines(books: Books, account_id: str, before: str | None) -> dict[str, Any]:
    """Return a page of one account's lines, the newest first.

    Raises:
        NotFound: there is no such account for this caller.
        InvalidPayload: `before` is no cursor.
    """
    account = books.passbooks.account(account_id, Scope.of(books.work.actor))
    start = Cursor.read(before) if before else None
    book = books.passbooks.lines([account.id], before=start.sequence if start else None)
    upper = start.recorded_at if start else None
    after = reaches_back_to(book)
    field = books.collection.passbook_lines(account.member_id, [account.id], after, upper)
    others = books.passbooks.without_principal([account.id], after, upper)
    return {"items": _named(books, merged((*book, *others), field)), "next": next_page(book)}


def own_member_id(books: Books) -> str:
    """Return the member who asks.

    Raises:
        NotFound: it is not a member.
    """
    if books.work.actor.kind != "member":
        raise NotFound
    return books.work.actor.person_id


def _account(account: MemberAccount, unchecked: Collection[str]) -> dict[str, Any]:
    return {
        "account_id": account.id,
        "code": account.code,
        "kind": FAMILY_OF_LEDGER[account.ledger],
        "product_name_bn": account.product_name_bn,
        "product_name_en": account.product_name_en,
        "balance": account.balance,
        "pending_in": account.pending_in,
        "pending_out": account.pending_out,
        "closed": account.closed,
        "unchecked": account.id in unchecked,
    }


def _named(books: Books, lines: Sequence[Line]) -> list[dict[str, Any]]:
    names = books.people.names_of(_officers(lines))
    return [_line(line, names.get(line.officer_id or "", _STRANGER)) for line in lines]


def _officers(lines: Iterable[Line]) -> set[str]:
    return {line.officer_id for line in lines if line.officer_id is not None}


def _line(line: Line, officer: Person) -> dict[str, Any]:
    return {
        **asdict(line),
        "officer_name_bn": officer.name_bn or None,
        "officer_name_en": officer.name_en or None,
    }

"""The registers of loans that ended, and of fees (domain §6)."""

from typing import Any

from contracts.money import NOTHING
from transactions.domain.lending.write_offs import recovery_account
from transactions.repository import Books
from transactions.repository.loan_endings import EndedQuestion
from transactions.repository.scope import Scope

FEES_PAGE = 100


def list_ended_loans(books: Books, asked: EndedQuestion) -> dict[str, Any]:
    """Return a page of an office's ended loans, the newest first; its limit is one more than the page.

    Raises:
        NotFound: the office is not in the caller's scope.
    """
    scope = Scope.of(books.work.actor)
    office = books.people.office(asked.office_id, scope)
    found = books.loan_endings.ended(asked, scope)
    page = found[: asked.limit - 1]
    accounts = {row["loan_id"]: recovery_account(office.id, row["loan_id"]).id for row in page}
    recovered = books.loan_endings.balances(accounts.values())
    items = [{**row, "recovered": recovered.get(accounts[row["loan_id"]], NOTHING)} for row in page]
    last = page[-1] if len(found) > len(page) else None
    return {"items": items, "next": f"{last['ended_on']}:{last['loan_id']}" if last else None}


def list_fees(books: Books, member_id: str, after: str | None) -> dict[str, Any]:
    """Return a page of the fees a member paid, the newest first.

    Raises:
        NotFound: she is not in the caller's scope.
    """
    member = books.people.member(member_id, Scope.of(books.work.actor))
    found = books.loan_endings.fees_of(member.id, after, FEES_PAGE + 1)
    page = found[:FEES_PAGE]
    items = [{**fee, "business_on": fee["on"]} for fee in page]
    return {"items": items, "next": page[-1]["entry_id"] if len(found) > FEES_PAGE else None}

"""Questions about passbook checking; a balance is told only after the paper was typed (rule P5)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from contracts.money import Paisa
from contracts.transactions.passbook_check_words import PassbookCheckState
from transactions.domain.accounts import MemberAccount
from transactions.domain.complaints import Case, Deed
from transactions.domain.days import first_of_month
from transactions.domain.passbook_checks import Paper
from transactions.domain.people import Person
from transactions.repository import Books
from transactions.repository.scope import Scope

_HIDDEN = ("is_gone", "fingerprint", "checked_by", "officer_id", "samity_id")


def list_passbook_checks(books: Books, office_id: str, month: date) -> dict[str, Any]:
    """Return all that was drawn for a branch in a month, by samity and member.

    Raises:
        NotFound: there is no such office for this caller.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    rows = books.passbook_checks.of_month(office.id, first_of_month(month))
    people = books.people.names_of({row["checked_by"] for row in rows if row["checked_by"]})
    today = _today(books, office.id)
    cases = books.complaints.of_checks([row["id"] for row in rows])
    return {"items": [_drawn(row, people, today, cases.get(row["id"])) for row in rows]}


def get_passbook_check(books: Books, check_id: str) -> dict[str, Any]:
    """Return a check with the accounts that the passbook shows: those of then, once it was typed.

    Raises:
        NotFound: there is none for this caller.
    """
    row = books.passbook_checks.one(check_id, Scope.of(books.work.actor))
    case = books.complaints.of_checks([check_id]).get(check_id)
    answered = case.acts.get(Deed.ANSWERED) if case else None
    settler = answered.by if answered else None
    people = books.people.names_of({one for one in (row["checked_by"], settler) if one})
    papers = books.passbook_checks.papers_of(check_id)
    accounts = books.ledger.accounts_of_member(row["member_id"])
    shown = [one for one in accounts if (one.id in papers if papers else not one.closed)]
    settled_by = people.get(settler or "")
    return {
        **_drawn(row, people, _today(books, row["office_id"]), case),
        "settled_by_bn": settled_by.name_bn if settled_by else None,
        "settled_by_en": settled_by.name_en if settled_by else None,
        "settled_at": answered.at if answered else None,
        "reason": answered.answer if answered else None,
        "accounts": [_account(one, papers.get(one.id)) for one in shown],
    }


def _today(books: Books, office_id: str) -> date | None:
    day = books.days.find_open(office_id)
    return day.on if day else None


def _drawn(
    row: Mapping[Any, Any], people: Mapping[str, Person], today: date | None, case: Case | None
) -> dict[str, Any]:
    checked_by = people.get(row["checked_by"])
    waits = row["state"] == PassbookCheckState.WAITING and not row["is_gone"]
    answered = case.acts.get(Deed.ANSWERED) if case else None
    return {
        **{name: value for name, value in row.items() if name not in _HIDDEN},
        "state": PassbookCheckState.SETTLED if answered else row["state"],
        "outcome": answered.outcome if answered else None,
        "complaint_id": case.complaint.id if case else None,
        "left": row["is_gone"],
        "overdue": waits and today is not None and row["due_on"] < today,
        "checked_by_bn": checked_by.name_bn if checked_by else None,
        "checked_by_en": checked_by.name_en if checked_by else None,
    }


def _account(account: MemberAccount, paper: Paper | None) -> dict[str, Any]:
    return {
        "account_id": account.id,
        "code": account.code,
        "product_name_bn": account.product_name_bn,
        "product_name_en": account.product_name_en,
        "is_loan": account.is_loan,
        "paper": paper.paper if paper else None,
        "book": paper.book if paper else None,
        "difference": Paisa(paper.paper - paper.book) if paper else None,
    }

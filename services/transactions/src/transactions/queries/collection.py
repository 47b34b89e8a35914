"""Questions about the collection: lists, a whole sheet, a whole hand-over."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from contracts.errors import InvalidPayload, NotFound
from contracts.money import NOTHING
from contracts.transactions.collection_words import Outcome
from contracts.transactions.float_words import FloatState
from contracts.transactions.lending_endings_words import FeeKind
from transactions.domain.accounts import MemberAccount
from transactions.domain.chart import FAMILY_OF_LEDGER, Ledgers
from transactions.domain.field_payouts import payable
from transactions.domain.lending.counter import fee_account
from transactions.domain.rows import StandingRow
from transactions.domain.savings.withdrawals import Withdrawal
from transactions.domain.sheets import Sheet, untouched_of
from transactions.repository import Books
from transactions.repository.handovers import HandoverFilter
from transactions.repository.scope import Scope
from transactions.repository.sheets import SheetFilter

PAGE = 100


def list_sheets(books: Books, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of sheets in the caller's scope, the latest meeting first."""
    wanted = SheetFilter(
        on=asked["on"],
        officer_id=asked["officer_id"],
        office_id=asked["office_id"],
        status=asked["status"],
        before=dated_cursor(asked["after"]),
    )
    found = books.collection.sheets.listed(wanted, Scope.of(books.work.actor), PAGE + 1)
    return page_of(found, lambda item: f"{item['meeting_on'].isoformat()}_{item['id']}")


def get_sheet(books: Books, sheet_id: str) -> dict[str, Any]:
    """Return a sheet with every member of the samity, her accounts and her rows.

    Who is no member of it any more stands there too, as long as a row of hers does.

    Raises:
        NotFound: there is none, or not for this caller.
    """
    item = books.collection.sheets.item(sheet_id, Scope.of(books.work.actor))
    rows = books.collection.rows.of_sheet(sheet_id).values()
    sheet = books.collection.sheets.find(sheet_id, Scope.everything())
    expected = books.collection.expected(item["samity_id"], sheet.meeting_on)
    payouts = _payouts(books, sheet_id)
    ready = payable(each for each, taken in payouts if taken)
    missing = untouched_of(sheet, expected, ready.values(), rows)
    return {
        **item,
        "rows": _members(books, sheet, tuple(rows), payouts),
        "missing": [asdict(one) for one in missing],
    }


def _payouts(books: Books, sheet_id: str) -> tuple[tuple[Withdrawal, bool], ...]:
    """Return the withdrawals that a sheet's floats are for, and whether the officer has taken the cash."""
    states = {one.id: one.state for one in books.floats.of_sheets([sheet_id])}
    if not states:
        return ()
    carried = books.withdrawals.carried(states)
    return tuple((each, states[each.float_id or ""] is FloatState.ACCEPTED) for each in carried)


def list_compare(books: Books, sheet_id: str) -> dict[str, Any]:
    """Return a sheet's compare list.

    Raises:
        NotFound: there is no such sheet for this caller.
    """
    books.collection.sheets.find(sheet_id, Scope.of(books.work.actor))
    return {"items": books.collection.rows.compared(sheet_id), "next": None}


def get_comparison(books: Books, comparison_id: str) -> dict[str, Any]:
    """Return one row of a compare list.

    Raises:
        NotFound: there is none, or its sheet is not the caller's.
    """
    found = books.collection.rows.comparison(comparison_id)
    if found is None:
        raise NotFound
    books.collection.sheets.find(found["sheet_id"], Scope.of(books.work.actor))
    return found


def list_handovers(books: Books, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of hand-overs in the caller's scope, the latest first."""
    wanted = HandoverFilter(
        office_id=asked["office_id"],
        on=asked["on"],
        status=asked["status"],
        before=dated_cursor(asked["after"]),
    )
    found = books.collection.handovers.listed(wanted, Scope.of(books.work.actor), PAGE + 1)
    return page_of(found, lambda item: f"{item['on'].isoformat()}_{item['id']}")


def get_handover(books: Books, handover_id: str) -> dict[str, Any]:
    """Return a hand-over with its sheets and its counts.

    Raises:
        NotFound: there is none, or not for this caller.
    """
    item = books.collection.handovers.item(handover_id, Scope.of(books.work.actor))
    counts = books.collection.handovers.counts_of(handover_id)
    return {
        **item,
        "sheets": books.collection.handovers.sheets_of(handover_id),
        "counts": [_count(count) for count in counts],
    }


def list_unallocated(books: Books, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of unallocated receipts in the caller's scope."""
    found = books.collection.handovers.unallocated_listed(
        Scope.of(books.work.actor),
        office_id=asked["office_id"],
        settled=asked["settled"],
        after=_id_cursor(asked["after"]),
        limit=PAGE + 1,
    )
    return page_of(found, lambda item: str(item["id"]))


def list_deferrals(books: Books, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of days that closed past a sheet, in the caller's scope, the newest first (rule M3).

    Raises:
        NotFound: the office is not the caller's to see.
    """
    scope = Scope.of(books.work.actor)
    office_id = asked["office_id"]
    found = books.collection.deferrals.listed(
        scope,
        path=books.people.office(office_id, scope).path if office_id else None,
        settled=asked["settled"],
        before=dated_cursor(asked["after"]),
        limit=PAGE + 1,
    )
    return page_of(found, lambda item: f"{item['on'].isoformat()}_{item['id']}")


def get_deferral(books: Books, deferral_id: str) -> dict[str, Any]:
    """Return one deferral.

    Raises:
        NotFound: there is none, or not for this caller.
    """
    return books.collection.deferrals.find(deferral_id, Scope.of(books.work.actor))


def list_row_changes(books: Books, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of what was taken back in an office, with the sums of the period by officer (M6).

    Raises:
        NotFound: the office is not the caller's to see.
    """
    scope = Scope.of(books.work.actor)
    books.people.office(asked["office_id"], scope)
    period = (asked["from_on"], asked["to_on"])
    changes = books.collection.changes
    found = changes.listed(asked["office_id"], period, _id_cursor(asked["after"]), PAGE + 1)
    sums = changes.sums_by_officer(asked["office_id"], period)
    return {**page_of(found, lambda item: str(item["id"])), "officers": sums}


def _members(
    books: Books, sheet: Sheet, rows: Sequence[StandingRow], payouts: Sequence[tuple[Withdrawal, bool]]
) -> list[dict[str, Any]]:
    by_member: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_member[row.row.member_id].append(_row(row))
    accounts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for account, asked in (*_savings(books, sheet), *_loans(books, sheet)):
        accounts[account.member_id].append(_shown(account) | asked)
    people = books.collection.rows.people(sheet.samity_id, by_member.keys())
    return [
        {
            **person,
            "fee_account_id": fee_account(FeeKind.FORM, sheet.office_id, person["member_id"]).id,
            "premium_account_id": fee_account(FeeKind.RISK_PREMIUM, sheet.office_id, person["member_id"]).id,
            "accounts": accounts[person["member_id"]],
            "payouts": [
                _payout(each, ready=ready) for each, ready in payouts if each.member_id == person["member_id"]
            ],
            "rows": by_member[person["member_id"]],
        }
        for person in people
        if person["member_id"] in accounts or person["member_id"] in by_member
    ]


def _savings(books: Books, sheet: Sheet) -> Iterator[tuple[MemberAccount, dict[str, Any]]]:
    """Return the samity's savings: general ones ask for a row always, monthly ones while something is due."""
    on_sheet = books.collection.terms.on_sheet(sheet.samity_id, sheet.meeting_on)
    terms = {agreement.account_id: asked for agreement, asked in on_sheet}
    for account in books.ledger.savings_of_samity(sheet.samity_id):
        term = terms.get(account.id)
        due = term is not None and term.due > NOTHING
        expected = due or account.ledger == Ledgers.GENERAL_SAVINGS.code
        yield account, {"expected": expected, "loan": None, "term": term}


def _loans(books: Books, sheet: Sheet) -> Iterator[tuple[MemberAccount, dict[str, Any]]]:
    """Return the running loans of the samity with what the sheet asks for."""
    on_sheet = books.loans.on_sheet(sheet.samity_id, sheet.meeting_on)
    accounts = books.ledger.find_accounts({each.loan.account_id for each in on_sheet})
    for each in on_sheet:
        asked = {"expected": each.due > NOTHING, "loan": each, "term": None}
        yield accounts[each.loan.account_id], asked


def _shown(account: MemberAccount) -> dict[str, Any]:
    return {
        "account_id": account.id,
        "code": account.code,
        "kind": FAMILY_OF_LEDGER[account.ledger],
        "product_name_bn": account.product_name_bn,
        "product_name_en": account.product_name_en,
        "balance": account.balance,
        "pending": account.pending_in,
    }


def _payout(withdrawal: Withdrawal, *, ready: bool) -> dict[str, Any]:
    return {
        "withdrawal_id": withdrawal.id,
        "float_id": withdrawal.float_id,
        "account_id": withdrawal.account_id,
        "amount": withdrawal.amount,
        "ready": ready,
    }


def _row(row: StandingRow) -> dict[str, Any]:
    said = row.row
    return {
        "row_id": said.row_id,
        "version": said.version,
        "account_id": said.account_id,
        "kind": said.kind,
        "attendance": said.attendance,
        "amount": said.amount,
        "nothing_received": said.nothing_received,
        "note": said.note,
        "paid_by": said.paid_by,
        "second_payment": said.second_payment,
        "receipt_number": said.receipt_number,
        "recorded_at": said.recorded_at,
        "outcome": Outcome.UNALLOCATED if row.code else Outcome.PENDING,
        "state": row.state,
        "code": row.code,
        "return_reason": row.return_reason,
        "withdrawal_id": said.withdrawal_id,
        "mark": said.mark,
    }


def _count(count: Mapping[str, Any]) -> dict[str, Any]:
    difference = count["total"] - count["expected"]
    return {**count, "count_id": count["id"], "difference": difference}


def page_of(found: list[dict[str, Any]], cursor: Callable[[dict[str, Any]], str]) -> dict[str, Any]:
    """Return a page of what was found with one more than a page asked for."""
    more = len(found) > PAGE
    items = found[:PAGE]
    return {"items": items, "next": cursor(items[-1]) if more else None}


def dated_cursor(text: str | None) -> tuple[date, str] | None:
    """Return where a list ordered by day goes on.

    Raises:
        InvalidPayload: the cursor is none that a page named.
    """
    if text is None:
        return None
    day, _, identifier = text.partition("_")
    try:
        return date.fromisoformat(day), str(UUID(identifier))
    except ValueError:
        raise InvalidPayload.of(after="CURSOR") from None


def _id_cursor(text: str | None) -> str | None:
    """Return where a list ordered by id goes on.

    Raises:
        InvalidPayload: the cursor is none that a page named.
    """
    try:
        return None if text is None else str(UUID(text))
    except ValueError:
        raise InvalidPayload.of(after="CURSOR") from None

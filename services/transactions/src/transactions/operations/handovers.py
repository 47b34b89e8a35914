"""Cash from the officer's hands into the vault: declared, counted, posted with its sheets (rules M1, M7)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contracts.errors import IdConflict, MakerIsChecker
from contracts.money import NOTHING, Paisa, format_taka
from contracts.transactions.collection import SHEET_AUTHORISED
from contracts.transactions.collection_errors import ShortageStands
from contracts.transactions.collection_words import HandoverStatus
from contracts.transactions.ledger_words import ApprovalKind
from transactions.domain import handovers as rules
from transactions.domain.accounts import MemberAccount
from transactions.domain.approvals import Approval
from transactions.domain.cash import total_of_slip, whole_slip
from transactions.domain.chart import OfficeAccount
from transactions.domain.days import OpenDay
from transactions.domain.field_fees import FieldFee, fees_of
from transactions.domain.field_payouts import FieldPayout
from transactions.domain.floats import by_sheet
from transactions.domain.handovers import Count, Handover, SheetRows, Signed
from transactions.domain.ledger import Entry
from transactions.domain.lending.collecting import LoanRow
from transactions.domain.people import Person
from transactions.domain.requests import fingerprint, require_same
from transactions.domain.rows import Row
from transactions.domain.sheets import Sheet, require_not_collector
from transactions.operations import dormancy, excesses, field_fees, field_payouts
from transactions.operations.lending import collecting
from transactions.repository import Books
from transactions.repository.scope import Scope


def declare_handover(books: Books, handover_id: str, sheet_ids: Sequence[str], declared_total: Paisa) -> None:
    """Put an officer's complete sheets into one hand-over of the open day (rule M7).

    Raises:
        NotFound: a sheet is not the caller's.
        IdConflict: the id is known with other sheets or another sum.
        DayNotOpen, DayIsClosing: the branch posts nothing now.
        NotOneCollector, SheetHandedOver, SheetNotSubmitted, SheetWaits: as the rule.
        FloatOutstanding: a float for one of them was issued, and not taken (rule M9).
    """
    actor, store = books.work.actor, books.collection
    scope = Scope.of(actor)
    asked = _request(actor.person_id, sheet_ids, declared_total)
    office_id = store.sheets.find(sheet_ids[0], scope).office_id
    day = books.days.hold_open(office_id)
    locked = store.sheets.lock_all(sheet_ids, scope)
    known = store.handovers.fingerprint_of(handover_id)
    if known is not None:
        require_same(known, asked)
        return
    rules.require_one_collector(locked, actor.person_id, handover_id, day.on)
    field_payouts.require_all_taken(books, sheet_ids)
    handover = Handover(
        id=handover_id,
        officer_id=actor.person_id,
        office_id=office_id,
        on=day.on,
        number=store.handovers.next_number(actor.person_id, day.on),
        status=HandoverStatus.DECLARED,
        declared_total=declared_total,
    )
    if not store.handovers.declare(handover, asked):
        raise IdConflict
    store.sheets.hand_over(sheet_ids, handover_id)
    books.work.audit("declare_handover", "handover", handover_id, {"sheets": list(sheet_ids)})


def count_handover(books: Books, handover_id: str, count_id: str, denominations: Mapping[str, int]) -> None:
    """Save what was counted; a saved count stays, and counting again is another count (rule M7).

    Raises:
        NotFound: there is no such hand-over for this caller.
        HandoverAuthorised: it is in the book.
        CollectorCounts, PersonExcluded: it is his own collection, or his own or kin's money (rule M8).
        IdConflict: the count's id is known with another sum or hand-over.
    """
    actor, store = books.work.actor, books.collection
    handover = store.handovers.lock(handover_id, Scope.of(actor))
    sheets = _with_rows(books, store.sheets.lock_handed_over(handover_id))
    rules.require_may_handle(handover, sheets, actor.person_id, actor.excluded_members)
    counted = total_of_slip(denominations)
    known = store.handovers.find_count(count_id)
    if known is not None:
        if (known.handover_id, known.counted_by, known.total) != (handover_id, actor.person_id, counted):
            raise IdConflict
        return
    rules.require_open(handover)
    count = Count(
        id=count_id,
        handover_id=handover_id,
        counted_by=actor.person_id,
        total=counted,
        expected=rules.expected_of(sheets),
    )
    store.handovers.keep_count(count, whole_slip(denominations))
    books.work.audit("count_handover", "handover", handover_id, {"count_id": count_id, "total": counted})


def authorise_handover(books: Books, handover_id: str, count_id: str) -> None:
    """Post all sheets of a hand-over and its cash in this one transaction (rules M1, M7; mechanics D4).

    Raises:
        NotFound: there is no such hand-over for this caller.
        DayNotOpen, DayIsClosing: the branch posts nothing now.
        HandoverAuthorised: it was posted by another count or person.
        CountOutdated, SheetNotSubmitted: as the rule.
        CollectorCounts, PersonExcluded: it is his own collection, or his own or kin's money (rule M8).
    """
    actor, store = books.work.actor, books.collection
    scope = Scope.of(actor)
    day = books.days.hold_open(store.handovers.office_of(handover_id, scope))
    handover = store.handovers.lock(handover_id, scope)
    if store.handovers.authorised_by_count(handover_id) == (count_id, actor.person_id):
        return
    sheets = _with_rows(books, store.sheets.lock_handed_over(handover_id))
    rules.require_may_handle(handover, sheets, actor.person_id, actor.excluded_members)
    count = rules.require_authorisable(handover, store.handovers.find_count(count_id), sheets)
    payouts = field_payouts.payouts_on(books, sheets)
    apart = Apart(collecting.loan_rows(books, sheets), tuple(fees_of(sheets)), payouts)
    _post(books, sheets, count, Signed(handover, day, actor.person_id), apart)
    approval_id = _ask_for_shortage(books, handover, count)
    store.handovers.authorise(
        handover_id, count_id=count_id, authorised_by=actor.person_id, approval_id=approval_id
    )
    _tell(books, sheets, day, apart)
    collecting.end_what_was_collected(books, apart.loans, day.on)
    books.work.audit(
        "authorise_handover", "handover", handover_id, {"count_id": count_id, "total": count.total}
    )


def accept_shortage(books: Books, approval: Approval, *, approve: bool) -> None:
    """Accept what an officer owes after a short count (rule M7).

    Raises:
        ShortageStands: it is in the book; a count cannot be talked away.
        CollectorCounts: the officer himself decides.
        MakerIsChecker: who counted decides.
    """
    if not approve:
        raise ShortageStands
    actor, store = books.work.actor, books.collection
    handover = store.handovers.lock(approval.subject_id, Scope.of(actor))
    require_not_collector(handover.officer_id, actor.person_id)
    count_id, _ = store.handovers.authorised_by_count(handover.id)
    count = store.handovers.find_count(count_id) if count_id else None
    if count is not None and count.counted_by == actor.person_id:
        raise MakerIsChecker
    books.work.audit("accept_shortage", "handover", handover.id)


@dataclass(frozen=True, slots=True)
class Apart:
    """Rows that are not simply credited to an account: those on loans, by row, fees, and withdrawals."""

    loans: Mapping[str, LoanRow]
    fees: tuple[FieldFee, ...]
    payouts: tuple[FieldPayout, ...]

    @property
    def office_accounts(self) -> tuple[OfficeAccount, ...]:
        """The accounts of the office that they touch, so that they are there."""
        of_loans = (account for row in self.loans.values() for account in row.office_accounts)
        return (*of_loans, *(fee.account for fee in self.fees))


def _entries(sheets: Sequence[SheetRows], count: Count, signed: Signed, apart: Apart) -> list[Entry]:
    """Return what is posted together, in its order: nobody's cash is ever less than nothing."""
    of_loans = {row_id: row.postings for row_id, row in apart.loans.items()}
    collected = (rules.collection_entry(each, signed, of_loans) for each in sheets)
    fees = (fee.entry(signed) for fee in apart.fees)
    payouts = (payout.entry(signed) for payout in apart.payouts)
    return [
        entry for entry in (*collected, *fees, *payouts, rules.cash_entry(count, signed)) if entry is not None
    ]


def _post(
    books: Books,
    sheets: Sequence[SheetRows],
    count: Count,
    signed: Signed,
    apart: Apart,
) -> None:
    handover, store, loans = signed.handover, books.collection, apart.loans
    entries = _entries(sheets, count, signed, apart)
    if entries:
        books.ledger.ensure((*rules.office_accounts(handover, sheets), *apart.office_accounts))
        paid = (each.releases for each in apart.payouts)
        folded = books.ledger.post(entries, (*rules.released(sheets), *paid))
        field_payouts.tell(books, apart.payouts, signed.day, folded)
        excesses.draw_passbooks(books, entries[-1], sorted({each.sheet.samity_id for each in sheets}))
        dormancy.wake(books, folded, signed.day.on)
        dormancy.wake_owners(books, {row.loan.account_id for row in loans.values()}, signed.day.on)
    for fee in apart.fees:
        books.loan_endings.add_fee(fee.taken_by(handover.officer_id), handover.office_id, signed.day.on)
    field_payouts.settle(books, sheets, apart.payouts, signed.authorised_by)
    store.rows.mark_authorised([each.sheet.id for each in sheets])
    surplus = [row.unallocated for row in loans.values() if row.unallocated is not None]
    whole_rows = [receipt for each in sheets for receipt in rules.unallocated_of(each)]
    store.handovers.keep_unallocated((*whole_rows, *surplus))
    store.sheets.authorise(handover.id, counted_by=count.counted_by, authorised_by=signed.authorised_by)


def _ask_for_shortage(books: Books, handover: Handover, count: Count) -> str | None:
    """Ask the manager to accept what is short; returns the request's id (rule M7)."""
    if count.difference >= 0:
        return None
    short = Paisa(-count.difference)
    unknown = Person(handover.officer_id, handover.officer_id, handover.officer_id)
    officer = books.people.names_of([handover.officer_id]).get(handover.officer_id, unknown)
    approval = Approval(
        id=books.work.new_id(),
        kind=ApprovalKind.SHORTAGE,
        office_id=handover.office_id,
        subject_id=handover.id,
        amount=short,
        facts={
            "subject_bn": officer.name_bn,
            "subject_en": officer.name_en,
            "officer_id": handover.officer_id,
            "on": handover.on.isoformat(),
            "number": handover.number,
            "expected": format_taka(count.expected),
            "counted": format_taka(count.total),
            "short": format_taka(short),
        },
        fingerprint=fingerprint(ApprovalKind.SHORTAGE, handover_id=handover.id, count_id=count.id),
        maker_id=books.work.actor.person_id,
        made_at=books.work.now,
    )
    books.approvals.propose(approval)
    return approval.id


def _tell(books: Books, sheets: Sequence[SheetRows], day: OpenDay, apart: Apart) -> None:
    """Tell each sheet with what every member's book shows now; money without an account names none.

    A fee is on no account of hers: it is told by itself.
    """
    field_fees.tell(books, apart.fees, day)
    loans = apart.loans
    hers = {row.row.account_id for each in sheets for row in each.rows if row.code is None}
    savings = {row.collected.savings_id for row in loans.values() if row.collected.savings_id}
    accounts = books.ledger.find_accounts(hers | savings)
    for each in sheets:
        lines = [
            line
            for row in each.collected
            for line in (
                collecting.lines_told(loans[row.row.row_id], accounts)
                if row.row.row_id in loans
                else [_line(row.row, accounts.get(row.row.account_id) if row.code is None else None)]
            )
        ]
        books.work.tell(
            SHEET_AUTHORISED,
            {
                "sheet_id": each.sheet.id,
                "office_id": each.sheet.office_id,
                "samity_id": each.sheet.samity_id,
                "business_on": day.on,
                "value_on": each.sheet.meeting_on,
                "lines": lines,
            },
        )


def _line(row: Row, account: MemberAccount | None) -> dict[str, Any]:
    return {
        "row_id": row.row_id,
        "member_id": row.member_id,
        "account_code": account.code if account else None,
        "product_name_bn": account.product_name_bn if account else None,
        "product_name_en": account.product_name_en if account else None,
        "amount": row.amount,
        "nothing_received": row.nothing_received,
        "balance": account.balance if account else None,
        "owed": account is not None and account.is_loan,
        "receipt_number": row.receipt_number,
    }


def _with_rows(books: Books, sheets: Sequence[Sheet]) -> tuple[SheetRows, ...]:
    ids = [sheet.id for sheet in sheets]
    rows, floats = books.collection.rows.of_sheets(ids), by_sheet(books.floats.of_sheets(ids))
    return tuple(SheetRows(sheet, rows.get(sheet.id, ()), floats.get(sheet.id, NOTHING)) for sheet in sheets)


def _request(officer_id: str, sheet_ids: Collection[str], declared_total: Paisa) -> str:
    return fingerprint(
        "declare_handover", by=officer_id, sheets=",".join(sorted(sheet_ids)), total=declared_total
    )

"""Floats: counted out at the branch, taken by the officer's phone, brought back (rule M9)."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from contracts.errors import IdConflict
from contracts.transactions.collection_errors import OfficerNotOfOffice
from contracts.transactions.float_words import FloatState
from transactions.domain import floats as rules
from transactions.domain.days import OpenDay
from transactions.domain.floats import Float
from transactions.domain.handovers import require_no_kin
from transactions.domain.nominees import require_alive
from transactions.domain.requests import require_same
from transactions.domain.savings.withdrawals import Withdrawal, caution_of
from transactions.domain.sheets import Sheet, require_not_collector
from transactions.operations.sheets import holder_of
from transactions.repository import Books
from transactions.repository.scope import Scope


def issue_float(books: Books, float_id: str, sheet_id: str, withdrawal_ids: Sequence[str]) -> None:
    """Set cash apart for agreed withdrawals of a samity; nothing moves until the officer takes it.

    From now on nobody pays them at the counter, and they do not lapse.

    Raises:
        NotFound, WithdrawalNotFound: the sheet, or a withdrawal, is not the caller's.
        IdConflict: the id is known with another sheet or other withdrawals.
        DayNotOpen, DayIsClosing: the branch posts nothing now.
        FieldPaymentsOff, OnlyAtBranch, MemberDeceased: it may not be paid in the field, or no more.
        SheetClosed, FloatNotForDay, NotForTheField, WithdrawalNotOpen, WithdrawalLapsed: as the rules.
        MakerIsChecker: who carries or counts it agreed to one of them (rules M8, M9).
        OfficerNotOfOffice: the samity has no officer.
        CollectorCounts, PersonExcluded: he pays it out himself, or it is his own or kin's money (rule M8).
    """
    actor, scope = books.work.actor, Scope.of(books.work.actor)
    asked = rules.request_of(sheet_id, withdrawal_ids, actor.person_id)
    day = books.days.hold_open(books.collection.sheets.find(sheet_id, scope).office_id)
    sheet = books.collection.sheets.lock(sheet_id, scope)
    known = books.floats.fingerprint_of(float_id)
    if known is not None:
        require_same(known, asked)
        return
    rules.require_may_carry(sheet, day)
    officer_id = _officer_of(books, sheet)
    require_not_collector(officer_id, actor.person_id)
    withdrawals = books.withdrawals.lock_all(withdrawal_ids, scope)
    require_no_kin((each.member_id for each in withdrawals), actor.excluded_members)
    _require_payable(books, withdrawals, sheet, day, {officer_id, actor.person_id})
    one = Float(
        id=float_id,
        sheet_id=sheet.id,
        office_id=sheet.office_id,
        officer_id=officer_id,
        on=day.on,
        amount=rules.total_of(withdrawals),
        state=FloatState.ISSUED,
        fingerprint=asked,
        issued_by=actor.person_id,
    )
    if not books.floats.add(one):
        raise IdConflict
    for each in withdrawals:
        books.withdrawals.change(rules.carried(each, one.id))
    books.work.audit("issue_float", "sheet", sheet.id, {"float_id": one.id, "amount": one.amount})


def _officer_of(books: Books, sheet: Sheet) -> str:
    samity = books.people.samity(sheet.samity_id, Scope.everything())
    officer_id = sheet.collected_by or sheet.substitute_id or samity.officer_id
    if officer_id is None:
        raise OfficerNotOfOffice
    return officer_id


def _require_payable(
    books: Books, withdrawals: Sequence[Withdrawal], sheet: Sheet, day: OpenDay, people: Collection[str]
) -> None:
    """Let each be paid at this meeting, as things stand now."""
    allowed = books.floats.allowed(sheet.office_id, day.on)
    agreements = books.withdrawals.agreements([each.account_id for each in withdrawals])
    members = books.people.members_of([each.member_id for each in withdrawals])
    for each in withdrawals:
        member = members.get(each.member_id)
        require_alive(member.deceased_on if member else None)
        rules.require_for_the_samity(each, member.samity_id if member else None, sheet, day, people)
        rules.require_in_field(caution_of(agreements[each.account_id], day.on), allowed=allowed)


def accept_float(books: Books, float_id: str) -> None:
    """Take the cash: it leaves the vault, and the approvals are on the officer's phone.

    Raises:
        FloatNotFound: there is none, or not for this caller.
        DayNotOpen, DayIsClosing: the branch posts nothing now.
        FloatNotOpen, FloatForHolder: as the rule.
        SheetClosed, FloatNotForDay: its day or its sheet went on meanwhile.
        PersonExcluded: it is for his own account, or declared kin's (rule M8).
        DeviceUnknown: the call names neither a device nor a session.
        InsufficientFunds: the vault holds less.
    """
    actor, scope = books.work.actor, Scope.of(books.work.actor)
    holder = holder_of(actor)
    day, sheet, one = _hold(books, float_id, scope)
    if one.state is FloatState.ACCEPTED and one.officer_id == actor.person_id:
        return
    rules.require_may_carry(sheet, day)
    taken = rules.accept(one, sheet, holder)
    withdrawals = books.withdrawals.lock_carried([one.id])
    require_no_kin((each.member_id for each in withdrawals), actor.excluded_members)
    books.ledger.ensure(rules.office_accounts(one))
    books.ledger.post([rules.entry_of_float(one, day)])
    books.floats.take(taken)
    if sheet.collected_by is None:
        books.collection.sheets.save(replace(sheet, collected_by=one.officer_id))
    books.work.audit("accept_float", "sheet", sheet.id, {"float_id": one.id, "amount": one.amount})


def return_float(books: Books, float_id: str, reason: str) -> None:
    """Take all of a float back, or withdraw one that nobody took; its withdrawals may be paid elsewhere.

    Raises:
        FloatNotFound: there is none, or not for this caller.
        DayNotOpen, DayIsClosing: the branch posts nothing now.
        FloatNotOpen, FloatPaidFrom, CollectorCounts: as the rule.
        PersonExcluded: it is for the caller's own account, or declared kin's (rule M8).
        SheetClosed: the sheet is handed over, and brings the rest itself.
    """
    actor, scope = books.work.actor, Scope.of(books.work.actor)
    day, sheet, one = _hold(books, float_id, scope)
    if one.state in {FloatState.RETURNED, FloatState.WITHDRAWN}:
        return
    withdrawals = books.withdrawals.lock_carried([one.id])
    require_no_kin((each.member_id for each in withdrawals), actor.excluded_members)
    rows = tuple(books.collection.rows.of_sheet(sheet.id).values())
    back = rules.give_back(one, sheet, rows, {each.id for each in withdrawals}, actor.person_id)
    if one.state is FloatState.ACCEPTED:
        books.ledger.post([rules.entry_of_return(one, day, actor.person_id)])
        others = (each for each in books.floats.of_sheets([sheet.id]) if each.id != one.id)
        books.collection.sheets.save(rules.freed(sheet, rows, others))
    release(books, withdrawals)
    books.floats.finish([one.id], back.state, actor.person_id, reason)
    books.work.audit("return_float", "sheet", sheet.id, {"float_id": one.id, "reason": reason})


def release(books: Books, withdrawals: Collection[Withdrawal]) -> None:
    """Let withdrawals that were not paid be paid elsewhere, until they lapse."""
    for each in withdrawals:
        books.withdrawals.change(rules.unpaid(each))


def _hold(books: Books, float_id: str, scope: Scope) -> tuple[OpenDay, Sheet, Float]:
    """Take hold of the day, the sheet and the float, in the one order (mechanics D4)."""
    seen = books.floats.find(float_id, scope)
    day = books.days.hold_open(seen.office_id)
    sheet = books.collection.sheets.lock(seen.sheet_id, scope)
    return day, sheet, books.floats.lock(float_id, scope)

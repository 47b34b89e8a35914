"""Vouchers by hand: one writes, another agrees within his limit, then it is in the book (domain §6)."""

from contracts.limits import require_within_limit
from contracts.money import Paisa
from contracts.transactions.ledger_words import ApprovalKind
from contracts.transactions.manual_errors import VoucherNotPosted, VoucherUndone
from contracts.transactions.manual_words import ManualState
from transactions.domain.approvals import Approval, ApprovalState, permission_of
from transactions.domain.book.manual import Voucher, contrary_of, entry_of_voucher, require_bookable
from transactions.domain.chart import Chart
from transactions.domain.requests import require_same
from transactions.repository import Books
from transactions.repository.manual import KeptVoucher
from transactions.repository.scope import Scope


def propose_voucher(books: Books, voucher: Voucher) -> ApprovalState:
    """Ask for a voucher to be booked.

    Raises:
        NotFound: the office is not in the caller's scope.
        DayNotOpen, DayIsClosing: as the ledger.
        LedgerUnknown, LedgerSumsUp, LedgerControlled, BankAccountUnknown, InvalidPayload, VoucherUnbalanced,
            VoucherMisfit: as `require_bookable`.
        IdConflict: the id was used for another request.
    """
    known = books.approvals.find(voucher.id)
    if known is not None:
        require_same(known.fingerprint, voucher.fingerprint)
        return known.state
    office = books.people.office(voucher.office_id, Scope.of(books.work.actor))
    chart = books.chart.on(books.days.hold_open(office.id).on)
    require_bookable(voucher, chart, books.chart.banks(voucher.office_id))
    return _propose(books, voucher, chart, ApprovalKind.VOUCHER, voucher.id)


def undo_voucher(books: Books, undoing_id: str, voucher_id: str, reason: str) -> ApprovalState:
    """Ask for the contrary of a voucher that is in the book, on the open day (as rules M12 and M13).

    Raises:
        VoucherNotFound: there is none, or not for this caller.
        DayNotOpen, DayIsClosing: as the ledger.
        VoucherNotPosted, VoucherUndone: as `_require_undoable`; the last also when another request runs.
        IdConflict: the id was used for another request.
    """
    kept = books.manual.get(voucher_id, Scope.of(books.work.actor))
    undoing = contrary_of(
        kept.voucher,
        undoing_id=undoing_id,
        reason=reason,
        maker_id=books.work.actor.person_id,
        made_at=books.work.now,
    )
    known = books.approvals.find(undoing_id)
    if known is not None:
        require_same(known.fingerprint, undoing.fingerprint)
        return known.state
    _require_undoable(kept)
    books.days.hold_open(kept.voucher.office_id)
    return _propose(books, undoing, books.chart.whole(), ApprovalKind.VOUCHER_UNDOING, voucher_id)


def decide(books: Books, approval: Approval, *, approve: bool) -> None:
    """Post a voucher on the open day when it is agreed to.

    Raises:
        OverLimit: the amount is for somebody above the caller.
        DayNotOpen, DayIsClosing, InsufficientFunds: as the ledger.
        LedgerUnknown, BankAccountUnknown: as `require_bookable`.
        VoucherUndone: another one undid it meanwhile.
    """
    if not approve:
        return
    actor = books.work.actor
    require_within_limit(actor, Paisa(approval.amount or 0), permission_of(approval.kind))
    voucher = books.manual.get(approval.id, Scope.everything()).voucher
    day = books.days.hold_open(voucher.office_id)
    if voucher.undoes_id is not None:
        _require_undoable(books.manual.get(voucher.undoes_id, Scope.everything()))
    chart = books.chart.on(day.on)
    require_bookable(voucher, chart, books.chart.banks(voucher.office_id))
    entry = entry_of_voucher(voucher, chart, day, actor.person_id)
    books.ledger.ensure(line.account(day.office_id, chart) for line in voucher.lines)
    books.ledger.post([entry])
    facts = {"kind": voucher.kind.value, "amount": voucher.amount, "undoes_id": voucher.undoes_id}
    books.work.audit("post_voucher", "entry", entry.id, facts)


def _require_undoable(kept: KeptVoucher) -> None:
    """Let a voucher be undone that is in the book.

    Raises:
        VoucherNotPosted: it waits, or was declined.
        VoucherUndone: it was undone, or is itself the undoing of another.
    """
    if kept.state is ManualState.UNDONE or kept.voucher.undoes_id is not None:
        raise VoucherUndone
    if kept.state is not ManualState.POSTED:
        raise VoucherNotPosted(state=kept.state.value)


def _propose(
    books: Books, voucher: Voucher, chart: Chart, kind: ApprovalKind, subject_id: str
) -> ApprovalState:
    approval = Approval(
        id=voucher.id,
        kind=kind.value,
        office_id=voucher.office_id,
        subject_id=subject_id,
        amount=voucher.amount,
        fingerprint=voucher.fingerprint,
        maker_id=voucher.maker_id,
        made_at=voucher.made_at,
        facts=voucher.facts(chart, books.chart.banks(voucher.office_id)),
    )
    if not books.approvals.propose(approval):
        faster = books.approvals.find(voucher.id)
        if faster is None:
            raise VoucherUndone
        require_same(faster.fingerprint, voucher.fingerprint)
        return faster.state
    books.manual.add(voucher)
    books.work.audit("propose_voucher", "voucher", voucher.id, {"amount": voucher.amount})
    return ApprovalState.WAITING

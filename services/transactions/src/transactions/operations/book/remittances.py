"""Money and charges between offices: sent by two people of one, taken in by two of the other (rule L6)."""

from collections.abc import Iterable

from contracts.limits import require_within_limit
from contracts.money import Paisa, format_taka
from contracts.transactions.book_errors import RemittanceTaken
from contracts.transactions.ledger_words import ApprovalKind
from transactions.domain.approvals import Approval, ApprovalState, permission_of
from transactions.domain.book.additions import BankAccount
from transactions.domain.book.manual import Line, told_lines
from transactions.domain.book.remittances import (
    Place,
    Remittance,
    Taking,
    entry_of_sending,
    entry_of_taking,
    require_takable,
    require_two_offices,
)
from transactions.domain.chart import Chart
from transactions.domain.ledger import Entry
from transactions.domain.requests import require_same
from transactions.repository import Books
from transactions.repository.scope import Scope


def send_money(books: Books, remittance: Remittance) -> ApprovalState:
    """Ask for money to be sent to another office.

    Raises:
        NotFound: the sender is not in the caller's scope, or there is no such other office.
        RemittanceToItself: as `require_two_offices`.
        DayNotOpen, DayIsClosing, LedgerUnknown, LedgerSumsUp, LedgerControlled, BankAccountUnknown,
            InvalidPayload: as `_require_kept`.
        IdConflict: the id was used for another request.
    """
    known = books.approvals.find(remittance.id)
    if known is not None:
        require_same(known.fingerprint, remittance.fingerprint)
        return known.state
    sender = books.people.office(remittance.from_office_id, Scope.of(books.work.actor))
    require_two_offices(remittance)
    target = books.people.office(remittance.to_office_id, Scope.everything())
    chart, banks = _require_kept(books, remittance.place, remittance.amount)
    approval = Approval(
        id=remittance.id,
        kind=ApprovalKind.REMITTANCE.value,
        office_id=sender.id,
        subject_id=remittance.id,
        amount=remittance.amount,
        fingerprint=remittance.fingerprint,
        maker_id=remittance.maker_id,
        made_at=remittance.made_at,
        facts={
            "subject_bn": f"{sender.name_bn} → {target.name_bn}",
            "subject_en": f"{sender.name_en} → {target.name_en}",
            "amount": format_taka(remittance.amount),
            **told_lines(remittance.lines, chart, banks),
            "evidence": remittance.reference,
            "reason": remittance.narration,
        },
    )
    if not books.approvals.propose(approval):
        faster = books.approvals.find(remittance.id)
        require_same(faster.fingerprint if faster else None, remittance.fingerprint)
        return ApprovalState.WAITING
    books.remittances.add(remittance)
    books.work.audit("send_money", "remittance", remittance.id, {"amount": remittance.amount})
    return ApprovalState.WAITING


def take_money(books: Books, taking: Taking) -> ApprovalState:
    """Ask for what was sent to be taken in.

    Raises:
        RemittanceNotFound: there is none for this caller.
        NotFound: the office is not in the caller's scope.
        NotItsOffice, RemittanceMisfit, RemittanceNotSent, RemittanceTaken: as `require_takable`; the last
            also when another request runs.
        DayNotOpen, DayIsClosing, LedgerUnknown, LedgerSumsUp, LedgerControlled, BankAccountUnknown,
            InvalidPayload: as `_require_kept`.
        IdConflict: the id was used for another request.
    """
    known = books.approvals.find(taking.id)
    if known is not None:
        require_same(known.fingerprint, taking.fingerprint)
        return known.state
    scope = Scope.of(books.work.actor)
    kept = books.remittances.get(taking.remittance_id, scope)
    office = books.people.office(taking.place.office_id, scope)
    require_takable(kept.remittance, kept.state, taking.place)
    chart, banks = _require_kept(books, taking.place, kept.remittance.amount)
    approval = Approval(
        id=taking.id,
        kind=ApprovalKind.REMITTANCE_TAKING.value,
        office_id=office.id,
        subject_id=taking.remittance_id,
        amount=kept.remittance.amount,
        fingerprint=taking.fingerprint,
        maker_id=taking.maker_id,
        made_at=taking.made_at,
        facts={
            "subject_bn": f"{kept.names['from_office_bn']} → {kept.names['to_office_bn']}",
            "subject_en": f"{kept.names['from_office_en']} → {kept.names['to_office_en']}",
            "amount": format_taka(kept.remittance.amount),
            **told_lines(kept.remittance.lines_of_taking(taking.place), chart, banks),
            "evidence": taking.reference,
            "reason": kept.remittance.narration,
        },
    )
    if not books.approvals.propose(approval):
        faster = books.approvals.find(taking.id)
        if faster is None:
            raise RemittanceTaken
        require_same(faster.fingerprint, taking.fingerprint)
        return faster.state
    books.remittances.add_taking(taking)
    books.work.audit("take_money", "remittance", taking.remittance_id, {"office_id": office.id})
    return ApprovalState.WAITING


def decide_sending(books: Books, approval: Approval, *, approve: bool) -> None:
    """Post the first leg on the sender's open day.

    Raises:
        OverLimit: the amount is for somebody above the caller.
        DayNotOpen, DayIsClosing, InsufficientFunds: as the ledger.
    """
    if not approve:
        return
    remittance = books.remittances.get(approval.id, Scope.everything()).remittance
    require_within_limit(books.work.actor, remittance.amount, permission_of(approval.kind))
    day = books.days.hold_open(remittance.from_office_id)
    chart = books.chart.on(day.on)
    entry = entry_of_sending(remittance, chart, day, books.work.actor.person_id)
    _post(books, entry, remittance.lines, chart)


def decide_taking(books: Books, approval: Approval, *, approve: bool) -> None:
    """Post the second leg on the open day of the office that takes it in.

    Raises:
        OverLimit: the amount is for somebody above the caller.
        DayNotOpen, DayIsClosing: as the ledger.
        RemittanceTaken, RemittanceNotSent: things moved meanwhile.
    """
    if not approve:
        return
    taking = books.remittances.taking(approval.id)
    kept = books.remittances.get(taking.remittance_id, Scope.everything())
    require_within_limit(books.work.actor, kept.remittance.amount, permission_of(approval.kind))
    require_takable(kept.remittance, kept.state, taking.place)
    day = books.days.hold_open(taking.place.office_id)
    chart = books.chart.on(day.on)
    entry = entry_of_taking(kept.remittance, taking, chart, day, books.work.actor.person_id)
    _post(books, entry, kept.remittance.lines_of_taking(taking.place), chart)


def _require_kept(books: Books, place: Place, amount: Paisa) -> tuple[Chart, tuple[BankAccount, ...]]:
    """Let an amount be moved at a place of an office on its open day.

    Returns:
        The chart of the day, and the office's accounts at banks.

    Raises:
        DayNotOpen, DayIsClosing: as the ledger.
        LedgerUnknown, LedgerSumsUp, LedgerControlled, BankAccountUnknown, InvalidPayload: as
            `Place.require_kept`.
    """
    chart = books.chart.on(books.days.hold_open(place.office_id).on)
    banks = books.chart.banks(place.office_id)
    place.require_kept(amount, chart, banks)
    return chart, banks


def _post(books: Books, entry: Entry, lines: Iterable[Line], chart: Chart) -> None:
    books.ledger.ensure(line.account(entry.office_id, chart) for line in lines)
    books.ledger.post([entry])
    books.work.audit(f"post_{entry.kind.value}", "entry", entry.id, {"office_id": entry.office_id})

"""Ledgers and accounts at banks are added by head office: one proposes, another puts in force (P7)."""

from contracts.transactions.chart_errors import BankAccountKnown, LedgerKnown, MappingKnown
from contracts.transactions.ledger_words import ApprovalKind
from transactions.domain.approvals import Approval, ApprovalState
from transactions.domain.book.additions import (
    BankAccount,
    LedgerRequest,
    added_ledger,
    bank_account_of,
    ledger_request_of,
    require_to_begin,
)
from transactions.domain.book.mappings import LedgerMapping, mapping_of_facts, require_below_its_kind
from transactions.domain.chart import Ledger
from transactions.domain.requests import require_same
from transactions.repository import Books
from transactions.repository.scope import Scope


def propose_ledger(books: Books, request: LedgerRequest) -> ApprovalState:
    """Ask for one more ledger.

    Raises:
        LedgerOutdated: it would begin before today.
        LedgerKnown, LedgerUnknown, LedgerMisplaced, CashIsCounted: as `added_ledger`.
        IdConflict: the id was used for another request.
    """
    known = books.approvals.find(request.id)
    if known is not None:
        require_same(known.fingerprint, request.fingerprint)
        return known.state
    require_to_begin(request.effective_on, books.work.today)
    added_ledger(request, books.chart.whole())
    return _propose(
        books,
        ApprovalKind.LEDGER,
        Approval(
            id=request.id,
            kind=ApprovalKind.LEDGER.value,
            office_id=books.work.actor.office_id or "",
            subject_id=request.id,
            fingerprint=request.fingerprint,
            maker_id=request.maker_id,
            made_at=books.work.now,
            facts=request.facts,
        ),
    )


def decide_ledger(books: Books, approval: Approval, *, approve: bool) -> None:
    """Put a ledger into the chart.

    Raises:
        LedgerOutdated: its day is over meanwhile; who wants it proposes another day.
        LedgerKnown, LedgerUnknown, LedgerMisplaced, CashIsCounted: as `added_ledger`.
    """
    if not approve:
        return
    request = ledger_request_of(approval.id, approval.maker_id, approval.facts)
    require_to_begin(request.effective_on, books.work.today)
    ledger = added_ledger(request, books.chart.whole())
    if not books.chart.add(ledger, request.effective_on, approval, books.work.actor.person_id):
        raise LedgerKnown(ledger=ledger.code)


def propose_mapping(books: Books, mapping: LedgerMapping, reason: str, maker_id: str) -> ApprovalState:
    """Ask for accounts of a product to be opened under a ledger of its own.

    Raises:
        LedgerOutdated: it would begin before today.
        LedgerUnknown, LedgerSumsUp, MappingMisplaced: as `require_below_its_kind`.
        IdConflict: the id was used for another request.
    """
    asked = mapping.fingerprint(maker_id, reason)
    known = books.approvals.find(mapping.id)
    if known is not None:
        require_same(known.fingerprint, asked)
        return known.state
    ledger = _require_mappable(books, mapping)
    names = {"subject_bn": f"{ledger.code} {ledger.name_bn}", "subject_en": f"{ledger.code} {ledger.name_en}"}
    return _propose(
        books,
        ApprovalKind.LEDGER_MAPPING,
        Approval(
            id=mapping.id,
            kind=ApprovalKind.LEDGER_MAPPING.value,
            office_id=books.work.actor.office_id or "",
            subject_id=mapping.id,
            fingerprint=asked,
            maker_id=maker_id,
            made_at=books.work.now,
            facts={**names, **mapping.facts, "reason": reason},
        ),
    )


def decide_mapping(books: Books, approval: Approval, *, approve: bool) -> None:
    """Put a mapping in force from its day on; accounts that are open stay where they are.

    Raises:
        LedgerOutdated: its day is over meanwhile.
        LedgerUnknown, LedgerSumsUp, MappingMisplaced: as `require_below_its_kind`.
        MappingKnown: the product has another one from that day on.
    """
    if not approve:
        return
    mapping = mapping_of_facts(approval.id, approval.facts)
    _require_mappable(books, mapping)
    if not books.mappings.add(mapping, approval, books.work.actor.person_id):
        raise MappingKnown(on=mapping.effective_on.isoformat())


def _require_mappable(books: Books, mapping: LedgerMapping) -> Ledger:
    require_to_begin(mapping.effective_on, books.work.today)
    return require_below_its_kind(mapping, books.chart.on(mapping.effective_on))


def propose_bank_account(books: Books, account: BankAccount, reason: str, maker_id: str) -> ApprovalState:
    """Ask for an account at a bank to be kept for an office.

    Raises:
        NotFound: the office is not in the caller's scope.
        BankAccountKnown: the bank's account of that number is kept already.
        IdConflict: the id was used for another request.
    """
    asked = account.fingerprint(maker_id, reason)
    known = books.approvals.find(account.id)
    if known is not None:
        require_same(known.fingerprint, asked)
        return known.state
    office = books.people.office(account.office_id, Scope.of(books.work.actor))
    if books.chart.bank_is_known(account):
        raise BankAccountKnown
    facts = {
        **account.facts,
        "office_bn": office.name_bn,
        "office_en": office.name_en,
        "reason": reason,
    }
    return _propose(
        books,
        ApprovalKind.BANK_ACCOUNT,
        Approval(
            id=account.id,
            kind=ApprovalKind.BANK_ACCOUNT.value,
            office_id=office.id,
            subject_id=account.id,
            fingerprint=asked,
            maker_id=maker_id,
            made_at=books.work.now,
            facts=facts,
        ),
    )


def decide_bank_account(books: Books, approval: Approval, *, approve: bool) -> None:
    """Keep an account at a bank.

    Raises:
        BankAccountKnown: the bank's account of that number was approved meanwhile.
    """
    if not approve:
        return
    account = bank_account_of(approval.id, approval.office_id, approval.facts)
    if not books.chart.add_bank(account, approval.maker_id, books.work.actor.person_id):
        raise BankAccountKnown


def _propose(books: Books, kind: ApprovalKind, approval: Approval) -> ApprovalState:
    if not books.approvals.propose(approval):
        faster = books.approvals.find(approval.id)
        require_same(faster.fingerprint if faster else None, approval.fingerprint)
    books.work.audit(f"propose_{kind.value}", kind.value, approval.id, dict(approval.facts))
    return ApprovalState.WAITING

"""Money of hers that had no account: put onto one, or paid back (rule M5)."""

from contracts.transactions.collection_errors import (
    AccountNotHers,
    UnallocatedNotPosted,
    UnallocatedResolved,
)
from transactions.domain.accounts import MemberAccount
from transactions.domain.handovers import (
    UnallocatedReceipt,
    require_no_kin,
    resolution_entry,
)
from transactions.domain.rows import COLLECTED_LEDGERS
from transactions.domain.sheets import require_not_collector
from transactions.operations.lending import crediting
from transactions.repository import Books
from transactions.repository.handovers import Resolution
from transactions.repository.scope import Scope


def resolve_unallocated(books: Books, row_id: str, to_account_id: str | None, reason: str) -> None:
    """Put an unallocated receipt onto an account of hers; without one, pay it back from the vault.

    Raises:
        NotFound: there is no such receipt for this caller.
        UnallocatedNotPosted: its hand-over is not in the book yet.
        UnallocatedResolved: it was settled otherwise.
        AccountNotHers: the account is closed, another member's, or another branch's.
        CollectorCounts, PersonExcluded: he collected it, or it is his own or kin's money (rule M8).
        DayNotOpen, DayIsClosing: the branch posts nothing now.
        InvalidPayload: it is more than all that remains of the loan.
        InsufficientFunds: the vault holds less than is to be paid back.
    """
    actor, store = books.work.actor, books.collection
    scope = Scope.of(actor)
    shown = store.handovers.unallocated_item(row_id, scope)
    sheet = store.sheets.find(shown["sheet_id"], scope) if shown["sheet_id"] else None
    day = books.days.hold_open(shown["office_id"])
    found = store.handovers.lock_unallocated(row_id, scope)
    if found is None:
        raise UnallocatedNotPosted
    receipt, settled = found
    if settled.entry_id is not None:
        _require_same(settled, to_account_id)
        return
    if sheet is not None:
        require_not_collector(sheet.collected_by, actor.person_id)
    require_no_kin([receipt.member_id], actor.excluded_members)
    to = _require_hers(books, receipt, to_account_id)
    loans = books.loans.hold_by_account([to.id] if to else [])
    given = crediting.credits_on(books, to, receipt.amount, receipt.row_id, None) if to else ()
    entry = resolution_entry(receipt, given=given, day=day, by=actor.person_id, reason=reason)
    books.ledger.post([entry])
    crediting.end_what_is_repaid(books, loans, day.on, entry.id)
    state = "refunded" if to_account_id is None else "allocated"
    resolution = Resolution(state=state, to_account_id=to_account_id, entry_id=entry.id)
    store.handovers.resolve(row_id, resolution, by=actor.person_id, reason=reason)
    books.work.audit("resolve_unallocated", "row", row_id, {"state": state, "to": to_account_id})


def _require_same(settled: Resolution, to_account_id: str | None) -> None:
    """Let the same settlement be asked for again."""
    if settled.to_account_id != to_account_id:
        raise UnallocatedResolved(state=settled.state)


def _require_hers(
    books: Books, receipt: UnallocatedReceipt, to_account_id: str | None
) -> MemberAccount | None:
    if to_account_id is None:
        return None
    account = books.ledger.find_accounts([to_account_id]).get(to_account_id)
    hers = (receipt.member_id, receipt.office_id)
    if (
        account is None
        or account.closed
        or account.ledger not in COLLECTED_LEDGERS
        or (account.member_id, account.office_id) != hers
    ):
        raise AccountNotHers
    return account

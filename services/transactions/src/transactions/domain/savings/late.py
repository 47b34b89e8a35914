"""Money whose value date is before interest was credited: the adjusting entry that rule M2 asks for. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from uuid import UUID, uuid5

from contracts.money import Paisa
from transactions.domain.chart import Ledgers, OfficeAccount, Side
from transactions.domain.ledger import Entry, EntryKind, Posting, Standing
from transactions.domain.savings.dues import Movement

_ENTRIES = UUID("8b0a2d5e-0f6c-5b83-9b43-6a0b2c1f7d90")
_OF_RUNS = frozenset({EntryKind.INTEREST, EntryKind.INTEREST_ADJUSTMENT, EntryKind.INTEREST_PROVISION})


def late_movements(entries: Iterable[Entry]) -> dict[str, tuple[Movement, ...]]:
    """Return what entries move before their own day, by account and value date, the oldest first.

    What runs of interest book themselves has its date by rule M15 and comes late for nothing.
    """
    late: dict[str, list[Movement]] = {}
    for entry in entries:
        if entry.value_on < entry.business_on and entry.kind not in _OF_RUNS:
            for posting in entry.postings:
                amount = posting.amount if posting.side is Side.CREDIT else -posting.amount
                late.setdefault(posting.account_id, []).append(Movement(entry.value_on, amount))
    return {account_id: tuple(sorted(moved, key=attrgetter("on"))) for account_id, moved in late.items()}


def adjusting_entries(
    posted: Sequence[Entry],
    corrections: Mapping[str, Sequence[Movement]],
    standings: Mapping[str, Standing],
) -> tuple[Entry, ...]:
    """Return the entries that put credited interest right, each valued as the interest that was wrong.

    What was paid too much is taken back as far as the account can give it: a balance is never negative, and
    the institution bears the rest.

    Args:
        posted: The entries that came late.
        corrections: By how much each posting of interest was wrong, by account.
        standings: The accounts after those entries.
    """
    found = []
    for account_id, movements in sorted(corrections.items()):
        cause = _cause(posted, account_id)
        free = standings[account_id].balance - standings[account_id].pending_out
        for movement in movements:
            amount = max(movement.amount, -max(0, free))
            free += amount
            if amount:
                found.append(_entry(cause, account_id, Movement(movement.on, amount)))
    return tuple(found)


def _entry(cause: Entry, account_id: str, by: Movement) -> Entry:
    entry_id = str(uuid5(_ENTRIES, f"{cause.id}:{account_id}:{by.on.isoformat()}"))
    side = Side.CREDIT if by.amount > 0 else Side.DEBIT
    expense = OfficeAccount(Ledgers.INTEREST_EXPENSE, cause.office_id)
    return Entry(
        id=entry_id,
        office_id=cause.office_id,
        kind=EntryKind.INTEREST_ADJUSTMENT,
        business_on=cause.business_on,
        value_on=by.on,
        maker_id=cause.maker_id,
        checker_id=cause.checker_id,
        reason=cause.reason,
        postings=(
            Posting(account_id, side, Paisa(abs(by.amount)), entry_id),
            Posting(expense.id, side.other, Paisa(abs(by.amount))),
        ),
    )


def _cause(posted: Sequence[Entry], account_id: str) -> Entry:
    return next(
        entry
        for entry in posted
        if entry.value_on < entry.business_on
        and any(posting.account_id == account_id for posting in entry.postings)
    )

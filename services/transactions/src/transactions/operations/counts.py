"""Counting the vault at opening and closing: two people, and counts once saved stay (rule M7)."""

from collections.abc import Mapping
from datetime import date

from contracts.money import Paisa
from contracts.transactions.ledger_errors import DayNotOpen
from transactions.domain.cash import total_of_slip, whole_slip
from transactions.domain.chart import Ledgers, OfficeAccount
from transactions.domain.counts import (
    VaultCount,
    accounts_of_difference,
    entry_of_difference,
    fingerprint_of_count,
    needs_confirming,
    require_agreement,
)
from transactions.domain.requests import require_same
from transactions.repository import Books
from transactions.repository.scope import Scope


def record_vault_count(
    books: Books, count_id: str, *, office_id: str, on: date, moment: str, denominations: Mapping[str, int]
) -> VaultCount:
    """Save a count of the open day, beside what the book holds.

    Raises:
        NotFound: the office is not in the caller's scope.
        DayNotOpen: the date is not the office's open day.
        IdConflict: the id was used for another count.
    """
    scope = Scope.of(books.work.actor)
    office = books.people.office(office_id, scope)
    slip = whole_slip(denominations)
    counted_by = books.work.actor.person_id
    asked = fingerprint_of_count(office_id, on, moment, slip, counted_by)
    day = books.days.hold_open(office.id)
    if day.on != on:
        raise DayNotOpen(office_id=office_id)
    count = VaultCount(
        id=count_id,
        office_id=office_id,
        on=on,
        moment=moment,
        denominations=slip,
        total=total_of_slip(slip),
        booked=Paisa(books.ledger.balance(OfficeAccount(Ledgers.VAULT, office_id))),
        counted_by=counted_by,
        counted_at=books.work.now,
        fingerprint=asked,
    )
    if books.counts.record(count):
        books.work.audit("record_vault_count", "vault_count", count_id, {"total": count.total})
        return count
    known = books.counts.get(count_id, scope)
    require_same(known.fingerprint, asked)
    return known


def confirm_vault_count(books: Books, count_id: str, *, book_difference: bool = False) -> VaultCount:
    """Let a second person say that he saw the same notes, and that what is short or in excess is booked.

    Raises:
        NotFound: there is no such count, or not for this caller.
        MakerIsChecker: he counted himself.
        CountedAlready: somebody else confirmed it.
        DayNotOpen, VaultMoved: the difference belongs to another day, or the book moved since; count again.
    """
    scope = Scope.of(books.work.actor)
    person = books.work.actor.person_id
    count = books.counts.get(count_id, scope)
    if needs_confirming(count, person):
        first = books.counts.confirm(count_id, person)
        count = books.counts.get(count_id, scope)
        needs_confirming(count, person)
        if first and book_difference and count.difference:
            _book_difference(books, count)
        books.work.audit("confirm_vault_count", "vault_count", count_id, {"difference": count.difference})
    return count


def _book_difference(books: Books, count: VaultCount) -> None:
    """Bring the book to what was counted; who counted short owes it, and the second person accepts that."""
    day = books.days.hold_open(count.office_id)
    if day.on != count.on:
        raise DayNotOpen(office_id=count.office_id)
    vault, against = accounts_of_difference(count)
    books.ledger.ensure([vault, against])
    folded = books.ledger.post([entry_of_difference(count, day, books.work.actor.person_id)])
    require_agreement(count, folded.balance_after(vault.id))

"""Counting the vault at opening and closing: two people, and counts once saved stay (rule M7)."""

from collections.abc import Mapping
from datetime import date

from contracts.money import Paisa
from contracts.transactions.ledger_errors import DayNotOpen
from transactions.domain.cash import total_of_slip, whole_slip
from transactions.domain.chart import Ledgers, OfficeAccount
from transactions.domain.counts import VaultCount, fingerprint_of_count, needs_confirming
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


def confirm_vault_count(books: Books, count_id: str) -> VaultCount:
    """Let a second person say that he saw the same notes.

    Raises:
        NotFound: there is no such count, or not for this caller.
        MakerIsChecker: he counted himself.
        CountedAlready: somebody else confirmed it.
    """
    scope = Scope.of(books.work.actor)
    person = books.work.actor.person_id
    count = books.counts.get(count_id, scope)
    if needs_confirming(count, person):
        books.counts.confirm(count_id, person)
        books.work.audit("confirm_vault_count", "vault_count", count_id)
        count = books.counts.get(count_id, scope)
        needs_confirming(count, person)
    return count

"""Closing a day stage by stage: numbers, totals, seal, next day. Each stage is one transaction (R1.8)."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from contracts.transactions.ledger import DAY_CLOSED
from transactions.domain.closings import Closing
from transactions.domain.days import Stage, fiscal_year, next_working_day
from transactions.domain.seal import NOTHING_BEFORE, SALT_BYTES, Seal, leaves_of, root_of
from transactions.domain.vouchers import numbered
from transactions.operations.days import start_day
from transactions.operations.publishing import PUBLISH_SEALS
from transactions.repository import Books

Sign = Callable[[bytes], bytes]
RandomBytes = Callable[[int], bytes]


def advance(books: Books, closing_id: str, *, sign: Sign, random_bytes: RandomBytes) -> bool:
    """Do the next stage of a closing; run again after a crash, it goes on where it was.

    Args:
        books: One open database transaction.
        closing_id: Which closing.
        sign: Signs the seal with the service's key.
        random_bytes: Makes the salts of the leaves.

    Returns:
        Whether there is another stage to do.
    """
    closing = books.closing.lock(closing_id)
    stage = closing.next_stage if closing else None
    if closing is None or stage is None:
        return False
    if stage is Stage.SEALED:
        _seal(books, closing, sign, random_bytes)
    else:
        _WORK[stage](books, closing)
    return stage is not Stage.OPENED


def _number_vouchers(books: Books, closing: Closing) -> None:
    year = fiscal_year(closing.on)
    movements = books.closing.movements(closing.office_id, closing.on)
    last = books.closing.last_numbers(closing.office_id, year)
    books.closing.write_vouchers(closing.office_id, closing.on, numbered(movements, last, year))
    books.closing.reach(closing, Stage.NUMBERED)


def _write_totals(books: Books, closing: Closing) -> None:
    books.closing.write_totals(closing.office_id, closing.on)
    books.closing.reach(closing, Stage.TOTALLED)


def _seal(books: Books, closing: Closing, sign: Sign, random_bytes: RandomBytes) -> None:
    sealed = books.closing.sealed_entries(closing.office_id, closing.on)
    postings = books.closing.sealed_postings(closing.office_id, closing.on)
    leaves = leaves_of(line for line in postings if line.entry_id not in sealed)
    salted = [(leaf, salt, leaf.hash(salt)) for leaf in leaves if (salt := random_bytes(SALT_BYTES))]
    before = books.closing.last_seal(closing.office_id)
    seal = Seal(
        office_id=closing.office_id,
        on=closing.on,
        number=closing.number,
        leaves=len(leaves),
        root=root_of([hashed for _, _, hashed in salted]),
        previous=before.digest() if before else NOTHING_BEFORE,
    )
    books.closing.write_seal(seal, sign(seal.statement()), salted)
    books.work.plan(PUBLISH_SEALS, books.work.new_id(), {"office_id": closing.office_id})
    books.closing.reach(closing, Stage.SEALED)


def _open_next_day(books: Books, closing: Closing) -> None:
    day = books.days.lock(closing.office_id, closing.on)
    assert day is not None
    books.days.close(day, closing.asked_by)
    next_on = books.days.resume(closing.office_id) or _start_next_day(books, closing)
    books.closing.reach(closing, Stage.OPENED, next_on)
    facts = {"on": closing.on.isoformat(), "number": closing.number}
    books.work.audit("seal_day", "office", closing.office_id, facts)
    books.work.tell(DAY_CLOSED, {"office_id": closing.office_id, "on": closing.on, "next_on": next_on})


def _start_next_day(books: Books, closing: Closing) -> date:
    next_on = next_working_day(closing.on, books.days.holidays(closing.office_id, closing.on))
    _leave_no_sheet_between(books, closing.office_id, closing.on, next_on)
    if not books.partitions.has_room(next_on):
        books.partitions.make_room(next_on)
    start_day(books, closing.office_id, next_on, closing.asked_by)
    return next_on


def _leave_no_sheet_between(books: Books, office_id: str, closed_on: date, next_on: date) -> None:
    """Take back untouched sheets of days that nobody works: they would keep every later day from closing."""
    skipped = (closed_on + timedelta(days=1), next_on - timedelta(days=1))
    books.collection.sheets.withdraw(office_id, skipped, ())


_WORK: Mapping[Stage, Callable[[Books, Closing], None]] = {
    Stage.NUMBERED: _number_vouchers,
    Stage.TOTALLED: _write_totals,
    Stage.OPENED: _open_next_day,
}

"""What closing a day writes: vouchers, totals, seals; each statement can be run again."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from transactions.domain.closings import Closing
from transactions.domain.days import Stage
from transactions.domain.periods import CASH
from transactions.domain.published import PublishedSeal, TotalOfDay
from transactions.domain.seal import Leaf, Seal, SealedLeaf, SealedPosting
from transactions.domain.vouchers import Movement, Voucher, VoucherKind
from transactions.models.days import closings, day_totals, days, seal_leaves, seals, vouchers
from transactions.models.metadata import ID
from transactions.models.projections import offices
from transactions.repository.sealed import sealed_postings

_MOVEMENTS = text(
    """
    SELECT entries.id AS entry_id, accounts.ledger,
           coalesce(sum(postings.amount) FILTER (WHERE postings.side = 'debit'), 0)::bigint AS debits,
           coalesce(sum(postings.amount) FILTER (WHERE postings.side = 'credit'), 0)::bigint AS credits
      FROM entries
      JOIN postings ON postings.business_on = entries.business_on AND postings.entry_id = entries.id
      JOIN accounts ON accounts.id = postings.account_id
     WHERE entries.office_id = :office_id AND entries.business_on = :on
       AND NOT EXISTS (SELECT FROM vouchers WHERE vouchers.entry_id = entries.id)
     GROUP BY entries.id, entries.recorded_at, accounts.ledger
     ORDER BY entries.recorded_at, entries.id, accounts.ledger
    """
).columns(entry_id=ID)

_WRITE_TOTALS = text(
    """
    WITH lines AS (
        SELECT coalesce(accounts.booked_under, accounts.ledger) AS ledger, postings.side, postings.amount,
               bool_or(accounts.ledger = ANY(:cash)) OVER (PARTITION BY postings.entry_id)
                   AND accounts.ledger <> ALL(:cash) AS of_cash
          FROM entries
          JOIN postings ON postings.business_on = entries.business_on AND postings.entry_id = entries.id
          JOIN accounts ON accounts.id = postings.account_id
         WHERE entries.office_id = :office_id AND entries.business_on = :on
    ), moved AS (
        SELECT ledger,
               coalesce(sum(amount) FILTER (WHERE side = 'debit'), 0) AS debits,
               coalesce(sum(amount) FILTER (WHERE side = 'credit'), 0) AS credits,
               coalesce(sum(amount) FILTER (WHERE side = 'credit' AND of_cash), 0) AS received,
               coalesce(sum(amount) FILTER (WHERE side = 'debit' AND of_cash), 0) AS paid
          FROM lines GROUP BY ledger
    ), before AS (
        SELECT ledger, debits_to_date, credits_to_date, received_to_date, paid_to_date FROM day_totals
         WHERE office_id = :office_id
           AND "on" = (SELECT max("on") FROM day_totals WHERE office_id = :office_id AND "on" < :on)
    )
    INSERT INTO day_totals
           (office_id, "on", ledger, debits, credits, received, paid,
            debits_to_date, credits_to_date, received_to_date, paid_to_date)
    SELECT :office_id, :on, ledger, coalesce(moved.debits, 0), coalesce(moved.credits, 0),
           coalesce(moved.received, 0), coalesce(moved.paid, 0),
           coalesce(before.debits_to_date, 0) + coalesce(moved.debits, 0),
           coalesce(before.credits_to_date, 0) + coalesce(moved.credits, 0),
           coalesce(before.received_to_date, 0) + coalesce(moved.received, 0),
           coalesce(before.paid_to_date, 0) + coalesce(moved.paid, 0)
      FROM moved FULL JOIN before USING (ledger)
    ON CONFLICT (office_id, "on", ledger) DO UPDATE
       SET debits = excluded.debits, credits = excluded.credits,
           received = excluded.received, paid = excluded.paid,
           debits_to_date = excluded.debits_to_date, credits_to_date = excluded.credits_to_date,
           received_to_date = excluded.received_to_date, paid_to_date = excluded.paid_to_date
     WHERE (day_totals.debits, day_totals.credits) <> (excluded.debits, excluded.credits)
    """
)


class ClosingStore:
    """The closing of days and what it leaves behind."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._now = work.now

    def ask(self, closing: Closing) -> None:
        """Write that a day is to be closed; one that was asked for already stays as it is."""
        self._session.execute(
            insert(closings)
            .values(
                id=closing.id,
                office_id=closing.office_id,
                on=closing.on,
                stage=closing.stage,
                asked_by=closing.asked_by,
                asked_at=self._now,
                number=closing.number,
            )
            .on_conflict_do_nothing()
        )

    def find(self, office_id: str, on: date) -> Closing | None:
        """Return the newest closing of a day: a reopened one has several (rule M16)."""
        return self._closing((closings.c.office_id == office_id) & (closings.c.on == on), lock=False)

    def lock(self, closing_id: str) -> Closing | None:
        """Return a closing that nobody else advances until this transaction ends."""
        return self._closing(closings.c.id == closing_id, lock=True)

    def reach(self, closing: Closing, stage: Stage, next_on: date | None = None) -> None:
        """Write how far a closing has come."""
        finished = self._now if stage is Stage.OPENED else None
        self._session.execute(
            update(closings)
            .where(closings.c.id == closing.id)
            .values(stage=stage, next_on=next_on, finished_at=finished)
        )

    def movements(self, office_id: str, on: date) -> tuple[Movement, ...]:
        """Return what the day's entries without a voucher moved, in posting order."""
        rows = self._session.execute(_MOVEMENTS, {"office_id": office_id, "on": on})
        return tuple(Movement(row.entry_id, row.ledger, row.debits, row.credits) for row in rows)

    def last_numbers(self, office_id: str, fiscal_year: str) -> dict[VoucherKind, int]:
        """Return the last voucher number of each kind in a fiscal year."""
        query = (
            select(vouchers.c.kind, func.max(vouchers.c.number).label("number"))
            .where(vouchers.c.office_id == office_id, vouchers.c.fiscal_year == fiscal_year)
            .group_by(vouchers.c.kind)
        )
        return {VoucherKind(row.kind): row.number for row in self._session.execute(query)}

    def write_vouchers(self, office_id: str, on: date, numbered: Iterable[Voucher]) -> None:
        """Write the numbers of a day's entries."""
        rows = [
            {
                "entry_id": voucher.entry_id,
                "office_id": office_id,
                "business_on": on,
                "kind": voucher.kind.value,
                "fiscal_year": voucher.fiscal_year,
                "number": voucher.number,
            }
            for voucher in numbered
        ]
        if rows:
            self._session.execute(insert(vouchers), rows)

    def write_totals(self, office_id: str, on: date) -> None:
        """Write what each ledger moved on the day and since the first (D6); a supplement adds to it (M16)."""
        self._session.execute(_WRITE_TOTALS, {"office_id": office_id, "on": on, "cash": sorted(CASH)})

    def totals_of(self, office_id: str, on: date) -> tuple[TotalOfDay, ...]:
        """Return what each ledger moved on a closed day, by code."""
        balance = day_totals.c.debits_to_date - day_totals.c.credits_to_date
        query = (
            select(day_totals.c.ledger, day_totals.c.debits, day_totals.c.credits, balance.label("balance"))
            .where(day_totals.c.office_id == office_id, day_totals.c.on == on)
            .order_by(day_totals.c.ledger)
        )
        return tuple(TotalOfDay(**row) for row in self._session.execute(query).mappings())

    def find_day(self, office_id: str, on: date) -> Mapping[Any, Any] | None:
        """Return one of an office's days as it is kept."""
        query = select(days).where(days.c.office_id == office_id, days.c.on == on)
        return self._session.execute(query).mappings().first()

    def sealed_postings(self, office_id: str, on: date) -> tuple[SealedPosting, ...]:
        """Return all postings of a branch day, as its seal sees them."""
        return sealed_postings(self._session, office_id, on)

    def sealed_entries(self, office_id: str, on: date) -> frozenset[str]:
        """Return the entries of a branch day that a seal covers already (rule M16)."""
        query = select(seal_leaves.c.entry_id).where(
            seal_leaves.c.office_id == office_id, seal_leaves.c.on == on
        )
        return frozenset(self._session.execute(query.distinct()).scalars())

    def last_seal(self, office_id: str) -> Seal | None:
        """Return an office's newest seal."""
        query = select(seals).where(seals.c.office_id == office_id)
        newest = query.order_by(seals.c.on.desc(), seals.c.number.desc()).limit(1)
        row = self._session.execute(newest).mappings().first()
        return seal_of(row) if row else None

    def seals_of(self, office_id: str) -> tuple[tuple[Seal, bytes], ...]:
        """Return an office's seals with their signatures, in the order of their chain."""
        query = select(seals).where(seals.c.office_id == office_id).order_by(seals.c.on, seals.c.number)
        rows = self._session.execute(query).mappings()
        return tuple((seal_of(row), bytes(row["signature"])) for row in rows)

    def seals_since(self, office_id: str, on: date | None) -> tuple[PublishedSeal, ...]:
        """Return an office's seals from a day on as they are published, in the order of their chain."""
        query = (
            select(seals, offices.c.code)
            .join(offices, offices.c.id == seals.c.office_id)
            .where(seals.c.office_id == office_id, seals.c.on >= (on or date.min))
            .order_by(seals.c.on, seals.c.number)
        )
        rows = self._session.execute(query).mappings()
        return tuple(
            PublishedSeal(seal_of(row), bytes(row["signature"]), row["code"], row["sealed_at"])
            for row in rows
        )

    def leaves_of(self, seal: Seal) -> tuple[SealedLeaf, ...]:
        """Return the leaves that were kept of a seal, in their order."""
        query = (
            select(seal_leaves)
            .where(
                seal_leaves.c.office_id == seal.office_id,
                seal_leaves.c.on == seal.on,
                seal_leaves.c.seal == seal.number,
            )
            .order_by(seal_leaves.c.position)
        )
        return tuple(
            SealedLeaf(row["entry_id"], row["row_id"], bytes(row["salt"]), bytes(row["hash"]))
            for row in self._session.execute(query).mappings()
        )

    def find_sealed(self, office_id: str, on: date) -> Mapping[Any, Any] | None:
        """Return the newest seal of a day with its instant."""
        query = select(seals).where(seals.c.office_id == office_id, seals.c.on == on)
        return self._session.execute(query.order_by(seals.c.number.desc()).limit(1)).mappings().first()

    def write_seal(self, seal: Seal, signature: bytes, leaves: Iterable[tuple[Leaf, bytes, bytes]]) -> None:
        """Write a seal with its leaves, each with its salt and its hash."""
        self._session.execute(
            insert(seals).values(
                office_id=seal.office_id,
                on=seal.on,
                number=seal.number,
                format=seal.version,
                leaves=seal.leaves,
                root=seal.root,
                previous=seal.previous,
                signature=signature,
                sealed_at=self._now,
            )
        )
        rows = [
            {
                "office_id": seal.office_id,
                "on": seal.on,
                "seal": seal.number,
                "position": position,
                "entry_id": leaf.entry_id,
                "row_id": leaf.row_id,
                "salt": salt,
                "hash": hashed,
            }
            for position, (leaf, salt, hashed) in enumerate(leaves)
        ]
        if rows:
            self._session.execute(insert(seal_leaves), rows)

    def _closing(self, which: Any, *, lock: bool) -> Closing | None:
        query = select(
            closings.c.id,
            closings.c.office_id,
            closings.c.on,
            closings.c.stage,
            closings.c.asked_by,
            closings.c.next_on,
            closings.c.number,
        ).where(which)
        newest = query.order_by(closings.c.number.desc()).limit(1)
        row = self._session.execute(newest.with_for_update() if lock else newest).mappings().first()
        return Closing(**{**row, "stage": Stage(row["stage"])}) if row else None


def seal_of(row: Mapping[Any, Any]) -> Seal:
    """Return a seal from its row."""
    return Seal(
        office_id=row["office_id"],
        on=row["on"],
        number=row["number"],
        leaves=row["leaves"],
        root=bytes(row["root"]),
        previous=bytes(row["previous"]),
        version=row["format"],
    )

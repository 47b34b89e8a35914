"""Samples that were drawn for an auditor, what can be drawn, and what drawn members had on a day (P12)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import insert, literal, select, text, tuple_
from sqlalchemy.dialects.postgresql import insert as insert_or

from chassis.work import Work
from contracts.errors import NotFound
from contracts.transactions.audit_sample_words import SampleOf
from transactions.domain.audit_samples import Sample, Wanted
from transactions.models.audit_samples import audit_sample_items, audit_samples
from transactions.models.metadata import ID
from transactions.repository.scope import Scope

_ENTRIES = """
    SELECT entries.id FROM entries
     WHERE entries.office_id = :office_id AND entries.business_on BETWEEN :from_on AND :to_on
"""
_MEMBERS = """
    SELECT members.id FROM members
     WHERE members.branch_id = :office_id AND EXISTS (
        SELECT FROM accounts
         WHERE accounts.member_id = members.id AND accounts.office_id = :office_id
           AND coalesce(accounts.opened_on, CAST(accounts.opened_at AT TIME ZONE 'Asia/Dhaka' AS date))
               <= :to_on
           AND (NOT accounts.closed OR EXISTS (
                SELECT FROM postings
                 WHERE postings.account_id = accounts.id AND postings.business_on >= :from_on)))
"""
"""Those of the branch who had an account that was open in the period, or moved in it or since."""
_POPULATION = {
    SampleOf.ENTRIES: text(_ENTRIES).columns(id=ID),
    SampleOf.MEMBERS: text(_MEMBERS).columns(id=ID),
}
_DRAWN = text(
    """
    SELECT items.place, items.thing_id,
           coalesce(members.code, upper(left(vouchers.kind, 1)) || '-' || vouchers.fiscal_year || '-'
                    || lpad(vouchers.number::text, 6, '0')) AS code,
           members.name_bn, members.name_en, entries.business_on AS "on", entries.kind,
           CASE WHEN entries.id IS NOT NULL THEN (
               SELECT sum(amount)::bigint FROM postings
                WHERE postings.business_on = entries.business_on AND postings.entry_id = entries.id
                  AND postings.side = 'debit') END AS total
      FROM audit_sample_items AS items
      LEFT JOIN entries ON entries.id = items.thing_id
      LEFT JOIN vouchers ON vouchers.entry_id = entries.id
      LEFT JOIN members ON members.id = items.thing_id
     WHERE items.sample_id = :sample_id
     ORDER BY items.place
    """
).columns(thing_id=ID)
_LETTERS = text(
    """
    SELECT members.id AS member_id, members.code AS member_code, members.name_bn AS member_name_bn,
           members.name_en AS member_name_en, members.language,
           samities.name_bn AS samity_name_bn, samities.name_en AS samity_name_en
      FROM audit_sample_items AS items
      JOIN members ON members.id = items.thing_id
      JOIN samities ON samities.id = members.samity_id
     WHERE items.sample_id = :sample_id
     ORDER BY items.place
    """
).columns(member_id=ID)
_BALANCES = text(
    """
    SELECT accounts.member_id, accounts.code, accounts.ledger = :loans AS is_loan,
           account_terms.terms ->> 'product_name_bn' AS product_name_bn,
           account_terms.terms ->> 'product_name_en' AS product_name_en, moved.balance
      FROM audit_sample_items AS items
      JOIN accounts ON accounts.member_id = items.thing_id
       AND coalesce(accounts.opened_on, CAST(accounts.opened_at AT TIME ZONE 'Asia/Dhaka' AS date)) <= :on
      JOIN account_terms ON account_terms.account_id = accounts.id
                        AND account_terms.version = accounts.terms_version
      CROSS JOIN LATERAL (
        SELECT coalesce(sum(CASE postings.side WHEN accounts.grows_on THEN amount ELSE -amount END),
                        0)::bigint AS balance
          FROM postings WHERE postings.account_id = accounts.id AND postings.business_on <= :on
      ) AS moved
     WHERE items.sample_id = :sample_id AND (NOT accounts.closed OR moved.balance <> 0)
     ORDER BY accounts.member_id, is_loan, accounts.code
    """
).columns(member_id=ID)


class AuditSampleStore:
    """Samples and what was drawn."""

    def __init__(self, work: Work) -> None:
        self._session = work.session

    def population(self, wanted: Wanted) -> tuple[str, ...]:
        """Return all that a sample is drawn from."""
        asked = {"office_id": wanted.office_id, "from_on": wanted.from_on, "to_on": wanted.to_on}
        return tuple(self._session.execute(_POPULATION[wanted.of], asked).scalars())

    def add(self, sample: Sample, drawn: Sequence[str]) -> bool:
        """Write a sample; tells whether its id was new."""
        wanted = sample.wanted
        row = {
            "id": sample.id,
            "office_id": wanted.office_id,
            "of_what": wanted.of,
            "from_on": wanted.from_on,
            "to_on": wanted.to_on,
            "size": wanted.size,
            "population": sample.population,
            "seed": sample.seed,
            "drawn_by": sample.drawn_by,
            "drawn_at": sample.drawn_at,
            "fingerprint": sample.fingerprint,
        }
        fresh = insert_or(audit_samples).values(**row).on_conflict_do_nothing()
        if self._session.execute(fresh.returning(audit_samples.c.id)).first() is None:
            return False
        items = [{"sample_id": sample.id, "place": at, "thing_id": one} for at, one in enumerate(drawn, 1)]
        self._session.execute(insert(audit_sample_items), items)
        return True

    def find(self, sample_id: str, scope: Scope) -> Sample | None:
        """Return a sample; None where there is none for this caller."""
        visible = scope.sees_office(audit_samples.c.office_id)
        query = select(audit_samples).where(audit_samples.c.id == sample_id, visible)
        row = self._session.execute(query).mappings().first()
        return _sample(row) if row else None

    def get(self, sample_id: str, scope: Scope) -> Sample:
        """Return a sample.

        Raises:
            NotFound: there is none, or not for this caller.
        """
        found = self.find(sample_id, scope)
        if found is None:
            raise NotFound
        return found

    def of_office(self, office_id: str, after: Sample | None, limit: int) -> tuple[Sample, ...]:
        """Return an office's samples, the newest first."""
        own = audit_samples.c
        query = select(audit_samples).where(own.office_id == office_id)
        if after is not None:
            place = tuple_(literal(after.drawn_at), literal(after.id, own.id.type))
            query = query.where(tuple_(own.drawn_at, own.id) < place)
        rows = self._session.execute(query.order_by(own.drawn_at.desc(), own.id.desc()).limit(limit))
        return tuple(_sample(row) for row in rows.mappings())

    def drawn(self, sample_id: str) -> Sequence[Mapping[Any, Any]]:
        """Return what was drawn, in its order."""
        return self._session.execute(_DRAWN, {"sample_id": sample_id}).mappings().all()

    def addressees(self, sample_id: str) -> Sequence[Mapping[Any, Any]]:
        """Return the drawn members, in their order."""
        return self._session.execute(_LETTERS, {"sample_id": sample_id}).mappings().all()

    def balances(self, sample_id: str, on: date, loans: str) -> Sequence[Mapping[Any, Any]]:
        """Return what the drawn members' accounts held at the end of a business day, in paisa.

        Args:
            sample_id: Of which sample.
            on: Which day.
            loans: The ledger whose balances are owed by them.
        """
        asked = {"sample_id": sample_id, "on": on, "loans": loans}
        return self._session.execute(_BALANCES, asked).mappings().all()


def _sample(row: Mapping[Any, Any]) -> Sample:
    wanted = Wanted(
        office_id=row["office_id"],
        of=SampleOf(row["of_what"]),
        from_on=row["from_on"],
        to_on=row["to_on"],
        size=row["size"],
    )
    kept = ("id", "population", "seed", "drawn_by", "drawn_at", "fingerprint")
    return Sample(wanted=wanted, **{name: row[name] for name in kept})

"""Under which ledger accounts of a product are opened: the one place that is asked (domain §6)."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from transactions.domain.approvals import Approval
from transactions.domain.book.mappings import CONTROL, LedgerMapping
from transactions.domain.chart import Ledgers
from transactions.models.book import ledger_mappings
from transactions.models.metadata import ID

_OF_CHARGES = text(
    """
    SELECT DISTINCT ON (loans.id) loans.id, ledger_mappings.ledger FROM loans
      JOIN ledger_mappings ON ledger_mappings.product_code = loans.product_code
       AND ledger_mappings.control = :control AND ledger_mappings.effective_on <= loans.disbursed_on
     WHERE loans.id = ANY(CAST(:loan_ids AS uuid[]))
     ORDER BY loans.id, ledger_mappings.effective_on DESC
    """
).columns(id=ID)


class MappingStore:
    """Dated mappings of products to ledgers."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._now = work.now

    def under(self, product_code: str, control: str, on: date) -> str | None:
        """Return under which ledger an account that is opened on a day stands; None is the control ledger."""
        query = (
            select(ledger_mappings.c.ledger)
            .where(
                ledger_mappings.c.product_code == product_code,
                ledger_mappings.c.control == control,
                ledger_mappings.c.effective_on <= on,
            )
            .order_by(ledger_mappings.c.effective_on.desc())
            .limit(1)
        )
        return self._session.execute(query).scalar()

    def of_charges(self, loan_ids: Collection[str]) -> Mapping[str, str]:
        """Return under which ledger the charge of loans stands, by the day on which each was paid out."""
        asked = {"control": Ledgers.SERVICE_CHARGE.code, "loan_ids": list(loan_ids)}
        return {row.id: row.ledger for row in self._session.execute(_OF_CHARGES, asked)}

    def all(self) -> list[dict[str, Any]]:
        """Return every mapping, by product, the newest first."""
        columns = ledger_mappings.c
        query = select(ledger_mappings).order_by(
            columns.product_code, columns.control, columns.effective_on.desc()
        )
        return [dict(row) for row in self._session.execute(query).mappings()]

    def add(self, mapping: LedgerMapping, approval: Approval, approved_by: str) -> bool:
        """Put a mapping in force.

        Returns:
            False where the product has one from that day on.
        """
        statement = (
            insert(ledger_mappings)
            .values(
                id=mapping.id,
                product_code=mapping.product_code,
                control=CONTROL[mapping.event].code,
                ledger=mapping.ledger,
                effective_on=mapping.effective_on,
                proposed_by=approval.maker_id,
                approved_by=approved_by,
                recorded_at=self._now,
            )
            .on_conflict_do_nothing()
            .returning(ledger_mappings.c.id)
        )
        return self._session.execute(statement).first() is not None

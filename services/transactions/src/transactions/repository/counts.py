"""Counts of the vault and who saw them; both are only ever added (rule M7)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from contracts.errors import NotFound
from contracts.money import Paisa
from transactions.domain.counts import VaultCount
from transactions.models.cash_limits import cash_limits
from transactions.models.days import vault_confirmations, vault_counts
from transactions.repository.office_settings import OfficeSettings
from transactions.repository.scope import Scope


class CountStore:
    """Counts of vaults, and how much they should hold."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._now = work.now
        self.limits = OfficeSettings[Paisa](work, cash_limits, "amount")

    def record(self, count: VaultCount) -> bool:
        """Write a count; tells whether its id was new."""
        row = {
            "id": count.id,
            "office_id": count.office_id,
            "on": count.on,
            "moment": count.moment,
            "denominations": dict(count.denominations),
            "total": count.total,
            "booked": count.booked,
            "counted_by": count.counted_by,
            "counted_at": count.counted_at,
            "fingerprint": count.fingerprint,
        }
        statement = insert(vault_counts).values(**row).on_conflict_do_nothing().returning(vault_counts.c.id)
        return self._session.execute(statement).first() is not None

    def get(self, count_id: str, scope: Scope) -> VaultCount:
        """Return a count with its confirmation.

        Raises:
            NotFound: there is none, or not for this caller.
        """
        query = _counts().where(vault_counts.c.id == count_id, scope.sees_office(vault_counts.c.office_id))
        row = self._session.execute(query).mappings().first()
        if row is None:
            raise NotFound
        return _count(row)

    def last(self, office_id: str, on: date, moment: str) -> VaultCount | None:
        """Return the newest count of one moment of a day: it is the one that holds."""
        query = (
            _counts()
            .where(
                vault_counts.c.office_id == office_id,
                vault_counts.c.on == on,
                vault_counts.c.moment == moment,
            )
            .order_by(vault_counts.c.counted_at.desc(), vault_counts.c.id.desc())
            .limit(1)
        )
        row = self._session.execute(query).mappings().first()
        return _count(row) if row else None

    def confirm(self, count_id: str, confirmed_by: str) -> bool:
        """Write the second person; tells whether nobody was before."""
        statement = insert(vault_confirmations).values(
            count_id=count_id, confirmed_by=confirmed_by, confirmed_at=self._now
        )
        done = statement.on_conflict_do_nothing().returning(vault_confirmations.c.count_id)
        return self._session.execute(done).first() is not None


def _counts() -> Select[Any]:
    return select(
        vault_counts, vault_confirmations.c.confirmed_by, vault_confirmations.c.confirmed_at
    ).outerjoin(vault_confirmations, vault_confirmations.c.count_id == vault_counts.c.id)


def _count(row: Mapping[Any, Any]) -> VaultCount:
    return VaultCount(**{str(name): value for name, value in row.items()})

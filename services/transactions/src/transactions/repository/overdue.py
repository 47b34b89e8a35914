"""The register of overdue loans: which, since when, and with whom to see about it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import text

from chassis.work import Work
from transactions.domain.chart import Ledgers
from transactions.models.metadata import ID
from transactions.repository.ageing import aged, days

_BEGINNING = date.min
_LOWEST = "00000000-0000-0000-0000-000000000000"

_PAGE = text(
    f"""
    WITH asked AS (
        SELECT id AS loan_id FROM loans
         WHERE office_id = :office_id AND disbursed_on <= :on AND (status = 'running' OR ended_on > :on)
    ), aged AS ({aged("on")})
    SELECT aged.loan_id, loans.code, loans.product_code, loans.member_id,
           members.code AS member_code, members.name_bn AS member_name_bn, members.name_en AS member_name_en,
           samities.id AS samity_id, samities.name_bn AS samity_name_bn, samities.name_en AS samity_name_en,
           staff.id AS officer_id, staff.name_bn AS officer_name_bn, staff.name_en AS officer_name_en,
           oldest_unpaid_on, {days("aged", "on")} AS days, outstanding, overdue
      FROM aged
      JOIN loans ON loans.id = aged.loan_id
      LEFT JOIN members ON members.id = loans.member_id
      LEFT JOIN samities ON samities.id = members.samity_id
      LEFT JOIN staff ON staff.id = samities.officer_id
     WHERE outstanding > 0 AND (oldest_unpaid_on, aged.loan_id) > (:after_on, CAST(:after_id AS uuid))
     ORDER BY oldest_unpaid_on, aged.loan_id LIMIT :limit
    """  # noqa: S608 - only names of our own parameters
).columns(loan_id=ID, member_id=ID, samity_id=ID, officer_id=ID)


@dataclass(frozen=True, slots=True)
class OverdueLoan:
    """A loan with anything overdue.

    Attributes:
        shown: What the register shows of it.
    """

    shown: dict[str, Any]

    @property
    def loan_id(self) -> str:
        """Which loan."""
        return str(self.shown["loan_id"])

    @property
    def cursor(self) -> str:
        """Its place in the register, which its id alone would lose once it is paid."""
        return f"{self.shown['oldest_unpaid_on'].isoformat()}~{self.loan_id}"


class OverdueStore:
    """Loans that are late, the oldest first."""

    def __init__(self, work: Work) -> None:
        self._session = work.session

    def page(self, office_id: str, on: date, after: str | None, limit: int) -> tuple[OverdueLoan, ...]:
        """Return the next overdue loans of a branch as they stood at the end of a day."""
        after_on, _, after_id = (after or "").partition("~")
        values = {
            "office_id": office_id,
            "on": on,
            "after_on": date.fromisoformat(after_on) if after_on else _BEGINNING,
            "after_id": after_id or _LOWEST,
            "charge_ledger": Ledgers.SERVICE_CHARGE.code,
            "limit": limit,
        }
        rows = self._session.execute(_PAGE, values).mappings()
        return tuple(OverdueLoan(dict(row)) for row in rows)

"""Whose passbooks were drawn to be checked, and what was found (rule P5)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import func, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as insert_or

from chassis.work import Work
from contracts.errors import NotFound
from contracts.transactions.passbook_check_words import PassbookCheckState as State
from transactions.domain.days import first_of_month
from transactions.domain.passbook_checks import ABSENT_WITHIN, Check, Drawable, Paper
from transactions.models.metadata import ID
from transactions.models.passbook_checks import passbook_checks, passbook_draws, passbook_papers
from transactions.models.projections import members, samities, staff
from transactions.repository.scope import Scope

_DRAWABLE = text(
    """
    WITH away AS (
        SELECT sheet_rows.member_id, count(DISTINCT sheets.id) AS absences
          FROM sheets
          JOIN sheet_rows ON sheet_rows.sheet_id = sheets.id AND sheet_rows.attendance = 'absent'
         WHERE sheets.office_id = :office_id AND sheets.meeting_on > :since AND sheets.meeting_on <= :on
         GROUP BY sheet_rows.member_id
    )
    SELECT members.id AS member_id, members.samity_id, samities.officer_id,
           bool_or(accounts.dormant_since IS NOT NULL) AS dormant,
           coalesce(max(away.absences), 0) AS absences
      FROM samities
      JOIN members ON members.samity_id = samities.id AND members.status = 'active'
      JOIN accounts ON accounts.member_id = members.id AND NOT accounts.closed
      LEFT JOIN away ON away.member_id = members.id
     WHERE samities.branch_id = :office_id AND samities.active
     GROUP BY members.id, samities.id
    """
).columns(member_id=ID, samity_id=ID, officer_id=ID)


class PassbookCheckStore:
    """Draws, checks, and the papers that were typed."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._now = work.now

    def begin_draw(self, office_id: str, month: date, seed: str) -> bool:
        """Write that a branch draws for a month; False where it has drawn already."""
        row = {"office_id": office_id, "month": month, "seed": seed, "drawn_at": self._now}
        begun = insert_or(passbook_draws).values(**row).on_conflict_do_nothing()
        return self._session.execute(begun.returning(passbook_draws.c.month)).first() is not None

    def drawable(self, office_id: str, on: date) -> tuple[Drawable, ...]:
        """Return the members of a branch who have an account, as they stand on a business day."""
        asked = {"office_id": office_id, "on": on, "since": on - ABSENT_WITHIN}
        return tuple(Drawable(**row) for row in self._session.execute(_DRAWABLE, asked).mappings())

    def looked_at(self, office_id: str) -> dict[str, date]:
        """Return the newest month in which each samity's passbooks were really looked at."""
        checks = passbook_checks.c
        query = (
            select(checks.samity_id, func.max(checks.month))
            .where(checks.office_id == office_id, checks.state != State.WAITING)
            .group_by(checks.samity_id)
        )
        return {row[0]: row[1] for row in self._session.execute(query)}

    def drawn_for(self, office_id: str, on: date) -> frozenset[str]:
        """Return whose passbooks a branch has drawn already for the month of a day."""
        checks = passbook_checks.c
        query = select(checks.member_id).where(
            checks.office_id == office_id, checks.month == first_of_month(on)
        )
        return frozenset(self._session.execute(query).scalars())

    def add(self, drawn: Sequence[Check]) -> None:
        """Keep what was drawn; whose passbook is drawn for the month already is looked at once."""
        if drawn:
            new = insert_or(passbook_checks).on_conflict_do_nothing()
            self._session.execute(new, [asdict(check) for check in drawn])

    def lock(self, check_id: str, scope: Scope) -> Check:
        """Return a check and hold it.

        Raises:
            NotFound: there is none, or not for this caller.
        """
        query = passbook_checks.select().where(
            passbook_checks.c.id == check_id, scope.sees_office(passbook_checks.c.office_id)
        )
        row = self._session.execute(query.with_for_update()).mappings().first()
        if row is None:
            raise NotFound
        return Check(**{**row, "state": State(row["state"])})

    def record(self, check: Check, papers: Sequence[Paper], state: State, by: str, fingerprint: str) -> None:
        """Write what the paper said; it is typed once."""
        seen = {"state": state, "checked_by": by, "checked_at": self._now, "fingerprint": fingerprint}
        self._session.execute(update(passbook_checks).where(passbook_checks.c.id == check.id).values(**seen))
        rows = [{"check_id": check.id, **asdict(paper)} for paper in papers]
        self._session.execute(insert(passbook_papers), rows)

    def papers_of(self, check_id: str) -> dict[str, Paper]:
        """Return what was typed, by account."""
        query = passbook_papers.select().where(passbook_papers.c.check_id == check_id)
        rows = self._session.execute(query).mappings()
        return {
            row["account_id"]: Paper(account_id=row["account_id"], paper=row["paper"], book=row["book"])
            for row in rows
        }

    def of_month(self, office_id: str, month: date) -> list[Mapping[Any, Any]]:
        """Return all that a branch drew for a month, by samity and member."""
        checks = passbook_checks.c
        query = _named().where(checks.office_id == office_id, checks.month == month)
        ordered = query.order_by(samities.c.code, members.c.code, checks.id)
        return list(self._session.execute(ordered).mappings())

    def one(self, check_id: str, scope: Scope) -> Mapping[Any, Any]:
        """Return a check with its names.

        Raises:
            NotFound: there is none, or not for this caller.
        """
        checks = passbook_checks.c
        query = _named().where(checks.id == check_id, scope.sees_office(checks.office_id))
        row = self._session.execute(query).mappings().first()
        if row is None:
            raise NotFound
        return row


def _named() -> Any:
    checks = passbook_checks.c
    return (
        select(
            passbook_checks,
            members.c.code.label("member_code"),
            members.c.name_bn.label("member_name_bn"),
            members.c.name_en.label("member_name_en"),
            samities.c.code.label("samity_code"),
            samities.c.name_bn.label("samity_name_bn"),
            samities.c.name_en.label("samity_name_en"),
            staff.c.name_bn.label("officer_name_bn"),
            staff.c.name_en.label("officer_name_en"),
            ((members.c.status != "active") | (members.c.branch_id != checks.office_id)).label("is_gone"),
        )
        .join(members, members.c.id == checks.member_id)
        .join(samities, samities.c.id == checks.samity_id)
        .outerjoin(staff, staff.c.id == checks.officer_id)
    )

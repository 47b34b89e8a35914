"""Holidays of the institution: those in force for a place, and those that wait."""

from collections.abc import Collection, Sequence
from datetime import date

import sqlalchemy as sa

from accounts.domain.holidays import Holiday
from accounts.domain.scope import Scope
from accounts.models import approvals, holidays, offices, samities
from accounts.repository.rows import Row, every
from accounts.repository.scope import office_in
from chassis.work import Work
from contracts.accounts.holiday_words import HolidaySet

_IN_FORCE = holidays.c.state == "in_force"
_declaring = offices.alias("declaring")
_SHOWN = (
    holidays.c.id,
    holidays.c.request_id,
    holidays.c.holiday_set,
    holidays.c.office_id,
    holidays.c.samity_id,
    holidays.c.on,
    holidays.c.name_bn,
    holidays.c.name_en,
    holidays.c.reason,
    holidays.c.redated,
    holidays.c.version,
)


class CalendarStore:
    """Which days are holidays where."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._work = work

    def propose(self, holiday: Holiday) -> None:
        """Write the days of a holiday that waits for a second person."""
        row = {
            "request_id": holiday.id,
            "holiday_set": holiday.holiday_set,
            "office_id": holiday.office_id,
            "samity_id": holiday.samity_id,
            "name_bn": holiday.name_bn,
            "name_en": holiday.name_en,
            "reason": holiday.reason,
            "state": "proposed",
            "declared_by": self._work.actor.person_id,
            "declared_at": self._work.now,
            "version": 1,
        }
        rows = [row | {"id": day_id, "on": day} for day_id, day in holiday.ids.items()]
        self._session.execute(sa.insert(holidays), rows)

    def get(self, holiday_id: str) -> Holiday:
        """Return a holiday that a step is about, with those of its days that were not dropped."""
        query = sa.select(*_SHOWN).where(
            holidays.c.request_id == holiday_id,
            sa.or_(holidays.c.id == holiday_id, holidays.c.state != "dropped"),
        )
        return _holiday(every(self._session, query.order_by(holidays.c.on)))

    def state(self, holiday_id: str) -> str:
        """Return where a holiday stands, and keep others from changing it until the end of the work."""
        query = sa.select(holidays.c.state).where(holidays.c.id == holiday_id).with_for_update()
        state: str = self._session.execute(query).scalar_one()
        return state

    def known_days(self, holiday: Holiday) -> frozenset[date]:
        """Return which of its days are holidays there already, by one of an office above too."""
        covering = sa.and_(
            sa.or_(holidays.c.samity_id.is_(None), holidays.c.samity_id == holiday.samity_id),
            holidays.c.on.in_(holiday.days),
            _IN_FORCE,
        )
        query = sa.select(holidays.c.on).select_from(_OF_OFFICE).where(offices.c.id == holiday.office_id)
        return frozenset(self._session.execute(query.where(covering)).scalars())

    def put_in_force(self, holiday_id: str, days: Collection[date]) -> None:
        """Let days of a holiday count from now on; its others are dropped."""
        of_request = sa.update(holidays).where(holidays.c.request_id == holiday_id)
        self._session.execute(of_request.where(holidays.c.on.in_(days)).values(state="in_force"))
        self._session.execute(of_request.where(holidays.c.on.not_in(days)).values(state="dropped"))

    def drop(self, holiday_id: str) -> None:
        """Let a holiday that was declined, or came too late, be none."""
        self.put_in_force(holiday_id, ())

    def count_redated(self, holiday_id: str, loans: int) -> None:
        """Add the loans that a holiday has moved."""
        moved = {"redated": holidays.c.redated + loans}
        self._session.execute(sa.update(holidays).where(holidays.c.id == holiday_id).values(moved))

    def holidays(self, branch_id: str, samity_id: str | None, first: date, last: date) -> frozenset[date]:
        """Return the holidays of a branch between two days, and its samity's where one is named."""
        query = (
            sa.select(holidays.c.on)
            .select_from(_OF_OFFICE)
            .where(
                offices.c.id == branch_id,
                sa.or_(holidays.c.samity_id.is_(None), holidays.c.samity_id == samity_id),
                holidays.c.on.between(first, last),
                _IN_FORCE,
            )
        )
        return frozenset(self._session.execute(query).scalars())

    def holidays_of_samity(self, samity_id: str, first: date, last: date) -> frozenset[date]:
        """Return the holidays between two days that hold for a samity: its own, its branch's, those above."""
        of_samity = sa.select(samities.c.branch_id).where(samities.c.id == samity_id)
        branch_id: str = self._session.execute(of_samity).scalar_one()
        return self.holidays(branch_id, samity_id, first, last)

    def list_between(self, scope: Scope, office_id: str, first: date, last: date) -> list[Row]:
        """Return the holidays that hold for an office of the scope, its samities' own included, by day."""
        query = (
            sa.select(*_SHOWN)
            .select_from(_OF_OFFICE)
            .where(offices.c.id == office_id, office_in(scope), holidays.c.on.between(first, last), _IN_FORCE)
            .order_by(holidays.c.on, holidays.c.id)
        )
        return every(self._session, query)

    def feed(self, *, after: str | None, limit: int) -> list[Row]:
        """Return the next holidays in force by id, with who declared and who agreed to each."""
        people = (holidays.c.declared_by, approvals.c.checker_id.label("agreed_by"))
        asked = holidays.outerjoin(approvals, approvals.c.id == holidays.c.request_id)
        query = sa.select(*_SHOWN, *people).select_from(asked).where(_IN_FORCE)
        query = query.order_by(holidays.c.id).limit(limit)
        return every(self._session, query if after is None else query.where(holidays.c.id > after))

    def local_days_of(self, samity_ids: Sequence[str], year: int) -> dict[str, int]:
        """Return how many local holidays of a year have moved loans, by samity; none is left out."""
        of_samity = sa.or_(
            holidays.c.samity_id == samities.c.id,
            sa.and_(holidays.c.samity_id.is_(None), holidays.c.office_id == samities.c.branch_id),
        )
        query = (
            sa.select(samities.c.id, sa.func.count(holidays.c.id))
            .join(holidays, of_samity)
            .where(
                samities.c.id.in_(list(samity_ids)),
                holidays.c.holiday_set.in_([HolidaySet.BRANCH, HolidaySet.SAMITY]),
                holidays.c.on.between(date(year, 1, 1), date(year, 12, 31)),
                holidays.c.redated > 0,
                _IN_FORCE,
            )
            .group_by(samities.c.id)
        )
        return {str(samity_id): int(moved) for samity_id, moved in self._session.execute(query)}


_OF_OFFICE = offices.join(_declaring, sa.func.starts_with(offices.c.path, _declaring.c.path)).join(
    holidays, holidays.c.office_id == _declaring.c.id
)
"""Offices with the holidays that hold for them: their own, and those of offices above."""


def _holiday(rows: Sequence[Row]) -> Holiday:
    first, others = rows[0], {"redated", "version", "holiday_set", "id", "request_id", "on"}
    plain = {name: first[name] for name in first if name not in others}
    return Holiday(
        id=first["request_id"],
        holiday_set=HolidaySet(first["holiday_set"]),
        days=tuple(row["on"] for row in rows),
        **plain,
    )

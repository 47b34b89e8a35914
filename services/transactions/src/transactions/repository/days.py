"""Branch days: which is open, and the locks that keep posting and closing apart (mechanics D4)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from transactions.domain.days import BranchDay, DayStatus, OpenDay, posting_day
from transactions.models.days import days, holidays
from transactions.models.projections import offices

_RUNNING = (DayStatus.OPEN, DayStatus.CLOSING)
_DAY = (days.c.office_id, days.c.on, days.c.status)


class DayStore:
    """The business days of offices."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._now = work.now

    def hold_open(self, office_id: str) -> OpenDay:
        """Take hold of the day on which an office posts; nobody closes it before this transaction ends.

        Raises:
            DayNotOpen, DayIsClosing: as `posting_day`.
        """
        running = select(*_DAY).where(days.c.office_id == office_id, days.c.status.in_(_RUNNING))
        share = running.with_for_update(read=True)
        row = self._session.execute(share).first() or self._session.execute(share).first()
        # Twice: the day for which the first one waited may have been closed, and the next one opened.
        return posting_day(BranchDay(row[0], row[1], DayStatus(row[2])) if row else None, office_id)

    def find_open(self, office_id: str) -> OpenDay | None:
        """Return the open day of an office without a lock."""
        query = select(days.c.on).where(days.c.office_id == office_id, days.c.status == DayStatus.OPEN)
        on = self._session.execute(query).scalar()
        return OpenDay(office_id, on) if on else None

    def newest(self, office_id: str) -> BranchDay | None:
        """Return the day of an office that runs, else the newest; one that waits is neither (rule M16)."""
        of_office = (days.c.office_id == office_id, days.c.status != DayStatus.WAITING)
        query = select(*_DAY).where(*of_office).order_by(days.c.on.desc()).limit(1)
        row = self._session.execute(query).first()
        return BranchDay(row[0], row[1], DayStatus(row[2])) if row else None

    def newest_below(self, path: str) -> date | None:
        """Return the newest day of the offices at or below a place in the tree, whatever its state."""
        below = offices.c.path.startswith(path, autoescape=True)
        query = select(func.max(days.c.on)).join(offices, offices.c.id == days.c.office_id).where(below)
        return self._session.execute(query).scalar()

    def is_closed(self, office_id: str, on: date) -> bool:
        """Tell whether a day is closed, be it one on which nothing was posted."""
        closed = (days.c.office_id == office_id, days.c.on == on, days.c.status == DayStatus.CLOSED)
        return self._session.execute(select(days.c.on).where(*closed)).first() is not None

    def lock(self, office_id: str, on: date) -> BranchDay | None:
        """Return a day and keep everybody from posting on it until this transaction ends."""
        query = select(*_DAY).where(days.c.office_id == office_id, days.c.on == on).with_for_update()
        row = self._session.execute(query).first()
        return BranchDay(row[0], row[1], DayStatus(row[2])) if row else None

    def open(self, office_id: str, on: date, opened_by: str) -> None:
        """Open a day; one that is there already stays as it is."""
        self._session.execute(
            insert(days)
            .values(
                office_id=office_id, on=on, status=DayStatus.OPEN, opened_by=opened_by, opened_at=self._now
            )
            .on_conflict_do_nothing()
        )

    def running_before(self, path: str, today: date) -> list[dict[str, Any]]:
        """Return the offices of a subtree whose running day is before a date, with that day."""
        query = (
            select(
                offices.c.id.label("office_id"),
                offices.c.code.label("office_code"),
                offices.c.name_bn.label("office_name_bn"),
                offices.c.name_en.label("office_name_en"),
                days.c.on,
            )
            .join(days, (days.c.office_id == offices.c.id) & days.c.status.in_(_RUNNING))
            .where(offices.c.path.startswith(path, autoescape=True), days.c.on < today)
            .order_by(days.c.on, offices.c.path)
        )
        return [dict(row) for row in self._session.execute(query).mappings()]

    def last_closed(self, office_id: str) -> date | None:
        """Return the newest closed day of an office."""
        query = select(func.max(days.c.on)).where(
            days.c.office_id == office_id, days.c.status == DayStatus.CLOSED
        )
        return self._session.execute(query).scalar()

    def wait(self, day: BranchDay) -> None:
        """Let an open day wait until the one before it is closed again (rule M16)."""
        self._set(day.office_id, day.on, DayStatus.WAITING)

    def reopen(self, office_id: str, on: date) -> None:
        """Let an office post on a closed day again: a supplement to it (rule M16)."""
        self._set(office_id, on, DayStatus.OPEN)

    def resume(self, office_id: str) -> date | None:
        """Open the day that waited for a supplement; None where none did."""
        query = select(days.c.on).where(days.c.office_id == office_id, days.c.status == DayStatus.WAITING)
        on = self._session.execute(query).scalar()
        if on is not None:
            self._set(office_id, on, DayStatus.OPEN)
        return on

    def start_closing(self, day: BranchDay, closed_by: str) -> None:
        """Let nobody post on a day any more."""
        self._move(day, DayStatus.CLOSING, closed_by, None)

    def close(self, day: BranchDay, closed_by: str) -> None:
        """Mark a day closed for good."""
        self._move(day, DayStatus.CLOSED, closed_by, self._now)

    def holidays(self, office_id: str, after: date) -> frozenset[date]:
        """Return the declared holidays after a date that hold for an office: its own and those above it."""
        statement = text(
            """
            SELECT holidays."on" FROM holidays
              JOIN offices AS declaring ON declaring.id = holidays.office_id
              JOIN offices AS office ON starts_with(office.path, declaring.path)
             WHERE office.id = :office_id AND holidays."on" > :after AND holidays.samity_id IS NULL
            """
        )
        return frozenset(self._session.execute(statement, {"office_id": office_id, "after": after}).scalars())

    def samity_holidays(self, office_id: str, after: date) -> frozenset[tuple[str, date]]:
        """Return the holidays after a date of single samities of an office, each with its samity."""
        query = select(holidays.c.samity_id, holidays.c.on).where(
            holidays.c.office_id == office_id, holidays.c.samity_id.is_not(None), holidays.c.on > after
        )
        return frozenset((row.samity_id, row.on) for row in self._session.execute(query))

    def _set(self, office_id: str, on: date, status: DayStatus) -> None:
        self._session.execute(
            update(days)
            .where(days.c.office_id == office_id, days.c.on == on)
            .values(status=status, closed_by=None, closed_at=None)
        )

    def _move(self, day: BranchDay, status: DayStatus, by: str, at: datetime | None) -> None:
        self._session.execute(
            update(days)
            .where(days.c.office_id == day.office_id, days.c.on == day.on)
            .values(status=status, closed_by=by, closed_at=at)
        )

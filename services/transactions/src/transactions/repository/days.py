"""Branch days: which is open, and the locks that keep posting and closing apart (mechanics D4)."""

from datetime import date, datetime

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from transactions.domain.days import BranchDay, DayStatus, OpenDay, posting_day
from transactions.models.days import days, holidays
from transactions.models.projections import offices

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
        running = select(*_DAY).where(days.c.office_id == office_id, days.c.status != DayStatus.CLOSED)
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
        """Return the newest day of an office, whatever its state."""
        query = select(*_DAY).where(days.c.office_id == office_id).order_by(days.c.on.desc()).limit(1)
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

    def _move(self, day: BranchDay, status: DayStatus, by: str, at: datetime | None) -> None:
        self._session.execute(
            update(days)
            .where(days.c.office_id == day.office_id, days.c.on == day.on)
            .values(status=status, closed_by=by, closed_at=at)
        )

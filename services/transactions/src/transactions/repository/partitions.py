"""Room in the books: postings are partitioned by month, and the owner's function makes partitions ahead."""

from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from chassis.work import Work
from transactions.domain.days import first_of_month

MONTHS_AHEAD = 3


class PartitionStore:
    """The partitions of postings (mechanics D3)."""

    def __init__(self, work: Work) -> None:
        self._session = work.session

    def has_room(self, on: date) -> bool:
        """Tell whether the books have a partition for the month of a date."""
        return has_room(self._session, on)

    def make_room(self, on: date) -> int:
        """Make what is missing of this month's partition and the next [3]; return how many were made.

        The function runs with the owner's rights and makes nothing but partitions of postings, so that the
        runtime role needs no right to change the schema.
        """
        months = {"first": on, "last": first_of_month(on, MONTHS_AHEAD)}
        made: int = self._session.execute(
            text("SELECT make_posting_partitions(:first, :last)"), months
        ).scalar_one()
        return made


def has_room(session: Session, on: date) -> bool:
    """Tell whether there is a partition for the month of a date."""
    name = f"postings_{first_of_month(on):%Y_%m}"
    return session.execute(text("SELECT to_regclass(:name)"), {"name": name}).scalar() is not None

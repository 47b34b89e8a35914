"""How far the work of the open days has come: the branches of a subtree with their days and their sheets."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, text

from chassis.work import Work
from contracts.money import Paisa
from contracts.transactions.collection_words import SheetStatus
from transactions.domain.desk import Sheets
from transactions.domain.people import Office
from transactions.models.metadata import ID
from transactions.models.projections import offices

_NEWEST = """
    SELECT "on", status FROM days WHERE days.office_id = offices.id
     ORDER BY status IN ('open', 'closing') DESC, "on" DESC LIMIT 1
"""
"""An office's day: the one that runs, before one that waits for it (rule M16)."""

_BRANCHES = text(
    f"""
    SELECT offices.id, offices.path, newest."on", newest.status
      FROM offices LEFT JOIN LATERAL ({_NEWEST}) AS newest ON true
     WHERE offices.level = 'branch' AND starts_with(offices.path, :path)
     ORDER BY offices.code, offices.id
    """  # noqa: S608 - only texts of the house
).columns(id=ID)

_SHEETS = text(
    f"""
    WITH seen AS (
        SELECT offices.id, coalesce(newest."on", :today) AS at
          FROM offices LEFT JOIN LATERAL ({_NEWEST}) AS newest ON true
         WHERE offices.level = 'branch' AND starts_with(offices.path, :path)
    ), listed AS (
        SELECT asked.*, seen.id AS branch_id, asked.meeting_on < seen.at AS late
          FROM seen
          CROSS JOIN LATERAL (
            SELECT * FROM sheets WHERE sheets.office_id = seen.id AND sheets.meeting_on = seen.at
             UNION ALL
            SELECT * FROM sheets WHERE sheets.office_id = seen.id AND sheets.meeting_on < seen.at
                                   AND sheets.status NOT IN ('authorised', 'not_held')
          ) AS asked
    ), told AS (
        SELECT listed.branch_id AS office_id, listed.status, listed.late,
               listed.checked_by IS NOT NULL AS checked,
               coalesce(listed.collected_by, listed.substitute_id, samities.officer_id) AS officer_id,
               coalesce(money.taken, 0) AS taken, coalesce(money.booked, 0) AS booked
          FROM listed
          JOIN samities ON samities.id = listed.samity_id
          CROSS JOIN LATERAL (
            SELECT sum(amount) AS taken, sum(amount) FILTER (WHERE state = 'authorised') AS booked
              FROM sheet_rows WHERE sheet_rows.sheet_id = listed.id AND kind <> 'withdrawal'
          ) AS money
         WHERE CAST(:own_officer AS uuid) IS NULL
            OR CAST(:own_officer AS uuid) IN (samities.officer_id, listed.substitute_id, listed.collected_by)
    )
    SELECT told.office_id, told.officer_id,
           staff.name_bn AS officer_name_bn, staff.name_en AS officer_name_en,
           told.status, told.checked, told.late, count(*) AS sheets,
           sum(told.taken)::bigint AS taken, sum(told.booked)::bigint AS booked
      FROM told LEFT JOIN staff ON staff.id = told.officer_id
     GROUP BY told.office_id, told.officer_id, staff.name_bn, staff.name_en,
              told.status, told.checked, told.late
     ORDER BY staff.name_en, told.officer_id, told.status, told.checked, told.late
    """  # noqa: S608 - only texts of the house
).columns(office_id=ID, officer_id=ID)


@dataclass(frozen=True, slots=True)
class BranchDay:
    """A branch with its newest day; None before its first."""

    id: str
    path: str
    on: date | None
    status: str | None


class DeskStore:
    """The work of the open days below an office."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._today = work.today

    def below(self, office: Office) -> tuple[Office, ...]:
        """Return the offices next below one, by code; a branch is its own."""
        if office.level == "branch":
            return (office,)
        query = select(*(column for column in offices.c if column.name != "version"))
        rows = self._session.execute(query.where(offices.c.parent_id == office.id).order_by(offices.c.code))
        return tuple(Office(**row) for row in rows.mappings())

    def branches(self, path: str) -> tuple[BranchDay, ...]:
        """Return the branches of a subtree, by code."""
        return tuple(BranchDay(*row) for row in self._session.execute(_BRANCHES, {"path": path}))

    def sheets(self, path: str, own_officer: str | None) -> tuple[Sheets, ...]:
        """Return the sheets of the open days, and earlier ones that are not in the book, gathered.

        Args:
            path: Of the branches below it.
            own_officer: Only those that are or were this officer's to collect; None for all.
        """
        asked = {"path": path, "today": self._today, "own_officer": own_officer}
        return tuple(
            Sheets(
                **{
                    **row,
                    "status": SheetStatus(row["status"]),
                    "taken": Paisa(row["taken"]),
                    "booked": Paisa(row["booked"]),
                }
            )
            for row in self._session.execute(_SHEETS, asked).mappings()
        )

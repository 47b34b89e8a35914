"""Branches that are brought over: rows, faults, where each stands, and what became of its rows (P13)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from accounts.domain.cut_over.faults import Fault
from accounts.domain.cut_over.judging import folded
from accounts.domain.scope import Scope
from accounts.models import (
    brought_over,
    cut_over_faults,
    cut_over_rows,
    cut_overs,
    members,
    offices,
    savings_accounts,
    staff,
)
from accounts.repository.rows import Row, add, every, find_one, get_one
from accounts.repository.scope import office_in
from chassis.work import Work
from contracts.accounts.cut_over_words import CutOverSheet, CutOverState
from contracts.accounts.product_words import SavingsState
from contracts.errors import IdConflict, NotFound
from contracts.permissions import Role

_PLACED = cut_overs.join(offices, offices.c.id == cut_overs.c.branch_id)
_ROW_NAMES = ("sheet", "row", "cells", "nid", "nid_index", "mobile", "mobile_index", "wrong")
_LIVING = members.c.status.in_(("applicant", "active", "closing"))


class CutOverStore:
    """Cut-overs of branches in a scope; what is not in it is not found."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._work = work

    def find_fingerprint(self, cut_over_id: str) -> str | None:
        """Return by what a cut-over is known; None where there is none."""
        query = sa.select(cut_overs.c.fingerprint).where(cut_overs.c.id == cut_over_id)
        return self._session.execute(query).scalar_one_or_none()

    def add(self, row: Mapping[str, Any]) -> None:
        """Write a cut-over that begins.

        Raises:
            IdConflict: another one under the id was written meanwhile.
        """
        begun = {
            **row,
            "state": CutOverState.DRAFT,
            **dict.fromkeys(("done", "total", "samities", "members", "faults"), 0),
            "products": [],
            "maker_id": self._work.actor.person_id,
            "made_at": self._work.now,
        }
        add(self._session, sa.insert(cut_overs).values(begun), {"cut_overs_pkey": IdConflict()})

    def show(self, scope: Scope, cut_over_id: str) -> Row:
        """Return a cut-over.

        Raises:
            NotFound: there is none in scope.
        """
        query = sa.select(cut_overs).select_from(_PLACED)
        row = find_one(self._session, query.where(cut_overs.c.id == cut_over_id, office_in(scope)))
        if row is None:
            raise NotFound(field="id")
        return row

    def hold(self, scope: Scope, cut_over_id: str) -> Row:
        """Return a cut-over and keep others from moving it until the end of the work.

        Raises:
            NotFound: there is none in scope.
        """
        self.show(scope, cut_over_id)
        return self.get_held(cut_over_id)

    def get_held(self, cut_over_id: str) -> Row:
        """Return a cut-over that is sure to be there, for steps, and hold it."""
        query = sa.select(cut_overs).where(cut_overs.c.id == cut_over_id).with_for_update()
        return get_one(self._session, query)

    def change(self, cut_over_id: str, **values: Any) -> None:
        """Write where a cut-over stands now."""
        self._session.execute(sa.update(cut_overs).where(cut_overs.c.id == cut_over_id).values(**values))

    def list_page(self, scope: Scope, *, branch_id: str | None, after: str | None, limit: int) -> list[Row]:
        """Return the next cut-overs of the scope, the newest first."""
        newest_first = (cut_overs.c.made_at.desc(), cut_overs.c.id.desc())
        query = sa.select(cut_overs).select_from(_PLACED).where(office_in(scope))
        if branch_id is not None:
            query = query.where(cut_overs.c.branch_id == branch_id)
        if after is not None:
            last = sa.select(cut_overs.c.made_at, cut_overs.c.id).where(cut_overs.c.id == after)
            query = query.where(sa.tuple_(cut_overs.c.made_at, cut_overs.c.id) < last.scalar_subquery())
        return every(self._session, query.order_by(*newest_first).limit(limit))

    def count_rows(self, cut_over_id: str) -> int:
        """Return how many rows were brought so far."""
        query = sa.select(sa.func.count()).where(cut_over_rows.c.cut_over_id == cut_over_id)
        return self._session.execute(query).scalar_one()

    def add_rows(self, cut_over_id: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Keep rows of a file; those that are there already must say the same.

        Raises:
            IdConflict: one of them says something else.
        """
        kept = [dict(row) | {"cut_over_id": cut_over_id} for row in rows]
        self._session.execute(insert(cut_over_rows).on_conflict_do_nothing(), kept)
        if not self.has_rows(cut_over_id, rows):
            raise IdConflict

    def has_rows(self, cut_over_id: str, rows: Sequence[Mapping[str, Any]]) -> bool:
        """Tell whether all of some rows were brought, and said the same."""
        known = cut_over_rows.c
        for sheet in {row["sheet"] for row in rows}:
            said = {row["row"]: row["fingerprint"] for row in rows if row["sheet"] == sheet}
            query = sa.select(known.row, known.fingerprint).where(
                known.cut_over_id == cut_over_id, known.sheet == sheet, known.row.in_(said)
            )
            if {row[0]: row[1] for row in self._session.execute(query)} != said:
                return False
        return True

    def rows(self, cut_over_id: str) -> Iterator[Row]:
        """Yield every row, sheet by sheet in the file's order."""
        order = sa.case(
            {sheet.value: place for place, sheet in enumerate(CutOverSheet)}, value=cut_over_rows.c.sheet
        )
        query = (
            sa.select(*(cut_over_rows.c[name] for name in _ROW_NAMES))
            .where(cut_over_rows.c.cut_over_id == cut_over_id)
            .order_by(order, cut_over_rows.c.row)
        )
        for row in self._session.execute(query).mappings():
            yield dict(row)

    def write_faults(self, cut_over_id: str, faults: Sequence[Fault]) -> None:
        """Write what a check found, in the place of what the one before found."""
        of_it = cut_over_faults.c.cut_over_id == cut_over_id
        self._session.execute(sa.delete(cut_over_faults).where(of_it))
        rows = [
            {
                "cut_over_id": cut_over_id,
                "number": number,
                "sheet": fault.sheet,
                "row": fault.row,
                "column": fault.column,
                "code": fault.code,
            }
            for number, fault in enumerate(faults, start=1)
        ]
        if rows:
            self._session.execute(sa.insert(cut_over_faults), rows)

    def faults(self, cut_over_id: str, after: int, limit: int) -> list[Row]:
        """Return the next faults of a check."""
        fault = cut_over_faults.c
        query = sa.select(fault.number, fault.sheet, fault.row, fault.column, fault.code)
        of_it = (fault.cut_over_id == cut_over_id, fault.number > after)
        return every(self._session, query.where(*of_it).order_by(fault.number).limit(limit))

    def officers_of(self, branch_id: str) -> dict[str, tuple[str, ...]]:
        """Return the branch's field officers by each of their names, folded."""
        query = sa.select(staff.c.id, staff.c.name_bn, staff.c.name_en).where(
            staff.c.office_id == branch_id, staff.c.role == Role.FIELD_OFFICER, staff.c.active
        )
        found: dict[str, set[str]] = {}
        for row in every(self._session, query):
            for name in (row["name_bn"], row["name_en"]):
                found.setdefault(folded(name), set()).add(row["id"])
        return {name: tuple(sorted(ids)) for name, ids in found.items()}

    def living_with(self, nid_indexes: Collection[str]) -> frozenset[str]:
        """Return which of some identity numbers a member or applicant of the institution has already."""
        query = sa.select(members.c.nid_index).where(members.c.nid_index.in_(list(nid_indexes)), _LIVING)
        return frozenset(self._session.execute(query).scalars())

    def staff_mobiles(self) -> frozenset[str]:
        """Return the blind indexes of active staff's telephone numbers (rule P1)."""
        query = sa.select(staff.c.mobile_index).where(staff.c.active, staff.c.mobile_index.is_not(None))
        return frozenset(str(index) for index in self._session.execute(query).scalars())

    def branch(self, branch_id: str) -> Row:
        """Return a branch's code and names."""
        query = sa.select(offices.c.code, offices.c.name_bn, offices.c.name_en, offices.c.level)
        return get_one(self._session, query.where(offices.c.id == branch_id))

    def that_brought(self, new_id: str) -> str | None:
        """Return by which cut-over something came; None where it was made here."""
        query = sa.select(brought_over.c.cut_over_id).where(brought_over.c.id == new_id)
        return self._session.execute(query).scalar_one_or_none()

    def is_brought(self, cut_over_id: str) -> bool:
        """Tell whether a branch's people are written: all of them, or none."""
        query = sa.select(brought_over.c.id).where(brought_over.c.cut_over_id == cut_over_id).limit(1)
        return self._session.execute(query).first() is not None

    def date_savings(self, opened_on: Mapping[str, date]) -> None:
        """Write since when savings run that were brought over, by id."""
        dated = (
            sa.update(savings_accounts)
            .where(savings_accounts.c.id == sa.bindparam("account_id"))
            .values(opened_on=sa.bindparam("since"))
        )
        rows = [{"account_id": account_id, "since": since} for account_id, since in opened_on.items()]
        if rows:
            self._session.connection().execute(dated, rows)

    def open_brought_savings(self, cut_over_id: str) -> None:
        """Write that the savings of a branch are in the ledger."""
        brought = sa.select(brought_over.c.id).where(
            brought_over.c.cut_over_id == cut_over_id, brought_over.c.sheet == CutOverSheet.SAVINGS
        )
        opened = sa.update(savings_accounts).where(
            savings_accounts.c.id.in_(brought), savings_accounts.c.status == SavingsState.OPENING
        )
        self._session.execute(opened.values(status=SavingsState.OPEN))

    def note(self, cut_over: Row, became: Iterable[tuple[CutOverSheet, str, str]]) -> None:
        """Write what rows became, by the source's own ids.

        Raises:
            IdConflict: one of them was brought before.
        """
        rows = [
            {
                "branch_id": cut_over["branch_id"],
                "sheet": sheet,
                "source_id": source_id,
                "id": new_id,
                "cut_over_id": cut_over["id"],
            }
            for sheet, source_id, new_id in became
        ]
        refusals = {"brought_over_pkey": IdConflict(), "brought_over_id_key": IdConflict()}
        add(self._session, sa.insert(brought_over).values(rows), refusals)

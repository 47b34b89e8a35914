"""Officers who leave, the lists of their samities, and how things stand with them (rule P8)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, insert, or_, select, true, update
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.dialects.postgresql import insert as insert_or

from chassis.work import Work
from contracts.errors import NotFound
from contracts.money import Paisa
from transactions.domain.chart import Ledgers, OfficeAccount
from transactions.domain.officer_leavings import Leaving, Line, Sheet, Standing, digest_of
from transactions.models.collection import handovers, sheets
from transactions.models.ledger import accounts
from transactions.models.officer_leavings import (
    leaving_lines,
    leaving_sheets,
    leaving_signatures,
    officer_leavings,
)
from transactions.models.passbook_checks import passbook_checks
from transactions.models.projections import members, samities, staff
from transactions.repository.rows import RowStore
from transactions.repository.scope import Scope

_FINAL = ("authorised", "not_held")


class OfficerLeavingStore:
    """Leavings, lists, signatures."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._now = work.now
        self._rows = RowStore(work)

    def add(self, leaving: Leaving) -> bool:
        """Write a leaving; False where its id is known, or another one of the officer runs."""
        added = insert_or(officer_leavings).values(asdict(leaving)).on_conflict_do_nothing()
        return self._session.execute(added.returning(officer_leavings.c.id)).first() is not None

    def find(self, leaving_id: str) -> Leaving | None:
        """Return a leaving whatever its scope, to compare a request with; or None."""
        query = select(officer_leavings).where(officer_leavings.c.id == leaving_id)
        row = self._session.execute(query).mappings().first()
        return None if row is None else Leaving(**_plain(row))

    def get(self, leaving_id: str, scope: Scope, *, lock: bool = False) -> Leaving:
        """Return a leaving, held against every other change if asked.

        Raises:
            NotFound: there is none, or not for this caller.
        """
        query = select(officer_leavings).where(officer_leavings.c.id == leaving_id, _visible(scope))
        query = query.with_for_update() if lock else query
        row = self._session.execute(query).mappings().first()
        if row is None:
            raise NotFound
        return Leaving(**_plain(row))

    def of_office(self, office_id: str, scope: Scope, limit: int) -> tuple[Leaving, ...]:
        """Return the leavings of a branch, the newest first."""
        query = select(officer_leavings).where(officer_leavings.c.office_id == office_id, _visible(scope))
        newest = query.order_by(officer_leavings.c.begun_at.desc(), officer_leavings.c.id).limit(limit)
        return tuple(Leaving(**_plain(row)) for row in self._session.execute(newest).mappings())

    def finish(self, leaving_id: str, by: str) -> None:
        """Write that an officer has left."""
        done = {"finished_by": by, "finished_at": self._now}
        self._session.execute(
            update(officer_leavings).where(officer_leavings.c.id == leaving_id).values(**done)
        )

    def draw(self, leaving_id: str, sheet: Sheet, lines: Sequence[Line]) -> None:
        """Keep a drawing of a samity's list."""
        names = ("samity_id", "number", "digest", "drawn_at", "members", "savings", "loans")
        row = {name: getattr(sheet, name) for name in names}
        self._session.execute(insert(leaving_sheets).values(leaving_id=leaving_id, **row))
        place = {"leaving_id": leaving_id, "samity_id": sheet.samity_id, "number": sheet.number}
        if lines:
            self._session.execute(insert(leaving_lines), [place | asdict(one) for one in lines])

    def sign(self, leaving_id: str, sheet: Sheet, by: str) -> bool:
        """Write a signature; tells whether it is the first of this person."""
        row = {"leaving_id": leaving_id, "samity_id": sheet.samity_id, "number": sheet.number}
        signed = insert_or(leaving_signatures).values(**row, signed_by=by, signed_at=self._now)
        done = signed.on_conflict_do_nothing().returning(leaving_signatures.c.signed_by)
        return self._session.execute(done).first() is not None

    def newest(self, leaving: Leaving) -> tuple[Sheet, ...]:
        """Return the newest drawing of each samity's list, with who has signed it, by samity."""
        rows = leaving_sheets.c
        query = (
            select(
                rows.samity_id, rows.number, rows.digest, rows.drawn_at, rows.members, rows.savings,
                rows.loans,
                _signed_at(leaving.officer_id).label("officer_signed_at"),
                _signed_at(leaving.successor_id).label("successor_signed_at"),
            )
            .where(rows.leaving_id == leaving.id)
            .ext(distinct_on(rows.samity_id))
            .order_by(rows.samity_id, rows.number.desc())
        )  # fmt: skip
        return tuple(Sheet(**_plain(row)) for row in self._session.execute(query).mappings())

    def sheet(self, leaving: Leaving, samity_id: str) -> Sheet:
        """Return the newest drawing of one samity's list.

        Raises:
            NotFound: it was not his when the leaving began.
        """
        found = next((one for one in self.newest(leaving) if one.samity_id == samity_id), None)
        if found is None:
            raise NotFound
        return found

    def digests(self, drawn: Collection[Sheet]) -> dict[str, str]:
        """Return the digest of the balances of each listed samity as they are now."""
        balances = self.balances([sheet.samity_id for sheet in drawn])
        return {samity_id: digest_of(lines) for samity_id, lines in balances.items()}

    def standing(self, leaving: Leaving, today: date) -> Standing:
        """Return how things stand with who leaves; cash is what the book and the sheets say together (M7)."""
        office_id, officer_id = leaving.office_id, leaving.officer_id
        booked = self._balance(OfficeAccount(Ledgers.OFFICER_CASH, office_id, officer_id))
        query = select(staff.c.active).where(staff.c.id == officer_id)
        return Standing(
            open_sheets=self._open_sheets(officer_id, office_id),
            open_handovers=self._open_handovers(officer_id),
            cash=Paisa(booked + self._rows.in_field(office_id, today, officer_id)),
            receivable=Paisa(self._balance(OfficeAccount(Ledgers.OFFICER_RECEIVABLE, office_id, officer_id))),
            samities=self.samities_of(officer_id, office_id),
            may_work=bool(self._session.execute(query).scalar()),
        )

    def _balance(self, account: OfficeAccount) -> int:
        query = select(accounts.c.balance).where(accounts.c.id == account.id)
        return self._session.execute(query).scalar() or 0

    def lines_of(self, leaving_id: str, sheet: Sheet) -> tuple[Line, ...]:
        """Return the lines of a drawing, by member."""
        rows = leaving_lines.c
        query = (
            select(rows.member_id, rows.savings, rows.loans)
            .where(
                rows.leaving_id == leaving_id,
                rows.samity_id == sheet.samity_id,
                rows.number == sheet.number,
            )
            .order_by(rows.member_id)
        )
        return tuple(Line(**_plain(row)) for row in self._session.execute(query).mappings())

    def balances(self, samity_ids: Collection[str]) -> dict[str, list[Line]]:
        """Return what each member of some samities has saved and owes now; who has no account is left out."""
        debit = accounts.c.grows_on == "debit"
        query = (
            select(
                members.c.samity_id,
                members.c.id.label("member_id"),
                func.sum(case((debit, 0), else_=accounts.c.balance)).label("savings"),
                func.sum(case((debit, accounts.c.balance), else_=0)).label("loans"),
            )
            .join(accounts, and_(accounts.c.member_id == members.c.id, ~accounts.c.closed))
            .where(members.c.samity_id.in_(samity_ids))
            .group_by(members.c.samity_id, members.c.id)
            .order_by(members.c.samity_id, members.c.id)
        )
        found: dict[str, list[Line]] = {samity_id: [] for samity_id in samity_ids}
        for row in self._session.execute(query):
            line = Line(member_id=row.member_id, savings=Paisa(int(row.savings)), loans=Paisa(int(row.loans)))
            found[row.samity_id].append(line)
        return found

    def samities_of(self, officer_id: str, office_id: str) -> frozenset[str]:
        """Return the samities that an officer has now."""
        query = select(samities.c.id).where(
            samities.c.officer_id == officer_id, samities.c.branch_id == office_id, samities.c.active
        )
        return frozenset(self._session.execute(query).scalars())

    def _open_sheets(self, officer_id: str, office_id: str) -> int:
        his = or_(sheets.c.holder_id == officer_id, sheets.c.collected_by == officer_id)
        query = select(func.count()).select_from(sheets)
        return int(
            self._session.execute(
                query.where(sheets.c.office_id == office_id, sheets.c.status.not_in(_FINAL), his)
            ).scalar_one()
        )

    def _open_handovers(self, officer_id: str) -> int:
        query = select(func.count()).select_from(handovers)
        his = (handovers.c.officer_id == officer_id, handovers.c.status != "authorised")
        return int(self._session.execute(query.where(*his)).scalar_one())

    def passbooks(
        self, office_id: str, since: date, samity_ids: Collection[str]
    ) -> Mapping[str, tuple[int, int]]:
        """Return how many passbooks of each samity were drawn from a month on, and how many looked at."""
        checks = passbook_checks.c
        looked_at = func.count().filter(checks.state != "waiting")
        query = (
            select(checks.samity_id, func.count(), looked_at)
            .where(checks.office_id == office_id, checks.month >= since, checks.samity_id.in_(samity_ids))
            .group_by(checks.samity_id)
        )
        return {row[0]: (row[1], row[2]) for row in self._session.execute(query)}

    def names_of_samities(self, samity_ids: Collection[str]) -> dict[str, Mapping[Any, Any]]:
        """Return code and names of samities that the caller reads already."""
        query = select(samities.c.id, samities.c.code, samities.c.name_bn, samities.c.name_en)
        query = query.where(samities.c.id.in_(samity_ids))
        return {row["id"]: row for row in self._session.execute(query).mappings()}


def _visible(scope: Scope) -> ColumnElement[bool]:
    """Tell what a caller sees: a field officer what concerns him, everybody else his offices."""
    mine: ColumnElement[bool] = true()
    if scope.officer_id is not None:
        mine = or_(
            officer_leavings.c.officer_id == scope.officer_id,
            officer_leavings.c.successor_id == scope.officer_id,
        )
    return and_(scope.sees_office(officer_leavings.c.office_id), mine)


def _signed_at(person_id: str) -> Any:
    rows = leaving_signatures.c
    query: Select[Any] = select(rows.signed_at).where(
        rows.leaving_id == leaving_sheets.c.leaving_id,
        rows.samity_id == leaving_sheets.c.samity_id,
        rows.number == leaving_sheets.c.number,
        rows.signed_by == person_id,
    )
    return query.correlate(leaving_sheets).scalar_subquery()


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(name): value for name, value in row.items()}

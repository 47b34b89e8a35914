"""The register of mismatches and complaints: written once, read by whom it is for (rule P4)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select, text, true, tuple_
from sqlalchemy.dialects.postgresql import insert as insert_or

from chassis.work import Work
from contracts.errors import NotFound
from contracts.transactions.complaint_words import (
    ComplaintAbout,
    ComplaintAgainst,
    ComplaintOutcome,
    ComplaintVia,
    Contacted,
)
from transactions.domain.complaints import Act, Case, Complaint, Deed, Reader
from transactions.models.complaints import complaint_acts, complaints
from transactions.models.ledger import accounts
from transactions.models.metadata import ID
from transactions.models.projections import members, offices, samities, staff
from transactions.repository.scope import Scope

_SHEETS_OF_IT = """(
               SELECT sheet_id FROM sheet_rows WHERE sheet_rows.row_id = cases.row_id
                UNION
               SELECT sheets.id FROM sheets
                WHERE cases.about = 'no_entry' AND sheets.office_id = cases.office_id
                  AND sheets.samity_id = cases.samity_id AND sheets.meeting_on = cases.happened_on
           )"""
"""The sheet on which the line stands, or that of her samity on the day on which one is missing."""

_CONCERNED = text(
    f"""
    SELECT cases.id AS complaint_id, people.person_id,
           coalesce(staff.role = 'branch_manager', false) AS manages
      FROM complaints AS cases
      LEFT JOIN samities ON samities.id = cases.samity_id
      LEFT JOIN entries ON entries.id = cases.entry_id
      LEFT JOIN passbook_checks AS checks ON checks.id = cases.check_id
     CROSS JOIN LATERAL (
               SELECT unnest(ARRAY[cases.officer_id, samities.officer_id, entries.officer_id,
                                   entries.maker_id, entries.checker_id, checks.checked_by])
                UNION
               SELECT unnest(ARRAY[collected_by, counted_by, authorised_by, checked_by])
                 FROM {_SHEETS_OF_IT} AS found JOIN sheets ON sheets.id = found.sheet_id
                UNION
               SELECT managers.id FROM staff AS managers
                WHERE cases.against = 'manager' AND managers.role = 'branch_manager'
                  AND managers.office_id = cases.office_id
           ) AS people(person_id)
      LEFT JOIN staff ON staff.id = people.person_id
     WHERE cases.id = ANY(CAST(:ids AS uuid[])) AND people.person_id IS NOT NULL
    """  # noqa: S608 - only texts of the house
).columns(complaint_id=ID, person_id=ID)
"""Her officers then and now, who posted or checked the line, who found the difference, her managers (P4)."""

_SHEETS = text(
    f"""
    SELECT sheets.id AS sheet_id, sheets.meeting_on, sheets.status, sheets.collected_by, sheets.counted_by,
           sheets.authorised_by, sheets.checked_by
      FROM complaints AS cases
     CROSS JOIN LATERAL {_SHEETS_OF_IT} AS found
      JOIN sheets ON sheets.id = found.sheet_id
     WHERE cases.id = :id ORDER BY sheets.meeting_on, sheets.id
    """  # noqa: S608 - only texts of the house
).columns(sheet_id=ID, collected_by=ID, counted_by=ID, authorised_by=ID, checked_by=ID)

_ON_ITS_WAY = text(
    """
    SELECT sheet_rows.account_id, sheet_rows.amount, sheet_rows.receipt_number, sheet_rows.kind,
           sheets.meeting_on AS value_on
      FROM sheet_rows JOIN sheets ON sheets.id = sheet_rows.sheet_id
     WHERE sheet_rows.row_id = :row_id AND sheet_rows.member_id = :member_id
    """
).columns(account_id=ID)

_CORRECTING = text(
    """
    SELECT coalesce(sum(postings.amount) FILTER (
               WHERE accounts.ledger = :receivable AND postings.side = 'debit'), 0)::bigint AS owed,
           bool_or(accounts.member_id = :member_id OR loans.member_id = :member_id) AS hers
      FROM entries
      JOIN postings ON postings.business_on = entries.business_on AND postings.entry_id = entries.id
      JOIN accounts ON accounts.id = postings.account_id
      LEFT JOIN loans ON loans.id = accounts.owner_id
     WHERE entries.id = :entry_id AND entries.recorded_at > :since
    """
)


class ComplaintStore:
    """Cases, and what was done about them."""

    def __init__(self, work: Work) -> None:
        self._session = work.session

    def add(self, complaint: Complaint) -> bool:
        """Write a case; False where its id, or its passbook, is in the register already."""
        written = insert_or(complaints).values(**asdict(complaint)).on_conflict_do_nothing()
        return self._session.execute(written.returning(complaints.c.id)).first() is not None

    def act(self, act: Act) -> bool:
        """Write what was done; False where it was done before."""
        written = insert_or(complaint_acts).values(**asdict(act)).on_conflict_do_nothing()
        return self._session.execute(written.returning(complaint_acts.c.deed)).first() is not None

    def find(self, complaint_id: str) -> Complaint | None:
        """Return a case as it was taken, whoever asks: an id is used once."""
        query = complaints.select().where(complaints.c.id == complaint_id)
        row = self._session.execute(query).mappings().first()
        return _complaint(row) if row else None

    def case(self, complaint_id: str, scope: Scope, reader: Reader) -> Case:
        """Return a case with what was done about it.

        Raises:
            NotFound: there is none, or it is not for these eyes.
        """
        found = self._cases(complaints.c.id == complaint_id, _visible(scope, reader))
        if not found:
            raise NotFound
        return found[0]

    def page(
        self, path: str, reader: Reader, *, answered: bool, after: str | None, limit: int
    ) -> tuple[Case, ...]:
        """Return cases of an office and all below it, the newest first, answered or not."""
        below = exists().where(
            offices.c.id == complaints.c.office_id, offices.c.path.startswith(path, autoescape=True)
        )
        is_answered = _did(Deed.ANSWERED)
        return self._cases(
            below,
            _visible(Scope(office_path=path), reader),
            is_answered if answered else ~is_answered,
            after=after,
            limit=limit,
        )

    def told(self, officer_id: str, after: str | None, limit: int) -> tuple[Case, ...]:
        """Return the cases of an officer's members with whom somebody has spoken."""
        his = or_(
            complaints.c.officer_id == officer_id,
            exists().where(samities.c.id == complaints.c.samity_id, samities.c.officer_id == officer_id),
        )
        not_of_others = complaints.c.against == ComplaintAgainst.OFFICER
        return self._cases(his, not_of_others, _did(Deed.CONTACTED), after=after, limit=limit)

    def of_member(self, member_id: str) -> tuple[Case, ...]:
        """Return all of a member's, the newest first."""
        return self._cases(complaints.c.member_id == member_id)

    def count_earlier(self, complaint: Complaint, scope: Scope, reader: Reader) -> int:
        """Return how many a member had in the register before one, as far as they are for these eyes."""
        query = select(func.count()).where(
            complaints.c.member_id == complaint.member_id,
            complaints.c.taken_at < complaint.taken_at,
            _visible(scope, reader),
        )
        return int(self._session.execute(query.select_from(complaints)).scalar_one())

    def count_open(self, member_id: str, kept_from: str | None) -> int:
        """Return how many of a member's nobody has answered yet; to an officer, as far as he may know."""
        query = select(func.count()).where(complaints.c.member_id == member_id, ~_did(Deed.ANSWERED))
        if kept_from is not None:
            query = query.where(_may_know(kept_from))
        return int(self._session.execute(query.select_from(complaints)).scalar_one())

    def of_checks(self, check_ids: Collection[str]) -> dict[str, Case]:
        """Return the cases that differences of passbooks opened, by check."""
        found = self._cases(complaints.c.check_id.in_(check_ids))
        return {str(case.complaint.check_id): case for case in found}

    def has_earlier(
        self, member_id: str, officer_id: str | None, against: ComplaintAgainst, since: date
    ) -> bool:
        """Tell whether she complained since a day of the same: her officer, his manager, or somebody else."""
        query = select(complaints.c.id).where(
            complaints.c.member_id == member_id,
            complaints.c.officer_id.is_not_distinct_from(officer_id),
            complaints.c.against == against,
            complaints.c.taken_on >= since,
        )
        return self._session.execute(query.limit(1)).first() is not None

    def officer_of(self, samity_id: str) -> str | None:
        """Return who collects in a samity."""
        query = select(samities.c.officer_id).where(samities.c.id == samity_id)
        found: str | None = self._session.execute(query).scalar()
        return found

    def member_id_of_code(self, code: str, path: str | None) -> str:
        """Return the member of an office or one below it who has a code, whoever collects from her.

        Raises:
            NotFound: there is none.
        """
        query = (
            select(members.c.id)
            .join(offices, offices.c.id == members.c.branch_id)
            .where(members.c.code == code, offices.c.path.startswith(path or "?", autoescape=True))
        )
        found: str | None = self._session.execute(query).scalar()
        if found is None:
            raise NotFound
        return found

    def account_id_of_code(self, member_id: str, code: str) -> str | None:
        """Return a member's account by the code that stands in her passbook."""
        query = select(accounts.c.id).where(accounts.c.member_id == member_id, accounts.c.code == code)
        found: str | None = self._session.execute(query).scalar()
        return found

    def on_its_way(self, row_id: str, member_id: str) -> Mapping[Any, Any] | None:
        """Return a row of a sheet, where it is hers."""
        asked = {"row_id": row_id, "member_id": member_id}
        return self._session.execute(_ON_ITS_WAY, asked).mappings().first()

    def sheets(self, complaint_id: str) -> Sequence[Mapping[Any, Any]]:
        """Return the sheets of a case with who handled them."""
        return list(self._session.execute(_SHEETS, {"id": complaint_id}).mappings())

    def correcting(self, entry_id: str, complaint: Complaint, receivable: str) -> Mapping[Any, Any]:
        """Return whether an entry after a complaint moved money of hers, and what an officer owes by it."""
        asked = {
            "entry_id": entry_id,
            "member_id": complaint.member_id,
            "since": complaint.taken_at,
            "receivable": receivable,
        }
        return self._session.execute(_CORRECTING, asked).mappings().one()

    def names(self, complaint_ids: Collection[str]) -> dict[str, Mapping[Any, Any]]:
        """Return how the office, member, samity, officer and account of cases are called, by case."""
        query = (
            select(
                complaints.c.id,
                offices.c.name_bn.label("office_name_bn"),
                offices.c.name_en.label("office_name_en"),
                members.c.code.label("member_code"),
                members.c.name_bn.label("member_name_bn"),
                members.c.name_en.label("member_name_en"),
                samities.c.code.label("samity_code"),
                samities.c.name_bn.label("samity_name_bn"),
                samities.c.name_en.label("samity_name_en"),
                staff.c.name_bn.label("officer_name_bn"),
                staff.c.name_en.label("officer_name_en"),
                accounts.c.code.label("account_code"),
            )
            .join(offices, offices.c.id == complaints.c.office_id)
            .join(members, members.c.id == complaints.c.member_id)
            .join(samities, samities.c.id == complaints.c.samity_id)
            .outerjoin(staff, staff.c.id == complaints.c.officer_id)
            .outerjoin(accounts, accounts.c.id == complaints.c.account_id)
            .where(complaints.c.id.in_(complaint_ids))
        )
        return {row["id"]: row for row in self._session.execute(query).mappings()}

    def _cases(
        self, *conditions: ColumnElement[bool], after: str | None = None, limit: int | None = None
    ) -> tuple[Case, ...]:
        newest = (complaints.c.taken_at.desc(), complaints.c.id.desc())
        query = complaints.select().where(*conditions).order_by(*newest)
        if after is not None:
            last = complaints.alias("last_of_page")
            since = select(last.c.taken_at).where(last.c.id == after).scalar_subquery()
            query = query.where(
                tuple_(complaints.c.taken_at, complaints.c.id) < tuple_(since, literal(after, ID))
            )
        found = [_complaint(row) for row in self._session.execute(query.limit(limit)).mappings()]
        ids = [one.id for one in found]
        acts = self._acts(ids)
        people: dict[str, set[str]] = defaultdict(set)
        managers: dict[str, set[str]] = defaultdict(set)
        for row in self._session.execute(_CONCERNED, {"ids": ids}) if ids else ():
            people[row.complaint_id].add(row.person_id)
            if row.manages:
                managers[row.complaint_id].add(row.person_id)
        return tuple(
            Case(
                complaint=one,
                acts=acts.get(one.id, {}),
                concerned=frozenset(people[one.id]),
                managers=frozenset(managers[one.id]),
            )
            for one in found
        )

    def _acts(self, complaint_ids: Collection[str]) -> dict[str, dict[Deed, Act]]:
        acts: dict[str, dict[Deed, Act]] = defaultdict(dict)
        query = complaint_acts.select().where(complaint_acts.c.complaint_id.in_(complaint_ids))
        for row in self._session.execute(query).mappings():
            act = _act(row)
            acts[act.complaint_id][act.deed] = act
        return acts


def _visible(scope: Scope, reader: Reader) -> ColumnElement[bool]:
    """Return the condition that a case is for a reader: of himself only what she may know he knows."""
    in_branch = true() if reader.above else complaints.c.against != ComplaintAgainst.MANAGER
    return and_(scope.sees_office(complaints.c.office_id), in_branch, _may_know(reader.person_id))


def _may_know(person_id: str) -> ColumnElement[bool]:
    """Return the condition that somebody may know of a case: it is no officer's own, or she was contacted."""
    return or_(complaints.c.officer_id.is_distinct_from(person_id), _did(Deed.CONTACTED))


def _did(deed: Deed) -> ColumnElement[bool]:
    return exists().where(complaint_acts.c.complaint_id == complaints.c.id, complaint_acts.c.deed == deed)


def _complaint(row: Mapping[Any, Any]) -> Complaint:
    closed = {
        "about": ComplaintAbout(row["about"]),
        "via": ComplaintVia(row["via"]),
        "against": ComplaintAgainst(row["against"]),
    }
    return Complaint(**{**row, **closed})


def _act(row: Mapping[Any, Any]) -> Act:
    closed = {
        "deed": Deed(row["deed"]),
        "contact": Contacted(row["contact"]) if row["contact"] else None,
        "outcome": ComplaintOutcome(row["outcome"]) if row["outcome"] else None,
    }
    return Act(**{**row, **closed})

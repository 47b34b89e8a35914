"""Findings of auditors, their steps, and what they are about (rule P12)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import DateTime, bindparam, exists, select, text
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from contracts.errors import NotFound
from contracts.transactions.finding_words import FindingAbout, FindingState, FindingStep
from transactions.domain.findings import STATE_AFTER, Finding, Step
from transactions.domain.people import Office
from transactions.models.collection import sheets
from transactions.models.days import vault_counts
from transactions.models.findings import finding_steps, findings
from transactions.models.ledger import entries
from transactions.models.metadata import ID
from transactions.models.projections import members
from transactions.models.surprise_counts import surprise_counts
from transactions.repository.scope import Scope

THINGS = {
    FindingAbout.ENTRY: ((entries.c.id, entries.c.office_id),),
    FindingAbout.SHEET: ((sheets.c.id, sheets.c.office_id),),
    FindingAbout.MEMBER: ((members.c.id, members.c.branch_id),),
    FindingAbout.COUNT: (
        (surprise_counts.c.id, surprise_counts.c.office_id),
        (vault_counts.c.id, vault_counts.c.office_id),
    ),
}
"""Where the things stand that a finding may be about: their id, and whose they are."""

ABOUT = """
    LEFT JOIN entries ON findings.about = 'entry' AND entries.id = findings.about_id
    LEFT JOIN vouchers ON vouchers.entry_id = entries.id
    LEFT JOIN sheets ON findings.about = 'sheet' AND sheets.id = findings.about_id
    LEFT JOIN samities ON samities.id = sheets.samity_id
    LEFT JOIN members ON findings.about = 'member' AND members.id = findings.about_id
    LEFT JOIN surprise_counts ON findings.about = 'count' AND surprise_counts.id = findings.about_id
    LEFT JOIN vault_counts ON findings.about = 'count' AND vault_counts.id = findings.about_id
    LEFT JOIN staff AS keeper ON keeper.id = surprise_counts.officer_id
"""
"""What a finding is about."""
ABOUT_COLUMNS = """
    coalesce(members.code, upper(left(vouchers.kind, 1)) || '-' || vouchers.fiscal_year || '-'
             || lpad(vouchers.number::text, 6, '0')) AS about_code,
    coalesce(members.name_bn, samities.name_bn, keeper.name_bn) AS about_name_bn,
    coalesce(members.name_en, samities.name_en, keeper.name_en) AS about_name_en,
    coalesce(entries.business_on, sheets.meeting_on, surprise_counts."on", vault_counts."on") AS about_on
"""
"""By which it is known."""
STANDING = """
    JOIN finding_steps AS raised ON raised.finding_id = findings.id AND raised.number = 1
    JOIN LATERAL (
        SELECT kind, number, "by", said, at FROM finding_steps WHERE finding_id = findings.id
         ORDER BY number DESC LIMIT 1
    ) AS newest ON true
    JOIN LATERAL (
        SELECT answer_by FROM finding_steps WHERE finding_id = findings.id AND answer_by IS NOT NULL
         ORDER BY number DESC LIMIT 1
    ) AS asked ON true
"""
"""How it began, and how it stands: the newest step, and until when the newest answer was asked for."""

_LISTED = f"""
    SELECT findings.id, findings.office_id, offices.code AS office_code, offices.name_bn AS office_bn,
           offices.name_en AS office_en, findings.about, findings.about_id, {ABOUT_COLUMNS}, raised.said,
           auditor.name_bn AS raised_by_bn, auditor.name_en AS raised_by_en, findings.raised_at,
           newest.kind, newest.number AS step, asked.answer_by
      FROM findings
      JOIN offices ON offices.id = findings.office_id
      {STANDING}
      LEFT JOIN staff AS auditor ON auditor.id = raised."by"
      {ABOUT}
"""  # noqa: S608 - only texts of the house
_PAGE = f"""{_LISTED}
     WHERE starts_with(offices.path, :path)
       AND (CAST(:kinds AS text[]) IS NULL OR newest.kind = ANY(CAST(:kinds AS text[])))
       AND (CAST(:after_id AS uuid) IS NULL OR (findings.raised_at, findings.id) < (:after_at, :after_id))
     ORDER BY findings.raised_at DESC, findings.id DESC LIMIT :limit
"""


class FindingStore:
    """What auditors found, and what became of it."""

    def __init__(self, work: Work) -> None:
        self._session = work.session

    def holds(self, office_id: str, about: FindingAbout, about_id: str) -> bool:
        """Tell whether a thing is of an office."""
        return any(
            self._session.execute(select(exists().where(key == about_id, whose == office_id))).scalar_one()
            for key, whose in THINGS[about]
        )

    def raise_(self, finding: Finding, first: Step) -> bool:
        """Write a finding with its first step; tells whether its id was new."""
        row = {**asdict(finding), "raised_at": first.at}
        fresh = insert(findings).values(**row).on_conflict_do_nothing()
        if self._session.execute(fresh.returning(findings.c.id)).first() is None:
            return False
        return self.take(finding.id, first)

    def take(self, finding_id: str, step: Step) -> bool:
        """Write a step; tells whether its place was free."""
        fresh = insert(finding_steps).values(finding_id=finding_id, **asdict(step)).on_conflict_do_nothing()
        return self._session.execute(fresh.returning(finding_steps.c.number)).first() is not None

    def get(self, finding_id: str, scope: Scope) -> Finding:
        """Return a finding.

        Raises:
            NotFound: there is none, or not for this caller.
        """
        visible = scope.sees_office(findings.c.office_id)
        query = select(findings).where(findings.c.id == finding_id, visible)
        row = self._session.execute(query).mappings().first()
        if row is None:
            raise NotFound
        return Finding(
            id=row["id"],
            office_id=row["office_id"],
            about=FindingAbout(row["about"]),
            about_id=row["about_id"],
            fingerprint=row["fingerprint"],
        )

    def steps_of(self, finding_id: str) -> tuple[Step, ...]:
        """Return what happened to a finding, the oldest first."""
        query = select(finding_steps).where(finding_steps.c.finding_id == finding_id)
        rows = self._session.execute(query.order_by(finding_steps.c.number)).mappings()
        return tuple(_step(row) for row in rows)

    def listed(
        self, office: Office, state: FindingState | None, after: str | None, limit: int
    ) -> Sequence[Mapping[Any, Any]]:
        """Return the findings of an office and all below it as they stand, the newest first."""
        kinds = [kind.value for kind, after_it in STATE_AFTER.items() if after_it is state]
        asked = {"path": office.path, "kinds": kinds or None, "limit": limit, "after_id": after}
        place = select(findings.c.raised_at).where(findings.c.id == after) if after else None
        after_at = self._session.execute(place).scalar_one() if place is not None else None
        question = text(_PAGE).bindparams(bindparam("after_id", type_=ID), bindparam("after_at", type_=_AT))
        answered = question.columns(id=ID, office_id=ID, about_id=ID)
        return self._session.execute(answered, {**asked, "after_at": after_at}).mappings().all()

    def one(self, finding_id: str) -> Mapping[Any, Any]:
        """Return a finding that the caller sees already, as it stands."""
        question = text(f"{_LISTED} WHERE findings.id = :id").bindparams(bindparam("id", type_=ID))
        answered = question.columns(id=ID, office_id=ID, about_id=ID)
        return self._session.execute(answered, {"id": finding_id}).mappings().one()


_AT = DateTime(timezone=True)


def _step(row: Mapping[Any, Any]) -> Step:
    values = {str(name): value for name, value in row.items() if name != "finding_id"}
    return Step(**{**values, "kind": FindingStep(row["kind"])})

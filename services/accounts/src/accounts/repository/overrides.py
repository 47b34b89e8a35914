"""The register of overrides: who asked, who allowed, for which breach of which loan."""

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from accounts.domain.approvals import Stage
from accounts.domain.lending.overrides import Override
from accounts.domain.scope import Scope
from accounts.models import approvals, loans, members, offices, overrides, samities, staff
from accounts.repository.rows import Row, add, every, find_one, get_one
from accounts.repository.scope import office_in
from chassis.work import Work
from contracts.accounts.approval_words import ApprovalKind
from contracts.accounts.law_words import BreachKind
from contracts.errors import IdConflict, NotFound

_maker = staff.alias("maker")
_checker = staff.alias("checker")
_JOINED = (
    overrides.join(
        approvals,
        sa.and_(approvals.c.subject_id == overrides.c.id, approvals.c.kind == ApprovalKind.OVERRIDE),
    )
    .join(offices, offices.c.id == overrides.c.office_id)
    .outerjoin(_maker, _maker.c.id == overrides.c.maker_id)
    .outerjoin(_checker, _checker.c.id == approvals.c.checker_id)
)
_OWN = (overrides.c.id, overrides.c.subject_id, overrides.c.breach, overrides.c.figure, overrides.c.reason)
_SHOWN = (
    *_OWN,
    overrides.c.office_id,
    overrides.c.maker_id,
    overrides.c.proposed_at,
    offices.c.name_bn.label("office_bn"),
    offices.c.name_en.label("office_en"),
    approvals.c.id.label("approval_id"),
    approvals.c.state,
    approvals.c.checker_id,
    approvals.c.decided_at,
    approvals.c.reason.label("decision_reason"),
    _maker.c.name_bn.label("maker_bn"),
    _maker.c.name_en.label("maker_en"),
    _checker.c.name_bn.label("checker_bn"),
    _checker.c.name_en.label("checker_en"),
)

_WHOSE = (
    sa.select(loans.c.member_id)
    .select_from(
        loans.join(members, members.c.id == loans.c.member_id).join(
            samities, samities.c.id == members.c.samity_id
        )
    )
    .where(loans.c.id == overrides.c.subject_id, samities.c.branch_id == overrides.c.office_id)
    .scalar_subquery()
)
"""Whose loan it is, if it is of the branch that asked: another branch may have guessed its id."""
_STATE = (
    *_OWN,
    overrides.c.office_id,
    overrides.c.maker_id,
    overrides.c.proposed_at,
    approvals.c.state,
    approvals.c.checker_id,
    approvals.c.decided_at,
    _WHOSE.label("member_id"),
    sa.case((_WHOSE.is_(None), 1), else_=2).label("version"),
)
_DECIDED = approvals.c.state.in_([Stage.APPROVED, Stage.DECLINED])


class OverrideStore:
    """Overrides of a scope; what is not in it is not found."""

    def __init__(self, work: Work) -> None:
        self._session = work.session
        self._work = work

    def find(self, override_id: str) -> Override | None:
        """Return what was asked under an id, whoever asks: for a request that is repeated."""
        query = sa.select(*_OWN, overrides.c.fingerprint).where(overrides.c.id == override_id)
        row = find_one(self._session, query)
        return None if row is None else _override(row)

    def standing(self, subject_id: str, *, office_id: str) -> tuple[Override, ...]:
        """Return what two people let pass for a loan proposal that was found in scope.

        Args:
            subject_id: The proposal.
            office_id: Its branch: what another branch asked for under this id does not count.
        """
        query = (
            sa.select(*_OWN, overrides.c.fingerprint)
            .select_from(_JOINED)
            .where(
                overrides.c.subject_id == subject_id,
                approvals.c.state == Stage.APPROVED,
                overrides.c.office_id == office_id,
            )
            .order_by(overrides.c.proposed_at, overrides.c.id)
        )
        return tuple(_override(row) for row in every(self._session, query))

    def state(self, override_id: str) -> Row:
        """Return what the books are told of one, as it stands before or after its decision."""
        query = sa.select(*_STATE).select_from(_JOINED).where(overrides.c.id == override_id)
        return get_one(self._session, query)

    def decided_of(self, subject_id: str, *, office_id: str) -> list[Row]:
        """Return what the books are told of all that was decided for a loan in its branch."""
        of_loan = (overrides.c.subject_id == subject_id, overrides.c.office_id == office_id, _DECIDED)
        query = sa.select(*_STATE).select_from(_JOINED).where(*of_loan)
        return every(self._session, query.order_by(overrides.c.id))

    def feed(self, *, after: str | None, limit: int) -> list[Row]:
        """Return what the books are told of the next decided ones, by id."""
        query = sa.select(*_STATE).select_from(_JOINED).where(_DECIDED)
        if after is not None:
            query = query.where(overrides.c.id > after)
        return every(self._session, query.order_by(overrides.c.id).limit(limit))

    def propose(self, override: Override, *, office_id: str) -> None:
        """Write what waits for the area manager.

        Raises:
            IdConflict: another one under the id was written meanwhile.
        """
        row = {name: getattr(override, name) for name in Override.__dataclass_fields__}
        row |= {
            "office_id": office_id,
            "maker_id": self._work.actor.person_id,
            "proposed_at": self._work.now,
            "proposed_on": self._work.today,
        }
        add(self._session, sa.insert(overrides).values(row), {"overrides_pkey": IdConflict()})

    def show(self, scope: Scope, override_id: str) -> Row:
        """Return one as the register shows it.

        Raises:
            NotFound: there is none in scope.
        """
        query = sa.select(*_SHOWN).select_from(_JOINED)
        row = find_one(self._session, query.where(overrides.c.id == override_id, office_in(scope)))
        if row is None:
            raise NotFound(field="id")
        return row

    def list_page(self, scope: Scope, wanted: Mapping[str, Any]) -> list[Row]:
        """Return the next of the scope, the newest first.

        Args:
            scope: Whose offices.
            wanted: `office_id` for its subtree, `subject_id`, days `from_on`, `to_on`, `after`, `limit`.
        """
        query = sa.select(*_SHOWN).select_from(_JOINED).where(office_in(scope), *_conditions(wanted))
        order = (overrides.c.proposed_at.desc(), overrides.c.id.desc())
        return every(self._session, query.order_by(*order).limit(wanted["limit"]))


def _conditions(wanted: Mapping[str, Any]) -> Iterator[sa.ColumnElement[bool]]:
    if wanted["office_id"] is not None:
        above = offices.alias("above")
        path = sa.select(above.c.path).where(above.c.id == wanted["office_id"]).scalar_subquery()
        yield sa.func.starts_with(offices.c.path, path)
    if wanted["subject_id"] is not None:
        yield overrides.c.subject_id == wanted["subject_id"]
    if wanted["from_on"] is not None:
        yield overrides.c.proposed_on >= wanted["from_on"]
    if wanted["to_on"] is not None:
        yield overrides.c.proposed_on <= wanted["to_on"]
    if wanted["after"] is not None:
        last = sa.select(overrides.c.proposed_at, overrides.c.id).where(overrides.c.id == wanted["after"])
        yield sa.tuple_(overrides.c.proposed_at, overrides.c.id) < last.scalar_subquery()


def _override(row: Row) -> Override:
    return Override(**row | {"breach": BreachKind(row["breach"])})

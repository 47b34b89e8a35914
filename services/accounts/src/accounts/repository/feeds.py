"""The whole institution, page by page: for services that rebuild what they remember, and for timers."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from accounts.domain.admission import MESSAGES
from accounts.models import consents, members, samities, samity_days, samity_officers
from accounts.repository.rows import Row, every, get_one
from chassis.work import Work

_SAMITY = (
    samities.c.id,
    samities.c.code,
    samities.c.name_bn,
    samities.c.name_en,
    samities.c.branch_id,
    samities.c.meeting_weekday,
    samities.c.officer_id,
    samities.c.active,
    samities.c.version,
)
_MEMBER = (
    members.c.id,
    members.c.code,
    members.c.name_bn,
    members.c.name_en,
    members.c.samity_id,
    samities.c.branch_id,
    members.c.status,
    members.c.language,
    members.c.admitted_on,
    members.c.deceased_on,
    members.c.version,
)
_APPLICANT = (
    members.c.id,
    members.c.name_bn,
    members.c.name_en,
    members.c.samity_id,
    samities.c.branch_id,
    members.c.status,
    members.c.version,
)
_MESSAGES = (
    sa.select(consents.c.given)
    .where(consents.c.member_id == members.c.id, consents.c.purpose == MESSAGES)
    .order_by(consents.c.at.desc())
    .limit(1)
    .scalar_subquery()
)
_CONTACT = (
    members.c.id,
    members.c.mobile,
    members.c.mobile_changed_on,
    sa.func.coalesce(_MESSAGES, sa.false()).label("messages_consent"),
    members.c.language,
    members.c.version,
)
_ADMITTED = members.c.code.is_not(None)
_PLACED = members.join(samities, samities.c.id == members.c.samity_id)


class Feeds:
    """States as events tell them. Applicants are apart: only the book needs to know who asked (rule L8)."""

    def __init__(self, work: Work) -> None:
        self._session = work.session

    def samity(self, samity_id: str) -> Row:
        """Return the state of a samity."""
        return get_one(self._session, sa.select(*_SAMITY).where(samities.c.id == samity_id))

    def member(self, member_id: str) -> Row:
        """Return the state of a member."""
        query = sa.select(*_MEMBER).select_from(_PLACED).where(members.c.id == member_id)
        return get_one(self._session, query)

    def applicant(self, member_id: str) -> Row:
        """Return how somebody stands who asked to become a member."""
        query = sa.select(*_APPLICANT).select_from(_PLACED).where(members.c.id == member_id)
        return get_one(self._session, query)

    def contact(self, member_id: str) -> Row:
        """Return where messages reach a member, her number still encrypted."""
        return get_one(self._session, sa.select(*_CONTACT).where(members.c.id == member_id))

    def samities(self, *, after: str | None, limit: int) -> list[Row]:
        """Return the next samities by id."""
        return self._page(sa.select(*_SAMITY), samities.c.id, after, limit)

    def members(self, *, after: str | None, limit: int) -> list[Row]:
        """Return the next members by id."""
        return self._page(
            sa.select(*_MEMBER).select_from(_PLACED).where(_ADMITTED), members.c.id, after, limit
        )

    def applicants(self, *, after: str | None, limit: int) -> list[Row]:
        """Return the next ones by id who asked; whoever became a member is among them."""
        return self._page(sa.select(*_APPLICANT).select_from(_PLACED), members.c.id, after, limit)

    def contacts(self, *, after: str | None, limit: int) -> list[Row]:
        """Return where messages reach the next members by id."""
        return self._page(sa.select(*_CONTACT).where(_ADMITTED), members.c.id, after, limit)

    def samities_due(self, today: date) -> Sequence[str]:
        """Return the ids of samities whose row does not say yet what is in force today."""
        officer = _in_force(samity_officers, samity_officers.c.officer_id, today)
        weekday = _in_force(samity_days, samity_days.c.meeting_weekday, today)
        due = sa.or_(officer != samities.c.officer_id, weekday != samities.c.meeting_weekday)
        query = sa.select(samities.c.id).where(samities.c.active, due).order_by(samities.c.id)
        return self._session.execute(query).scalars().all()

    def _page(self, query: sa.Select[Any], key: sa.Column[str], after: str | None, limit: int) -> list[Row]:
        if after is not None:
            query = query.where(key > after)
        return every(self._session, query.order_by(key).limit(limit))


def _in_force(table: sa.Table, held: sa.Column[Any], today: date) -> sa.ScalarSelect[Any]:
    return (
        sa.select(held)
        .where(table.c.samity_id == samities.c.id, table.c.from_on <= today)
        .order_by(table.c.from_on.desc())
        .limit(1)
        .scalar_subquery()
    )

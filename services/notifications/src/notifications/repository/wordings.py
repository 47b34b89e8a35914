"""The rows of the institution's own wordings."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.orm import Session

from contracts.errors import NotFound
from notifications.domain.texts import Template
from notifications.domain.wordings import Wording, template_of
from notifications.models import template_versions

PAGE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A wording that somebody proposed; `version` is None until it counts."""

    id: str
    kind: str
    wordings: tuple[Wording, ...]
    reason: str
    maker_id: str
    proposed_at: datetime
    state: str = "waiting"
    version: int | None = None
    checker_id: str | None = None
    decided_at: datetime | None = None
    decline_reason: str | None = None


class WordingRows:
    """Wordings in one transaction. They are the institution's, so no scope of an office cuts them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, proposal: Proposal) -> bool:
        """Insert a proposal; False where its id is known, or another one of the kind waits."""
        values = asdict(proposal) | {"wordings": [asdict(one) for one in proposal.wordings]}
        added = insert(template_versions).values(values).on_conflict_do_nothing()
        return self._session.execute(added.returning(template_versions.c.id)).first() is not None

    def find(self, proposal_id: str) -> Proposal | None:
        """Return a proposal, or None."""
        row = self._session.execute(_all().where(template_versions.c.id == proposal_id)).first()
        return None if row is None else _proposal(row)

    def lock(self, proposal_id: str) -> Proposal:
        """Return a proposal, locked until it is decided.

        Raises:
            NotFound: there is none.
        """
        query = _all().where(template_versions.c.id == proposal_id).with_for_update()
        row = self._session.execute(query).first()
        if row is None:
            raise NotFound(kind="approval")
        return _proposal(row)

    def decide(self, proposal: Proposal) -> None:
        """Write how a locked proposal was decided."""
        names = ("state", "version", "checker_id", "decided_at", "decline_reason")
        self._session.execute(
            sa.update(template_versions)
            .where(template_versions.c.id == proposal.id)
            .values({name: getattr(proposal, name) for name in names})
        )

    def highest(self, kind: str) -> int | None:
        """Return the highest version of a kind; None where the institution has none of its own."""
        query = sa.select(sa.func.max(template_versions.c.version)).where(template_versions.c.kind == kind)
        highest: int | None = self._session.scalar(query)
        return highest

    def list_of(self, kind: str) -> tuple[Proposal, ...]:
        """Return the wordings proposed for a kind, the newest first, up to a page."""
        rows = template_versions
        query = _all().where(rows.c.kind == kind).order_by(rows.c.proposed_at.desc(), rows.c.id).limit(PAGE)
        return tuple(map(_proposal, self._session.execute(query)))

    def list_waiting(self) -> tuple[Proposal, ...]:
        """Return what waits for a second person, the oldest first: at most one of each kind."""
        rows = template_versions
        query = _all().where(rows.c.state == "waiting").order_by(rows.c.proposed_at, rows.c.id)
        return tuple(map(_proposal, self._session.execute(query)))

    def own(self, kinds: Sequence[str] | None = None) -> Mapping[str, Template]:
        """Return the newest of the institution's own wordings of each kind that has one."""
        rows = template_versions
        query = _all().where(rows.c.state == "approved")
        if kinds is not None:
            query = query.where(rows.c.kind.in_(kinds))
        newest = query.ext(distinct_on(rows.c.kind)).order_by(rows.c.kind, rows.c.version.desc())
        found = map(_proposal, self._session.execute(newest))
        return {one.kind: template_of(one.wordings, one.version or 0) for one in found}


def _all() -> sa.Select[Any]:
    return sa.select(template_versions)


def _proposal(row: sa.Row[Any]) -> Proposal:
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping
    return Proposal(**values | {"wordings": tuple(Wording(**one) for one in values["wordings"])})

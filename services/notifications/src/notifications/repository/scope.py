"""Scopes: whose messages a query may return. A query without one cannot be written."""

from dataclasses import dataclass
from typing import Self

import sqlalchemy as sa

from contracts.actor import Actor
from contracts.errors import Forbidden
from notifications.models import members, offices


@dataclass(frozen=True, slots=True)
class Scope:
    """Either one member, or the members of a subtree of the offices."""

    member_id: str | None = None
    path: str | None = None

    @classmethod
    def own(cls, actor: Actor) -> Self:
        """Return the scope of a member: herself.

        Raises:
            Forbidden: the actor is no member.
        """
        if actor.kind != "member":
            raise Forbidden
        return cls(member_id=actor.person_id)

    @classmethod
    def of_staff(cls, actor: Actor) -> Self:
        """Return the scope of a person of the staff: the own office and everything below it.

        Raises:
            Forbidden: the actor has no office.
        """
        if actor.kind != "staff" or not actor.office_path:
            raise Forbidden
        return cls(path=actor.office_path)

    def covers(self, member_id: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
        """Return the condition that a member lies within; codes of offices hold no wildcards."""
        if self.member_id is not None:
            return member_id == self.member_id
        within = (
            sa.select(members.c.id)
            .join(offices, offices.c.id == members.c.branch_id)
            .where(offices.c.path.startswith(self.path or "/"))
        )
        return member_id.in_(within)

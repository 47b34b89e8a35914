"""Whose books a caller may look into: every query of a person's asks through one of these."""

from dataclasses import dataclass
from typing import Self

from sqlalchemy import ColumnElement, and_, exists, false, select, true

from contracts.actor import Actor
from contracts.permissions import Role
from transactions.models.projections import offices, samities

# Names of their own: a condition on the very table that is asked would else compare it with itself.
_place = offices.alias("place_in_scope")
_samity = samities.alias("samity_in_scope")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a caller may see: an office subtree, an officer's own samities, or a member's own accounts.

    Attributes:
        office_path: Offices whose path begins with it; None sees no office.
        officer_id: Set for a field officer: only samities that are his.
        member_id: Set for a member: only herself.
        all: No limit, for the service's own timers and other services' commands.
    """

    office_path: str | None = None
    officer_id: str | None = None
    member_id: str | None = None
    all: bool = False

    @classmethod
    def of(cls, actor: Actor) -> Self:
        """Return the scope of the person who asks."""
        if actor.kind == "service":
            return cls.everything()
        if actor.kind == "member":
            return cls(member_id=actor.person_id)
        officer = actor.person_id if actor.role == Role.FIELD_OFFICER else None
        return cls(office_path=actor.office_path or None, officer_id=officer)

    @classmethod
    def everything(cls) -> Self:
        """Return the scope of the service itself."""
        return cls(all=True)

    def sees_office(self, office_id: ColumnElement[str]) -> ColumnElement[bool]:
        """Return the condition that an office is in scope."""
        if self.all:
            return true()
        if self.office_path is None:
            return false()
        return exists(
            select(_place.c.id).where(
                _place.c.id == office_id, _place.c.path.startswith(self.office_path, autoescape=True)
            )
        )

    def sees_samity(self, samity_id: ColumnElement[str]) -> ColumnElement[bool]:
        """Return the condition that a samity is in scope; a field officer sees his own only."""
        if self.all:
            return true()
        inside = and_(_samity.c.id == samity_id, self.sees_office(_samity.c.branch_id))
        if self.officer_id is not None:
            inside = and_(inside, _samity.c.officer_id == self.officer_id)
        return exists(select(_samity.c.id).where(inside))

    def sees_member(
        self, member_id: ColumnElement[str], samity_id: ColumnElement[str]
    ) -> ColumnElement[bool]:
        """Return the condition that a member of a samity is in scope; a member sees herself only."""
        if self.member_id is not None:
            return member_id == self.member_id
        return self.sees_samity(samity_id)

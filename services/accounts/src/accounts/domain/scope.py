"""What an actor may see: an office's subtree, and a field officer only the samities that are his. Pure."""

from dataclasses import dataclass
from typing import Self

from contracts.actor import Actor
from contracts.errors import Forbidden
from contracts.permissions import Role


@dataclass(frozen=True, slots=True)
class Scope:
    """A part of the institution.

    Attributes:
        office_path: The codes from the root, `/HO/A01/B001/`; what begins with it is inside.
        officer_id: The field officer whose samities alone are inside; None for everybody else.
    """

    office_path: str
    officer_id: str | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole institution: the subtree of the root, for which `/HO/` has one code."""
        return self.officer_id is None and self.office_path.count("/") == len("//")

    @classmethod
    def of(cls, actor: Actor) -> Self:
        """Return what a staff person may see.

        Raises:
            Forbidden: the actor is no staff person with an office.
        """
        if actor.kind != "staff" or not actor.office_path:
            raise Forbidden
        return cls(actor.office_path, actor.person_id if actor.role == Role.FIELD_OFFICER else None)


ANYWHERE = Scope("/")
"""For what is not asked on behalf of somebody's place: the samity to which a member moves."""

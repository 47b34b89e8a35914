"""Scopes: which offices' rows a query may return. A query without one cannot be written."""

from dataclasses import dataclass
from typing import Any, Self

import sqlalchemy as sa

from contracts.actor import Actor
from contracts.errors import Forbidden


@dataclass(frozen=True, slots=True)
class Scope:
    """A subtree of the offices."""

    path: str

    @classmethod
    def of(cls, actor: Actor) -> Self:
        """Return the scope of a person of the staff: the own office and everything below it.

        Raises:
            Forbidden: the actor has no office, so nothing is in its scope.
        """
        if not actor.office_path:
            raise Forbidden
        return cls(actor.office_path)

    @classmethod
    def everything(cls) -> Self:
        """Return the scope of the service itself: timers, feeds, sign-in."""
        return cls("/")

    def covers(self, path: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
        """Return the condition that an office's path lies within; codes hold no wildcards."""
        return path.startswith(self.path)

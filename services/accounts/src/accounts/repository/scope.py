"""The condition that every query of staff carries: what is out of scope is not found."""

import sqlalchemy as sa

from accounts.domain.scope import Scope
from accounts.models import offices, samities

PLACED = samities.join(offices, offices.c.id == samities.c.branch_id)
"""Samities with the branch that says where in the institution they are."""


def office_in(scope: Scope) -> sa.ColumnElement[bool]:
    """Return the condition on an office."""
    return offices.c.path.startswith(scope.office_path, autoescape=True)


def samity_in(scope: Scope) -> sa.ColumnElement[bool]:
    """Return the condition on a samity of `PLACED`; a field officer's are those he keeps."""
    inside = office_in(scope)
    return inside if scope.officer_id is None else sa.and_(inside, samities.c.officer_id == scope.officer_id)

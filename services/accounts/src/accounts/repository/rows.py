"""Rows as plain dictionaries by the names of their columns."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

Row = dict[str, Any]


def every(session: Session, query: sa.Select[Any]) -> list[Row]:
    """Return all rows of a query."""
    return [dict(row) for row in session.execute(query).mappings()]


def find_one(session: Session, query: sa.Select[Any]) -> Row | None:
    """Return the one row of a query, or None where there is none."""
    row = session.execute(query).mappings().one_or_none()
    return None if row is None else dict(row)


def get_one(session: Session, query: sa.Select[Any]) -> Row:
    """Return the row that a query is sure to have."""
    return dict(session.execute(query).mappings().one())

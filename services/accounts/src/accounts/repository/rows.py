"""Rows as plain dictionaries by the names of their columns."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from contracts.errors import ServiceError

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


def add(session: Session, addition: sa.Insert, refusals: Mapping[str, ServiceError]) -> None:
    """Write a row, or say what another one, written at the same moment, makes of it.

    Args:
        session: The transaction, which a refusal ends.
        addition: The row.
        refusals: What each constraint of the database means that may be in the way.
    """
    try:
        session.execute(addition)
    except IntegrityError as error:
        constraint = str(getattr(getattr(error.orig, "diag", None), "constraint_name", None))
        if constraint not in refusals:
            raise
        raise refusals[constraint] from None

"""The metadata, and the column types that all tables share."""

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_N_name)s",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ck": "%(table_name)s_%(constraint_name)s",
        "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
        "pk": "%(table_name)s_pkey",
    }
)

Id = sa.Uuid(as_uuid=False)
Instant = sa.DateTime(timezone=True)
Key = sa.Text(collation="C")
"""A text that is compared code point by code point, so that an index answers prefixes and order."""


def one_of(column: str, *words: str) -> sa.CheckConstraint:
    """Return the constraint that a column holds one of some words."""
    listed = ", ".join(f"'{word}'" for word in words)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=column)

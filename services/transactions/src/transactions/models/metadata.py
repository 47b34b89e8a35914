"""One catalogue of tables, and how constraints are named, so that an error says what was broken."""

from sqlalchemy import BigInteger, Column, MetaData, Uuid

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ID = Uuid(as_uuid=False)
"""The type of ids: UUIDs in the database, lower-case text in Python."""


def key(name: str = "id") -> Column[str]:
    """Return the column of ids by which a table's rows are known."""
    return Column(name, ID, primary_key=True)


def reference(name: str, *, nullable: bool = False) -> Column[str]:
    """Return a column that holds an id."""
    return Column(name, ID, nullable=nullable)


def paisa(name: str, *, nullable: bool = False, default: str | None = None) -> Column[int]:
    """Return a column that holds money in paisa."""
    return Column(name, BigInteger, nullable=nullable, server_default=default)

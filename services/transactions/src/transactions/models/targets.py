"""What branches and officers are to reach in a month, as it was set."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Identity,
    Index,
    Integer,
    String,
    Table,
)

from transactions.models.metadata import key, metadata, paisa, reference

APPEND_ONLY = ("targets",)
"""What the runtime role may insert and read, never update, delete or truncate (mechanics D1)."""

targets = Table(
    "targets",
    metadata,
    key(),
    Column("number", BigInteger, Identity(always=True), nullable=False, unique=True),
    reference("office_id"),
    reference("officer_id", nullable=True),
    Column("month", Date, nullable=False),
    Column("members", Integer, nullable=False),
    paisa("savings"),
    paisa("disbursement"),
    paisa("recovery"),
    Column("fingerprint", String(80), nullable=False),
    reference("set_by"),
    Column("set_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("extract(day FROM month) = 1", name="a_month_by_its_first"),
    CheckConstraint(
        "members >= 0 AND savings >= 0 AND disbursement >= 0 AND recovery >= 0", name="not_negative"
    ),
    Index("ix_targets_office_id_month", "office_id", "month"),
)
"""Of a branch and month, or of an officer, that with the greatest number counts."""

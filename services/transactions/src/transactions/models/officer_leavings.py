"""Officers who leave, and the lists of balances that both sign (rule P8)."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

from transactions.models.metadata import key, metadata, paisa, reference

APPEND_ONLY = ("leaving_lines", "leaving_signatures")
"""What the runtime role may insert and read, never update, delete or truncate (mechanics D1)."""

officer_leavings = Table(
    "officer_leavings",
    metadata,
    key(),
    reference("office_id"),
    reference("officer_id"),
    reference("successor_id"),
    Column("reason", Text, nullable=False),
    reference("begun_by"),
    Column("begun_on", Date, nullable=False),
    Column("begun_at", DateTime(timezone=True), nullable=False),
    Column("fingerprint", String(80), nullable=False),
    reference("finished_by", nullable=True),
    Column("finished_at", DateTime(timezone=True)),
    CheckConstraint("officer_id <> successor_id", name="another_follows"),
    CheckConstraint("(finished_by IS NULL) = (finished_at IS NULL)", name="finished_by_somebody"),
    CheckConstraint("begun_by <> officer_id AND finished_by <> officer_id", name="nobody_lets_himself_go"),
    Index(
        "uq_officer_leavings_officer_id",
        "officer_id",
        unique=True,
        postgresql_where="finished_at IS NULL",
    ),
    Index("ix_officer_leavings_office_id", "office_id", "begun_at", "id"),
)

leaving_sheets = Table(
    "leaving_sheets",
    metadata,
    Column("leaving_id", ForeignKey("officer_leavings.id"), nullable=False),
    reference("samity_id"),
    Column("number", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("drawn_at", DateTime(timezone=True), nullable=False),
    Column("members", Integer, nullable=False),
    paisa("savings"),
    paisa("loans"),
    PrimaryKeyConstraint("leaving_id", "samity_id", "number"),
    CheckConstraint("number >= 1 AND members >= 0", name="counted"),
)
"""A drawing of the list of one samity; a later one has a higher number."""

leaving_lines = Table(
    "leaving_lines",
    metadata,
    reference("leaving_id"),
    reference("samity_id"),
    Column("number", Integer, nullable=False),
    reference("member_id"),
    paisa("savings"),
    paisa("loans"),
    PrimaryKeyConstraint("leaving_id", "samity_id", "number", "member_id"),
    ForeignKeyConstraint(
        ["leaving_id", "samity_id", "number"],
        ["leaving_sheets.leaving_id", "leaving_sheets.samity_id", "leaving_sheets.number"],
        name="fk_leaving_lines_sheet",
    ),
)
"""A member's balances on a list, in paisa."""

leaving_signatures = Table(
    "leaving_signatures",
    metadata,
    reference("leaving_id"),
    reference("samity_id"),
    Column("number", Integer, nullable=False),
    reference("signed_by"),
    Column("signed_at", DateTime(timezone=True), nullable=False),
    PrimaryKeyConstraint("leaving_id", "samity_id", "number", "signed_by"),
    ForeignKeyConstraint(
        ["leaving_id", "samity_id", "number"],
        ["leaving_sheets.leaving_id", "leaving_sheets.samity_id", "leaving_sheets.number"],
        name="fk_leaving_signatures_sheet",
    ),
)
"""Who has signed which drawing."""

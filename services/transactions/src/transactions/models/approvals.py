"""Deeds that wait for a second person; the deed itself is done in the approval's transaction."""

from sqlalchemy import CheckConstraint, Column, DateTime, Index, String, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from transactions.models.metadata import key, metadata, paisa, reference

approvals = Table(
    "approvals",
    metadata,
    key(),
    Column("kind", String(24), nullable=False),
    reference("office_id"),
    reference("subject_id"),
    reference("row_id", nullable=True),
    paisa("amount", nullable=True),
    Column("facts", JSONB, nullable=False),
    Column("fingerprint", String(80), nullable=False),
    reference("maker_id"),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("state", String(10), nullable=False),
    reference("checker_id", nullable=True),
    Column("decided_at", DateTime(timezone=True)),
    Column("reason", Text),
    CheckConstraint("state IN ('waiting', 'approved', 'declined', 'lapsed')", name="state"),
    CheckConstraint("checker_id IS NULL OR checker_id <> maker_id", name="maker_is_not_checker"),
    CheckConstraint("(state IN ('waiting', 'lapsed')) = (checker_id IS NULL)", name="decided_by_somebody"),
    Index("ix_approvals_subject_id", "subject_id"),
    Index("ix_approvals_waiting", "office_id", "made_at", postgresql_where="state = 'waiting'"),
    Index(
        "uq_approvals_running",
        "kind",
        "subject_id",
        "row_id",
        unique=True,
        postgresql_where="state <> 'declined'",
        postgresql_nulls_not_distinct=True,
    ),
)
"""One running approval a subject and row: a second request for the same deed finds the first."""

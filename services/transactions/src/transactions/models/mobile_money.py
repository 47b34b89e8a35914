"""Statements of providers of mobile money, line by line (rule M14)."""

from sqlalchemy import CheckConstraint, Column, Date, DateTime, ForeignKey, Index, String, Table, Text

from transactions.models.metadata import key, metadata, paisa, reference

statement_lines = Table(
    "statement_lines",
    metadata,
    key(),
    reference("import_id"),
    reference("office_id"),
    Column("provider", String(12), nullable=False),
    Column("provider_id", String(40), nullable=False),
    Column("file_name", String(120), nullable=False),
    Column("paid_on", Date, nullable=False),
    paisa("amount"),
    Column("reference", String(40)),
    Column("payer", String(20)),
    Column("state", String(10), nullable=False),
    Column("why", String(24)),
    Column("account_id", ForeignKey("accounts.id")),
    reference("row_id", nullable=True),
    Column("entry_id", ForeignKey("entries.id")),
    reference("imported_by"),
    Column("imported_at", DateTime(timezone=True), nullable=False),
    reference("matched_by", nullable=True),
    Column("reason", Text),
    CheckConstraint("amount > 0", name="amount_is_more_than_nothing"),
    CheckConstraint("state IN ('posted', 'known', 'suspense', 'matched')", name="state"),
    CheckConstraint("(state = 'suspense') = (why IS NOT NULL)", name="waits_for_a_reason"),
    CheckConstraint("(state = 'known') = (row_id IS NOT NULL)", name="known_by_its_row"),
    CheckConstraint("(state = 'matched') = (matched_by IS NOT NULL)", name="matched_by_somebody"),
    CheckConstraint("(entry_id IS NULL) = (state = 'known')", name="booked_once"),
    Index("uq_statement_lines_provider_id", "provider", "provider_id", unique=True),
    Index("uq_statement_lines_row_id", "row_id", unique=True, postgresql_where="row_id IS NOT NULL"),
    Index("ix_statement_lines_paid_on", "office_id", "paid_on", "id"),
)
"""What a provider stated stays; only what it became in the book changes, once (a trigger sees to it)."""

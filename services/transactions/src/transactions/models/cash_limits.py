"""How much cash a vault should hold, as dated data (rule M7)."""

from sqlalchemy import CheckConstraint, Column, Date, DateTime, Table, Text, UniqueConstraint

from transactions.models.metadata import key, metadata, paisa, reference

APPEND_ONLY = ("cash_limits",)
"""What the runtime role may insert and read, never update, delete or truncate (mechanics D1)."""

cash_limits = Table(
    "cash_limits",
    metadata,
    key(),
    reference("office_id"),
    Column("effective_on", Date, nullable=False),
    paisa("amount"),
    Column("reason", Text, nullable=False),
    reference("proposed_by"),
    reference("approved_by"),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("office_id", "effective_on"),
    CheckConstraint("amount >= 0", name="amount_is_not_negative"),
    CheckConstraint("proposed_by <> approved_by", name="maker_is_not_checker"),
)
"""The nearest office above a branch that has a limit sets it."""

"""Money between offices: what was sent, and who took it in; that it moved, the entries say."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

from transactions.models.metadata import key, metadata, paisa, reference

remittances = Table(
    "remittances",
    metadata,
    key(),
    reference("from_office_id"),
    reference("to_office_id"),
    Column("held_in", String(6), nullable=False),
    reference("bank_account_id", nullable=True),
    Column("ledger", String(4)),
    paisa("amount"),
    Column("narration", Text, nullable=False),
    Column("reference", Text, nullable=False),
    reference("maker_id"),
    Column("made_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("from_office_id <> to_office_id", name="between_two_offices"),
    CheckConstraint("amount > 0", name="amount_is_positive"),
    CheckConstraint("held_in IN ('vault', 'bank', 'ledger')", name="held_in"),
    CheckConstraint("(held_in = 'ledger') = (ledger IS NOT NULL)", name="ledger_is_named"),
    Index("ix_remittances_from_office_id", "from_office_id", "made_at"),
    Index("ix_remittances_to_office_id", "to_office_id", "made_at"),
)

remittance_takings = Table(
    "remittance_takings",
    metadata,
    key(),
    Column("remittance_id", ForeignKey("remittances.id"), nullable=False),
    reference("office_id"),
    Column("held_in", String(6), nullable=False),
    reference("bank_account_id", nullable=True),
    Column("ledger", String(4)),
    Column("reference", Text, nullable=False),
    reference("maker_id"),
    Column("made_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("held_in IN ('vault', 'bank', 'ledger')", name="held_in"),
    CheckConstraint("(held_in = 'ledger') = (ledger IS NOT NULL)", name="ledger_is_named"),
    Index("ix_remittance_takings_remittance_id", "remittance_id"),
)

year_closings = Table(
    "year_closings",
    metadata,
    reference("office_id"),
    Column("year", String(7), nullable=False),
    reference("id"),
    Column("value_on", Date, nullable=False),
    Column("business_on", Date, nullable=False),
    paisa("surplus"),
    reference("maker_id"),
    reference("checker_id"),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    PrimaryKeyConstraint("office_id", "year"),
    CheckConstraint("maker_id <> checker_id", name="two_people"),
    CheckConstraint("value_on <= business_on", name="valued_by_its_day"),
)
"""A year is closed once an office; what nothing was earned or spent in has no entry."""

APPEND_ONLY = ("remittances", "remittance_takings", "year_closings")

"""The book beside the deeds: added ledgers, accounts at banks, vouchers that are written by hand."""

from sqlalchemy import (
    Boolean,
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
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB

from transactions.models.metadata import key, metadata, paisa, reference

ledgers = Table(
    "ledgers",
    metadata,
    Column("code", String(4), nullable=False),
    Column("parent", String(4), nullable=False),
    Column("name_bn", String(120), nullable=False),
    Column("name_en", String(120), nullable=False),
    Column("is_control", Boolean, nullable=False),
    Column("effective_on", Date, nullable=False),
    reference("approval_id"),
    reference("proposed_by"),
    reference("approved_by"),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    PrimaryKeyConstraint("code"),
    CheckConstraint("code ~ '^[1-5][0-9]{3}$'", name="code"),
    CheckConstraint("left(code, 1) = left(parent, 1)", name="class"),
    CheckConstraint("proposed_by <> approved_by", name="two_people"),
)
"""What head office has added to the shipped chart; nothing is ever changed or taken away (rule P7)."""

bank_accounts = Table(
    "bank_accounts",
    metadata,
    key(),
    reference("office_id"),
    Column("bank_bn", String(120), nullable=False),
    Column("bank_en", String(120), nullable=False),
    Column("branch", String(120), nullable=False),
    Column("number", String(30), nullable=False),
    reference("proposed_by"),
    reference("approved_by"),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("bank_en", "number"),
    CheckConstraint("proposed_by <> approved_by", name="two_people"),
    Index("ix_bank_accounts_office_id", "office_id"),
)
"""An office's accounts at banks: each owns an account of its own under 1130."""

manual_vouchers = Table(
    "manual_vouchers",
    metadata,
    key(),
    reference("office_id"),
    Column("kind", String(8), nullable=False),
    Column("lines", JSONB, nullable=False),
    paisa("amount"),
    Column("narration", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("undoes_id", ForeignKey("manual_vouchers.id")),
    reference("maker_id"),
    Column("made_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("kind IN ('receipt', 'payment', 'journal', 'contra')", name="kind"),
    CheckConstraint("amount > 0", name="amount_is_positive"),
    Index("ix_manual_vouchers_office_id", "office_id", "made_at", "id"),
)
"""What was asked for; that it is in the book, its entry says, which bears the same id."""

ledger_mappings = Table(
    "ledger_mappings",
    metadata,
    key(),
    Column("product_code", String(20), nullable=False),
    Column("control", String(4), nullable=False),
    Column("ledger", String(4), nullable=False),
    Column("effective_on", Date, nullable=False),
    reference("proposed_by"),
    reference("approved_by"),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("product_code", "control", "effective_on"),
    CheckConstraint("proposed_by <> approved_by", name="two_people"),
)
"""Under which ledger below a control ledger the accounts of a product are opened, from a day on."""

APPEND_ONLY = ("ledger_mappings", "ledgers", "bank_accounts", "manual_vouchers")

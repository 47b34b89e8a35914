"""Members who moved to another branch's book, and what became of their accounts (rule L6)."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    String,
    Table,
    UniqueConstraint,
)

from transactions.models.metadata import key, metadata, paisa, reference

transfers = Table(
    "transfers",
    metadata,
    key(),
    reference("member_id"),
    reference("from_office_id"),
    reference("to_office_id"),
    Column("from_on", Date, nullable=False),
    Column("to_on", Date, nullable=False),
    Column("value_on", Date, nullable=False),
    Column("fingerprint", String(80), nullable=False),
    reference("asked_by"),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("from_office_id <> to_office_id", name="between_two_offices"),
    CheckConstraint("value_on <= from_on AND value_on <= to_on", name="valued_by_both_days"),
    Index("ix_transfers_member_id", "member_id"),
    Index("ix_transfers_from_office_id_from_on", "from_office_id", "from_on"),
)

transferred_accounts = Table(
    "transferred_accounts",
    metadata,
    key("new_account_id"),
    Column("transfer_id", ForeignKey("transfers.id"), nullable=False),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    reference("loan_id", nullable=True),
    paisa("amount"),
    paisa("provisioned"),
    CheckConstraint("amount >= 0", name="amount_is_not_negative"),
    UniqueConstraint("account_id"),
    Index("ix_transferred_accounts_loan_id", "loan_id", postgresql_where="loan_id IS NOT NULL"),
)
"""Only ever added to: by it an account's story is read on in the book that it came from.

`provisioned` had been put aside for its interest there, and was used up or let go.
"""

APPEND_ONLY = ("transfers", "transferred_accounts")

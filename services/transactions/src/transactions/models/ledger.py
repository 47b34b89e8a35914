"""Accounts, entries and postings. What is posted is never changed: a correction is another entry."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB

from transactions.models.metadata import key, metadata, paisa, reference

_BALANCE = "CASE grows_on WHEN 'credit' THEN credits - debits ELSE debits - credits END"

accounts = Table(
    "accounts",
    metadata,
    key(),
    reference("office_id"),
    Column("ledger", String(4), nullable=False),
    Column("booked_under", String(4)),
    Column("code", String(40), unique=True),
    reference("member_id", nullable=True),
    reference("owner_id", nullable=True),
    Column("grows_on", String(6), nullable=False),
    paisa("floor", nullable=True),
    paisa("debits", default="0"),
    paisa("credits", default="0"),
    Column("balance", BigInteger, Computed(_BALANCE, persisted=True), nullable=False),
    Column("sequence", BigInteger, nullable=False, server_default="0"),
    paisa("pending_in", default="0"),
    paisa("pending_out", default="0"),
    Column("terms_version", Integer),
    Column("closed", Boolean, nullable=False, server_default="false"),
    Column("opened_on", Date),
    Column("dormant_since", Date),
    Column("opened_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("grows_on IN ('debit', 'credit')", name="side"),
    CheckConstraint("member_id IS NULL OR (code IS NOT NULL AND terms_version IS NOT NULL)", name="agreed"),
    CheckConstraint("debits >= 0 AND credits >= 0 AND sequence >= 0", name="totals_grow"),
    CheckConstraint("pending_in >= 0 AND pending_out >= 0", name="pending_is_not_negative"),
    CheckConstraint(f"floor IS NULL OR ({_BALANCE}) >= floor", name="floor"),
    Index("ix_accounts_member_id", "member_id", postgresql_where="member_id IS NOT NULL"),
    Index("ix_accounts_office_id_ledger", "office_id", "ledger"),
    Index("ix_accounts_charge_of_loan", "owner_id", postgresql_where="ledger = '4110'"),
    Index(
        "ix_accounts_of_members", "office_id", "id", postgresql_where="member_id IS NOT NULL AND NOT closed"
    ),
    postgresql_with={"fillfactor": "80"},
)

account_terms = Table(
    "account_terms",
    metadata,
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("terms", JSONB, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    PrimaryKeyConstraint("account_id", "version"),
)
"""What money rules need of an agreement, one snapshot a change (mechanics B1)."""

entries = Table(
    "entries",
    metadata,
    key(),
    reference("office_id"),
    Column("business_on", Date, nullable=False),
    Column("value_on", Date, nullable=False),
    Column("kind", String(24), nullable=False),
    reference("maker_id"),
    reference("checker_id", nullable=True),
    reference("officer_id", nullable=True),
    reference("samity_id", nullable=True),
    reference("reverses_entry_id", nullable=True),
    reference("reverses_row_id", nullable=True),
    Column("reason", Text),
    Column("fingerprint", String(80)),
    Column("lines", SmallInteger, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    ForeignKeyConstraint(["office_id", "business_on"], ["days.office_id", "days.on"]),
    ForeignKeyConstraint(["reverses_entry_id"], ["entries.id"]),
    UniqueConstraint("id", "business_on"),
    UniqueConstraint("reverses_entry_id", "reverses_row_id"),
    CheckConstraint("(reverses_entry_id IS NULL) = (reverses_row_id IS NULL)", name="reverses_a_row"),
    CheckConstraint("reverses_entry_id IS NULL OR reason IS NOT NULL", name="a_reversal_says_why"),
    CheckConstraint("lines >= 2", name="two_sides"),
    Index("ix_entries_office_id_business_on", "office_id", "business_on", "recorded_at", "id"),
    Index("ix_entries_closing_years", "office_id", "business_on", postgresql_where="kind = 'year_closing'"),
)

postings = Table(
    "postings",
    metadata,
    Column("business_on", Date, nullable=False),
    reference("entry_id"),
    Column("number", SmallInteger, nullable=False),
    reference("account_id"),
    Column("side", String(6), nullable=False),
    paisa("amount"),
    Column("sequence", BigInteger, nullable=False),
    paisa("balance_after"),
    Column("value_on", Date, nullable=False),
    reference("row_id", nullable=True),
    Column("receipt", String(40)),
    PrimaryKeyConstraint("business_on", "entry_id", "number"),
    ForeignKeyConstraint(["entry_id", "business_on"], ["entries.id", "entries.business_on"]),
    ForeignKeyConstraint(["account_id"], ["accounts.id"]),
    UniqueConstraint("account_id", "sequence", "business_on"),
    CheckConstraint("side IN ('debit', 'credit')", name="side"),
    CheckConstraint("amount > 0", name="amount_is_positive"),
    Index("ix_postings_account_id_value_on", "account_id", "value_on"),
    postgresql_partition_by="RANGE (business_on)",
)
"""Partitioned by the month of the business day (mechanics D3); the owner makes the partitions."""

receipt_counters = Table(
    "receipt_counters",
    metadata,
    reference("office_id"),
    Column("year", SmallInteger, nullable=False),
    Column("last", Integer, nullable=False),
    PrimaryKeyConstraint("office_id", "year"),
)

receipts = Table(
    "receipts",
    metadata,
    Column("entry_id", ForeignKey("entries.id"), primary_key=True),
    reference("office_id"),
    Column("year", SmallInteger, nullable=False),
    Column("number", Integer, nullable=False),
    Column("text", String(40), nullable=False),
    Column("paid_by", String(16), nullable=False),
    UniqueConstraint("office_id", "year", "number"),
)
"""Counter receipts: branch and year number without gaps (rule P3)."""

receipt_prints = Table(
    "receipt_prints",
    metadata,
    Column("entry_id", ForeignKey("receipts.entry_id"), nullable=False),
    Column("number", Integer, nullable=False),
    reference("printed_by"),
    Column("printed_at", DateTime(timezone=True), nullable=False),
    PrimaryKeyConstraint("entry_id", "number"),
)

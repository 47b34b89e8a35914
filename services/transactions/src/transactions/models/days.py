"""Branch days, what closing them leaves behind, and the counts of the vault."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB

from transactions.models.metadata import key, metadata, paisa, reference

days = Table(
    "days",
    metadata,
    reference("office_id"),
    Column("on", Date, nullable=False),
    Column("status", String(8), nullable=False),
    reference("opened_by"),
    Column("opened_at", DateTime(timezone=True), nullable=False),
    reference("closed_by", nullable=True),
    Column("closed_at", DateTime(timezone=True)),
    PrimaryKeyConstraint("office_id", "on"),
    CheckConstraint("status IN ('open', 'closing', 'closed', 'waiting')", name="status"),
    Index("uq_days_running", "office_id", unique=True, postgresql_where="status IN ('open', 'closing')"),
)

closings = Table(
    "closings",
    metadata,
    key(),
    reference("office_id"),
    Column("on", Date, nullable=False),
    Column("stage", String(10), nullable=False),
    reference("asked_by"),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("next_on", Date),
    Column("finished_at", DateTime(timezone=True)),
    Column("number", SmallInteger, nullable=False, server_default="1"),
    ForeignKeyConstraint(["office_id", "on"], ["days.office_id", "days.on"]),
    UniqueConstraint("office_id", "on", "number"),
    Index("ix_closings_unfinished", "asked_at", postgresql_where="finished_at IS NULL"),
)
"""The long work of closing: what was done last, so that it goes on after a crash (mechanics T7)."""

vouchers = Table(
    "vouchers",
    metadata,
    Column("entry_id", ForeignKey("entries.id"), primary_key=True),
    reference("office_id"),
    Column("business_on", Date, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("fiscal_year", String(7), nullable=False),
    Column("number", Integer, nullable=False),
    UniqueConstraint("office_id", "kind", "fiscal_year", "number"),
    Index("ix_vouchers_office_id_business_on", "office_id", "business_on"),
    CheckConstraint("kind IN ('receipt', 'payment', 'journal', 'contra')", name="kind"),
)

day_totals = Table(
    "day_totals",
    metadata,
    reference("office_id"),
    Column("on", Date, nullable=False),
    Column("ledger", String(4), nullable=False),
    paisa("debits"),
    paisa("credits"),
    paisa("debits_to_date"),
    paisa("credits_to_date"),
    paisa("received", default="0"),
    paisa("paid", default="0"),
    paisa("received_to_date", default="0"),
    paisa("paid_to_date", default="0"),
    PrimaryKeyConstraint("office_id", "on", "ledger"),
    ForeignKeyConstraint(["office_id", "on"], ["days.office_id", "days.on"]),
)
"""What each ledger of an office moved on a closed day, and since the first (D6); it only grows (M16).

`received` and `paid` are what of it came or went as cash; a cash ledger itself has none."""

seals = Table(
    "seals",
    metadata,
    reference("office_id"),
    Column("on", Date, nullable=False),
    Column("number", SmallInteger, nullable=False),
    Column("format", SmallInteger, nullable=False),
    Column("leaves", Integer, nullable=False),
    Column("root", LargeBinary(32), nullable=False),
    Column("previous", LargeBinary(32), nullable=False),
    Column("signature", LargeBinary(64), nullable=False),
    Column("sealed_at", DateTime(timezone=True), nullable=False),
    PrimaryKeyConstraint("office_id", "on", "number"),
    ForeignKeyConstraint(["office_id", "on"], ["days.office_id", "days.on"]),
)
"""The signed root of a branch day, chained to the seal before it; `number` counts supplements (M16)."""

seal_leaves = Table(
    "seal_leaves",
    metadata,
    reference("office_id"),
    Column("on", Date, nullable=False),
    Column("seal", SmallInteger, nullable=False),
    Column("position", Integer, nullable=False),
    reference("entry_id"),
    reference("row_id", nullable=True),
    Column("salt", LargeBinary(16), nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
    PrimaryKeyConstraint("office_id", "on", "seal", "position"),
    ForeignKeyConstraint(
        ["office_id", "on", "seal"], ["seals.office_id", "seals.on", "seals.number"], deferrable=True
    ),
)

holidays = Table(
    "holidays",
    metadata,
    key(),
    reference("office_id"),
    reference("samity_id", nullable=True),
    Column("on", Date, nullable=False),
    Column("holiday_set", String(12)),
    Column("name_bn", String(120), nullable=False),
    Column("name_en", String(120), nullable=False),
    reference("declared_by", nullable=True),
    reference("agreed_by", nullable=True),
    Column("version", BigInteger, nullable=False),
    UniqueConstraint("office_id", "samity_id", "on", postgresql_nulls_not_distinct=True),
)
"""Declared holidays, as accounts told of them; one of an office above holds for all below it, one of a samity
for it alone."""

vault_counts = Table(
    "vault_counts",
    metadata,
    key(),
    reference("office_id"),
    Column("on", Date, nullable=False),
    Column("moment", String(8), nullable=False),
    Column("denominations", JSONB, nullable=False),
    paisa("total"),
    paisa("booked"),
    reference("counted_by"),
    Column("counted_at", DateTime(timezone=True), nullable=False),
    Column("fingerprint", String(80), nullable=False),
    ForeignKeyConstraint(["office_id", "on"], ["days.office_id", "days.on"]),
    CheckConstraint("moment IN ('opening', 'closing')", name="moment"),
    CheckConstraint("total >= 0", name="total_is_not_negative"),
    Index("ix_vault_counts_office_id_on", "office_id", "on", "moment", "counted_at"),
)
"""Counts once saved stay (rule M7): a new count is a new row."""

vault_confirmations = Table(
    "vault_confirmations",
    metadata,
    Column("count_id", ForeignKey("vault_counts.id"), primary_key=True),
    reference("confirmed_by"),
    Column("confirmed_at", DateTime(timezone=True), nullable=False),
)

"""Collection sheets with their rows, and the hand-overs that bring the cash to the vault.

A row's newest version stands in `sheet_rows`; what it overtook, and whatever was counted, said or sent,
is only ever added.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
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

APPEND_ONLY = ("row_versions", "row_changes", "submissions", "handover_counts")
"""What the runtime role may insert and read, never update, delete or truncate (mechanics D1)."""

_EITHER = "(amount IS NULL) <> (nothing_received IS NULL)"
_FEES = "'form_fee', 'passbook_fee', 'additional_fee', 'risk_premium'"
_KINDS = f"kind IN ('collected', 'withdrawal', {_FEES})"
FEES_ON_THEIR_WAY = "kind <> 'collected' AND state <> 'authorised'"


def _instant(name: str, *, nullable: bool = False) -> Column[datetime]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


def _what_was_said() -> tuple[Column[Any], ...]:
    """Return the columns of one version of a row, as a phone said it."""
    return (
        reference("member_id"),
        reference("account_id"),
        Column("kind", String(16), nullable=False, server_default="collected"),
        Column("attendance", String(8), nullable=False),
        paisa("amount", nullable=True),
        Column("nothing_received", String(12)),
        Column("note", Text),
        Column("paid_by", String(12), nullable=False),
        Column("second_payment", Boolean, nullable=False),
        Column("receipt_number", String(20)),
        _instant("recorded_at"),
        Column("change_reason", Text),
        reference("withdrawal_id", nullable=True),
        Column("mark", String(10)),
    )


sheets = Table(
    "sheets",
    metadata,
    key(),
    reference("samity_id"),
    reference("office_id"),
    Column("meeting_on", Date, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("status", String(16), nullable=False),
    Column("epoch", Integer, nullable=False, server_default="0"),
    reference("holder_id", nullable=True),
    Column("holder_device", String(64)),
    reference("collected_by", nullable=True),
    reference("substitute_id", nullable=True),
    reference("handover_id", nullable=True),
    reference("counted_by", nullable=True),
    reference("authorised_by", nullable=True),
    reference("checked_by", nullable=True),
    _instant("checked_at", nullable=True),
    _instant("issued_at"),
    CheckConstraint("kind IN ('regular', 'special')", name="kind"),
    CheckConstraint("(holder_id IS NULL) = (holder_device IS NULL)", name="a_holder_has_a_device"),
    CheckConstraint("checked_by IS NULL OR checked_by <> collected_by", name="collector_is_not_checker"),
    CheckConstraint("checked_by IS NULL OR checked_by <> authorised_by", name="maker_is_not_checker"),
    CheckConstraint("status <> 'authorised' OR authorised_by <> collected_by", name="collector_posts_not"),
    Index("uq_sheets_regular", "samity_id", "meeting_on", unique=True, postgresql_where="kind = 'regular'"),
    Index("ix_sheets_office_id_meeting_on", "office_id", "meeting_on", "id"),
    Index(
        "ix_sheets_unfinished",
        "office_id",
        "meeting_on",
        postgresql_where="status NOT IN ('authorised', 'not_held')",
    ),
    Index(
        "ix_sheets_unchecked",
        "office_id",
        postgresql_where="status = 'authorised' AND checked_by IS NULL",
    ),
    Index("ix_sheets_handover_id", "handover_id", postgresql_where="handover_id IS NOT NULL"),
    Index(
        "ix_sheets_collected_by", "collected_by", "meeting_on", postgresql_where="collected_by IS NOT NULL"
    ),
    Index("ix_sheets_substitute_id", "substitute_id", postgresql_where="substitute_id IS NOT NULL"),
    postgresql_with={"fillfactor": "80"},
)
"""One regular sheet a samity and day, whoever asks and how often (rule M4)."""

sheet_rows = Table(
    "sheet_rows",
    metadata,
    key("row_id"),
    Column("sheet_id", ForeignKey("sheets.id"), nullable=False),
    Column("version", Integer, nullable=False),
    *_what_was_said(),
    Column("state", String(12), nullable=False),
    Column("code", String(32)),
    Column("return_reason", Text),
    _instant("received_at"),
    CheckConstraint("amount > 0", name="amount_is_positive"),
    CheckConstraint("amount % 100 = 0", name="cash_is_whole_taka"),
    CheckConstraint(_EITHER, name="money_or_a_reason"),
    CheckConstraint("state <> 'unallocated' OR code IS NOT NULL", name="unallocated_says_why"),
    CheckConstraint("state IN ('pending', 'unallocated', 'returned', 'authorised')", name="state"),
    CheckConstraint(_KINDS, name="kind"),
    CheckConstraint("(kind = 'withdrawal') = (withdrawal_id IS NOT NULL)", name="a_withdrawal_says_which"),
    CheckConstraint("(kind = 'withdrawal' AND amount IS NOT NULL) = (mark IS NOT NULL)", name="her_mark"),
    CheckConstraint("kind <> 'withdrawal' OR state <> 'unallocated'", name="what_is_paid_is_placed"),
    Index(
        "uq_sheet_rows_withdrawal",
        "withdrawal_id",
        unique=True,
        postgresql_where="withdrawal_id IS NOT NULL AND amount IS NOT NULL",
    ),
    Index(
        "uq_sheet_rows_account",
        "sheet_id",
        "account_id",
        "kind",
        unique=True,
        postgresql_where="NOT second_payment",
    ),
    Index("ix_sheet_rows_sheet_id", "sheet_id"),
    Index("ix_sheet_rows_fees", "member_id", postgresql_where=FEES_ON_THEIR_WAY),
    Index("ix_sheet_rows_account_id_received_at", "account_id", "received_at"),
    Index("ix_sheet_rows_unallocated", "member_id", "received_at", postgresql_where="code IS NOT NULL"),
    Index("ix_sheet_rows_receipt_number", "receipt_number", postgresql_where="receipt_number IS NOT NULL"),
    postgresql_with={"fillfactor": "80"},
)
"""A second regular row for an account and kind must be said to be a second payment (rule M4)."""

row_versions = Table(
    "row_versions",
    metadata,
    reference("row_id"),
    Column("version", Integer, nullable=False),
    Column("sheet_id", ForeignKey("sheets.id"), nullable=False),
    *_what_was_said(),
    _instant("overtaken_at"),
    PrimaryKeyConstraint("row_id", "version"),
    Index("ix_row_versions_sheet_id", "sheet_id"),
)
"""Versions that a newer one overtook (rule M6)."""

row_changes = Table(
    "row_changes",
    metadata,
    key(),
    reference("row_id"),
    Column("version", Integer, nullable=False),
    Column("sheet_id", ForeignKey("sheets.id"), nullable=False),
    reference("office_id"),
    reference("officer_id"),
    reference("member_id"),
    reference("account_id"),
    Column("kind", String(16), nullable=False),
    Column("row_kind", String(16), nullable=False, server_default="collected"),
    paisa("before"),
    paisa("after", nullable=True),
    Column("reason", Text, nullable=False),
    Column("receipt_number", String(20)),
    Column("meeting_on", Date, nullable=False),
    _instant("recorded_at"),
    _instant("changed_at"),
    UniqueConstraint("row_id", "version"),
    Index("ix_row_changes_office_id_meeting_on", "office_id", "meeting_on", "id"),
    Index("ix_row_changes_account_id_changed_at", "account_id", "changed_at"),
)
"""What was taken back after the server had seen it: struck in her passbook, counted by officer (M6)."""

submissions = Table(
    "submissions",
    metadata,
    key(),
    Column("sheet_id", ForeignKey("sheets.id"), nullable=False),
    reference("person_id"),
    Column("device", String(64), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("fingerprint", String(80), nullable=False),
    Column("fingerprint_version", SmallInteger, nullable=False),
    Column("answer", JSONB, nullable=False),
    _instant("received_at"),
    Index("ix_submissions_sheet_id", "sheet_id"),
)
"""Every submission with its answer, which a repetition gets again (architecture §6.1, mechanics B6)."""

comparisons = Table(
    "comparisons",
    metadata,
    key(),
    Column("sheet_id", ForeignKey("sheets.id"), nullable=False),
    reference("row_id"),
    Column("version", Integer, nullable=False),
    *_what_was_said(),
    reference("person_id"),
    Column("device", String(64), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("code", String(32), nullable=False),
    Column("fingerprint", String(80), nullable=False),
    _instant("received_at"),
    Column("verdict", String(20)),
    Column("verdict_reason", Text),
    reference("verdict_by", nullable=True),
    _instant("verdict_at", nullable=True),
    CheckConstraint("(verdict IS NULL) = (verdict_by IS NULL)", name="settled_by_somebody"),
    UniqueConstraint("sheet_id", "row_id", "version", "device", "fingerprint"),
)
"""Rows of a device that did not hold the sheet: they never post (rule M4)."""

receipt_series = Table(
    "receipt_series",
    metadata,
    Column("device", String(64), primary_key=True),
    Column("number", Integer, Identity(always=True), nullable=False, unique=True),
)
"""The series in which a device numbers its receipts: D1, D2, … (rule P3)."""

handovers = Table(
    "handovers",
    metadata,
    key(),
    reference("officer_id"),
    reference("office_id"),
    Column("on", Date, nullable=False),
    Column("number", Integer, nullable=False),
    Column("status", String(12), nullable=False),
    paisa("declared_total"),
    Column("fingerprint", String(80), nullable=False),
    _instant("declared_at"),
    reference("authorised_count_id", nullable=True),
    reference("authorised_by", nullable=True),
    _instant("authorised_at", nullable=True),
    reference("approval_id", nullable=True),
    CheckConstraint("status IN ('declared', 'counted', 'authorised')", name="status"),
    CheckConstraint("(status = 'authorised') = (authorised_count_id IS NOT NULL)", name="posted_by_a_count"),
    CheckConstraint("authorised_by IS NULL OR authorised_by <> officer_id", name="collector_posts_not"),
    UniqueConstraint("officer_id", "on", "number"),
    Index("ix_handovers_office_id_on", "office_id", "on", "id"),
    Index("ix_handovers_unfinished", "office_id", postgresql_where="status <> 'authorised'"),
)

handover_counts = Table(
    "handover_counts",
    metadata,
    key(),
    Column("handover_id", ForeignKey("handovers.id"), nullable=False),
    reference("counted_by"),
    _instant("counted_at"),
    Column("denominations", JSONB, nullable=False),
    paisa("total"),
    paisa("expected"),
    CheckConstraint("total >= 0 AND expected >= 0", name="cash_is_not_negative"),
    Index("ix_handover_counts_handover_id", "handover_id", "counted_at"),
)
"""Counts once saved stay (rule M7)."""

unallocated_receipts = Table(
    "unallocated_receipts",
    metadata,
    key("row_id"),
    reference("member_id"),
    reference("office_id"),
    paisa("amount"),
    Column("code", String(32), nullable=False),
    Column("value_on", Date, nullable=False),
    reference("account_id", nullable=True),
    Column("sheet_id", ForeignKey("sheets.id")),
    Column("receipt_number", String(40)),
    _instant("recorded_at", nullable=True),
    Column("state", String(10), nullable=False),
    reference("to_account_id", nullable=True),
    reference("entry_id", nullable=True),
    reference("resolved_by", nullable=True),
    _instant("resolved_at", nullable=True),
    Column("reason", Text),
    CheckConstraint("state IN ('open', 'allocated', 'refunded')", name="state"),
    CheckConstraint("(state = 'open') = (entry_id IS NULL)", name="resolved_by_an_entry"),
    CheckConstraint("amount > 0", name="amount_is_positive"),
    Index("ix_unallocated_receipts_open", "office_id", "row_id", postgresql_where="state = 'open'"),
    Index("ix_unallocated_receipts_member_id", "member_id"),
)
"""Money in the book that has no account yet: a liability to her (rule M5). What is more than the rest of a
loan has a row id of its own (rule M11); a whole row of a sheet has the row's."""

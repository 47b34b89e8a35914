"""A savings account's life: withdrawals, closings, and who has become dormant."""

from datetime import datetime

from sqlalchemy import (
    ARRAY,
    BigInteger,
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
)

from transactions.models.metadata import key, metadata, paisa, reference


def _instant(name: str, *, nullable: bool = False) -> Column[datetime]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


withdrawals = Table(
    "withdrawals",
    metadata,
    key(),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    reference("member_id"),
    reference("office_id"),
    paisa("amount"),
    Column("state", String(10), nullable=False),
    Column("reason", Text),
    Column("caution", ARRAY(String(16)), nullable=False, server_default="{}"),
    reference("approval_id", nullable=True),
    reference("maker_id"),
    Column("asked_on", Date, nullable=False),
    _instant("made_at"),
    Column("fingerprint", String(80), nullable=False),
    Column("approved_by", ARRAY(String(36)), nullable=False, server_default="{}"),
    Column("lapses_on", Date),
    reference("finished_by", nullable=True),
    _instant("finished_at", nullable=True),
    Column("finish_reason", Text),
    Column("mark", String(10)),
    reference("witness_id", nullable=True),
    Column("in_field", Boolean, nullable=False, server_default="false"),
    Column("float_id", ForeignKey("floats.id")),
    CheckConstraint("amount > 0 AND amount % 100 = 0", name="cash_is_whole_taka"),
    CheckConstraint(
        "state IN ('requested', 'approved', 'carried', 'paid', 'declined', 'cancelled', 'lapsed')",
        name="state",
    ),
    CheckConstraint(
        "state NOT IN ('approved', 'carried', 'paid', 'lapsed') OR lapses_on IS NOT NULL", name="lapses"
    ),
    CheckConstraint(
        "state <> 'paid' OR (mark IS NOT NULL AND (witness_id <> finished_by OR float_id IS NOT NULL))",
        name="paid_against_a_mark",
    ),
    CheckConstraint("state <> 'carried' OR float_id IS NOT NULL", name="carried_in_a_float"),
    CheckConstraint("float_id IS NULL OR state IN ('carried', 'paid')", name="in_a_float_while_carried"),
    CheckConstraint(
        "state NOT IN ('approved', 'carried') OR NOT in_field OR cardinality(approved_by) > 0",
        name="field_is_agreed_to",
    ),
    Index(
        "ix_withdrawals_unfinished",
        "office_id",
        "made_at",
        "id",
        postgresql_where="state IN ('requested', 'approved', 'carried')",
    ),
    Index("ix_withdrawals_float_id", "float_id", postgresql_where="float_id IS NOT NULL"),
    Index("ix_withdrawals_account_id", "account_id", "made_at"),
)
"""From `approved` until it is paid, cancelled or lapsed, its amount is pending out of the account.

Whoever pays it at the counter has a witness; in the field the float and her slip stand for him (rule M9).
"""

account_closings = Table(
    "account_closings",
    metadata,
    key(),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    reference("office_id"),
    Column("on", Date, nullable=False),
    Column("how", String(10), nullable=False),
    paisa("balance"),
    paisa("interest"),
    paisa("provisioned"),
    paisa("charge"),
    paisa("rounding"),
    paisa("payout"),
    reference("undone_by", nullable=True),
    _instant("closed_at"),
    CheckConstraint("how IN ('ordinary', 'maturity', 'premature')", name="how"),
    CheckConstraint("payout >= 0 AND payout % 100 = 0", name="cash_is_whole_taka"),
    CheckConstraint("balance + interest - charge + rounding = payout", name="ends_at_nothing"),
    Index("uq_account_closings_standing", "account_id", unique=True, postgresql_where="undone_by IS NULL"),
)
"""What an account paid when it was closed; an account is closed once, unless that was undone."""

member_contacts = Table(
    "member_contacts",
    metadata,
    key(),
    Column("mobile_changed_on", Date),
    Column("version", BigInteger, nullable=False),
)
"""Since when a member is reached at another number; never the number itself (mechanics T1)."""

dormancy_runs = Table(
    "dormancy_runs",
    metadata,
    reference("office_id"),
    Column("month", Date, nullable=False),
    reference("after_member", nullable=True),
    _instant("finished_at", nullable=True),
    PrimaryKeyConstraint("office_id", "month"),
    CheckConstraint("extract(day FROM month) = 1", name="a_month_by_its_first"),
)
"""How far the monthly look for dormant members has come in an office, member by member."""

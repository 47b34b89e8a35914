"""The collection: sheets, rows and their versions, hand-overs and counts.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STAYING = ("row_versions", "row_changes", "submissions", "handover_counts")
TABLES = (
    "sheets",
    "sheet_rows",
    "row_versions",
    "row_changes",
    "submissions",
    "comparisons",
    "receipt_series",
    "handovers",
    "handover_counts",
    "unallocated_receipts",
)


def upgrade() -> None:
    create_sheets()
    create_sheet_rows()
    create_row_versions()
    create_row_changes()
    create_submissions()
    create_comparisons()
    create_receipt_series()
    create_handovers()
    create_handover_counts()
    create_unallocated_receipts()
    for table in STAYING:
        refuse_changes(table)


def refuse_changes(table: str) -> None:
    """Let nobody change what is only ever added to, whatever his rights (mechanics D1)."""
    op.execute(
        f"CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(f"CREATE TRIGGER stays_whole BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse_change()")


def create_sheets() -> None:
    op.create_table(
        "sheets",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("samity_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("office_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("meeting_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("epoch", sa.Integer(), server_default="0", nullable=False),
        sa.Column("holder_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("holder_device", sa.String(length=64), nullable=True),
        sa.Column("collected_by", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("substitute_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("handover_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("counted_by", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("authorised_by", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("checked_by", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('regular', 'special')", name="ck_sheets_kind"),
        sa.CheckConstraint(
            "status <> 'authorised' OR authorised_by <> collected_by", name="ck_sheets_collector_posts_not"
        ),
        sa.CheckConstraint(
            "(holder_id IS NULL) = (holder_device IS NULL)", name="ck_sheets_a_holder_has_a_device"
        ),
        sa.CheckConstraint(
            "checked_by IS NULL OR checked_by <> authorised_by", name="ck_sheets_maker_is_not_checker"
        ),
        sa.CheckConstraint(
            "checked_by IS NULL OR checked_by <> collected_by", name="ck_sheets_collector_is_not_checker"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_sheets"),
        postgresql_with={"fillfactor": "80"},
    )
    op.create_index(
        "ix_sheets_collected_by",
        "sheets",
        ["collected_by", "meeting_on"],
        postgresql_where="collected_by IS NOT NULL",
    )
    op.create_index(
        "ix_sheets_handover_id", "sheets", ["handover_id"], postgresql_where="handover_id IS NOT NULL"
    )
    op.create_index("ix_sheets_office_id_meeting_on", "sheets", ["office_id", "meeting_on", "id"])
    op.create_index(
        "ix_sheets_substitute_id", "sheets", ["substitute_id"], postgresql_where="substitute_id IS NOT NULL"
    )
    op.create_index(
        "ix_sheets_unchecked",
        "sheets",
        ["office_id"],
        postgresql_where="status = 'authorised' AND checked_by IS NULL",
    )
    op.create_index(
        "ix_sheets_unfinished",
        "sheets",
        ["office_id", "meeting_on"],
        postgresql_where="status NOT IN ('authorised', 'not_held')",
    )
    op.create_index(
        "uq_sheets_regular",
        "sheets",
        ["samity_id", "meeting_on"],
        unique=True,
        postgresql_where="kind = 'regular'",
    )


def create_sheet_rows() -> None:
    op.create_table(
        "sheet_rows",
        sa.Column("row_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("sheet_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("account_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("attendance", sa.String(length=8), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("nothing_received", sa.String(length=12), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("paid_by", sa.String(length=12), nullable=False),
        sa.Column("second_payment", sa.Boolean(), nullable=False),
        sa.Column("receipt_number", sa.String(length=20), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("change_reason", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=True),
        sa.Column("return_reason", sa.Text(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state <> 'unallocated' OR code IS NOT NULL", name="ck_sheet_rows_unallocated_says_why"
        ),
        sa.CheckConstraint(
            "state IN ('pending', 'unallocated', 'returned', 'authorised')", name="ck_sheet_rows_state"
        ),
        sa.CheckConstraint(
            "(amount IS NULL) <> (nothing_received IS NULL)", name="ck_sheet_rows_money_or_a_reason"
        ),
        sa.CheckConstraint("amount % 100 = 0", name="ck_sheet_rows_cash_is_whole_taka"),
        sa.CheckConstraint("amount > 0", name="ck_sheet_rows_amount_is_positive"),
        sa.ForeignKeyConstraint(["sheet_id"], ["sheets.id"], name="fk_sheet_rows_sheet_id"),
        sa.PrimaryKeyConstraint("row_id", name="pk_sheet_rows"),
        postgresql_with={"fillfactor": "80"},
    )
    op.create_index("ix_sheet_rows_account_id_received_at", "sheet_rows", ["account_id", "received_at"])
    op.create_index(
        "ix_sheet_rows_receipt_number",
        "sheet_rows",
        ["receipt_number"],
        postgresql_where="receipt_number IS NOT NULL",
    )
    op.create_index("ix_sheet_rows_sheet_id", "sheet_rows", ["sheet_id"])
    op.create_index(
        "ix_sheet_rows_unallocated",
        "sheet_rows",
        ["member_id", "received_at"],
        postgresql_where="code IS NOT NULL",
    )
    op.create_index(
        "uq_sheet_rows_account",
        "sheet_rows",
        ["sheet_id", "account_id"],
        unique=True,
        postgresql_where="NOT second_payment",
    )


def create_row_versions() -> None:
    op.create_table(
        "row_versions",
        sa.Column("row_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("member_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("account_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("attendance", sa.String(length=8), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("nothing_received", sa.String(length=12), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("paid_by", sa.String(length=12), nullable=False),
        sa.Column("second_payment", sa.Boolean(), nullable=False),
        sa.Column("receipt_number", sa.String(length=20), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("change_reason", sa.Text(), nullable=True),
        sa.Column("overtaken_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["sheets.id"], name="fk_row_versions_sheet_id"),
        sa.PrimaryKeyConstraint("row_id", "version", name="pk_row_versions"),
    )
    op.create_index("ix_row_versions_sheet_id", "row_versions", ["sheet_id"])


def create_row_changes() -> None:
    op.create_table(
        "row_changes",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("row_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("office_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("officer_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("member_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("account_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("before", sa.BigInteger(), nullable=False),
        sa.Column("after", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("receipt_number", sa.String(length=20), nullable=True),
        sa.Column("meeting_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["sheets.id"], name="fk_row_changes_sheet_id"),
        sa.PrimaryKeyConstraint("id", name="pk_row_changes"),
        sa.UniqueConstraint("row_id", "version", name="uq_row_changes_row_id_version"),
    )
    op.create_index("ix_row_changes_account_id_changed_at", "row_changes", ["account_id", "changed_at"])
    op.create_index("ix_row_changes_office_id_meeting_on", "row_changes", ["office_id", "meeting_on", "id"])


def create_submissions() -> None:
    op.create_table(
        "submissions",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("sheet_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("device", sa.String(length=64), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=80), nullable=False),
        sa.Column("fingerprint_version", sa.SmallInteger(), nullable=False),
        sa.Column("answer", JSONB, nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["sheets.id"], name="fk_submissions_sheet_id"),
        sa.PrimaryKeyConstraint("id", name="pk_submissions"),
    )
    op.create_index("ix_submissions_sheet_id", "submissions", ["sheet_id"])


def create_comparisons() -> None:
    op.create_table(
        "comparisons",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("sheet_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("row_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("account_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("attendance", sa.String(length=8), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("nothing_received", sa.String(length=12), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("paid_by", sa.String(length=12), nullable=False),
        sa.Column("second_payment", sa.Boolean(), nullable=False),
        sa.Column("receipt_number", sa.String(length=20), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("change_reason", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("device", sa.String(length=64), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("fingerprint", sa.String(length=80), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=True),
        sa.Column("verdict_reason", sa.Text(), nullable=True),
        sa.Column("verdict_by", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("verdict_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(verdict IS NULL) = (verdict_by IS NULL)", name="ck_comparisons_settled_by_somebody"
        ),
        sa.ForeignKeyConstraint(["sheet_id"], ["sheets.id"], name="fk_comparisons_sheet_id"),
        sa.PrimaryKeyConstraint("id", name="pk_comparisons"),
        sa.UniqueConstraint(
            "sheet_id",
            "row_id",
            "version",
            "device",
            "fingerprint",
            name="uq_comparisons_sheet_id_row_id_version_device_fingerprint",
        ),
    )


def create_receipt_series() -> None:
    op.create_table(
        "receipt_series",
        sa.Column("device", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), sa.Identity(always=True), nullable=False),
        sa.PrimaryKeyConstraint("device", name="pk_receipt_series"),
        sa.UniqueConstraint("number", name="uq_receipt_series_number"),
    )


def create_handovers() -> None:
    op.create_table(
        "handovers",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("officer_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("office_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("declared_total", sa.BigInteger(), nullable=False),
        sa.Column("fingerprint", sa.String(length=80), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authorised_count_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("authorised_by", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("authorised_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approval_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.CheckConstraint(
            "(status = 'authorised') = (authorised_count_id IS NOT NULL)",
            name="ck_handovers_posted_by_a_count",
        ),
        sa.CheckConstraint("status IN ('declared', 'counted', 'authorised')", name="ck_handovers_status"),
        sa.CheckConstraint(
            "authorised_by IS NULL OR authorised_by <> officer_id", name="ck_handovers_collector_posts_not"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_handovers"),
        sa.UniqueConstraint("officer_id", "on", "number", name="uq_handovers_officer_id_on_number"),
    )
    op.create_index("ix_handovers_office_id_on", "handovers", ["office_id", "on", "id"])
    op.create_index(
        "ix_handovers_unfinished", "handovers", ["office_id"], postgresql_where="status <> 'authorised'"
    )


def create_handover_counts() -> None:
    op.create_table(
        "handover_counts",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("handover_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("counted_by", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("denominations", JSONB, nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("expected", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("total >= 0 AND expected >= 0", name="ck_handover_counts_cash_is_not_negative"),
        sa.ForeignKeyConstraint(["handover_id"], ["handovers.id"], name="fk_handover_counts_handover_id"),
        sa.PrimaryKeyConstraint("id", name="pk_handover_counts"),
    )
    op.create_index("ix_handover_counts_handover_id", "handover_counts", ["handover_id", "counted_at"])


def create_unallocated_receipts() -> None:
    op.create_table(
        "unallocated_receipts",
        sa.Column("row_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("member_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("office_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("value_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("to_account_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("entry_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("resolved_by", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'open') = (entry_id IS NULL)", name="ck_unallocated_receipts_resolved_by_an_entry"
        ),
        sa.CheckConstraint(
            "state IN ('open', 'allocated', 'refunded')", name="ck_unallocated_receipts_state"
        ),
        sa.CheckConstraint("amount > 0", name="ck_unallocated_receipts_amount_is_positive"),
        sa.ForeignKeyConstraint(["row_id"], ["sheet_rows.row_id"], name="fk_unallocated_receipts_row_id"),
        sa.PrimaryKeyConstraint("row_id", name="pk_unallocated_receipts"),
    )
    op.create_index("ix_unallocated_receipts_member_id", "unallocated_receipts", ["member_id"])
    op.create_index(
        "ix_unallocated_receipts_open",
        "unallocated_receipts",
        ["office_id", "row_id"],
        postgresql_where="state = 'open'",
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)

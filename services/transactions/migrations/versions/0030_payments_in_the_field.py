"""Withdrawals that are paid at a samity, and the floats for them.

Revision ID: 0030
Revises: 0029
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
AN_INSTANT = sa.DateTime(timezone=True)
FEES = "'form_fee', 'passbook_fee', 'additional_fee', 'risk_premium'"
CHECKS = {
    "withdrawals": {
        "state": (
            "state IN ('requested', 'approved', 'paid', 'declined', 'cancelled', 'lapsed')",
            "state IN ('requested', 'approved', 'carried', 'paid', 'declined', 'cancelled', 'lapsed')",
        ),
        "lapses": (
            "state NOT IN ('approved', 'paid', 'lapsed') OR lapses_on IS NOT NULL",
            "state NOT IN ('approved', 'carried', 'paid', 'lapsed') OR lapses_on IS NOT NULL",
        ),
        "paid_against_a_mark": (
            "state <> 'paid' OR (mark IS NOT NULL AND witness_id <> finished_by)",
            "state <> 'paid' OR (mark IS NOT NULL AND (witness_id <> finished_by OR float_id IS NOT NULL))",
        ),
        "carried_in_a_float": (None, "state <> 'carried' OR float_id IS NOT NULL"),
        "in_a_float_while_carried": (None, "float_id IS NULL OR state IN ('carried', 'paid')"),
        "field_is_agreed_to": (
            None,
            "state NOT IN ('approved', 'carried') OR NOT in_field OR cardinality(approved_by) > 0",
        ),
    },
    "sheet_rows": {
        "kind": (f"kind IN ('collected', {FEES})", f"kind IN ('collected', 'withdrawal', {FEES})"),
        "a_withdrawal_says_which": (None, "(kind = 'withdrawal') = (withdrawal_id IS NOT NULL)"),
        "her_mark": (None, "(kind = 'withdrawal' AND amount IS NOT NULL) = (mark IS NOT NULL)"),
        "what_is_paid_is_placed": (None, "kind <> 'withdrawal' OR state <> 'unallocated'"),
    },
}
"""Of a table, what a constraint was and what it is."""
UNFINISHED = ("state IN ('requested', 'approved')", "state IN ('requested', 'approved', 'carried')")


def upgrade() -> None:
    make_settings()
    make_floats()
    op.add_column("withdrawals", sa.Column("in_field", sa.Boolean(), nullable=False, server_default="false"))
    op.add_column("withdrawals", sa.Column("float_id", ID, nullable=True))
    op.create_foreign_key("fk_withdrawals_float_id", "withdrawals", "floats", ["float_id"], ["id"])
    for table in ("sheet_rows", "row_versions", "comparisons"):
        op.add_column(table, sa.Column("withdrawal_id", ID, nullable=True))
        op.add_column(table, sa.Column("mark", sa.String(length=10), nullable=True))
    replace_checks(0, 1)
    list_unfinished(UNFINISHED[1])
    op.create_index(
        "ix_withdrawals_float_id", "withdrawals", ["float_id"], postgresql_where="float_id IS NOT NULL"
    )
    op.create_index(
        "uq_sheet_rows_withdrawal",
        "sheet_rows",
        ["withdrawal_id"],
        unique=True,
        postgresql_where="withdrawal_id IS NOT NULL AND amount IS NOT NULL",
    )


def downgrade() -> None:
    op.drop_index("uq_sheet_rows_withdrawal", "sheet_rows")
    op.drop_index("ix_withdrawals_float_id", "withdrawals")
    list_unfinished(UNFINISHED[0])
    replace_checks(1, 0)
    for table in ("sheet_rows", "row_versions", "comparisons"):
        op.drop_column(table, "mark")
        op.drop_column(table, "withdrawal_id")
    op.drop_column("withdrawals", "float_id")
    op.drop_column("withdrawals", "in_field")
    op.drop_table("floats")
    op.drop_table("field_payment_settings")


def replace_checks(old: int, new: int) -> None:
    """Put the other side of each constraint in force."""
    for table, checks in CHECKS.items():
        for name, sides in checks.items():
            if sides[old] is not None:
                op.drop_constraint(f"ck_{table}_{name}", table)
            if sides[new] is not None:
                op.create_check_constraint(f"ck_{table}_{name}", table, sides[new])


def list_unfinished(condition: str) -> None:
    """Let the list of what waits in an office be found by an index."""
    op.drop_index("ix_withdrawals_unfinished", "withdrawals")
    op.create_index(
        "ix_withdrawals_unfinished",
        "withdrawals",
        ["office_id", "made_at", "id"],
        postgresql_where=condition,
    )


def make_settings() -> None:
    """Make the settings, which are only ever added to."""
    op.create_table(
        "field_payment_settings",
        sa.Column("id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by", ID, nullable=False),
        sa.Column("approved_by", ID, nullable=False),
        sa.Column("recorded_at", AN_INSTANT, nullable=False),
        sa.CheckConstraint(
            "proposed_by <> approved_by", name="ck_field_payment_settings_maker_is_not_checker"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_field_payment_settings"),
        sa.UniqueConstraint(
            "office_id", "effective_on", name="uq_field_payment_settings_office_id_effective_on"
        ),
    )
    op.execute(
        "CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON field_payment_settings"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER stays_whole BEFORE TRUNCATE ON field_payment_settings"
        " EXECUTE FUNCTION refuse_change()"
    )


def make_floats() -> None:
    """Make the floats."""
    op.create_table(
        "floats",
        sa.Column("id", ID, nullable=False),
        sa.Column("sheet_id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("fingerprint", sa.String(length=80), nullable=False),
        sa.Column("issued_by", ID, nullable=False),
        sa.Column("issued_at", AN_INSTANT, nullable=False),
        sa.Column("accepted_at", AN_INSTANT, nullable=True),
        sa.Column("finished_by", ID, nullable=True),
        sa.Column("finished_at", AN_INSTANT, nullable=True),
        sa.Column("finish_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("amount > 0 AND amount % 100 = 0", name="ck_floats_cash_is_whole_taka"),
        sa.CheckConstraint(
            "state IN ('issued', 'accepted', 'returned', 'settled', 'withdrawn')", name="ck_floats_state"
        ),
        sa.CheckConstraint("issued_by <> officer_id", name="ck_floats_officer_issues_not"),
        sa.CheckConstraint(
            "(state IN ('issued', 'withdrawn')) = (accepted_at IS NULL)",
            name="ck_floats_taken_before_it_is_told_apart",
        ),
        sa.CheckConstraint(
            "(state IN ('issued', 'accepted')) = (finished_at IS NULL)", name="ck_floats_finished_by_somebody"
        ),
        sa.ForeignKeyConstraint(["sheet_id"], ["sheets.id"], name="fk_floats_sheet_id"),
        sa.PrimaryKeyConstraint("id", name="pk_floats"),
    )
    op.create_index("ix_floats_sheet_id", "floats", ["sheet_id"])
    op.create_index("ix_floats_office_id_issued_at", "floats", ["office_id", "issued_at", "id"])
    op.create_index(
        "ix_floats_out", "floats", ["office_id"], postgresql_where="state IN ('issued', 'accepted')"
    )

"""Rows of sheets that are fees.

Revision ID: 0026
Revises: 0025
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

KINDS = "kind IN ('collected', 'form_fee', 'passbook_fee', 'additional_fee', 'risk_premium')"


def upgrade() -> None:
    for table in ("sheet_rows", "row_versions", "comparisons"):
        op.add_column(table, kind_column("kind"))
    op.add_column("row_changes", kind_column("row_kind"))
    op.create_check_constraint("ck_sheet_rows_kind", "sheet_rows", KINDS)
    op.drop_index("uq_sheet_rows_account", "sheet_rows")
    one_of_a_kind(["sheet_id", "account_id", "kind"])
    op.create_index(
        "ix_sheet_rows_fees",
        "sheet_rows",
        ["member_id"],
        postgresql_where="kind <> 'collected' AND state <> 'authorised'",
    )


def downgrade() -> None:
    op.drop_index("ix_sheet_rows_fees", "sheet_rows")
    op.drop_index("uq_sheet_rows_account", "sheet_rows")
    one_of_a_kind(["sheet_id", "account_id"])
    op.drop_constraint("ck_sheet_rows_kind", "sheet_rows")
    op.drop_column("row_changes", "row_kind")
    for table in ("sheet_rows", "row_versions", "comparisons"):
        op.drop_column(table, "kind")


def kind_column(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=16), nullable=False, server_default="collected")


def one_of_a_kind(columns: list[str]) -> None:
    op.create_index(
        "uq_sheet_rows_account", "sheet_rows", columns, unique=True, postgresql_where="NOT second_payment"
    )

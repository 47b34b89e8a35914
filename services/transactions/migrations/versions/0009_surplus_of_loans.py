"""Money without an account that is not a whole row of a sheet: more than the rest of a loan.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
TABLE = "unallocated_receipts"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("account_id", ID, nullable=True))
    op.add_column(TABLE, sa.Column("sheet_id", ID, nullable=True))
    op.add_column(TABLE, sa.Column("receipt_number", sa.String(length=40), nullable=True))
    op.add_column(TABLE, sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True))
    op.create_foreign_key("fk_unallocated_receipts_sheet_id", TABLE, "sheets", ["sheet_id"], ["id"])
    op.drop_constraint("fk_unallocated_receipts_row_id", TABLE, type_="foreignkey")
    op.execute(
        "UPDATE unallocated_receipts SET account_id = said.account_id, sheet_id = said.sheet_id,"
        " receipt_number = said.receipt_number"
        " FROM sheet_rows AS said WHERE said.row_id = unallocated_receipts.row_id"
    )


def downgrade() -> None:
    op.create_foreign_key("fk_unallocated_receipts_row_id", TABLE, "sheet_rows", ["row_id"], ["row_id"])
    op.drop_constraint("fk_unallocated_receipts_sheet_id", TABLE, type_="foreignkey")
    for column in ("recorded_at", "receipt_number", "sheet_id", "account_id"):
        op.drop_column(TABLE, column)

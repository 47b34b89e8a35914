"""Reports that are made in the background.

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    op.create_table(
        "report_runs",
        sa.Column("id", ID, nullable=False),
        sa.Column("question", postgresql.JSONB(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("rows", sa.Integer(), server_default="0", nullable=False),
        sa.Column("branches", sa.Integer(), nullable=False),
        sa.Column("branches_done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("branch_rows", sa.Integer(), server_default="0", nullable=False),
        sa.Column("branch_done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("chunks", sa.Integer(), server_default="0", nullable=False),
        sa.Column("sums", postgresql.JSONB(), nullable=False),
        sa.Column("asked_by", ID, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fingerprint", sa.String(length=80), nullable=False),
        sa.CheckConstraint(
            "state IN ('running', 'finished', 'cancelled', 'failed')", name="ck_report_runs_state"
        ),
        sa.CheckConstraint("(state = 'running') = (finished_at IS NULL)", name="ck_report_runs_ends"),
        sa.CheckConstraint("branches > 0", name="ck_report_runs_of_some_branch"),
        sa.PrimaryKeyConstraint("id", name="pk_report_runs"),
    )
    op.create_index("ix_report_runs_asked_by", "report_runs", ["asked_by", "asked_at", "id"])
    op.create_index(
        "ix_report_runs_finished_at",
        "report_runs",
        ["finished_at"],
        postgresql_where="finished_at IS NOT NULL",
    )
    op.create_table(
        "report_chunks",
        sa.Column("run_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("lines", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["report_runs.id"], name="fk_report_chunks_run_id"),
        sa.PrimaryKeyConstraint("run_id", "number", name="pk_report_chunks"),
    )


def downgrade() -> None:
    op.drop_table("report_chunks")
    op.drop_table("report_runs")

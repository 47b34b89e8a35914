"""Reports that are made in the background, and what they have made so far. Nothing of the books."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB

from transactions.models.metadata import key, metadata, reference

report_runs = Table(
    "report_runs",
    metadata,
    key(),
    Column("question", JSONB, nullable=False),
    Column("state", String(10), nullable=False),
    Column("rows", Integer, nullable=False, server_default="0"),
    Column("branches", Integer, nullable=False),
    Column("branches_done", Integer, nullable=False, server_default="0"),
    Column("branch_rows", Integer, nullable=False, server_default="0"),
    Column("branch_done", Integer, nullable=False, server_default="0"),
    Column("after", Text),
    Column("chunks", Integer, nullable=False, server_default="0"),
    Column("sums", JSONB, nullable=False),
    reference("asked_by"),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("finished_at", DateTime(timezone=True)),
    Column("fingerprint", String(80), nullable=False),
    CheckConstraint("state IN ('running', 'finished', 'cancelled', 'failed')", name="state"),
    CheckConstraint("(state = 'running') = (finished_at IS NULL)", name="ends"),
    CheckConstraint("branches > 0", name="of_some_branch"),
    Index("ix_report_runs_asked_by", "asked_by", "asked_at", "id"),
    Index("ix_report_runs_finished_at", "finished_at", postgresql_where="finished_at IS NOT NULL"),
)
"""How far each has come: the branch in hand, and the place of its last row."""

report_chunks = Table(
    "report_chunks",
    metadata,
    Column("run_id", ForeignKey("report_runs.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("lines", JSONB, nullable=False),
    PrimaryKeyConstraint("run_id", "number"),
)
"""Its lines in the wire's form, a piece a transaction; removed some days after it has ended."""

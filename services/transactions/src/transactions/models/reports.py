"""Reports made in the background, what they have made so far, and what left the system. Not the books."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
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

report_exports = Table(
    "report_exports",
    metadata,
    reference("office_id"),
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    Column("question", JSONB, nullable=False),
    Column("as_what", String(4), nullable=False),
    Column("purpose", String(20), nullable=False),
    Column("purpose_words", Text),
    Column("recipient", String(20), nullable=False),
    Column("recipient_words", Text),
    Column("left_out", Integer, nullable=False, server_default="0"),
    reference("exported_by"),
    Column("exported_at", DateTime(timezone=True), nullable=False),
    Index("ix_report_exports_office_id", "office_id", "exported_at"),
)
"""Each file that left the system, for what and to whom; its number stands on the file (rules P10, P12)."""

APPEND_ONLY = ("report_exports",)

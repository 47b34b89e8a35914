"""Branches that are brought over: the rows of their files, what is wrong with them, where it stands (P13)."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from accounts.models.base import Id, Instant, Key, metadata, one_of
from contracts.accounts.cut_over_words import CutOverSheet, CutOverState

cut_overs = sa.Table(
    "cut_overs",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("branch_id", Id, nullable=False),
    sa.Column("on", sa.Date, nullable=False),
    sa.Column("reference", sa.Text, nullable=False),
    sa.Column("ledger", JSONB, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("done", sa.Integer, nullable=False),
    sa.Column("total", sa.Integer, nullable=False),
    sa.Column("samities", sa.Integer, nullable=False),
    sa.Column("members", sa.Integer, nullable=False),
    sa.Column("faults", sa.Integer, nullable=False),
    sa.Column("products", JSONB, nullable=False),
    sa.Column("first_serial", sa.Integer),
    sa.Column("refusal", JSONB(none_as_null=True)),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Column("maker_id", Id, nullable=False),
    sa.Column("checker_id", Id),
    sa.Column("made_at", Instant, nullable=False),
    one_of("state", *CutOverState),
    sa.CheckConstraint("done >= 0 AND done <= total AND faults >= 0", name="progress"),
    sa.CheckConstraint("(state = 'refused') = (refusal IS NOT NULL)", name="refused_says_why"),
    sa.CheckConstraint(
        "state NOT IN ('entering', 'entered') OR (checker_id IS NOT NULL AND first_serial IS NOT NULL)",
        name="entering_was_agreed",
    ),
    sa.Index("cut_overs_branch_id", "branch_id", "made_at", "id"),
)
"""`ledger` is what the old general ledger says, `products` what the file comes to beside it."""

cut_over_rows = sa.Table(
    "cut_over_rows",
    metadata,
    sa.Column("cut_over_id", Id, sa.ForeignKey("cut_overs.id"), primary_key=True),
    sa.Column("sheet", sa.Text, primary_key=True),
    sa.Column("row", sa.Integer, primary_key=True),
    sa.Column("cells", JSONB, nullable=False),
    sa.Column("nid", sa.Text),
    sa.Column("nid_index", sa.Text),
    sa.Column("mobile", sa.Text),
    sa.Column("mobile_index", sa.Text),
    sa.Column("wrong", JSONB, nullable=False),
    sa.Column("fingerprint", sa.Text, nullable=False),
    one_of("sheet", *CutOverSheet),
)
"""Texts as they were typed, by column; numbers encrypted for the member that the row becomes.

`wrong` are the sealed cells that are no numbers: column and code.
"""

cut_over_faults = sa.Table(
    "cut_over_faults",
    metadata,
    sa.Column("cut_over_id", Id, sa.ForeignKey("cut_overs.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("sheet", sa.Text, nullable=False),
    sa.Column("row", sa.Integer, nullable=False),
    sa.Column("column", sa.Text, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    one_of("sheet", *CutOverSheet),
)

brought_over = sa.Table(
    "brought_over",
    metadata,
    sa.Column("branch_id", Id, primary_key=True),
    sa.Column("sheet", sa.Text, primary_key=True),
    sa.Column("source_id", Key, primary_key=True),
    sa.Column("id", Id, nullable=False, unique=True),
    sa.Column("cut_over_id", Id, sa.ForeignKey("cut_overs.id"), nullable=False),
    one_of("sheet", *CutOverSheet),
)
"""What became of each row of the old books, by the source's own id: never twice."""

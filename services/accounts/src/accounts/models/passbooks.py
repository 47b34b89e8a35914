"""The register of paper passbooks: one open book a member."""

import sqlalchemy as sa

from accounts.models.base import Id, Instant, Key, metadata, one_of

passbooks = sa.Table(
    "passbooks",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("member_id", Id, sa.ForeignKey("members.id"), nullable=False),
    sa.Column("branch_id", Id, nullable=False),
    sa.Column("number", Key, nullable=False),
    sa.Column("lot", Key),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("started_on", sa.Date, nullable=False),
    sa.Column("ended_on", sa.Date),
    sa.Column("reason", sa.Text),
    sa.Column("issued_by", Id, nullable=False),
    sa.Column("issued_at", Instant, nullable=False),
    sa.Column("ended_by", Id),
    sa.Column("fingerprint", sa.Text, nullable=False),
    one_of("status", "open", "full", "damaged", "lost", "surrendered"),
    sa.CheckConstraint("(status = 'open') = (ended_on IS NULL)", name="ended_on_a_day"),
    sa.Index("passbooks_member_id", "member_id"),
    sa.Index("passbooks_one_open", "member_id", unique=True, postgresql_where=sa.text("status = 'open'")),
    sa.Index("passbooks_branch_id_number", "branch_id", "number"),
)
"""`branch_id` is the branch that issued it: numbers are printed for branches. `reason` is of its end."""

"""Codes that went to borrowers' telephones before payouts; of each only a keyed digest."""

import sqlalchemy as sa

from accounts.models.base import Id, Instant, metadata

payout_codes = sa.Table(
    "payout_codes",
    metadata,
    sa.Column("loan_id", Id, sa.ForeignKey("loans.id"), primary_key=True),
    sa.Column("send", sa.Integer, primary_key=True),
    sa.Column("code_index", sa.Text, nullable=False),
    sa.Column("sent_by", Id, nullable=False),
    sa.Column("sent_at", Instant, nullable=False),
    sa.Column("ends_at", Instant, nullable=False),
    sa.Column("tries_left", sa.SmallInteger, nullable=False),
    sa.Column("used_at", Instant),
    sa.CheckConstraint("send > 0 AND tries_left >= 0", name="counted"),
)
"""The greatest `send` of a loan is in force until it ends, is tried out, or is used."""

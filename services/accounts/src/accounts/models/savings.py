"""Savings products in their versions, and the accounts opened under them."""

import sqlalchemy as sa

from accounts.models.base import Id, Instant, Key, metadata, one_of

savings_products = sa.Table(
    "savings_products",
    metadata,
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("effective_on", sa.Date, nullable=False),
    sa.Column("name_bn", sa.Text, nullable=False),
    sa.Column("name_en", sa.Text, nullable=False),
    sa.Column("floor", sa.BigInteger, nullable=False),
    sa.Column("least_deposit", sa.BigInteger, nullable=False),
    sa.Column("annual_rate_bps", sa.Integer, nullable=False),
    sa.Column("fund", sa.Text, nullable=False),
    sa.CheckConstraint("annual_rate_bps >= 600", name="legal_minimum"),
    sa.CheckConstraint("floor >= 0 AND least_deposit > 0", name="amounts"),
)
"""Amounts are in paisa. Versions are added by migrations until head office has two people for it (P7)."""

savings_accounts = sa.Table(
    "savings_accounts",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("member_id", Id, sa.ForeignKey("members.id"), nullable=False),
    sa.Column("code", Key, nullable=False, unique=True),
    sa.Column("product_code", sa.Text, nullable=False),
    sa.Column("product_version", sa.Integer, nullable=False),
    sa.Column("serial", sa.SmallInteger, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("planned_at", Instant, nullable=False),
    sa.Column("opened_on", sa.Date),
    sa.ForeignKeyConstraint(
        ["product_code", "product_version"], ["savings_products.code", "savings_products.version"]
    ),
    sa.UniqueConstraint("member_id", "product_code", "serial"),
    one_of("status", "opening", "open", "closed"),
)
"""`opening` until transactions has answered that the account is in the ledger (mechanics B1)."""

"""Savings accounts as they are agreed; how much is in one, transactions knows."""

import sqlalchemy as sa

from accounts.models.base import Id, Instant, Key, metadata, one_of
from contracts.accounts.product_words import SavingsState

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
    sa.Column("amount", sa.BigInteger),
    sa.Column("months", sa.SmallInteger),
    sa.Column("maturity_value", sa.BigInteger),
    sa.Column("fingerprint", sa.Text),
    sa.Column("state_version", sa.Integer),
    sa.ForeignKeyConstraint(
        ["product_code", "product_version"], ["savings_products.code", "savings_products.version"]
    ),
    sa.UniqueConstraint("member_id", "product_code", "serial"),
    one_of("status", *SavingsState),
    sa.CheckConstraint("amount > 0 AND months > 0 OR amount IS NULL AND months IS NULL", name="term"),
)
"""`waiting` for the manager, `opening` until transactions has it in the ledger (mechanics B1).

`amount` is the monthly instalment or the deposit in paisa, for `months`; savings without a term have neither.
`state_version` is that of the newest that transactions told of its closing.
"""

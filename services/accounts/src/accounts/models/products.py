"""Products in their versions, and the proposals of them; what is written here is never changed (rule P7)."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from accounts.models.base import Id, Instant, metadata, one_of
from contracts.accounts.product_words import Family, ProductKind

products = sa.Table(
    "products",
    metadata,
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    one_of("kind", *ProductKind),
)
"""Every code that a product ever had; it is of one kind for ever."""

product_proposals = sa.Table(
    "product_proposals",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("effective_on", sa.Date, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("terms", JSONB(none_as_null=True)),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Column("maker_id", Id, nullable=False),
    sa.Column("proposed_at", Instant, nullable=False),
    one_of("kind", *ProductKind),
)
"""What was proposed, in the wire's form; without terms, that the product is offered no more."""

savings_products = sa.Table(
    "savings_products",
    metadata,
    sa.Column("code", sa.Text, sa.ForeignKey("products.code"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("effective_on", sa.Date, nullable=False),
    sa.Column("name_bn", sa.Text, nullable=False),
    sa.Column("name_en", sa.Text, nullable=False),
    sa.Column("floor", sa.BigInteger, nullable=False),
    sa.Column("least_deposit", sa.BigInteger, nullable=False),
    sa.Column("annual_rate_bps", sa.Integer, nullable=False),
    sa.Column("fund", sa.Text, nullable=False),
    sa.Column("family", sa.Text, nullable=False),
    sa.Column("offered", sa.Boolean, nullable=False),
    sa.Column("compulsory", sa.Boolean, nullable=False),
    sa.Column("legal_minimum_bps", sa.Integer, nullable=False),
    sa.Column("terms", JSONB, nullable=False),
    sa.Column("proposal_id", Id, sa.ForeignKey("product_proposals.id"), unique=True),
    sa.CheckConstraint("NOT compulsory OR annual_rate_bps >= legal_minimum_bps", name="legal_minimum"),
    sa.CheckConstraint("NOT compulsory OR family = 'general_savings'", name="compulsory_family"),
    sa.CheckConstraint("floor >= 0 AND least_deposit > 0", name="amounts"),
    sa.CheckConstraint("version >= 1", name="version"),
    one_of("family", *Family),
)
"""`terms` are whole, in the wire's form; beside them stands what the database itself watches.

Amounts are in paisa. `annual_rate_bps` is the lowest rate, `legal_minimum_bps` what the law said of
compulsory savings when the version was approved. Without a proposal, it was founded with the system.
"""

loan_products = sa.Table(
    "loan_products",
    metadata,
    sa.Column("code", sa.Text, sa.ForeignKey("products.code"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("effective_on", sa.Date, nullable=False),
    sa.Column("offered", sa.Boolean, nullable=False),
    sa.Column("name_bn", sa.Text, nullable=False),
    sa.Column("name_en", sa.Text, nullable=False),
    sa.Column("category", sa.Text, nullable=False),
    sa.Column("fund", sa.Text, nullable=False),
    sa.Column("least", sa.BigInteger, nullable=False),
    sa.Column("most", sa.BigInteger, nullable=False),
    sa.Column("terms", JSONB, nullable=False),
    sa.Column("proposal_id", Id, sa.ForeignKey("product_proposals.id"), unique=True),
    sa.CheckConstraint("0 < least AND least <= most", name="amounts"),
    sa.CheckConstraint("version >= 1", name="version"),
)
"""As with savings: `terms` are whole, in the wire's form; amounts beside them are in paisa."""

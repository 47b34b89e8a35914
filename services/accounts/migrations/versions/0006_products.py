"""Products that head office sets: savings of four families, in versions, each proposed and approved.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
INSTANT = sa.DateTime(timezone=True)
KINDS = "kind IN ('savings', 'loan')"
FAMILIES = "family IN ('general_savings', 'voluntary_savings', 'term_savings', 'lump_savings')"
STATES = "status IN ('waiting', 'opening', 'open', 'closed', 'declined')"
STATES_BEFORE = "status IN ('opening', 'open', 'closed')"


def upgrade() -> None:
    create_products()
    widen_savings_products()
    widen_savings_accounts()


def downgrade() -> None:
    op.drop_constraint("savings_accounts_term", "savings_accounts")
    op.drop_constraint("savings_accounts_status", "savings_accounts")
    op.create_check_constraint("savings_accounts_status", "savings_accounts", STATES_BEFORE)
    for name in ("fingerprint", "maturity_value", "months", "amount"):
        op.drop_column("savings_accounts", name)
    for name in ("family", "version", "compulsory_family", "legal_minimum"):
        op.drop_constraint(f"savings_products_{name}", "savings_products")
    op.create_check_constraint("savings_products_legal_minimum", "savings_products", "annual_rate_bps >= 600")
    op.drop_constraint("savings_products_code_fkey", "savings_products")
    for name in ("proposal_id", "terms", "legal_minimum_bps", "compulsory", "offered", "family"):
        op.drop_column("savings_products", name)
    op.drop_table("product_proposals")
    op.drop_table("products")


def create_products() -> None:
    op.create_table(
        "products",
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.CheckConstraint(KINDS, name="products_kind"),
        sa.PrimaryKeyConstraint("code", name="products_pkey"),
    )
    op.execute("INSERT INTO products SELECT DISTINCT code, 'savings' FROM savings_products")
    op.create_table(
        "product_proposals",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("effective_on", sa.Date, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("terms", JSONB),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("maker_id", ID, nullable=False),
        sa.Column("proposed_at", INSTANT, nullable=False),
        sa.CheckConstraint(KINDS, name="product_proposals_kind"),
        sa.PrimaryKeyConstraint("id", name="product_proposals_pkey"),
    )


def widen_savings_products() -> None:
    added = (
        sa.Column("family", sa.Text),
        sa.Column("offered", sa.Boolean),
        sa.Column("compulsory", sa.Boolean),
        sa.Column("legal_minimum_bps", sa.Integer),
        sa.Column("terms", JSONB),
        sa.Column("proposal_id", ID),
    )
    for column in added:
        op.add_column("savings_products", column)
    op.execute(WHAT_EVERY_MEMBER_HAS)
    for column in added[:-1]:
        op.alter_column("savings_products", column.name, nullable=False)
    table = "savings_products"
    op.create_foreign_key("savings_products_code_fkey", table, "products", ["code"], ["code"])
    op.create_foreign_key(
        "savings_products_proposal_id_fkey", table, "product_proposals", ["proposal_id"], ["id"]
    )
    op.create_unique_constraint("savings_products_proposal_id_key", table, ["proposal_id"])
    op.drop_constraint("savings_products_legal_minimum", table)
    for name, rule in (
        ("legal_minimum", "NOT compulsory OR annual_rate_bps >= legal_minimum_bps"),
        ("compulsory_family", "NOT compulsory OR family = 'general_savings'"),
        ("version", "version >= 1"),
        ("family", FAMILIES),
    ):
        op.create_check_constraint(f"savings_products_{name}", table, rule)


def widen_savings_accounts() -> None:
    for column in (
        sa.Column("amount", sa.BigInteger),
        sa.Column("months", sa.SmallInteger),
        sa.Column("maturity_value", sa.BigInteger),
        sa.Column("fingerprint", sa.Text),
    ):
        op.add_column("savings_accounts", column)
    op.drop_constraint("savings_accounts_status", "savings_accounts")
    op.create_check_constraint("savings_accounts_status", "savings_accounts", STATES)
    op.create_check_constraint(
        "savings_accounts_term",
        "savings_accounts",
        "amount > 0 AND months > 0 OR amount IS NULL AND months IS NULL",
    )


WHAT_EVERY_MEMBER_HAS = """
UPDATE savings_products SET
    family = 'general_savings',
    offered = true,
    compulsory = true,
    legal_minimum_bps = 600,
    terms = jsonb_build_object(
        'name_bn', name_bn, 'name_en', name_en, 'family', 'general_savings', 'compulsory', true, 'fund', fund,
        'floor', to_char(floor / 100.0, 'FM9999999999990.00'),
        'least_deposit', to_char(least_deposit / 100.0, 'FM9999999999990.00'),
        'most_deposit', null, 'deposit_step', null, 'needs_approval', false,
        'interest_method', 'daily_product', 'interest_minimum_balance', '0.00',
        'interest_minimum_age_months', 0, 'interest_withdrawal_stops', false,
        'interest_dormant_eligible', true,
        'withdraw_max_bps_with_loan', null, 'withdraw_max_bps_without_loan', null, 'counter_limit', null,
        'closing_charge', null, 'dormant_after_months', null, 'term_months', '[]'::jsonb,
        'late_penalty', null, 'missing_limit', null, 'formula', null,
        'rates', jsonb_build_array(jsonb_build_object(
            'from_on', effective_on::text, 'rate_bps', annual_rate_bps, 'months', null)),
        'maturities', '[]'::jsonb, 'premature', '[]'::jsonb
    )
"""
"""Until now only general savings existed, and the law's 6 % held for every version."""

"""General savings, the product that every member has: docs/decisions records its terms.

Revision ID: 0002
Revises: 0001
"""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

PRODUCTS = sa.table(
    "savings_products",
    *(
        sa.column(name)
        for name in (
            "code",
            "version",
            "effective_on",
            "name_bn",
            "name_en",
            "floor",
            "least_deposit",
            "annual_rate_bps",
            "fund",
        )
    ),
)


def upgrade() -> None:
    op.bulk_insert(
        PRODUCTS,
        [
            {
                "code": "GS",
                "version": 1,
                "effective_on": date(2020, 1, 1),
                "name_bn": "সাধারণ সঞ্চয়",
                "name_en": "General savings",
                "floor": 0,
                "least_deposit": 2_000,
                "annual_rate_bps": 600,
                "fund": "own",
            }
        ],
    )


def downgrade() -> None:
    op.execute(sa.delete(PRODUCTS).where(PRODUCTS.c.code == "GS", PRODUCTS.c.version == 1))

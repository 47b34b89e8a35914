"""Messages about a change of number: to a number of its own, with a code that only the sender sees.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BEFORE = (
    "kind IN ('deposit_confirmed', 'nothing_received', 'row_changed', 'entry_reversed', 'savings_opened',"
    " 'login_changed', 'withdrawal_requested', 'withdrawal_approved', 'withdrawal_paid', 'account_closed',"
    " 'correction_posted', 'loan_paid_out', 'loan_closed')"
)
AFTER = BEFORE.removesuffix(")") + ", 'number_change_asked', 'number_code', 'number_changed')"


def upgrade() -> None:
    take_kinds(AFTER)
    for name in ("to_mobile", "secret"):
        op.add_column("messages", sa.Column(name, sa.Text(), nullable=True))
    op.create_check_constraint("ck_messages_secret", "messages", "secret IS NULL OR status = 'waiting'")


def take_kinds(kinds: str) -> None:
    """Take messages of these kinds only."""
    op.drop_constraint("ck_messages_kind", "messages", type_="check")
    op.create_check_constraint("ck_messages_kind", "messages", kinds)


def downgrade() -> None:
    op.drop_constraint("ck_messages_secret", "messages", type_="check")
    for name in ("to_mobile", "secret"):
        op.drop_column("messages", name)
    op.execute("DELETE FROM messages WHERE kind IN ('number_change_asked', 'number_code', 'number_changed')")
    take_kinds(BEFORE)

"""Messages about accounts in another branch's book.

Revision ID: 0007
Revises: 0006
"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BEFORE = (
    "kind IN ('deposit_confirmed', 'nothing_received', 'row_changed', 'entry_reversed', 'savings_opened',"
    " 'login_changed', 'withdrawal_requested', 'withdrawal_approved', 'withdrawal_paid', 'account_closed',"
    " 'correction_posted', 'loan_paid_out', 'loan_closed', 'number_change_asked', 'number_code',"
    " 'number_changed', 'membership_ended', 'savings_moved', 'counter_money')"
)
AFTER = BEFORE.removesuffix(")") + ", 'accounts_moved')"


def upgrade() -> None:
    take_kinds(AFTER)


def take_kinds(kinds: str) -> None:
    """Take messages of these kinds only."""
    op.drop_constraint("ck_messages_kind", "messages", type_="check")
    op.create_check_constraint("ck_messages_kind", "messages", kinds)


def downgrade() -> None:
    take_kinds(BEFORE)

"""Messages with the code that a borrower says when she gets the money.

Revision ID: 0009
Revises: 0008
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BEFORE = (
    "kind IN ('deposit_confirmed', 'nothing_received', 'row_changed', 'entry_reversed', 'savings_opened',"
    " 'login_changed', 'withdrawal_requested', 'withdrawal_approved', 'withdrawal_paid', 'account_closed',"
    " 'correction_posted', 'loan_paid_out', 'loan_closed', 'number_change_asked', 'number_code',"
    " 'number_changed', 'membership_ended', 'savings_moved', 'counter_money', 'accounts_moved',"
    " 'loan_rescheduled')"
)
AFTER = BEFORE.removesuffix(")") + ", 'payout_code')"


def upgrade() -> None:
    take_kinds(AFTER)


def take_kinds(kinds: str) -> None:
    """Take messages of these kinds only."""
    op.drop_constraint("ck_messages_kind", "messages", type_="check")
    op.create_check_constraint("ck_messages_kind", "messages", kinds)


def downgrade() -> None:
    op.execute("DELETE FROM messages WHERE kind = 'payout_code'")
    take_kinds(BEFORE)

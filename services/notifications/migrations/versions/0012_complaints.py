"""Messages to members who complained.

Revision ID: 0012
Revises: 0011
"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

BEFORE = (
    "kind IN ('deposit_confirmed', 'nothing_received', 'row_changed', 'entry_reversed', 'savings_opened',"
    " 'login_changed', 'withdrawal_requested', 'withdrawal_approved', 'withdrawal_paid', 'account_closed',"
    " 'correction_posted', 'loan_paid_out', 'loan_closed', 'number_change_asked', 'number_code',"
    " 'number_changed', 'membership_ended', 'savings_moved', 'counter_money', 'accounts_moved',"
    " 'loan_rescheduled', 'payout_code')"
)
AFTER = BEFORE.removesuffix(")") + ", 'complaint_acknowledged', 'complaint_answered')"
TABLES = ("messages", "template_versions")


def upgrade() -> None:
    take_kinds(AFTER)


def take_kinds(kinds: str) -> None:
    """Take messages, and wordings, of these kinds only."""
    for table in TABLES:
        op.drop_constraint(f"ck_{table}_kind", table, type_="check")
        op.create_check_constraint(f"ck_{table}_kind", table, kinds)


def downgrade() -> None:
    op.execute("DELETE FROM messages WHERE kind IN ('complaint_acknowledged', 'complaint_answered')")
    op.execute("DELETE FROM template_versions WHERE kind IN ('complaint_acknowledged', 'complaint_answered')")
    take_kinds(BEFORE)

"""Holds that an administrator confirms, apps closed at the branch, devices switched off (P6, P9).

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KINDS = "kind IN ('staff_creation', 'member_login', 'limit_change', 'acting', 'credential_reset'"
CALLED = "called_back IN ('known_number', 'calling_number')"
SEEN = "seen IN ('nid', 'photo', 'passbook')"


def upgrade() -> None:
    replace("approvals", "kind", f"{KINDS}, 'access_hold')")
    replace("approvals", "state", "state IN ('waiting', 'approved', 'declined', 'lapsed')")
    replace("approvals", "checked", "(state IN ('waiting', 'lapsed')) = (checker_id IS NULL)")
    op.add_column("login_switches", sa.Column("called_back", sa.Text()))
    op.add_column("login_switches", sa.Column("seen", sa.Text()))
    replace("login_switches", "deed", "deed IN ('suspended', 'reactivated', 'closed')")
    op.create_check_constraint("ck_login_switches_called_back", "login_switches", CALLED)
    op.create_check_constraint("ck_login_switches_seen", "login_switches", SEEN)
    known = "(deed = 'closed') = (seen IS NOT NULL)"
    op.create_check_constraint("ck_login_switches_known", "login_switches", known)
    op.add_column("known_devices", sa.Column("off_at", sa.DateTime(timezone=True)))
    op.add_column("known_devices", sa.Column("off_by", sa.Uuid(as_uuid=False)))
    op.add_column("known_devices", sa.Column("off_reason", sa.Text()))
    off = "num_nulls(off_at, off_by, off_reason) IN (0, 3)"
    op.create_check_constraint("ck_known_devices_off", "known_devices", off)


def replace(table: str, name: str, rule: str) -> None:
    """Put another rule in the place of one."""
    op.drop_constraint(f"ck_{table}_{name}", table, type_="check")
    op.create_check_constraint(f"ck_{table}_{name}", table, rule)


def downgrade() -> None:
    op.drop_constraint("ck_known_devices_off", "known_devices", type_="check")
    for column in ("off_at", "off_by", "off_reason"):
        op.drop_column("known_devices", column)
    for name in ("known", "seen", "called_back"):
        op.drop_constraint(f"ck_login_switches_{name}", "login_switches", type_="check")
    op.execute("DELETE FROM login_switches WHERE deed = 'closed'")
    replace("login_switches", "deed", "deed IN ('suspended', 'reactivated')")
    op.drop_column("login_switches", "seen")
    op.drop_column("login_switches", "called_back")
    op.execute("DELETE FROM approvals WHERE kind = 'access_hold'")
    replace("approvals", "checked", "(state = 'waiting') = (checker_id IS NULL)")
    replace("approvals", "state", "state IN ('waiting', 'approved', 'declined')")
    replace("approvals", "kind", f"{KINDS})")

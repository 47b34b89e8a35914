"""The person behind memberships, how a membership ended, and the register of passbooks.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
KEY = sa.Text(collation="C")
STATUSES = "status IN ('applicant', 'active', 'closing', 'rejected', 'closed')"
LIVING = "status IN ('applicant', 'active', 'closing')"


def upgrade() -> None:
    op.add_column("members", sa.Column("person_id", ID, nullable=True))
    op.add_column("members", sa.Column("closed_on", sa.Date(), nullable=True))
    op.add_column("members", sa.Column("deceased_on", sa.Date(), nullable=True))
    op.add_column(
        "members", sa.Column("blacklisted", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.execute("UPDATE members SET person_id = id")
    op.execute("UPDATE members SET closed_on = current_date WHERE status = 'closed'")
    op.alter_column("members", "person_id", nullable=False)
    op.drop_constraint("members_status", "members")
    op.create_check_constraint("members_status", "members", STATUSES)
    op.create_check_constraint(
        "members_closed_on_a_day", "members", "(status = 'closed') = (closed_on IS NOT NULL)"
    )
    op.create_index("members_person_id", "members", ["person_id"])
    op.drop_index("members_nid_once", "members")
    op.create_index(
        "members_nid_once", "members", ["nid_index"], unique=True, postgresql_where=sa.text(LIVING)
    )
    create_passbooks()
    op.execute(
        """
        INSERT INTO passbooks
               (id, member_id, branch_id, number, status, started_on, issued_by, issued_at, fingerprint)
        SELECT gen_random_uuid(), members.id, samities.branch_id, members.passbook_number, 'open',
               members.admitted_on, coalesce(approvals.checker_id, approvals.maker_id), now(), ''
          FROM members
          JOIN samities ON samities.id = members.samity_id
          JOIN approvals ON approvals.member_id = members.id
         WHERE members.status = 'active'
        """
    )


def downgrade() -> None:
    op.drop_table("passbooks")
    op.drop_index("members_nid_once", "members")
    op.create_index(
        "members_nid_once",
        "members",
        ["nid_index"],
        unique=True,
        postgresql_where=sa.text("status IN ('applicant', 'active')"),
    )
    op.drop_index("members_person_id", "members")
    op.drop_constraint("members_closed_on_a_day", "members")
    op.drop_constraint("members_status", "members")
    op.create_check_constraint(
        "members_status", "members", "status IN ('applicant', 'active', 'rejected', 'closed')"
    )
    for column in ("blacklisted", "deceased_on", "closed_on", "person_id"):
        op.drop_column("members", column)


def create_passbooks() -> None:
    op.create_table(
        "passbooks",
        sa.Column("id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("branch_id", ID, nullable=False),
        sa.Column("number", KEY, nullable=False),
        sa.Column("lot", KEY),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("started_on", sa.Date, nullable=False),
        sa.Column("ended_on", sa.Date),
        sa.Column("reason", sa.Text),
        sa.Column("issued_by", ID, nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", ID),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.CheckConstraint(
            "status IN ('open', 'full', 'damaged', 'lost', 'surrendered')", name="passbooks_status"
        ),
        sa.CheckConstraint("(status = 'open') = (ended_on IS NULL)", name="passbooks_ended_on_a_day"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="passbooks_member_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="passbooks_pkey"),
    )
    op.create_index("passbooks_member_id", "passbooks", ["member_id"])
    op.create_index("passbooks_branch_id_number", "passbooks", ["branch_id", "number"])
    op.create_index(
        "passbooks_one_open",
        "passbooks",
        ["member_id"],
        unique=True,
        postgresql_where=sa.text("status = 'open'"),
    )

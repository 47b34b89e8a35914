"""Mismatches and complaints are one register; the difference of a passbook is a case of it.

Revision ID: 0038
Revises: 0037
"""

from uuid import UUID, uuid5

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
CASES = UUID("3ad1c2a4-6a6b-5a9e-9d0e-6fb1d6f0c4ab")
"""Below which the ids of cases lie that a passbook opened."""
TABLES = ("complaints", "complaint_acts")
OLD_COLUMNS = ("outcome", "reason", "settled_by", "settled_at")
OLD_CHECKS = ("settled_by_somebody", "checker_settles_not", "settled_whole", "state")


def upgrade() -> None:
    create_complaints()
    create_acts()
    carry_differences_over()
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(f"CREATE TRIGGER stays_whole BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse_change()")
    for check in OLD_CHECKS:
        op.drop_constraint(f"ck_passbook_checks_{check}", "passbook_checks", type_="check")
    op.execute("UPDATE passbook_checks SET state = 'differs' WHERE state = 'settled'")
    op.create_check_constraint(
        "ck_passbook_checks_state", "passbook_checks", "state IN ('waiting', 'matched', 'differs')"
    )
    for column in OLD_COLUMNS:
        op.drop_column("passbook_checks", column)


def create_complaints() -> None:
    """Make room for what was said."""
    op.create_table(
        "complaints",
        sa.Column("id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("samity_id", ID, nullable=False),
        sa.Column("officer_id", ID, nullable=True),
        sa.Column("about", sa.String(length=10), nullable=False),
        sa.Column("via", sa.String(length=16), nullable=False),
        sa.Column("against", sa.String(length=10), nullable=False),
        sa.Column("entry_id", ID, nullable=True),
        sa.Column("row_id", ID, nullable=True),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("check_id", ID, nullable=True),
        sa.Column("said", sa.Text(), nullable=True),
        sa.Column("taken_by", ID, nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledge_by", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("repeated", sa.Boolean(), nullable=False),
        sa.Column("fingerprint", sa.String(length=80), nullable=False),
        sa.CheckConstraint(
            "about IN ('entry', 'no_entry', 'conduct', 'passbook')", name="ck_complaints_about"
        ),
        sa.CheckConstraint("via IN ('app', 'phone', 'counter', 'passbook_check')", name="ck_complaints_via"),
        sa.CheckConstraint("against IN ('officer', 'manager', 'other')", name="ck_complaints_against"),
        sa.CheckConstraint("taken_by <> officer_id", name="ck_complaints_her_officer_takes_not"),
        sa.CheckConstraint(
            "(about = 'passbook') = (check_id IS NOT NULL)", name="ck_complaints_a_check_says_which"
        ),
        sa.CheckConstraint(
            "about <> 'entry' OR row_id IS NOT NULL", name="ck_complaints_an_entry_says_which"
        ),
        sa.CheckConstraint(
            "about <> 'no_entry' OR (account_id IS NOT NULL AND happened_on IS NOT NULL)",
            name="ck_complaints_a_missing_entry_says_where",
        ),
        sa.CheckConstraint(
            "about = 'passbook' OR said IS NOT NULL", name="ck_complaints_somebody_said_something"
        ),
        sa.ForeignKeyConstraint(
            ["check_id"], ["passbook_checks.id"], name="fk_complaints_check_id_passbook_checks"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_complaints"),
        sa.UniqueConstraint("check_id", name="uq_complaints_check_id"),
    )
    op.create_index("ix_complaints_office_id", "complaints", ["office_id", "taken_at"])
    op.create_index("ix_complaints_member_id", "complaints", ["member_id", "taken_at"])


def create_acts() -> None:
    """Make room for what was done about it."""
    op.create_table(
        "complaint_acts",
        sa.Column("complaint_id", ID, nullable=False),
        sa.Column("deed", sa.String(length=12), nullable=False),
        sa.Column("by", ID, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("contact", sa.String(length=8), nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("correction_id", ID, nullable=True),
        sa.CheckConstraint(
            "deed IN ('acknowledged', 'contacted', 'answered')", name="ck_complaint_acts_deed"
        ),
        sa.CheckConstraint("contact IN ('phone', 'visit', 'counter')", name="ck_complaint_acts_contact"),
        sa.CheckConstraint(
            "deed <> 'contacted' OR contact IS NOT NULL", name="ck_complaint_acts_contacted_somehow"
        ),
        sa.CheckConstraint(
            "outcome IN ('book_right', 'paper_right', 'unclear', 'upheld', 'not_upheld')",
            name="ck_complaint_acts_outcome",
        ),
        sa.CheckConstraint(
            "(deed = 'answered') = (outcome IS NOT NULL) AND (deed = 'answered') = (answer IS NOT NULL)",
            name="ck_complaint_acts_answered_whole",
        ),
        sa.CheckConstraint(
            "(outcome IS NOT DISTINCT FROM 'paper_right') = (correction_id IS NOT NULL)",
            name="ck_complaint_acts_paper_right_has_its_correction",
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaints.id"], name="fk_complaint_acts_complaint_id_complaints"
        ),
        sa.PrimaryKeyConstraint("complaint_id", "deed", name="pk_complaint_acts"),
    )


def carry_differences_over() -> None:
    """Open a case for each difference that is not settled yet, or was settled without naming a correction.

    Where the paper was said to be right, no correction was asked for then: such a case waits for it here.
    """
    bind = op.get_bind()
    differing = bind.execute(
        sa.text("SELECT * FROM passbook_checks WHERE state IN ('differs', 'settled')")
    ).mappings()
    for check in differing.all():
        case = {**check, "id": str(uuid5(CASES, str(check["id"]))), "check_id": check["id"]}
        bind.execute(sa.text(_CASE), case)
        if check["state"] == "settled" and check["outcome"] != "paper_right":
            bind.execute(sa.text(_ANSWER), case)


_CASE = """
    INSERT INTO complaints (id, office_id, member_id, samity_id, officer_id, about, via, against, check_id,
                            taken_by, taken_on, taken_at, acknowledge_by, answer_by, repeated, fingerprint)
    SELECT CAST(:id AS uuid), :office_id, :member_id, :samity_id, :officer_id, 'passbook', 'passbook_check',
           'officer', :check_id, :checked_by, local.day, :checked_at, local.day + 1, local.day + 7, false,
           'carried over'
      FROM (SELECT CAST(CAST(:checked_at AS timestamptz) AT TIME ZONE 'Asia/Dhaka' AS date) AS day) AS local
"""
_ANSWER = """
    INSERT INTO complaint_acts (complaint_id, deed, by, "on", at, outcome, answer)
    VALUES (CAST(:id AS uuid), 'answered', :settled_by,
            CAST(CAST(:settled_at AS timestamptz) AT TIME ZONE 'Asia/Dhaka' AS date), :settled_at,
            :outcome, :reason)
"""


def downgrade() -> None:
    op.drop_constraint("ck_passbook_checks_state", "passbook_checks", type_="check")
    op.add_column("passbook_checks", sa.Column("outcome", sa.String(length=12), nullable=True))
    op.add_column("passbook_checks", sa.Column("reason", sa.Text(), nullable=True))
    op.add_column("passbook_checks", sa.Column("settled_by", ID, nullable=True))
    op.add_column("passbook_checks", sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE passbook_checks SET state = 'settled', outcome = acts.outcome, reason = acts.answer,"
        " settled_by = acts.by, settled_at = acts.at"
        " FROM complaints JOIN complaint_acts AS acts"
        " ON acts.complaint_id = complaints.id AND acts.deed = 'answered'"
        " WHERE complaints.check_id = passbook_checks.id"
    )
    for name, rule in BEFORE.items():
        op.create_check_constraint(f"ck_passbook_checks_{name}", "passbook_checks", rule)
    for table in reversed(TABLES):
        op.drop_table(table)


BEFORE = {
    "state": "state IN ('waiting', 'matched', 'differs', 'settled')",
    "settled_by_somebody": "(state = 'settled') = (settled_by IS NOT NULL)",
    "checker_settles_not": "settled_by <> checked_by AND settled_by <> officer_id",
    "settled_whole": "settled_by IS NULL OR (outcome IN ('book_right', 'paper_right', 'unclear')"
    " AND reason IS NOT NULL AND settled_at IS NOT NULL)",
}

"""What a month was to a branch: loans, savings and members, told once.

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False)
STAYING = ("loan_months", "loan_snapshots", "savings_snapshots", "member_snapshots")
MONEY = ("opening", "disbursed", "moved_in", "moved_out", "recovered_principal", "recovered_charge",
         "waived", "written_off", "outstanding")  # fmt: skip
DUES = ("opening_due", "opening_advance", "adjusted", "recoverable", "due_recovered", "regular_recovered",
        "advance_recovered", "due", "advance")  # fmt: skip
SAVED = ("opening", "deposited", "withdrawn", "interest", "moved_in", "moved_out", "closing")


def counts(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def amounts(names: tuple[str, ...]) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.BigInteger(), nullable=False) for name in names]


def upgrade() -> None:
    create_runs()
    create_loans()
    create_savings_and_members()
    op.create_index("ix_transfers_from_office_id_from_on", "transfers", ["from_office_id", "from_on"])
    for table in STAYING:
        op.execute(
            f"CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(f"CREATE TRIGGER stays_whole BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse_change()")


def create_runs() -> None:
    op.create_table(
        "snapshots",
        sa.Column("id", ID, nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("after_id", ID, nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("stage IN ('loans', 'savings', 'members', 'finished')", name="ck_snapshots_stage"),
        sa.CheckConstraint(
            "(stage = 'finished') = (finished_at IS NOT NULL)", name="ck_snapshots_finishes_at_a_time"
        ),
        sa.CheckConstraint("extract(day FROM month) = 1", name="ck_snapshots_a_month_by_its_first"),
        sa.PrimaryKeyConstraint("id", name="pk_snapshots"),
        sa.UniqueConstraint("office_id", "month", name="uq_snapshots_office_id_month"),
    )


def create_loans() -> None:
    op.create_table(
        "loan_months",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("office_id", ID, nullable=False),
        sa.Column("loan_id", ID, nullable=False),
        *amounts((*MONEY, *DUES)),
        sa.PrimaryKeyConstraint("office_id", "month", "loan_id", name="pk_loan_months"),
        sa.ForeignKeyConstraint(["loan_id"], ["loans.id"], name="fk_loan_months_loan_id"),
        sa.CheckConstraint(
            "opening + disbursed + moved_in - moved_out - recovered_principal - waived - written_off"
            " = outstanding",
            name="ck_loan_months_adds_up",
        ),
        sa.CheckConstraint(
            "opening_due + adjusted - due_recovered + recoverable - regular_recovered = due",
            name="ck_loan_months_dues_add_up",
        ),
    )
    op.create_index("ix_loan_months_loan_id", "loan_months", ["loan_id"])
    op.create_table(
        "loan_snapshots",
        sa.Column("office_id", ID, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("product_code", sa.String(length=20), nullable=False),
        sa.Column("fund", sa.String(length=40), nullable=False),
        sa.Column("sex", sa.String(length=10), nullable=False),
        *counts("loans", "borrowers", "lent", "ended", "late"),
        *amounts((*MONEY, *DUES)),
        sa.PrimaryKeyConstraint(
            "office_id", "month", "product_code", "fund", "sex", name="pk_loan_snapshots"
        ),
    )


def create_savings_and_members() -> None:
    op.create_table(
        "savings_snapshots",
        sa.Column("office_id", ID, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("ledger", sa.String(length=4), nullable=False),
        sa.Column("product_code", sa.String(length=20), nullable=False),
        sa.Column("fund", sa.String(length=40), nullable=False),
        sa.Column("sex", sa.String(length=10), nullable=False),
        *counts("accounts", "savers", "opened", "closed"),
        *amounts(SAVED),
        sa.PrimaryKeyConstraint(
            "office_id", "month", "ledger", "product_code", "fund", "sex", name="pk_savings_snapshots"
        ),
        sa.CheckConstraint(
            "opening + deposited - withdrawn + interest + moved_in - moved_out = closing",
            name="ck_savings_snapshots_adds_up",
        ),
    )
    op.create_table(
        "member_snapshots",
        sa.Column("office_id", ID, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("sex", sa.String(length=10), nullable=False),
        *counts("members", "admitted", "borrowers", "savers"),
        sa.PrimaryKeyConstraint("office_id", "month", "sex", name="pk_member_snapshots"),
    )


def downgrade() -> None:
    op.drop_index("ix_transfers_from_office_id_from_on", table_name="transfers")
    for table in (*reversed(STAYING), "snapshots"):
        op.drop_table(table)

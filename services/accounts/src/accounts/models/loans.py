"""Loans as they are agreed: the proposal, its people, what was decided, the schedules handed over."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from accounts.models.base import Id, Instant, Key, metadata, one_of
from contracts.accounts.loan_words import CallBackOutcome, LoanRole, LoanState
from contracts.transactions.lending_words import LoanStatus, ScheduleReason, SurplusTo

_ONCE_PAID = ", ".join(f"'{state}'" for state in (LoanState.DISBURSING, LoanState.DISBURSED, LoanState.ENDED))

loans = sa.Table(
    "loans",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("member_id", Id, sa.ForeignKey("members.id"), nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("product_code", sa.Text, nullable=False),
    sa.Column("product_version", sa.Integer, nullable=False),
    sa.Column("plan_code", sa.Text, nullable=False),
    sa.Column("cycle", sa.Integer, nullable=False),
    sa.Column("asked", sa.BigInteger, nullable=False),
    sa.Column("principal", sa.BigInteger, nullable=False),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("surplus_to", sa.Text, nullable=False),
    sa.Column("cheque_security", sa.Text),
    sa.Column("bank_account", sa.Text),
    sa.Column("bank_account_seen", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("planned_on", sa.Date, nullable=False),
    sa.Column("proposed_on", sa.Date, nullable=False),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Column("maker_id", Id, nullable=False),
    sa.Column("proposed_at", Instant, nullable=False),
    sa.Column("recommender_id", Id),
    sa.Column("recommended_at", Instant),
    sa.Column("visited_on", sa.Date),
    sa.Column("finding", sa.Text),
    sa.Column("approver_id", Id),
    sa.Column("approved_at", Instant),
    sa.Column("consent", JSONB(none_as_null=True)),
    sa.Column("reason", sa.Text),
    sa.Column("serial", sa.SmallInteger),
    sa.Column("code", Key, unique=True),
    sa.Column("payer_id", Id),
    sa.Column("paid_at", Instant),
    sa.Column("payout", JSONB(none_as_null=True)),
    sa.Column("refusal", JSONB(none_as_null=True)),
    sa.Column("disbursed_on", sa.Date),
    sa.Column("receipt_number", sa.Text),
    sa.Column("ended_on", sa.Date),
    sa.Column("ended_as", sa.Text),
    sa.Column("ended_version", sa.Integer),
    sa.ForeignKeyConstraint(
        ["product_code", "product_version"], ["loan_products.code", "loan_products.version"]
    ),
    sa.UniqueConstraint("member_id", "product_code", "serial"),
    one_of("state", *LoanState),
    one_of("surplus_to", *SurplusTo),
    one_of("ended_as", *LoanStatus),
    sa.CheckConstraint("0 < principal AND principal <= asked", name="amount_never_rises"),
    sa.CheckConstraint("principal = asked OR consent IS NOT NULL", name="less_with_her_consent"),
    sa.CheckConstraint(
        "maker_id <> recommender_id AND maker_id <> approver_id AND recommender_id <> approver_id"
        " AND payer_id <> approver_id",
        name="steps_of_different_people",
    ),
    sa.CheckConstraint(
        f"state NOT IN ({_ONCE_PAID})"
        " OR (code IS NOT NULL AND approver_id IS NOT NULL AND payer_id IS NOT NULL)",
        name="paid_when_approved",
    ),
    sa.CheckConstraint("(serial IS NULL) = (code IS NULL)", name="code_of_serial"),
    sa.Index("loans_member_id", "member_id"),
    sa.Index("loans_proposed_at", "proposed_at", "id"),
    sa.Index(
        "loans_undecided",
        "proposed_on",
        postgresql_where=sa.text("state IN ('proposed', 'recommended', 'approved')"),
    ),
)
"""Amounts are in paisa. `bank_account` is encrypted; `payout` and `refusal` are in the wire's form."""

loan_people = sa.Table(
    "loan_people",
    metadata,
    sa.Column("loan_id", Id, sa.ForeignKey("loans.id"), primary_key=True),
    sa.Column("number", sa.SmallInteger, primary_key=True),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("relation", sa.Text, nullable=False),
    sa.Column("member_id", Id, sa.ForeignKey("members.id")),
    sa.Column("name", sa.Text),
    sa.Column("nid", sa.Text),
    sa.Column("nid_index", sa.Text, nullable=False),
    sa.Column("consent", JSONB(none_as_null=True)),
    one_of("role", *LoanRole),
    sa.CheckConstraint(
        "(member_id IS NULL) = (name IS NOT NULL) AND (name IS NULL) = (nid IS NULL)"
        " AND (name IS NULL) = (consent IS NULL)",
        name="member_or_named_and_agreed",
    ),
    sa.Index("loan_people_nid_index", "nid_index"),
    sa.Index("loan_people_member_id", "member_id"),
)
"""Who stands beside the borrower; `nid` is encrypted, its blind index finds for whom else he stands in."""

agreed_schedules = sa.Table(
    "agreed_schedules",
    metadata,
    sa.Column("loan_id", Id, sa.ForeignKey("loans.id"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("begins_on", sa.Date, nullable=False),
    sa.Column("due_on", ARRAY(sa.Date), nullable=False),
    sa.Column("principal", ARRAY(sa.BigInteger), nullable=False),
    sa.Column("charge", ARRAY(sa.BigInteger), nullable=False),
    sa.Column("apr_percent", sa.Numeric(9, 4), nullable=False),
    sa.Column("made_by", Id, nullable=False),
    sa.Column("made_at", Instant, nullable=False),
    one_of("reason", *ScheduleReason),
    sa.CheckConstraint(
        "cardinality(due_on) > 0 AND cardinality(due_on) = cardinality(principal)"
        " AND cardinality(due_on) = cardinality(charge)",
        name="a_day_for_every_row",
    ),
)
"""What each instalment alone asks for, as it was handed to transactions; the greatest version is in force."""

call_backs = sa.Table(
    "call_backs",
    metadata,
    sa.Column("loan_id", Id, sa.ForeignKey("loans.id"), primary_key=True),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("drawn_at", Instant, nullable=False),
    sa.Column("outcome", sa.Text),
    sa.Column("note", sa.Text),
    sa.Column("called_by", Id),
    sa.Column("called_at", Instant),
    one_of("outcome", *CallBackOutcome),
    sa.CheckConstraint(
        "(outcome IS NULL) = (called_by IS NULL) AND (outcome IS NULL) = (called_at IS NULL)",
        name="called_by_somebody",
    ),
    sa.Index("call_backs_waiting", "due_on", "loan_id", postgresql_where=sa.text("outcome IS NULL")),
)
"""Payouts about which the area asks members (rule L4)."""

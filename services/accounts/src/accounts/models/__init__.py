"""The tables of accounts, and the constraints that hold whoever writes."""

from accounts.models.approvals import approvals
from accounts.models.base import metadata
from accounts.models.cut_overs import brought_over, cut_over_faults, cut_over_rows, cut_overs
from accounts.models.deaths import death_cases
from accounts.models.exits import exits
from accounts.models.holidays import holidays
from accounts.models.laws import laws, overrides
from accounts.models.loans import agreed_schedules, call_backs, loan_people, loans
from accounts.models.members import consents, member_words, members, nominees
from accounts.models.notes import member_notes
from accounts.models.number_changes import number_changes
from accounts.models.passbooks import passbooks
from accounts.models.payout_codes import payout_codes
from accounts.models.pictures import pictures
from accounts.models.products import loan_products, product_proposals, products, savings_products
from accounts.models.projections import logins, offices, staff
from accounts.models.reschedules import reschedules
from accounts.models.samities import samities, samity_days, samity_officers
from accounts.models.savings import savings_accounts
from accounts.models.transfers import former_codes, transfers
from chassis.tables import add_chassis_tables

add_chassis_tables(metadata)

APPEND_ONLY = (
    "consents",
    "nominees",
    "samity_officers",
    "samity_days",
    "product_proposals",
    "loan_products",
    "savings_products",
    "laws",
    "overrides",
    "loan_people",
    "agreed_schedules",
    "former_codes",
    "member_notes",
    "cut_over_rows",
    "brought_over",
)
"""What the runtime role may add to and never change or take away."""

__all__ = [
    "APPEND_ONLY",
    "agreed_schedules",
    "approvals",
    "brought_over",
    "call_backs",
    "consents",
    "cut_over_faults",
    "cut_over_rows",
    "cut_overs",
    "death_cases",
    "exits",
    "former_codes",
    "holidays",
    "laws",
    "loan_people",
    "loan_products",
    "loans",
    "logins",
    "member_notes",
    "member_words",
    "members",
    "metadata",
    "nominees",
    "number_changes",
    "offices",
    "overrides",
    "passbooks",
    "payout_codes",
    "pictures",
    "product_proposals",
    "products",
    "reschedules",
    "samities",
    "samity_days",
    "samity_officers",
    "savings_accounts",
    "savings_products",
    "staff",
    "transfers",
]

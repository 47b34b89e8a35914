"""The tables and their constraints: the second door at which the rules stand."""

from chassis.tables import add_chassis_tables
from transactions.models import (
    applicants,
    approvals,
    cash_limits,
    classes,
    collection,
    days,
    deferrals,
    endings,
    interest,
    ledger,
    lending,
    mobile_money,
    months,
    nominees,
    projections,
    reports,
    savings,
    snapshots,
    transfers,
)
from transactions.models.metadata import metadata

add_chassis_tables(metadata)

APPEND_ONLY = (
    "account_terms",
    "entries",
    "postings",
    "vouchers",
    "seals",
    "seal_leaves",
    "vault_counts",
    "vault_confirmations",
    "receipts",
    "receipt_prints",
    "loan_schedules",
    "loan_payouts",
    *classes.APPEND_ONLY,
    "applicant_moves",
    *cash_limits.APPEND_ONLY,
    *collection.APPEND_ONLY,
    *deferrals.APPEND_ONLY,
    *interest.APPEND_ONLY,
    *endings.APPEND_ONLY,
    *months.APPEND_ONLY,
    *snapshots.APPEND_ONLY,
    *transfers.APPEND_ONLY,
)
"""What the runtime role may insert and read, never update, delete or truncate (mechanics D1)."""

__all__ = [
    "APPEND_ONLY",
    "applicants",
    "approvals",
    "cash_limits",
    "classes",
    "collection",
    "days",
    "deferrals",
    "endings",
    "interest",
    "ledger",
    "lending",
    "metadata",
    "mobile_money",
    "months",
    "nominees",
    "projections",
    "reports",
    "savings",
    "snapshots",
    "transfers",
]

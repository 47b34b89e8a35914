"""The tables and their constraints: the second door at which the rules stand."""

from transactions.models import approvals, days, ledger, projections
from transactions.models.metadata import metadata

APPEND_ONLY = (
    "account_terms",
    "entries",
    "postings",
    "vouchers",
    "day_totals",
    "seals",
    "seal_leaves",
    "vault_counts",
    "vault_confirmations",
    "receipts",
    "receipt_prints",
)
"""What the runtime role may insert and read, never update, delete or truncate (mechanics D1)."""

__all__ = ["APPEND_ONLY", "approvals", "days", "ledger", "metadata", "projections"]

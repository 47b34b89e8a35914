"""The terms of products as people read them: shares in percent, and words for what is a word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gateway.words import find_sentence, t
from gateway.words.catalogue import PERCENT, filled
from gateway.words.formats import digits

if TYPE_CHECKING:
    from collections.abc import Mapping

TERMS = (
    "name_bn", "name_en", "family", "compulsory", "category", "fund", "least", "most", "plans", "floor",
    "least_deposit", "most_deposit", "deposit_step", "needs_approval", "rates", "interest_method",
    "interest_minimum_balance", "interest_minimum_age_months", "interest_withdrawal_stops",
    "interest_dormant_eligible", "interest_posting_months", "withdraw_max_bps_with_loan",
    "withdraw_max_bps_without_loan", "counter_limit", "closing_charge", "dormant_after_months",
    "term_months", "late_penalty", "missing_limit", "formula", "maturities", "premature",
    "unit", "multiple_rounding", "rounding", "round_last", "holiday_rule", "savings_share_bps",
    "savings_share_later_bps", "first_loan_after_days", "first_cycle", "last_cycle", "cycle_growth_bps",
    "several", "form_fee", "risk_fund_bps", "risk_fund_most", "prepayable_instalments", "allows_rebate",
    "guarantors", "from_on", "from_month", "rate_bps", "amount", "months", "value", "bonus",
    "code", "frequency", "every", "instalments", "annual_rate_percent", "method", "amortization",
    "interest_basis", "day_count", "flat_split", "grace_days", "principal_grace", "interest_grace",
)  # fmt: skip
"""The terms of products in the order in which they are typed and read, and what their rows are made of."""
BPS = "_bps"
"""In the name of what is a share, in basis points."""
HUNDREDTHS = 100
FACT = {"bn": "{fact}", "en": "{fact}"}


def terms_in_words(terms: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Every term that was agreed, with its name: nobody approves what he did not see. Rule P7."""
    said = ((name, terms.get(name)) for name in TERMS)
    return [(t(f"term.{name}"), term_in_words(name, value)) for name, value in said if is_said(value)]


def is_said(value: Any) -> bool:
    """Whether a term was agreed at all."""
    return value is not None and value != []


def term_in_words(name: str, value: Any) -> str:
    """One term as a reader sees it: a yes or a no by its word, a row by its own terms."""
    if isinstance(value, bool):
        return t(f"term.{value}")
    if isinstance(value, list):
        return "; ".join(term_in_words(name, one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{name} {words}" for name, words in terms_in_words(value))
    if BPS in name:
        return digits(percent_of(int(value)))
    if name.endswith(PERCENT):
        return digits(plain(str(value)))
    return find_sentence("portal", f"term_word.{name}.{value}", {}) or filled(FACT, {"fact": value})


def percent_of(bps: int) -> str:
    """Basis points as a share in percent: 600 is «6», 2287 is «22.87»."""
    return plain(f"{bps // HUNDREDTHS}.{bps % HUNDREDTHS:02d}")


def plain(figure: str) -> str:
    """A decimal figure without the noughts that say nothing."""
    return figure.rstrip("0").rstrip(".") if "." in figure else figure

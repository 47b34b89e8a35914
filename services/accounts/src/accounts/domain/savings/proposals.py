"""Whether a savings product that somebody proposes can be one. Pure."""

from collections.abc import Iterator

from accounts.domain.savings.products import SavingsProduct
from contracts.accounts.product_errors import CompulsoryRateTooLow
from contracts.accounts.product_words import Family
from contracts.errors import InvalidPayload

BPS_A_PERCENT = 100


def check_savings(product: SavingsProduct, *, least_bps: int) -> None:
    """Refuse terms that contradict themselves or the law.

    Args:
        product: What is proposed.
        least_bps: What the law says that compulsory savings earn at least (domain 4.2).

    Raises:
        InvalidPayload: with each field that cannot be so.
        CompulsoryRateTooLow: the law asks for more.
    """
    wrong = dict(_contradictions(product))
    if wrong:
        raise InvalidPayload({f"terms.{name}": [code] for name, code in wrong.items()})
    if product.compulsory and product.lowest_rate_bps < least_bps:
        raise CompulsoryRateTooLow(
            rate_percent=percent(product.lowest_rate_bps), least_percent=percent(least_bps)
        )


def percent(bps: int) -> str:
    """Return basis points as a percentage with two decimals."""
    return f"{bps // BPS_A_PERCENT}.{bps % BPS_A_PERCENT:02d}"


def _contradictions(product: SavingsProduct) -> Iterator[tuple[str, str]]:
    yield from _of_rates(product)
    if product.most_deposit is not None and product.most_deposit < product.least_deposit:
        yield "most_deposit", "LESS_THAN_THE_LEAST"
    if product.compulsory and product.family is not Family.GENERAL:
        yield "compulsory", "ONLY_GENERAL_SAVINGS"
    months = [slab.from_month for slab in product.premature]
    if len(set(months)) != len(months):
        yield "premature", "TWICE"
    yield from _of_terms(product) if product.has_term else _without_term(product)


def _of_rates(product: SavingsProduct) -> Iterator[tuple[str, str]]:
    begun = [(rate.from_on, rate.months) for rate in product.rates]
    if len(set(begun)) != len(begun):
        yield "rates", "TWICE"
    for months in product.term_months or (None,):
        first = min((rate.from_on for rate in product.rates_for(months)), default=None)
        if first is None or first > product.effective_on:
            yield "rates", "NO_RATE_AT_FIRST"


def _without_term(product: SavingsProduct) -> Iterator[tuple[str, str]]:
    for name in ("term_months", "late_penalty", "missing_limit", "formula", "maturities", "premature"):
        if getattr(product, name):
            yield name, "NOT_EXPECTED"


def _of_terms(product: SavingsProduct) -> Iterator[tuple[str, str]]:
    if not product.term_months:
        yield "term_months", "REQUIRED"
    if len(set(product.term_months)) != len(product.term_months):
        yield "term_months", "TWICE"
    named = [(row.amount, row.months) for row in product.maturities]
    if len(set(named)) != len(named):
        yield "maturities", "TWICE"
    if any(row.months not in product.term_months for row in product.maturities):
        yield "maturities", "OF_ANOTHER_TERM"
    if any(row.value < row.amount * _payments(product, row.months) for row in product.maturities):
        yield "maturities", "LESS_THAN_PAID_IN"
    if product.family is Family.TERM and product.formula is None and not product.maturities:
        yield "formula", "REQUIRED"


def _payments(product: SavingsProduct, months: int) -> int:
    return months if product.family is Family.TERM else 1

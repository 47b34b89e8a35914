"""Savings accounts as they are agreed with a member: which product, which amount, for how long. Pure."""

from dataclasses import dataclass

from accounts.domain.savings.products import Maturity, SavingsProduct
from contracts.accounts.product_errors import AmountNotOffered, TermNotOffered
from contracts.accounts.product_words import Family, SavingsState
from contracts.errors import InvalidPayload
from contracts.money import Paisa, format_taka


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What she wants of a monthly or lump account: an amount in paisa and a term in months."""

    amount: Paisa | None = None
    months: int | None = None


NOTHING_CHOSEN = Wanted()
"""Of savings without a term nothing is chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavingsWish:
    """Which account somebody asks for, for whom; the id becomes the account's."""

    id: str
    member_id: str
    product_code: str
    wanted: Wanted
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedAccount:
    """A savings account with all that the ledger needs to open it.

    Attributes:
        office_id: The branch in whose book it will be.
        product: The version that it is opened under.
        sex: The member's, because reports tell savings apart by it.
        maturity_value: What the product's table promises at the end; None where a formula makes it.
    """

    id: str
    member_id: str
    office_id: str
    code: str
    status: SavingsState
    product: SavingsProduct
    sex: str
    wanted: Wanted
    maturity_value: Paisa | None


def check_wanted(product: SavingsProduct, wanted: Wanted) -> None:
    """Refuse an amount or a term that the product is not for.

    Raises:
        InvalidPayload: amount and term are said where there are none, or not where there are.
        TermNotOffered, AmountNotOffered: as named.
    """
    said = {"amount": wanted.amount, "months": wanted.months}
    if not product.has_term:
        if surplus := [name for name, value in said.items() if value is not None]:
            raise InvalidPayload({name: ["NOT_EXPECTED"] for name in surplus})
        return
    if missing := [name for name, value in said.items() if value is None]:
        raise InvalidPayload({name: ["REQUIRED"] for name in missing})
    if wanted.months not in product.term_months:
        offered = ", ".join(str(months) for months in sorted(product.term_months))
        raise TermNotOffered(field="months", months=offered)
    _check_amount(product, wanted)


def maturity_value(product: SavingsProduct, wanted: Wanted) -> Paisa | None:
    """Return what the product's table pays at the end, bonus included; None where it says nothing.

    A row of a lump product is for each of its amounts in the deposit, and the greatest that fits counts.
    """
    if wanted.amount is None:
        return None
    row = _row(product, wanted)
    return None if row is None else Paisa((row.value + row.bonus) * (wanted.amount // row.amount))


def _check_amount(product: SavingsProduct, wanted: Wanted) -> None:
    amount = wanted.amount or Paisa(0)
    step = product.deposit_step or Paisa(1)
    in_reach = amount >= product.least_deposit and (
        product.most_deposit is None or amount <= product.most_deposit
    )
    promised = _row(product, wanted) is not None or not product.maturities or product.formula is not None
    if not in_reach or (amount - product.least_deposit) % step or not promised:
        most = product.most_deposit
        raise AmountNotOffered(
            field="amount",
            least=format_taka(product.least_deposit),
            most=None if most is None else format_taka(most),
            step=format_taka(step),
        )


def _row(product: SavingsProduct, wanted: Wanted) -> Maturity | None:
    amount = wanted.amount or Paisa(0)
    fitting = [
        row
        for row in product.maturities
        if row.months == wanted.months
        and (row.amount == amount if product.family is Family.TERM else amount % row.amount == 0)
    ]
    return max(fitting, key=lambda row: row.amount, default=None)

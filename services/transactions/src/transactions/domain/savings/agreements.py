"""What was agreed of a savings account, read from the snapshot of its terms (mechanics B1). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from contracts.money import Paisa, parse_taka
from transactions.domain.chart import Ledgers
from transactions.domain.savings.months import add_months

DORMANT_AFTER_MONTHS = 12
_POSTING_MONTHS = (6, 12)
_FREE = frozenset({Ledgers.GENERAL_SAVINGS.code, Ledgers.VOLUNTARY_SAVINGS.code})


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """An account with its terms, as the money rules meet it.

    Attributes:
        terms: The snapshot, in its wire form.
        dormant_since: Her last movement, where she counts as dormant.
        number_changed_on: When her telephone number last changed.
    """

    account_id: str
    member_id: str
    office_id: str
    ledger: str
    opened_on: date | None
    terms: Mapping[str, Any]
    dormant_since: date | None = None
    number_changed_on: date | None = None

    @property
    def is_free(self) -> bool:
        """Whether she may take money before the end: general and voluntary savings."""
        return self.ledger in _FREE

    def share(self, name: str) -> int | None:
        """Return a share of the terms in basis points; None where none was agreed."""
        value = self.terms.get(name)
        return None if value is None else int(value)

    def money(self, name: str) -> Paisa | None:
        """Return an amount of the terms in paisa; None where none was agreed."""
        value = self.terms.get(name)
        return None if value is None else parse_taka(str(value))

    @property
    def floor(self) -> Paisa:
        """What withdrawals must leave on it, in paisa; only closing takes all."""
        return self.money("floor") or Paisa(0)

    @property
    def maximum_with_loan(self) -> int | None:
        """How much of the balance may be taken while a loan runs, in basis points (domain §3)."""
        return self.share("withdraw_max_bps_with_loan")

    @property
    def maximum_without_loan(self) -> int | None:
        """How much of the balance may be taken without a loan, in basis points (domain §3)."""
        return self.share("withdraw_max_bps_without_loan")

    @property
    def counter_limit(self) -> Paisa:
        """Up to which amount the counter pays without an approval; nothing where none was agreed."""
        return self.money("counter_limit") or Paisa(0)

    @property
    def annual_rate_bps(self) -> int:
        """The yearly rate of the agreement, in basis points."""
        return self.share("annual_rate_bps") or 0

    @property
    def interest_rates(self) -> tuple[tuple[date, int], ...]:
        """From which day on which yearly rate holds, in basis points; the agreed one where none is dated."""
        dated = self.terms.get("interest_rates") or ()
        rates = ((date.fromisoformat(rate["from_on"]), int(rate["bps"])) for rate in dated)
        return tuple(sorted(rates)) or ((date.min, self.annual_rate_bps),)

    @property
    def posting_months(self) -> frozenset[int]:
        """In which calendar months interest is credited: June and December where nothing else is said."""
        return frozenset(self.terms.get("interest_posting_months") or _POSTING_MONTHS)

    @property
    def interest_stops_on(self) -> date | None:
        """From which day on a sleeping member earns nothing; None where she does, or is not asleep."""
        if self.dormant_since is None or self.terms.get("interest_dormant_eligible") in {None, True}:
            return None
        return add_months(self.dormant_since, self.share("dormant_after_months") or DORMANT_AFTER_MONTHS)

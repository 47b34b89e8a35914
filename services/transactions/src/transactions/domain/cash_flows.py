"""The cash flow statement: for what cash came and went in a period, by the direct method. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from contracts.money import Paisa
from transactions.domain.chart import Chart, Flow
from transactions.domain.statements import Amount, CashStatement, LedgerTotal, cash_statement


@dataclass(frozen=True, slots=True)
class CashFlow:
    """What each ledger brought, in paisa, by what it was for; less than nothing where it took.

    Attributes:
        opening: All cash before the period.
        closing: All cash after it.
    """

    opening: Paisa
    flows: Mapping[Flow, tuple[Amount, ...]]
    closing: Paisa

    @property
    def net(self) -> Paisa:
        """By how much cash has grown."""
        return Paisa(sum(one.amount for amounts in self.flows.values() for one in amounts))

    @property
    def agrees(self) -> bool:
        """Whether what was there and what it grew by is what is there."""
        return self.opening + self.net == self.closing


def cash_flow(
    until: Iterable[LedgerTotal], before: Iterable[LedgerTotal], cash: frozenset[str], chart: Chart
) -> CashFlow:
    """Return for what cash came and went between two moments.

    Args:
        until: The totals at the later one.
        before: The totals at the earlier one.
        cash: The codes of the ledgers that are cash.
        chart: The ledgers, each with what its cash is for.
    """
    told = cash_statement(until, before, cash, chart.ledgers)
    opening, closing = (sum(one.amount for one in part) for part in (told.opening, told.closing))
    return CashFlow(Paisa(opening), _by_flow(told, chart), Paisa(closing))


def _by_flow(told: CashStatement, chart: Chart) -> Mapping[Flow, tuple[Amount, ...]]:
    nets = {one.ledger.code: int(one.amount) for one in told.receipts}
    for one in told.payments:
        nets[one.ledger.code] = nets.get(one.ledger.code, 0) - one.amount
    listed: dict[Flow, list[Amount]] = {flow: [] for flow in Flow}
    for code in sorted(nets):
        if nets[code]:
            listed[chart.flow_of(code)].append(Amount(chart[code], Paisa(nets[code])))
    return {flow: tuple(amounts) for flow, amounts in listed.items()}

"""What the books say as a whole, from the totals of ledgers: trial balance and its movements. Pure.

A total is what a ledger moved since the first day (mechanics D6). What moved in a period is the difference of
two totals, so that a year costs no more than a day.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from contracts.money import NOTHING, Paisa
from transactions.domain.chart import CHART, Ledger, LedgerClass, Side


@dataclass(frozen=True, slots=True)
class LedgerTotal:
    """What one ledger moved, in paisa.

    Attributes:
        received: What of the credits came in as cash; nothing for a cash ledger itself.
        paid: What of the debits went out as cash.
    """

    code: str
    debits: int
    credits: int
    received: int = 0
    paid: int = 0


@dataclass(frozen=True, slots=True)
class TrialBalanceRow:
    """One ledger with its balance on the side where it stands, in paisa.

    Attributes:
        opening: What stood before the period, more than nothing on the debit side.
        debits: What the period moved on the debit side; `credits` on the other.
    """

    ledger: Ledger
    debit: Paisa
    credit: Paisa
    opening: Paisa = NOTHING
    debits: Paisa = NOTHING
    credits: Paisa = NOTHING


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """All ledgers of an office or a subtree that ever moved, by code."""

    rows: tuple[TrialBalanceRow, ...]

    @property
    def debit_total(self) -> Paisa:
        """What stands on the debit side."""
        return Paisa(sum(row.debit for row in self.rows))

    @property
    def credit_total(self) -> Paisa:
        """What stands on the credit side."""
        return Paisa(sum(row.credit for row in self.rows))

    @property
    def moved(self) -> tuple[Paisa, Paisa]:
        """What the period moved on either side."""
        return Paisa(sum(row.debits for row in self.rows)), Paisa(sum(row.credits for row in self.rows))

    @property
    def balanced(self) -> bool:
        """Whether the two sides are equal, and what was moved on them."""
        debits, credits_ = self.moved
        return self.debit_total == self.credit_total and debits == credits_


def moved(until: Iterable[LedgerTotal], before: Iterable[LedgerTotal]) -> tuple[LedgerTotal, ...]:
    """Return what ledgers moved between two moments, by code: the later totals without the earlier ones."""
    earlier = (
        LedgerTotal(one.code, -one.debits, -one.credits, -one.received, -one.paid) for one in added(before)
    )
    return added(until, earlier)


def added(*parts: Iterable[LedgerTotal]) -> tuple[LedgerTotal, ...]:
    """Return one total a ledger, by code."""
    sums: defaultdict[str, LedgerTotal] = defaultdict(lambda: LedgerTotal("", 0, 0))
    for part in parts:
        for one in part:
            held = sums[one.code]
            sums[one.code] = LedgerTotal(
                one.code,
                held.debits + one.debits,
                held.credits + one.credits,
                held.received + one.received,
                held.paid + one.paid,
            )
    return tuple(sums[code] for code in sorted(sums))


def trial_balance(
    until: Iterable[LedgerTotal],
    before: Iterable[LedgerTotal] = (),
    *,
    chart: Mapping[str, Ledger] = CHART,
    netted: Iterable[str] = (),
) -> TrialBalance:
    """Return the trial balance of a moment, with what moved since an earlier one.

    Args:
        until: The totals at its moment.
        before: The totals when the period began; none where it begins with the books.
        chart: The ledgers by code.
        netted: Ledgers between offices that are read together: what left one of them and came to another is
            no movement of theirs (rule L6).
    """
    earlier = {one.code: one for one in added(before)}
    inner = frozenset(netted)
    rows = []
    for total in added(until):
        first = earlier.get(total.code, LedgerTotal(total.code, 0, 0))
        debits, credits_ = total.debits - first.debits, total.credits - first.credits
        same = min(debits, credits_) if total.code in inner else 0
        held = total.debits - total.credits
        rows.append(
            TrialBalanceRow(
                chart[total.code],
                debit=Paisa(max(held, NOTHING)),
                credit=Paisa(max(-held, NOTHING)),
                opening=Paisa(first.debits - first.credits),
                debits=Paisa(debits - same),
                credits=Paisa(credits_ - same),
            )
        )
    return TrialBalance(tuple(rows))


@dataclass(frozen=True, slots=True)
class Amount:
    """One ledger in a statement, on the side on which its class grows, in paisa.

    Attributes:
        year: The same since the fiscal year began, where a statement tells it.
    """

    ledger: Ledger
    amount: Paisa
    year: Paisa = NOTHING


@dataclass(frozen=True, slots=True)
class IncomeStatement:
    """What a period earned and spent; closing the year takes nothing away from it."""

    income: tuple[Amount, ...]
    expense: tuple[Amount, ...]

    @property
    def surplus(self) -> Paisa:
        """What is left of the period; less than nothing where it spent more."""
        return Paisa(sum(one.amount for one in self.income) - sum(one.amount for one in self.expense))

    @property
    def surplus_of_year(self) -> Paisa:
        """What is left since the fiscal year began."""
        return Paisa(sum(one.year for one in self.income) - sum(one.year for one in self.expense))


def income_statement(
    period: Iterable[LedgerTotal], year: Iterable[LedgerTotal], chart: Mapping[str, Ledger] = CHART
) -> IncomeStatement:
    """Return what was earned and spent.

    Args:
        period: What moved in the period, without the entries that close a year.
        year: What moved since the fiscal year of its last day began, likewise.
        chart: The ledgers by code.
    """
    months, years = ({one.code: one for one in part} for part in (period, year))
    of_class: dict[LedgerClass, list[Amount]] = {LedgerClass.INCOME: [], LedgerClass.EXPENSE: []}
    for code in sorted(months.keys() | years.keys()):
        ledger = chart[code]
        if ledger.ledger_class not in of_class:
            continue
        amount, to_date = (_on_its_side(ledger, part.get(code)) for part in (months, years))
        if amount or to_date:
            of_class[ledger.ledger_class].append(Amount(ledger, amount, to_date))
    return IncomeStatement(tuple(of_class[LedgerClass.INCOME]), tuple(of_class[LedgerClass.EXPENSE]))


@dataclass(frozen=True, slots=True)
class BalanceSheet:
    """What is owned and owed at the end of a day.

    Attributes:
        unclosed: Income less expense that no year-end has brought to the fund yet.
    """

    assets: tuple[Amount, ...]
    liabilities: tuple[Amount, ...]
    funds: tuple[Amount, ...]
    unclosed: Paisa

    @property
    def owned(self) -> Paisa:
        """All assets."""
        return Paisa(sum(one.amount for one in self.assets))

    @property
    def owed(self) -> Paisa:
        """All liabilities, all funds, and what is not closed yet."""
        return Paisa(sum(one.amount for one in (*self.liabilities, *self.funds)) + self.unclosed)

    @property
    def balanced(self) -> bool:
        """Whether both sides are equal."""
        return self.owned == self.owed


def balance_sheet(until: Iterable[LedgerTotal], chart: Mapping[str, Ledger] = CHART) -> BalanceSheet:
    """Return what is owned and owed by the totals at a moment."""
    by_class: defaultdict[LedgerClass, list[Amount]] = defaultdict(list)
    for total in added(until):
        ledger = chart[total.code]
        if amount := _on_its_side(ledger, total):
            by_class[ledger.ledger_class].append(Amount(ledger, amount))
    result = sum(one.amount for one in by_class[LedgerClass.INCOME])
    return BalanceSheet(
        assets=tuple(by_class[LedgerClass.ASSET]),
        liabilities=tuple(by_class[LedgerClass.LIABILITY]),
        funds=tuple(by_class[LedgerClass.FUND]),
        unclosed=Paisa(result - sum(one.amount for one in by_class[LedgerClass.EXPENSE])),
    )


@dataclass(frozen=True, slots=True)
class CashStatement:
    """Receipts and payments of a period, between the cash that was there before and after.

    An entry that moved cash is told with all of its other lines: what it credited was received for that
    ledger, what it debited was paid for it. Cash that only changed places is neither.
    """

    opening: tuple[Amount, ...]
    receipts: tuple[Amount, ...]
    payments: tuple[Amount, ...]
    closing: tuple[Amount, ...]

    @property
    def agrees(self) -> bool:
        """Whether what was there, with what came and without what went, is what is there."""
        parts = (self.opening, self.receipts, self.payments, self.closing)
        before, came, went, after = (sum(one.amount for one in part) for part in parts)
        return before + came - went == after


def cash_statement(
    until: Iterable[LedgerTotal],
    before: Iterable[LedgerTotal],
    cash: frozenset[str],
    chart: Mapping[str, Ledger] = CHART,
) -> CashStatement:
    """Return receipts and payments between two moments.

    Args:
        until: The totals at the later one.
        before: The totals at the earlier one.
        cash: The codes of the ledgers that are cash, at hand, at banks or as mobile money.
        chart: The ledgers by code.
    """
    later, earlier = added(until), added(before)
    flows = moved(later, earlier)
    return CashStatement(
        opening=_held(earlier, cash, chart),
        receipts=_flowed(((one.code, one.received) for one in flows), chart),
        payments=_flowed(((one.code, one.paid) for one in flows), chart),
        closing=_held(later, cash, chart),
    )


def _held(
    totals: Iterable[LedgerTotal], cash: frozenset[str], chart: Mapping[str, Ledger]
) -> tuple[Amount, ...]:
    held = (Amount(chart[one.code], Paisa(one.debits - one.credits)) for one in totals if one.code in cash)
    return tuple(one for one in held if one.amount)


def _flowed(flows: Iterable[tuple[str, int]], chart: Mapping[str, Ledger]) -> tuple[Amount, ...]:
    return tuple(Amount(chart[code], Paisa(amount)) for code, amount in flows if amount)


def _on_its_side(ledger: Ledger, total: LedgerTotal | None) -> Paisa:
    if total is None:
        return NOTHING
    held = total.debits - total.credits
    return Paisa(held if ledger.ledger_class.grows_on is Side.DEBIT else -held)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a ledger: a day, an office or an entry, with the balance after it in paisa.

    Attributes:
        balance: On the side on which the ledger grows.
    """

    debits: Paisa
    credits: Paisa
    balance: Paisa = field(default=NOTHING)


def running(opening: Paisa, grows_on: Side, lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return lines with the balance after each.

    Args:
        opening: What stood before the first, on the side on which the ledger grows.
        grows_on: That side.
        lines: In their order.
    """
    told, balance = [], int(opening)
    for line in lines:
        change = line.debits - line.credits
        balance += change if grows_on is Side.DEBIT else -change
        told.append(replace(line, balance=Paisa(balance)))
    return tuple(told)

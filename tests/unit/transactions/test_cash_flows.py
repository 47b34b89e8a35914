"""The cash flow statement as a pure function: every taka of cash is told once, by what it was for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transactions.domain.cash_flows import cash_flow
from transactions.domain.chart import SHIPPED, Flow, Ledger, LedgerClass
from transactions.domain.statements import LedgerTotal

CASH = frozenset({"1110", "1130"})
OTHERS = tuple(ledger.code for ledger in SHIPPED if not ledger.is_group and ledger.cash is None)
flows = st.lists(
    st.tuples(st.sampled_from(OTHERS), st.sampled_from(sorted(CASH)), st.integers(-(10**9), 10**9)),
    max_size=12,
)


def totals_of(moves: list[tuple[str, str, int]]) -> list[LedgerTotal]:
    """Totals of entries of cash: more than nothing came in for a ledger, less was paid out for it."""
    found = []
    for other, cash, came in moves:
        amount = abs(came)
        if came > 0:
            found += [LedgerTotal(cash, amount, 0), LedgerTotal(other, 0, amount, received=amount)]
        else:
            found += [LedgerTotal(cash, 0, amount), LedgerTotal(other, amount, 0, paid=amount)]
    return found


@given(flows, flows)
def test_agrees_with_the_cash_that_is_there(
    first: list[tuple[str, str, int]], later: list[tuple[str, str, int]]
) -> None:
    told = cash_flow(totals_of(first + later), totals_of(first), CASH, SHIPPED)

    assert told.agrees
    assert (told.opening, told.net) == (sum(came for *_, came in first), sum(came for *_, came in later))


@pytest.mark.parametrize(
    ("code", "flow"),
    [
        ("1310", Flow.OPERATING),
        ("2110", Flow.OPERATING),
        ("4110", Flow.OPERATING),
        ("5120", Flow.OPERATING),
        ("1510", Flow.INVESTING),
        ("1640", Flow.INVESTING),
        ("2510", Flow.FINANCING),
        ("3110", Flow.FINANCING),
        ("3210", Flow.FINANCING),
        ("1410", Flow.BETWEEN),
    ],
)
def test_tells_a_ledger_by_what_its_cash_is_for(code: str, flow: Flow) -> None:
    told = cash_flow(totals_of([(code, "1110", -700), (code, "1130", 300)]), [], CASH, SHIPPED)

    assert [(one, [amount.amount for amount in told.flows[one]]) for one in Flow if told.flows[one]] == [
        (flow, [-400])
    ]


def test_tells_an_added_ledger_where_it_stands_in_the_tree() -> None:
    added = Ledger("2540", LedgerClass.LIABILITY, "ঋণ", "Loan of a fund", parent="2500")
    chart = SHIPPED.with_added([added])

    (told,) = cash_flow(totals_of([("2540", "1130", 900)]), [], CASH, chart).flows[Flow.FINANCING]
    assert (told.ledger, told.amount) == (added, 900)


def test_leaves_out_what_came_and_went_again() -> None:
    told = cash_flow(totals_of([("1410", "1110", 500), ("1410", "1130", -500)]), [], CASH, SHIPPED)
    assert told.flows == dict.fromkeys(Flow, ())

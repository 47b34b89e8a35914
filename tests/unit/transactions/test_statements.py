"""Statements as pure functions over totals: what stands, what moved, what was earned, what came and went."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.errors import InvalidPayload
from contracts.money import Paisa
from transactions.domain.chart import Side
from transactions.domain.periods import Asked, ledger_of, span_of
from transactions.domain.statements import (
    LedgerTotal,
    Line,
    balance_sheet,
    cash_statement,
    income_statement,
    moved,
    running,
    trial_balance,
)

CODES = ("1110", "1130", "1310", "1410", "2110", "2410", "3110", "4110", "5110")
CASH = frozenset({"1110", "1130"})
moves = st.lists(
    st.tuples(st.sampled_from(CODES), st.sampled_from(CODES), st.integers(1, 10**9)), max_size=12
)


def totals_of(entries: list[tuple[str, str, int]]) -> list[LedgerTotal]:
    """Totals of entries of one line on either side; where one side is cash, the other one flowed."""
    found = []
    for debited, credited, amount in entries:
        of_cash = debited in CASH or credited in CASH
        found.append(LedgerTotal(debited, amount, 0, paid=amount if of_cash and debited not in CASH else 0))
        found.append(
            LedgerTotal(credited, 0, amount, received=amount if of_cash and credited not in CASH else 0)
        )
    return found


class TestStatements:
    @given(moves, moves)
    def test_stand_even_whatever_was_booked(
        self, first: list[tuple[str, str, int]], later: list[tuple[str, str, int]]
    ) -> None:
        before, until = totals_of(first), totals_of(first + later)

        assert trial_balance(until, before).balanced
        assert trial_balance(until, before, netted=["1410"]).debit_total == trial_balance(until).debit_total
        assert balance_sheet(until).balanced
        assert cash_statement(until, before, CASH).agrees

    @given(moves, moves)
    def test_tell_of_a_period_what_was_booked_in_it(
        self, first: list[tuple[str, str, int]], later: list[tuple[str, str, int]]
    ) -> None:
        balance = trial_balance(totals_of(first + later), totals_of(first))

        for row in balance.rows:
            code = row.ledger.code
            assert row.debits == sum(amount for debited, _, amount in later if debited == code)
            assert row.credits == sum(amount for _, credited, amount in later if credited == code)

    def test_earn_on_the_side_on_which_each_class_grows(self) -> None:
        period = [LedgerTotal("4110", 5, 100), LedgerTotal("5110", 30, 0), LedgerTotal("2110", 0, 9)]

        told = income_statement(period, [LedgerTotal("4110", 5, 300), LedgerTotal("5210", 20, 0)])

        assert [(one.ledger.code, one.amount, one.year) for one in told.income] == [("4110", 95, 295)]
        assert [(one.ledger.code, one.amount, one.year) for one in told.expense] == [
            ("5110", 30, 0),
            ("5210", 0, 20),
        ]
        assert (told.surplus, told.surplus_of_year) == (65, 275)

    def test_leave_out_what_only_went_from_one_office_to_another(self) -> None:
        (row,) = trial_balance([LedgerTotal("1410", 700, 1000)], netted=["1410"]).rows

        assert (row.debits, row.credits, row.debit, row.credit) == (0, 300, 0, 300)

    def test_keep_what_is_not_closed_yet_apart_from_the_fund(self) -> None:
        sheet = balance_sheet(
            [LedgerTotal("1110", 100, 0), LedgerTotal("3110", 0, 60), LedgerTotal("4110", 0, 40)]
        )

        assert ([one.amount for one in sheet.funds], sheet.unclosed, sheet.owned) == ([60], 40, 100)

    def test_move_by_the_difference_of_two_moments(self) -> None:
        until = [LedgerTotal("1110", 9, 4, 3, 2), LedgerTotal("2110", 0, 5)]

        assert moved(until, [LedgerTotal("1110", 2, 1, 1, 1)]) == (
            LedgerTotal("1110", 7, 3, 2, 1),
            LedgerTotal("2110", 0, 5),
        )

    def test_carry_a_balance_from_line_to_line(self) -> None:
        lines = [Line(Paisa(10), Paisa(0)), Line(Paisa(0), Paisa(3))]

        assert [line.balance for line in running(Paisa(5), Side.DEBIT, lines)] == [15, 12]
        assert [line.balance for line in running(Paisa(5), Side.CREDIT, lines)] == [-5, -2]


class TestPeriods:
    def test_begin_with_the_month_of_the_newest_day_unless_said(self) -> None:
        span = span_of(Asked(), date(2026, 11, 23))

        assert (span.from_on, span.on, span.eve) == (
            date(2026, 11, 1),
            date(2026, 11, 23),
            date(2026, 10, 31),
        )

    def test_know_their_fiscal_year(self) -> None:
        assert span_of(Asked(on=date(2026, 6, 30)), date.max).year_begins_on == date(2025, 7, 1)
        assert span_of(Asked(on=date(2026, 7, 1)), date.max).year_begins_on == date(2026, 7, 1)

    @pytest.mark.parametrize("from_on", [date(2026, 11, 24), date(2023, 11, 1)])
    def test_that_run_backwards_or_too_long_are_refused(self, from_on: date) -> None:
        with pytest.raises(InvalidPayload):
            span_of(Asked(from_on=from_on), date(2026, 11, 23))

    def test_of_a_ledger_that_is_none_are_refused(self) -> None:
        with pytest.raises(InvalidPayload):
            ledger_of("9999")

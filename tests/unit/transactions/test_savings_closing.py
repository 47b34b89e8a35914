"""What deposits for a term owe, earn and pay: the trade's own figures, and any figures (domain §3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.money import Paisa
from contracts.transactions.savings_words import ClosingHow
from transactions.domain.accounts import MemberAccount
from transactions.domain.chart import Ledgers, Side
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Standing, fold, touched
from transactions.domain.savings.agreements import Agreement
from transactions.domain.savings.closing import (
    ClosingTerms,
    History,
    Signed,
    closing_terms,
    entries_of_closing,
    interest_to_the_day,
    mirrored,
    office_accounts_of,
    premature_interest,
    term_interest,
)
from transactions.domain.savings.dues import Movement, TermPlan, on_sheet, standing_of
from transactions.domain.savings.months import add_months, whole_months

HERE = "00000000-0000-4000-8000-00000000b001"
BEGINS = date(2026, 1, 31)
PLAN = TermPlan(begins_on=BEGINS, amount=Paisa(50_000), months=60, late_penalty=Paisa(1_000), missing_limit=3)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


class TestMonths:
    def test_end_where_a_month_is_too_short(self) -> None:
        assert [add_months(BEGINS, months) for months in (1, 2, 3, 13)] == [
            date(2026, 2, 28),
            date(2026, 3, 31),
            date(2026, 4, 30),
            date(2027, 2, 28),
        ]

    @given(start=days, end=days)
    def test_whole_months_are_the_most_that_fit(self, start: date, end: date) -> None:
        months = whole_months(start, end)

        if end >= start:
            assert add_months(start, months) <= end < add_months(start, months + 1)
        else:
            assert months == 0


class TestMaturity:
    def test_by_the_annuity_of_the_trade(self) -> None:
        """500 a month for 60 months at 7.5 %: 36,490.20 (domain §3)."""
        assert 3_000_000 + term_interest(PLAN, 750, "annuity_due", None) == 3_649_020

    def test_by_the_simple_variant(self) -> None:
        """500 × 60 + 500 × 0.075/12 × 60 × 61/2 = 35,718.75 (domain §3)."""
        assert 3_000_000 + term_interest(PLAN, 750, "simple", None) == 3_571_875

    def test_by_the_table_before_any_formula(self) -> None:
        assert term_interest(PLAN, 750, "annuity_due", Paisa(3_700_000)) == 700_000

    @given(amount=st.integers(1, 10**7), months=st.integers(1, 120), rate=st.integers(1, 3000))
    def test_equals_each_instalment_grown_month_by_month(self, amount: int, months: int, rate: int) -> None:
        value = Fraction(0)
        for _ in range(months):
            value = (value + amount) * (1 + Fraction(rate, 120_000))
        plan = TermPlan(begins_on=BEGINS, amount=Paisa(amount), months=months)

        earned = term_interest(plan, rate, "annuity_due", None) + amount * months

        assert abs(earned - value) <= Fraction(1, 2)


class TestPremature:
    SLABS = ((12, 400), (36, 600))

    @pytest.mark.parametrize(
        ("months", "earned"),
        [(11, 0), (12, 1_000 * 12 * 400), (33, 1_000 * 33 * 400), (36, 1_000 * 36 * 600)],
    )
    def test_by_the_slab_that_was_reached(self, months: int, earned: int) -> None:
        paid = [Movement(BEGINS, 100_000)]
        on = add_months(BEGINS, months)

        assert premature_interest(self.SLABS, BEGINS, paid, on) == Fraction(earned * 100, 120_000)

    def test_each_payment_earns_for_its_own_months(self) -> None:
        paid = [Movement(date(2026, 1, 1), 60_000), Movement(date(2026, 7, 1), 60_000)]

        assert premature_interest(((0, 1000),), date(2026, 1, 1), paid, date(2027, 1, 1)) == 6_000 + 3_000


class TestDues:
    def paid(self, *dates: date) -> list[Movement]:
        return [Movement(on, 50_000) for on in dates]

    def test_first_is_due_on_the_first_day(self) -> None:
        standing = standing_of(PLAN, [], BEGINS)

        assert (standing.due, standing.missed, standing.penalty) == (50_000, 0, 0)

    def test_one_is_late_when_the_next_is_due(self) -> None:
        before, after = (standing_of(PLAN, [], on) for on in (date(2026, 2, 27), date(2026, 2, 28)))

        assert (before.missed, before.due) == (0, 50_000)
        assert (after.missed, after.due, after.penalty) == (1, 100_000, 1_000)

    def test_one_paid_late_is_no_longer_missed_but_costs_its_penalty(self) -> None:
        standing = standing_of(PLAN, self.paid(date(2026, 3, 1), date(2026, 3, 1)), date(2026, 3, 15))

        assert (standing.due, standing.missed, standing.penalty) == (0, 0, 1_000)

    def test_money_before_its_month_is_an_advance(self) -> None:
        standing = standing_of(PLAN, self.paid(BEGINS, BEGINS, BEGINS), BEGINS + timedelta(days=5))

        assert (standing.due, standing.advance) == (0, 100_000)
        assert [each.paid for each in standing.instalments[:4]] == [50_000, 50_000, 50_000, 0]

    def test_more_than_the_limit_is_said(self) -> None:
        assert not standing_of(PLAN, [], add_months(BEGINS, 3)).limit_passed
        assert standing_of(PLAN, [], add_months(BEGINS, 4)).limit_passed

    @given(data=st.data(), on=st.dates(BEGINS, date(2032, 1, 1)))
    def test_due_advance_and_paid_make_up_the_money_whatever_was_brought(
        self, data: st.DataObject, on: date
    ) -> None:
        moved = data.draw(
            st.lists(st.tuples(st.dates(BEGINS, date(2032, 1, 1)), st.integers(1, 200_000)), max_size=12)
        )
        movements = [Movement(*each) for each in sorted(moved)]

        standing = standing_of(PLAN, movements, on)

        total = sum(amount for day, amount in moved if day <= on)
        wanted = 50_000 * sum(1 for k in range(60) if add_months(BEGINS, k) <= on)
        assert standing.advance - standing.due == total - wanted
        assert not (standing.advance and standing.due)
        assert sum(each.paid for each in standing.instalments) == min(total, 3_000_000)


class TestOnTheSheet:
    @given(data=st.data(), on=st.dates(BEGINS, date(2032, 1, 1)))
    def test_asks_for_what_fell_due_earlier_and_on_the_day(self, data: st.DataObject, on: date) -> None:
        moved = data.draw(st.lists(st.tuples(st.dates(BEGINS, on), st.integers(1, 200_000)), max_size=12))

        asked = on_sheet(PLAN, [Movement(*each) for each in sorted(moved)], on)

        total = sum(amount for _, amount in moved)
        earlier, by_then = (
            50_000 * sum(1 for k in range(60) if add_months(BEGINS, k) <= day)
            for day in (on - timedelta(days=1), on)
        )
        assert asked.opening_due == max(0, earlier - total)
        assert asked.opening_advance == max(0, total - earlier)
        assert asked.due == asked.opening_due + asked.recoverable == max(0, by_then - total)
        assert (asked.number, asked.instalments) == (max(1, by_then // 50_000), 60)


class TestDailyProduct:
    @given(data=st.data(), rate=st.integers(0, 2000))
    def test_equals_a_walk_over_every_day(self, data: st.DataObject, rate: int) -> None:
        opened, on = date(2026, 1, 1), date(2026, 4, 1)
        moved = data.draw(st.lists(st.tuples(st.dates(opened, on), st.integers(1, 10**6)), max_size=6))
        movements = tuple(Movement(*each) for each in sorted(moved))
        earned_to = data.draw(st.none() | st.just(date(2026, 1, 31)))

        product = 0
        day = date(2026, 2, 1) if earned_to else opened
        while day < on:
            product += sum(amount for since, amount in moved if since <= day)
            day += timedelta(days=1)

        history = History(movements=movements, paid=movements, earned_to=earned_to)
        exact = Fraction(product * rate, 3_650_000)
        terms = replace(agreement(Ledgers.GENERAL_SAVINGS.code, annual_rate_bps=rate), opened_on=opened)
        assert abs(interest_to_the_day(terms, history, on) - exact) <= Fraction(1, 2)


def agreement(ledger: str, **terms: Any) -> Agreement:
    return Agreement(
        account_id="hers",
        member_id="she",
        office_id=HERE,
        ledger=ledger,
        opened_on=BEGINS,
        terms={"annual_rate_bps": 750, "floor": "100.00", **terms},
    )


def an_account(balance: int) -> MemberAccount:
    return MemberAccount(
        id="hers",
        member_id="she",
        office_id=HERE,
        code="GS.1",
        ledger=Ledgers.GENERAL_SAVINGS.code,
        product_name_bn="সঞ্চয়",
        product_name_en="Savings",
        balance=Paisa(balance),
        pending_in=Paisa(0),
        pending_out=Paisa(0),
        closed=False,
    )


def standings(balance: int) -> dict[str, Standing]:
    of_office = {
        each.id: Standing(
            id=each.id,
            office_id=HERE,
            grows_on=each.ledger.ledger_class.grows_on,
            floor=each.ledger.floor,
            debits=10**15 if each.ledger is Ledgers.VAULT else 0,
        )
        for each in office_accounts_of(HERE)
    }
    hers = Standing(id="hers", office_id=HERE, grows_on=Side.CREDIT, floor=0, credits=balance)
    return {**of_office, "hers": hers}


@pytest.mark.rule("M11")
class TestClosing:
    def test_of_a_full_term_pays_what_the_table_of_the_trade_says(self) -> None:
        paid = tuple(Movement(add_months(BEGINS, k), 50_000) for k in range(60))
        history = History(movements=paid, paid=paid)
        terms = agreement(Ledgers.TERM_SAVINGS.code, amount="500.00", months=60)

        closing = closing_terms(terms, Paisa(3_000_000), history, add_months(BEGINS, 60))

        assert (closing.how, closing.interest) == (ClosingHow.MATURITY, 649_020)
        assert (closing.payout, closing.rounding) == (3_649_000, -20)

    def test_of_a_double_benefit_deposit_pays_double(self) -> None:
        paid = (Movement(BEGINS, 2_000_000),)
        terms = agreement(Ledgers.LUMP_SAVINGS.code, amount="20000.00", months=72, maturity_value="40000.00")

        closing = closing_terms(
            terms, Paisa(2_000_000), History(movements=paid, paid=paid), add_months(BEGINS, 72)
        )

        assert (closing.how, closing.payout) == (ClosingHow.MATURITY, 4_000_000)

    @pytest.mark.parametrize(
        ("more", "interest"),
        [
            ((), 100_000),
            ((Movement(BEGINS, 500_000),), 100_000),
            ((Movement(add_months(BEGINS, 12), 2_000_000),), 100_000),
        ],
    )
    def test_of_a_lump_deposit_earns_on_what_was_agreed_and_no_more(
        self, more: tuple[Movement, ...], interest: int
    ) -> None:
        """20,000 at 5 % for a year is 1,000; what is put on top of it earns nothing."""
        paid = (Movement(BEGINS, 2_000_000), *more)
        terms = agreement(Ledgers.LUMP_SAVINGS.code, amount="20000.00", months=12, annual_rate_bps=500)
        on, balance = add_months(BEGINS, 12), Paisa(sum(each.amount for each in paid))

        closing = closing_terms(terms, balance, History(movements=paid, paid=paid), on)

        assert (closing.how, closing.interest, closing.balance) == (ClosingHow.MATURITY, interest, balance)

    def test_of_a_lump_deposit_that_came_late_earns_for_its_days(self) -> None:
        ends = add_months(BEGINS, 12)
        paid = (Movement(BEGINS, 1_000_000), Movement(ends - timedelta(days=73), 1_000_000))
        terms = agreement(Ledgers.LUMP_SAVINGS.code, amount="20000.00", months=12, annual_rate_bps=500)

        closing = closing_terms(terms, Paisa(2_000_000), History(movements=paid, paid=paid), ends)

        days = (ends - BEGINS).days
        assert closing.interest == round(Fraction(50_000) + Fraction(50_000 * 73, days))

    def test_before_its_end_pays_by_the_slabs_and_costs_the_charge(self) -> None:
        paid = (Movement(BEGINS, 2_000_000),)
        slabs = [{"from_month": 12, "rate_bps": 400}]
        terms = agreement(
            Ledgers.LUMP_SAVINGS.code, amount="20000.00", months=72, premature=slabs, closing_charge="50.00"
        )

        closing = closing_terms(
            terms, Paisa(2_000_000), History(movements=paid, paid=paid), add_months(BEGINS, 12)
        )

        assert (closing.how, closing.interest, closing.charge) == (ClosingHow.PREMATURE, 80_000, 5_000)
        assert closing.payout == 2_075_000

    @given(balance=st.integers(0, 10**9), interest=st.integers(0, 10**8), share=st.integers(0, 10_000))
    def test_leaves_exactly_nothing_and_undone_everything(
        self, balance: int, interest: int, share: int
    ) -> None:
        charge = Paisa((balance + interest) * share // 10_000)
        terms = ClosingTerms(
            on=BEGINS,
            how=ClosingHow.ORDINARY,
            balance=Paisa(balance),
            interest=Paisa(interest),
            charge=charge,
        )
        day = OpenDay(HERE, BEGINS)
        signed = Signed(id=HERE, maker_id="m", checker_id="c", reason="moves away")

        entries = tuple(entries_of_closing(terms, an_account(balance), day, signed, receipt="R"))
        before = standings(balance)
        after = fold(entries, {key: before[key] for key in {*touched(entries), "hers"}})

        assert after.standings["hers"].balance == 0
        assert terms.payout % 100 == 0
        assert abs(terms.rounding) <= 50
        undone = tuple(
            mirrored(entry, entry.id, day, signed, main=entry.id == signed.id) for entry in reversed(entries)
        )
        again = fold(undone, after.standings)
        assert {key: each.balance for key, each in again.standings.items()} == {
            key: before[key].balance for key in again.standings
        }

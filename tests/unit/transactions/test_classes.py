"""The age of loans: classes by days, what is set aside, and what a freeze keeps (domain 4.9)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.money import Paisa
from tests.support.class_runs import LAW, rules_from
from transactions.domain.classes import (
    AgedLoan,
    ClassRule,
    ClassRules,
    Freeze,
    LoanClass,
    classed,
    freeze_over,
    par_bps,
    rules_in_force,
    totals_of,
)

RULES = rules_from(date(2010, 1, 1))
LAKH = 100_000_00


def loan(days: int, outstanding: int = LAKH, **more: object) -> AgedLoan:
    said = {"product_code": "JAG", "fund": "own", "sex": "female", "overdue": Paisa(0)} | more
    return AgedLoan(loan_id=f"{days}", outstanding=Paisa(outstanding), days=days, **said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("days", "word"),
    [
        (0, "regular"),
        (1, "watchful"),
        (30, "watchful"),
        (31, "sub_standard"),
        (180, "sub_standard"),
        (181, "doubtful"),
        (365, "doubtful"),
        (366, "bad"),
        (4000, "bad"),
    ],
)
def test_a_class_begins_on_its_first_day(days: int, word: str) -> None:
    assert RULES.class_after(days).word == word


def test_the_worked_example_sets_aside_two_lakh_and_ninety_five_thousand() -> None:
    lakhs = {0: 100, 10: 4, 100: 2, 300: 1}
    loans = [loan(days, count * LAKH) for days, count in lakhs.items()] + [loan(400, LAKH // 2)]

    totals = totals_of(classed(loans, RULES, frozen=False), RULES)

    assert [total.provision for total in totals] == [
        1_00_000_00,
        20_000_00,
        50_000_00,
        75_000_00,
        50_000_00,
    ]
    assert sum(total.provision for total in totals) == 295_000_00


def test_par_is_the_whole_principal_of_whatever_is_late() -> None:
    loans = [loan(0, 96 * LAKH), loan(5, 4 * LAKH, overdue=Paisa(100))]

    assert par_bps(totals_of(classed(loans, RULES, frozen=False), RULES)) == 400


def test_par_of_no_loans_is_nothing() -> None:
    assert par_bps(()) == 0


def test_in_a_freeze_no_class_becomes_worse_but_may_become_better() -> None:
    worse = loan(200, days_frozen=10)
    better = loan(0, days_frozen=40)
    young = loan(50, days_frozen=None)

    frozen = classed([worse, better, young], RULES, frozen=True)

    assert [one.loan_class.word for one in frozen] == ["watchful", "regular", "regular"]


def test_a_rescheduled_loan_keeps_its_class_and_may_only_become_worse() -> None:
    kept = loan(0, kept=LoanClass.SUB_STANDARD)
    worse = loan(400, kept=LoanClass.SUB_STANDARD)

    assert [one.loan_class.word for one in classed([kept, worse], RULES, frozen=False)] == [
        "sub_standard",
        "bad",
    ]


def test_the_rules_of_a_date_are_the_newest_that_had_begun() -> None:
    later = ClassRules(date(2026, 1, 1), RULES.rules)

    assert rules_in_force([later, RULES], date(2025, 12, 31)) is RULES
    assert rules_in_force([later, RULES], date(2026, 1, 1)) is later
    with pytest.raises(LookupError):
        rules_in_force([later], date(2025, 12, 31))


def test_a_freeze_holds_on_its_first_and_its_last_day() -> None:
    freeze = Freeze(date(2020, 1, 1), date(2020, 9, 30))

    assert freeze_over([freeze], date(2020, 1, 1)) is freeze
    assert freeze_over([freeze], date(2020, 9, 30)) is freeze
    assert freeze_over([freeze], date(2020, 10, 1)) is None


@pytest.mark.parametrize(
    "table",
    [
        LAW[:4],
        ((1, 100), *LAW[1:]),
        ((0, 100), (31, 500), (31, 2500), (181, 7500), (366, 10_000)),
        ((0, 100), (1, 500), (31, 400), (181, 7500), (366, 10_000)),
    ],
    ids=["a class is missing", "the best begins late", "two begin together", "a worse one sets less aside"],
)
def test_rules_without_order_are_refused(table: tuple[tuple[int, int], ...]) -> None:
    rules = tuple(ClassRule(LoanClass(i), days, bps) for i, (days, bps) in enumerate(table))
    with pytest.raises(ValueError, match="class"):
        ClassRules(date(2010, 1, 1), rules)


@given(st.lists(st.tuples(st.integers(0, 2000), st.integers(1, 10**9)), max_size=40))
def test_every_loan_is_counted_once(loans: list[tuple[int, int]]) -> None:
    totals = totals_of(classed([loan(*one) for one in loans], RULES, frozen=False), RULES)

    assert sum(total.loans for total in totals) == len(loans)
    assert sum(total.outstanding for total in totals) == sum(amount for _, amount in loans)
    assert sum(total.at_risk for total in totals) == sum(amount for days, amount in loans if days)

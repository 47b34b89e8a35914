"""What docs/lending.md says of settlements, waivers and write-offs is what the rules say."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from contracts.money import Paisa, format_taka
from contracts.transactions.lending_endings_words import WaiverKind
from contracts.transactions.lending_words import Split
from tests.support.agreed import declining
from tests.support.class_runs import rules_from
from transactions.domain.lending.schedules import NONE, Amounts, Schedule
from transactions.domain.lending.settlements import settlement_terms
from transactions.domain.lending.standing import oldest_unpaid_on
from transactions.domain.lending.waivers import waiver_terms
from transactions.domain.lending.write_offs import write_off_terms

PAGE = (Path(__file__).resolve().parents[4] / "docs" / "lending.md").read_text()
PAID_OUT = date(2025, 1, 7)
ROWS = declining(PAID_OUT).rows
EXAMPLE_A = Schedule.of_rows(
    PAID_OUT,
    Split.BY_INSTALMENT,
    [(on, Amounts(Paisa(principal), Paisa(charge))) for on, principal, charge in ROWS],
)


def table(head: str) -> list[list[str]]:
    """Return the rows of the one table whose first heading is this."""
    (found,) = re.findall(
        rf"^\| {re.escape(head)} \|[^\n]*\n\|[-|]+\|\n((?:\|[^\n]*\n)+)", PAGE, re.MULTILINE
    )
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in found.splitlines()]


def paid(instalments: int) -> Amounts:
    return EXAMPLE_A.due[instalments - 1] if instalments else NONE


@pytest.mark.rule("L1", "M11")
@pytest.mark.parametrize("row", table("on | paid before"))
def test_settlements(row: list[str]) -> None:
    on, before = date.fromisoformat(row[0]), paid(int(row[1].split()[0]))
    terms = settlement_terms(EXAMPLE_A, before, on)

    amounts = (terms.outstanding, terms.charge, terms.payoff, terms.cash, terms.rounding, terms.rebate)
    assert [format_taka(amount) for amount in amounts] == row[2:]


@pytest.mark.rule("L5")
@pytest.mark.parametrize("row", table("what is waived"))
def test_waivers(row: list[str]) -> None:
    on = date(2025, 6, 4)
    terms = waiver_terms(EXAMPLE_A, paid(20), died_on=on, on=on, kind=WaiverKind(row[0]))

    amounts = (terms.principal, terms.charge, terms.from_risk_fund, terms.rebate)
    assert [format_taka(amount) for amount in amounts] == row[1:]


def test_write_offs() -> None:
    (row,) = table("oldest unpaid | bad since")
    on = date(2028, 6, 30)
    terms = write_off_terms(EXAMPLE_A, paid(3), on, rules_from(PAID_OUT))

    assert row[:3] == [
        str(day)
        for day in (
            oldest_unpaid_on(EXAMPLE_A, paid(3).principal, on),
            terms.bad_since,
            terms.allowed_from,
        )
    ]
    assert row[3:] == [format_taka(terms.outstanding), format_taka(terms.claim)]
    assert terms.bad_since == date.fromisoformat(row[0]) + timedelta(days=365)

"""What docs/lending.md says of the age of loans is what the rules say."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path

from contracts.money import Paisa, format_taka, parse_taka
from contracts.transactions.lending_words import Split
from transactions.domain.classes import (
    AgedLoan,
    ClassRule,
    ClassRules,
    LoanClass,
    classed,
    par_bps,
    totals_of,
)
from transactions.domain.lending.schedules import Amounts, Schedule
from transactions.domain.lending.standing import standing_of

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "lending.md").read_text()
SECTION = PAGE.partition("## How old a loan is")[2].partition("\n## ")[0]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in SECTION.splitlines()
    if line.startswith("|")
]
CLASSES = {row[0]: row[1:] for row in ROWS if row[0] in {one.word for one in LoanClass}}
DAYS = [row for row in ROWS if re.fullmatch(r"\d{4}-\d\d-\d\d", row[0])]
RULES = ClassRules(
    date(2010, 11, 10),
    tuple(
        ClassRule(LoanClass.of_word(word), int(row[0]), int(row[1].removesuffix(" %")) * 100)
        for word, row in CLASSES.items()
    ),
)


def test_an_age_is_what_the_schedule_and_the_payments_make() -> None:
    (said,) = re.findall(r"```json\n(.+?)\n```", SECTION)
    told = json.loads(said)
    first = date.fromisoformat(told["first_due_on"])
    rows = [
        (first + timedelta(weeks=week), Amounts(parse_taka(told["each"]))) for week in range(told["weeks"])
    ]
    schedule = Schedule.of_rows(first - timedelta(days=15), Split.BY_INSTALMENT, rows)

    assert len(DAYS) == 4
    for on, *expected in DAYS:
        paid = sum(parse_taka(amount) for paid_on, amount in told["paid"].items() if paid_on <= on)
        age = standing_of(schedule, Amounts(Paisa(paid)), date.fromisoformat(on))
        since = age.oldest_unpaid_on.isoformat() if age.oldest_unpaid_on else ""
        amounts = [format_taka(age.outstanding), format_taka(age.overdue_principal)]
        assert [*amounts, since, str(age.days)] == expected


def test_the_worked_example_is_what_its_classes_make() -> None:
    loans = [
        AgedLoan(
            loan_id=word,
            product_code="JAG",
            fund="own",
            sex="female",
            outstanding=parse_taka(row[2]),
            overdue=Paisa(0),
            days=int(row[0]),
        )
        for word, row in CLASSES.items()
    ]

    totals = totals_of(classed(loans, RULES, frozen=False), RULES)

    assert {one.loan_class.word: format_taka(one.provision) for one in totals} == {
        word: row[3] for word, row in CLASSES.items()
    }
    whole = format_taka(Paisa(sum(one.provision for one in totals)))
    assert f"That is {whole} taka in all" in SECTION
    assert f"{par_bps(totals) / 100:.2f} %" in SECTION


def test_the_classes_are_those_with_which_the_books_begin() -> None:
    (migration,) = (ROOT / "services/transactions/migrations/versions").glob("*_classes.py")
    text = migration.read_text()

    days = [rule.from_days for rule in RULES.rules]
    assert f'"from_days": {days}' in text
    seeded = re.findall(r'"provision_bps": \[(.+?)\]', text)
    assert [int(one) for one in seeded[0].split(", ")] == [rule.provision_bps for rule in RULES.rules]

"""What docs/lending.md says of interest on savings is what the rules say."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

from contracts.money import format_taka, parse_taka
from contracts.transactions.ledger_commands import Terms
from transactions.domain.savings.dues import Movement
from transactions.domain.savings.interest import (
    Account,
    InterestMethod,
    InterestRules,
    Rate,
    month_interest,
    posted,
)

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "lending.md").read_text()
SECTION = PAGE.partition("## Interest on savings")[2].partition("\n## ")[0]
ROWS = [
    [cell.strip().strip("`") for cell in line.strip("|").split("|")]
    for line in SECTION.splitlines()
    if line.startswith("|")
]


def test_each_method_makes_what_its_row_says() -> None:
    (said,) = re.findall(r"```json\n(.+?)\n```", SECTION)
    told = json.loads(said)
    moved = [Movement(date.fromisoformat(on), parse_taka(amount)) for on, amount in told["moved"].items()]
    rates = [Rate(date.min, told["annual_rate_bps"])]
    account = Account(moved[0].on, moved)

    made = {
        method.value: format_taka(
            posted(
                month_interest(
                    InterestRules(method=method, rates=rates), account, date.fromisoformat(told["month"])
                )
            )
        )
        for method in InterestMethod
    }

    assert {row[0]: row[3] for row in ROWS if row[0] in made} == made


def test_every_word_of_the_terms_is_explained() -> None:
    words = {name for name in Terms().fields if name.startswith("interest_")}

    assert {row[1] for row in ROWS if row[1].startswith("interest_")} == words

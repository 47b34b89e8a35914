"""Every table of docs/lending.md is what the engine says of the terms above it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from contracts.accounts import lending_errors
from contracts.errors import ServiceError
from tests.support.quotes import in_words, schedule_of

PAGE = (Path(__file__).resolve().parents[4] / "docs" / "lending.md").read_text()
EXAMPLES = re.findall(r"```json\n(.+?)\n```\n\n\| # \|.*?\n\|[-|]+\n((?:\|.*\n)+)", PAGE)


def test_there_is_an_example_of_each_method() -> None:
    told = " ".join(terms for terms, _ in EXAMPLES)

    assert {"FLAT", "EQUAL_PRINCIPAL", "DAILY", "MONTHLY", "NEXT_DOUBLE", "principal_grace"} == {
        word
        for word in ("FLAT", "EQUAL_PRINCIPAL", "DAILY", "MONTHLY", "NEXT_DOUBLE", "principal_grace")
        if word in told
    }


@pytest.mark.parametrize(("terms", "table"), EXAMPLES)
def test_a_table_is_what_its_terms_make(terms: str, table: str) -> None:
    rows = {row[0]: [str(one) for one in row] for row in in_words(schedule_of(json.loads(terms)))}

    for line in table.splitlines():
        told = [cell.strip() for cell in line.strip("|").split("|")]
        assert rows[int(told[0])] == told


def test_the_law_is_told_as_it_is_kept() -> None:
    migrations = Path(__file__).resolve().parents[4] / "services/accounts/migrations/versions"
    (founding,) = migrations.glob("*_laws.py")
    rows = re.findall(r"date\((\d+), (\d+), (\d+)\), (\d+),", founding.read_text())

    assert len(rows) == 2
    for year, month, day, cap in rows:
        assert f"| {int(day):02d}-{int(month):02d}-{year} | {cap} % | 15 days" in PAGE


def test_every_refusal_is_told() -> None:
    kinds = {
        kind.__name__
        for kind in vars(lending_errors).values()
        if isinstance(kind, type) and issubclass(kind, lending_errors.ScheduleImpossible)
    } - {"ScheduleImpossible"}
    codes = {re.sub(r"(?<!^)(?=[A-Z])", "_", kind).upper() for kind in kinds}

    assert issubclass(lending_errors.ScheduleImpossible, ServiceError)
    assert {code for code in codes if f"`{code}`" not in PAGE} == set()

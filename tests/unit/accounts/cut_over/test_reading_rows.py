"""Every wrong cell of a row is named by its column, whatever is in the others (P13)."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.domain.cut_over.reading import Unreadable, read_cell, read_row
from contracts.accounts.cut_over_words import COLUMNS, CellKind, Column, CutOverSheet

pytestmark = pytest.mark.rule("P13")
SAVINGS = {
    "source_id": "S-9",
    "member": "M-1",
    "product": "GS",
    "opened_on": "৩১-১২-২০২৪",
    "deposited": "১,২৩,৪৫৬.৫০",
    "withdrawn": "0",
    "interest": "10",
    "balance": "123466.5",
}


def test_a_row_in_bangla_digits_is_read_whole() -> None:
    said, faults = read_row(CutOverSheet.SAVINGS, 2, SAVINGS)

    assert faults == ()
    assert said["opened_on"] == date(2024, 12, 31)
    assert (said["deposited"], said["balance"]) == (123_456_50, 123_466_50)
    assert said["last_receipt"] is None


@given(wrong=st.sets(st.sampled_from(sorted(SAVINGS))))
def test_exactly_the_wrong_cells_are_named(wrong: set[str]) -> None:
    cells = {name: "" if name in wrong else text for name, text in SAVINGS.items()}

    _, faults = read_row(CutOverSheet.SAVINGS, 7, cells)

    assert {(one.sheet, one.row, one.column, one.code) for one in faults} == {
        (CutOverSheet.SAVINGS, 7, name, "REQUIRED") for name in wrong
    }


@given(on=st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_day_is_read_by_year_first_and_by_day_first(on: date) -> None:
    column = Column("opened_on", CellKind.DATE)

    for text in (on.isoformat(), on.strftime("%d-%m-%Y"), on.strftime("%d/%m/%Y"), on.strftime("%d.%m.%Y")):
        assert read_cell(column, text) == on


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        (Column("on", CellKind.DATE), "31-02-2026", "NOT_A_DATE"),
        (Column("on", CellKind.DATE), "46023", "NOT_A_DATE"),
        (Column("at", CellKind.TIME), "25:00", "NOT_A_TIME"),
        (Column("amount", CellKind.MONEY), "12.345", "NOT_TAKA"),
        (Column("amount", CellKind.MONEY), "1e3", "NOT_TAKA"),
        (Column("amount", CellKind.MONEY), "-5", "AMOUNT_TOO_SMALL:0.00"),
        (Column("day", CellKind.COUNT, least=1, most=6), "7", "RANGE:1:6"),
        (Column("day", CellKind.COUNT), "two", "NOT_A_NUMBER"),
        (Column("sex", CellKind.WORD, words=("female", "male")), "woman", "NOT_ONE_OF:female/male"),
        (Column("said", CellKind.YES_NO), "perhaps", "NOT_YES_OR_NO"),
        (Column("name", longest=3), "long", "LENGTH:1:3"),
        (Column("name"), "a\tb", "CONTROL_CHARACTERS"),
        (Column("name"), "   ", "REQUIRED"),
    ],
)
def test_a_cell_that_says_nothing_says_why(column: Column, text: str, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_cell(column, text)

    assert refused.value.code == code


def test_a_time_and_an_answer_are_read_in_bangla() -> None:
    assert read_cell(Column("at", CellKind.TIME), "৯:৩০") == time(9, 30)
    assert read_cell(Column("said", CellKind.YES_NO), "হ্যাঁ") is True
    assert read_cell(Column("said", CellKind.YES_NO), "না") is False


def test_no_sheet_has_a_column_twice_and_each_begins_with_the_sources_own_id() -> None:
    for columns in COLUMNS.values():
        names = [column.name for column in columns]
        assert names[0] == "source_id"
        assert len(names) == len(set(names))

"""A branch's old books are read from a workbook and from CSV alike, and the template is one of them (P13)."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook, load_workbook

from contracts.accounts.cut_over_words import COLUMNS, ROWS_A_CHUNK, CutOverSheet
from gateway.cut_over.files import FileRow, UnreadableBooks, read_books, text_of
from gateway.cut_over.headings import HEADINGS, column_of, heading_of, sheet_of, title_of
from gateway.cut_over.sending import chunks
from gateway.cut_over.template import write_template

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.rule("P13")
SAVINGS = ["source_id", "member", "product", "opened_on", "deposited", "withdrawn", "interest", "balance"]
LINE = ["S-1", "M-1", "GS", date(2024, 12, 31), 1250.5, 0, 10, 1260.5]
TEXTS = {
    "source_id": "S-1",
    "member": "M-1",
    "product": "GS",
    "opened_on": "2024-12-31",
    "deposited": "1250.5",
    "withdrawn": "0",
    "interest": "10",
    "balance": "1260.5",
}


def workbook(title: str, *rows: Sequence[Any]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    page = book.active
    assert page is not None
    page.title = title
    for row in rows:
        page.append(list(row))
    book.save(out)
    return out.getvalue()


def test_a_workbook_and_csv_say_the_same() -> None:
    headings = [heading_of(name) + " *" for name in SAVINGS]
    lines = [",".join(SAVINGS), "", ",".join(TEXTS.values())]

    from_workbook = read_books(workbook("সঞ্চয়", headings, [], LINE), "anything.xlsx")
    from_csv = read_books("\r\n".join(lines).encode("utf-8-sig"), "Savings.csv")

    assert from_workbook == [FileRow(CutOverSheet.SAVINGS, 3, TEXTS)]
    assert from_csv == [FileRow(CutOverSheet.SAVINGS, 3, TEXTS)]


def test_every_column_is_known_by_each_of_its_headings() -> None:
    for sheet, columns in COLUMNS.items():
        assert sheet_of(title_of(sheet)) is sheet
        for column in columns:
            names = (column.name, *HEADINGS[column.name].values(), heading_of(column.name))
            assert {column_of(sheet, name) for name in names} == {column.name}


def test_the_template_has_every_sheet_and_column_in_both_languages_and_is_read_as_empty() -> None:
    out = io.BytesIO()
    write_template(out)

    book = load_workbook(io.BytesIO(out.getvalue()))

    assert [sheet_of(page.title) for page in book.worksheets] == list(CutOverSheet)
    for sheet, page in zip(CutOverSheet, book.worksheets, strict=True):
        headings = [str(cell.value) for cell in page[1]]
        assert [column_of(sheet, heading) for heading in headings] == [one.name for one in COLUMNS[sheet]]
        assert [heading.endswith("*") for heading in headings] == [one.required for one in COLUMNS[sheet]]
    with pytest.raises(UnreadableBooks, match="EMPTY"):
        read_books(out.getvalue(), "template.xlsx")


@pytest.mark.parametrize(
    ("content", "name", "code", "columns"),
    [
        (b"PK\x03\x04 nothing", "books.xlsx", "NO_WORKBOOK", ()),
        (workbook("Accounts", SAVINGS), "books.xlsx", "NO_SHEET", ()),
        (b"source_id\n1", "books.csv", "NO_SHEET", ()),
        (b"\xff\xfe", "savings.csv", "NO_TEXT", ()),
        (b"x" * 140_000, "savings.csv", "NO_TEXT", ()),
        (",".join(SAVINGS[:-1]).encode(), "savings.csv", "COLUMNS_MISSING", ("balance",)),
        (",".join([*SAVINGS, "স্থিতি"]).encode(), "savings.csv", "COLUMN_TWICE", ("balance",)),
    ],
)
def test_what_is_no_file_of_old_books_says_why(
    content: bytes, name: str, code: str, columns: tuple[str, ...]
) -> None:
    with pytest.raises(UnreadableBooks) as refused:
        read_books(content, name)

    assert (refused.value.code, refused.value.columns) == (code, columns)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (True, "yes"),
        (0.1 + 0.2, "0.3"),
        (1_234_567.0, "1234567"),
        (1990123456789012, "1990123456789012"),
        (1.990123456789012e16, "1.990123E+16"),
        (datetime(2026, 1, 31, 18, tzinfo=UTC), "2026-01-31"),
        (time(9, 30), "09:30"),
        ("  two \t words ", "two words"),
    ],
)
def test_a_cell_is_the_text_that_a_person_would_have_typed(cell: object, text: str) -> None:
    assert text_of(cell) == text


def test_numbers_of_members_are_in_no_row_that_is_sent() -> None:
    nid, mobile = "1234567890", "01711111111"
    rows = [
        FileRow(CutOverSheet.MEMBERS, row, {"source_id": f"M-{row}", "nid": nid, "mobile": mobile})
        for row in range(2, ROWS_A_CHUNK + 3)
    ]

    sent = list(chunks("an id", rows))

    assert [len(chunk["rows"]) for chunk in sent] == [ROWS_A_CHUNK, 1]
    assert nid not in str([chunk["rows"] for chunk in sent])
    assert mobile not in str([chunk["rows"] for chunk in sent])
    assert sent[1]["row_numbers"] == f"{ROWS_A_CHUNK + 2}\t{nid}\t{mobile}"

"""Reports for spreadsheets: whole, in both languages, and no cell becomes a formula."""

from __future__ import annotations

import csv
import io
from datetime import datetime

import pytest
from openpyxl import load_workbook

from contracts.transactions.reports_words import ColumnKind
from gateway.rendering.csv import write_csv
from gateway.rendering.table import Column, Table, shown, table_of
from gateway.rendering.xlsx import write_xlsx
from tests.support.report_pages import CONJUNCTS, LEAVING, page, pages


def written(table: Table) -> list[list[str]]:
    out = io.BytesIO()
    write_csv(table, out)
    raw = out.getvalue()
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))


def sheet_of(table: Table) -> list[tuple[object, ...]]:
    out = io.BytesIO()
    write_xlsx(table, out)
    book = load_workbook(out)
    cells = [cell for row in book.active for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    return [tuple(cell.value for cell in row) for row in book.active]


@pytest.mark.parametrize(
    ("language", "heading", "sex"), [("bn", "আদায়যোগ্য", "মহিলা"), ("en", "Recoverable", "female")]
)
def test_csv_is_plain_figures_under_the_readers_headings(language: str, heading: str, sex: str) -> None:
    heads, *rows = written(table_of(page(2), [], language))

    assert heads[4] == heading
    assert len(rows) == 2
    assert rows[0][3:9] == ["1", "1234567.50", "-20.00", "98.46", "2026-11-23", sex]
    assert rows[1][1] == "0002"


def test_a_code_has_the_readers_digits_and_an_id_keeps_its_own() -> None:
    column = Column("subject_id", ColumnKind.CODE, "")
    assert shown(column, "101.0001", "bn") == "১০১.০০০১"
    assert (
        shown(column, "69077bd1-5505-4e59-b31a-1a95c1f0aa11", "bn") == "69077bd1-5505-4e59-b31a-1a95c1f0aa11"
    )


def test_what_people_wrote_begins_no_formula_in_csv_and_a_figure_stays_one() -> None:
    _, row, *_ = written(table_of(page(1), [], "en"))

    assert row[2] == "'=2+5 Small credit"
    assert row[9] == "'@own"
    assert row[5] == "-20.00"


def test_a_workbook_has_numbers_as_numbers_and_texts_as_texts() -> None:
    rows = sheet_of(table_of(page(2), [], "en"))

    assert rows[0][0] == "Daily recoverable and collection"
    first, total = rows[-3], rows[-1]
    assert first[1:7] == ("0001", "=2+5 Small credit", 1, 1234567.5, -20, 98.46)
    assert first[7] == datetime(2026, 11, 23)  # noqa: DTZ001 - a spreadsheet's day has no zone
    assert total[:1] + total[3:6] == ("Total", 2, 12345678.9, 0)


def test_a_workbook_in_bangla_keeps_the_letters() -> None:
    rows = sheet_of(table_of(page(1), [], "bn"))

    assert rows[-2][2] == CONJUNCTS
    assert rows[-1][0] == "সর্বমোট"


def test_a_long_report_is_written_page_by_page() -> None:
    first, *following = pages(4)

    assert len(written(table_of(first, following, "en"))) == 1 + 200


LATE = {"office_name_bn": "মিরপুর", "office_name_en": "Mirpur", "on": "2026-12-07"}


@pytest.mark.rule("M17")
def test_the_head_names_the_branches_that_are_behind_the_calendar() -> None:
    said = page(2) | {"behind": [LATE, LATE | {"office_name_en": "Savar"}], "behind_in_all": 1002}

    behind = "Mirpur (07-12-2026), Savar (07-12-2026), 1,000 more branches"
    assert ("Behind the calendar (open day)", behind) in table_of(said, [], "en").head
    few = table_of(said | {"behind": [LATE], "behind_in_all": 1}, [], "bn").head
    assert ("পঞ্জিকার পেছনে আছে (খোলা দিন)", "মিরপুর (০৭-১২-২০২৬)") in few
    none = [name for name, _ in table_of(page(2), [], "en").head]
    assert [name for name in none if name.startswith("Behind")] == []


MARKS = {
    "en": "Export no. 128 · Audit · to: Auditor – =Karim & Co. · taken by Jyotsna Kshetri, 11-12-2026 09:04",
    "bn": "ফাইল নং ১২৮ · নিরীক্ষা · প্রাপক: নিরীক্ষক – =Karim & Co. ·"
    " নিয়েছেন: শ্রীমতী জ্যোৎস্না ক্ষেত্রী, ১১-১২-২০২৬ ০৯:০৪",
}
PAIRS = {"en": "To whom: Auditor – =Karim & Co.", "bn": "ফাইল নং: ১২৮"}


LEFT_OUT = {"en": "1,25,000 rows left out", "bn": "১,২৫,০০০টি সারি বাদ"}


@pytest.mark.rule("P10")
@pytest.mark.parametrize("language", ["bn", "en"])
def test_a_file_says_how_many_rows_stayed_back(language: str) -> None:
    said = table_of(page(0) | {"leaving": LEAVING | {"left_out": 125_000}}, [], language)

    assert LEFT_OUT[language] in said.mark
    assert any(LEFT_OUT[language].split("টি")[0].split()[0] in told for _, told in said.head)


@pytest.mark.rule("P12")
@pytest.mark.parametrize("language", ["bn", "en"])
def test_a_file_bears_its_mark_below_its_rows_and_what_was_said_in_its_head(language: str) -> None:
    said = page(2) | {"leaving": LEAVING}

    assert written(table_of(said, [], language))[-1] == [MARKS[language], *[""] * 9]
    assert PAIRS[language] in [row[0] for row in sheet_of(table_of(said, [], language))[:8]]
    out = io.BytesIO()
    write_xlsx(table_of(said, [], language), out)
    assert load_workbook(out).active.oddFooter.left.text.replace("&&", "&") == MARKS[language]

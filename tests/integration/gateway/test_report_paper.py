"""Reports on paper: all of it, on pages with headings and numbers, and Bangla as Bangla is printed."""

from __future__ import annotations

import io
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from gateway.rendering.paper import BOLD, REGULAR
from gateway.rendering.pdf import Paper, write_pdf
from gateway.rendering.table import shown, table_of
from tests.house.house import ROOT
from tests.support.report_pages import COLUMNS, CONJUNCTS, LEAVING, page, pages
from transactions.domain.reports.registry import ALL

if TYPE_CHECKING:
    from transactions.domain.reports.definitions import Definition

FONTS = ROOT / "gateway/frontend/dist/portal/paper"
GOLDEN = Path(__file__).parent / "golden/conjuncts.png"
SCALE = 4
PLACE = (226, 77, 338, 102)
"""Where on the first page the conjuncts stand, in points."""


def paper(*said: object) -> pypdfium2.PdfDocument:
    first, following, language = said
    out = io.BytesIO()
    write_pdf(table_of(first, following, language), out, FONTS)  # type: ignore[arg-type]
    return pypdfium2.PdfDocument(out.getvalue())


def text_of(document: pypdfium2.PdfDocument, number: int) -> str:
    return str(document[number].get_textpage().get_text_range())


def picture(document: pypdfium2.PdfDocument) -> Image.Image:
    whole: Image.Image = document[0].render(scale=SCALE).to_pil().convert("L")
    return whole.crop(tuple(SCALE * edge for edge in PLACE))


def test_every_page_has_headings_its_number_and_by_whom() -> None:
    first, *following = pages(2, each=40)
    document = paper(first, following, "en")

    assert len(document) > 1
    for number in range(len(document)):
        text = text_of(document, number)
        assert "Recoverable" in text
        assert f"Page {number + 1} of {len(document)}" in text
        assert "Jyotsna Kshetri" in text
        assert "10-12-2026 18:34" in text
    assert "1,23,45,678.90" in text_of(document, len(document) - 1)


def test_nothing_is_lost_between_pages() -> None:
    first, *following = pages(2, each=40)
    document = paper(first, following, "en")
    whole = "".join(text_of(document, number) for number in range(len(document)))

    assert [code for at in range(80) if (code := f"0{at + 1:03}") not in whole] == []


@pytest.mark.rule("P12")
def test_every_page_of_a_file_is_marked_pale_across_it_and_whole_at_its_foot() -> None:
    first, *following = pages(2, each=40)
    document = paper(first | {"leaving": LEAVING}, following, "en")

    assert len(document) > 1
    for number in range(len(document)):
        assert text_of(document, number).count("Export no. 128 · Audit · to: Auditor") == 2
    bare, marked = (
        paper(page(1) | {"leaving": leaving}, [], "en")[0].render().to_pil().convert("L")
        for leaving in (None, LEAVING)
    )
    below = (0, bare.height // 2, bare.width, bare.height - 50)
    assert 0 < ImageChops.difference(bare, marked).crop(below).getextrema()[1] < 64


@pytest.mark.parametrize("language", ["bn", "en"])
@pytest.mark.parametrize("definition", ALL, ids=attrgetter("code"))
def test_no_word_of_any_report_runs_into_its_neighbour(definition: Definition, language: str) -> None:
    columns = [{"key": column.key, "kind": column.kind} for column in definition.columns]
    wide = {"money": "-123456789.99", "count": 123456, "percent": "-100.00", "date": "2026-12-31"}
    wide |= dict.fromkeys(("account_code", "loan_code"), "SUF.101.0001.00001.02")
    cells = [wide.get(column["key"], wide.get(column["kind"])) for column in columns]
    rows = [{"kind": "row", "cells": cells}]
    said = page(1) | {"report": definition.code, "columns": columns, "rows": rows}
    table = table_of(said, [], language)
    sheet = Paper(table_of(said, [], language), FONTS)
    sheet.write(io.BytesIO())
    (line,) = table.lines

    for column, cell, width in zip(table.columns, line.cells, sheet.fit.widths, strict=True):
        for word in (*column.heading.split(" "), shown(column, cell, language)):
            assert sheet.pdf.width_of(word, BOLD, sheet.fit.size) < width, (column.key, word)
    room = {"portrait": {"A4": 190}, "landscape": {"A4": 277, "A3": 400}}[sheet.fit.orientation]
    assert sum(sheet.fit.widths) == pytest.approx(room[sheet.fit.paper])


def test_bangla_conjuncts_stand_as_in_the_picture_that_was_looked_at() -> None:
    """The picture was compared with the letters as Bangla is printed; without shaping it differs by far."""
    found = picture(paper(page(1), [], "bn"))
    golden = Image.open(GOLDEN)

    assert found.size == golden.size
    assert difference(found, golden) < 1


@pytest.mark.parametrize(
    "broken", [CONJUNCTS.replace("\u09cd", "\u09cd\u200c"), CONJUNCTS.replace("ক্ষ", "কষ")]
)
def test_the_picture_tells_broken_letters(broken: str) -> None:
    said = page(1)
    said["rows"][0]["cells"][2]["bn"] = broken

    assert difference(picture(paper(said, [], "bn")), Image.open(GOLDEN)) > 2


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return how far two pictures differ, in grey levels on average; smoothing of edges makes little."""
    return float(ImageStat.Stat(ImageChops.difference(one, other)).mean[0])


def test_a_code_that_is_longer_than_its_column_goes_on_in_the_next_line() -> None:
    """Every character of it is on the page; none runs into the next column."""
    first, code = page(1), "69077bd1-5505-4e59-b31a-1a95c1f0aa11"
    first["rows"] = [{"kind": "row", "cells": [None, code, *[None] * (len(COLUMNS) - 2)]}]
    sheet = Paper(table_of(first, [], "en"), FONTS)
    out = io.BytesIO()
    sheet.write(out)
    text = text_of(pypdfium2.PdfDocument(out.getvalue()), 0)

    assert code in "".join(text.split())
    pieces = [piece for piece in text.split() if "-" in piece and piece in code]
    assert len(pieces) > 1
    assert max(sheet.pdf.width_of(each, REGULAR, sheet.fit.size) for each in pieces) < sheet.fit.widths[1]

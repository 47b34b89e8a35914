"""A report on paper: A4, headings on every page, Bangla with its conjuncts, page x of y, by whom and when.

Its mark lies pale across every page and stands at the foot: for what and to whom it left (rule P12).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO

from contracts.transactions.reports_words import RowKind
from gateway.rendering.labels import label
from gateway.rendering.paper import BOLD, REGULAR, BanglaPaper
from gateway.rendering.sizes import Fit, Measure, fit
from gateway.rendering.table import FIGURES, Column, Line, Table, row_label, shown
from gateway.words.formats import number

MARGIN, FOOT = 10.0, 12.0
TITLE, BODY, SMALL = 13.0, 8.0, 7.0
LEADING = 3.7
"""From line to line of small letters; smaller ones stand closer."""
PADDING = 0.8
CODE = re.compile(r"[A-Za-z0-9০-৯._/:-]{2,}")
"""What may be torn anywhere: no conjunct is in it."""


def write_pdf(table: Table, out: IO[bytes], fonts: Path) -> None:
    """Write a table on paper.

    Args:
        table: What is written; its lines are read once.
        out: Where it is written.
        fonts: The folder with Noto Sans Bengali, as the front end's build lays it down.
    """
    Paper(table, fonts).write(out)


@dataclass
class Paper:
    """One document in the making: pages are kept until its end, for their count is on each of them."""

    table: Table
    fonts: Path

    @cached_property
    def pdf(self) -> BanglaPaper:
        """The document; many columns lie across."""
        pdf = BanglaPaper(self.fonts)
        pdf.set_margins(MARGIN, MARGIN, MARGIN)
        pdf.set_auto_page_break(auto=False)
        pdf.set_title(self.table.title)
        pdf.set_creator("Mikrof E-Passbook")
        pdf.set_lang(self.table.language)
        return pdf

    @cached_property
    def fit(self) -> Fit:
        """The paper, the size of the letters and the widths with which no word runs into its neighbour."""
        measure = Measure(self.pdf.width_of, BOLD, REGULAR, SMALL)
        return fit(self.table.columns, self.table.language, measure, beside=2 * MARGIN, within=2 * PADDING)

    def _add_page(self) -> None:
        self.pdf.add_page(orientation=self.fit.orientation, format=self.fit.paper)
        if self.table.mark:
            self.pdf.write_across(self.table.mark, REGULAR)

    def write(self, out: IO[bytes]) -> None:
        """Write everything."""
        self._add_page()
        self.pdf.set_line_width(0.15)
        self._head()
        self._headings()
        for line in self.table.lines:
            self._line(line)
        self._feet()
        out.write(self.pdf.output())

    def _head(self) -> None:
        top = MARGIN + 5
        self._write((MARGIN, top), self.table.title, BOLD, TITLE)
        said = "   ".join(f"{name}: {value}" for name, value in self.table.head)
        for part in self._broken(said, self.pdf.epw, REGULAR, BODY):
            top += LEADING + 1
            self._write((MARGIN, top), part, REGULAR, BODY)
        self.pdf.set_xy(MARGIN, top + 3)

    def _headings(self) -> None:
        self.pdf.set_fill_color(232, 240, 238)
        self._cells([column.heading for column in self.table.columns], BOLD, fill=True)

    def _line(self, line: Line) -> None:
        language = self.table.language
        texts = [
            shown(column, cell, language) for column, cell in zip(self.table.columns, line.cells, strict=True)
        ]
        if line.kind is not RowKind.ROW and not texts[0]:
            texts[0] = row_label(line.kind, language)
        self._cells(texts, REGULAR if line.kind is RowKind.ROW else BOLD, fill=False)

    @property
    def leading(self) -> float:
        """From line to line of the table, in millimetres."""
        return LEADING * self.fit.size / SMALL

    def _cells(self, texts: Sequence[str], style: str, *, fill: bool) -> None:
        """Write one line of the table, each text in as many lines as it needs, on a page that holds it."""
        broken = [
            self._broken(text, width - 2 * PADDING, style, self.fit.size)
            for text, width in zip(texts, self.fit.widths, strict=True)
        ]
        height = max(len(parts) for parts in broken) * self.leading + 1
        if self.pdf.get_y() + height > self.pdf.h - FOOT and not fill:
            self._add_page()
            self._headings()
        left, top = MARGIN, self.pdf.get_y()
        for parts, column, width in zip(broken, self.table.columns, self.fit.widths, strict=True):
            self.pdf.rect(left, top, width, height, style="DF" if fill else "D")
            self._cell(parts, column, (left, top, width), style)
            left += width
        self.pdf.set_xy(MARGIN, top + height)

    def _cell(
        self, parts: Sequence[str], column: Column, place: tuple[float, float, float], style: str
    ) -> None:
        left, top, width = place
        for at, part in enumerate(parts):
            free = width - 2 * PADDING - self.pdf.width_of(part, style, self.fit.size)
            indent = PADDING + (free if column.kind in FIGURES else 0)
            self._write((left + indent, top + 0.6 + (at + 0.72) * self.leading), part, style, self.fit.size)

    def _write(self, place: tuple[float, float], text: str, style: str, size: float) -> None:
        self.pdf.write_text(place, text, style, size)

    def _broken(self, text: str, width: float, style: str, size: float) -> list[str]:
        """Return a text in lines that fit; a code or number that is too long for one goes on in the next.

        A word in letters that fits nowhere sticks out: nothing is hidden, and no conjunct is torn.
        """
        if not text or self._fits(text, width, style, size):
            return [text]
        lines = [""]
        for word in text.split(" "):
            longer = f"{lines[-1]} {word}".strip()
            if not lines[-1] or self._fits(longer, width, style, size):
                lines[-1] = longer
            else:
                lines.append(word)
            lines[-1:] = self._torn(lines[-1], width, style, size)
        return lines

    def _torn(self, word: str, width: float, style: str, size: float) -> list[str]:
        """Return a word in pieces that fit where it is a code; else as it is."""
        pieces, rest = list[str](), word
        while CODE.fullmatch(rest) and self.pdf.width_of(rest, style, size) > width:
            fits = max(1, sum(1 for at in range(1, len(rest)) if self._fits(rest[:at], width, style, size)))
            pieces.append(rest[:fits])
            rest = rest[fits:]
        return [*pieces, rest]

    def _fits(self, text: str, width: float, style: str, size: float) -> bool:
        return self.pdf.width_of(text, style, size) <= width

    def _feet(self) -> None:
        """Write the foot of every page, now that one knows how many there are."""
        language, pages = self.table.language, self.pdf.pages_count
        made = "   ".join(f"{name}: {value}" for name, value in self.table.head[-2:])
        for page in range(1, pages + 1):
            self.pdf.page = page
            counted = label("foot.page", language=language).format(
                page=number(page, language), pages=number(pages, language)
            )
            right = self.pdf.w - MARGIN - self.pdf.width_of(counted, REGULAR, SMALL)
            self._write((MARGIN, self.pdf.h - FOOT + 6), made, REGULAR, SMALL)
            self._mark()
            self._write((right, self.pdf.h - FOOT + 6), counted, REGULAR, SMALL)

    def _mark(self) -> None:
        """Write the mark above the foot, smaller where it is long: nothing of it is left out."""
        width = self.pdf.width_of(self.table.mark, REGULAR, SMALL)
        size = SMALL * min(1, self.pdf.epw / width) if width else SMALL
        self._write((MARGIN, self.pdf.h - FOOT + 3), self.table.mark, REGULAR, size)

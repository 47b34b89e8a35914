"""Letters on paper: one page of A4 for each member, in her language, with Bangla as it is printed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from gateway.rendering.paper import BOLD, REGULAR, BanglaPaper

MARGIN, TOP = 20.0, 24.0
TITLE, BODY, SMALL = 14.0, 11.0, 8.0
LEADING = 6.0
"""From line to line of a paragraph, in millimetres."""
PARAGRAPH = 3.0
"""What stands free between two paragraphs."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter, every text in the language of whoever gets it.

    Attributes:
        title: What it is.
        head: To whom, a line each.
        said: Its paragraphs before the figures.
        figures: What stands on the left and on the right of each line of figures.
        answer: Its paragraphs after them, and the lines on which she answers.
        foot: By whom and when it was printed, and from what it was drawn.
    """

    title: str
    head: tuple[str, ...]
    said: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    answer: tuple[str, ...]
    foot: str


def write_letters(letters: Iterable[Letter], out: IO[bytes], fonts: Path) -> None:
    """Write letters, each on a page of its own; a long one goes on on the next.

    Args:
        letters: What is written.
        out: Where it is written.
        fonts: The folder with Noto Sans Bengali, as the front end's build lays it down.
    """
    pdf = BanglaPaper(fonts)
    pdf.set_margins(MARGIN, TOP, MARGIN)
    pdf.set_auto_page_break(auto=False)
    pdf.set_creator("Mikrof E-Passbook")
    for letter in letters:
        _Page(pdf, letter).write()
    out.write(pdf.output())


class _Page:
    """A letter in the making: where the next line stands."""

    def __init__(self, pdf: BanglaPaper, letter: Letter) -> None:
        self.pdf, self.letter = pdf, letter
        self.top = TOP

    def write(self) -> None:
        """Write all of it."""
        self._begin()
        self._paragraph(self.letter.title, BOLD, TITLE)
        for line in self.letter.head:
            self._lines(line, REGULAR, BODY)
        self.top += PARAGRAPH
        for text in self.letter.said:
            self._paragraph(text, REGULAR, BODY)
        for left, right in self.letter.figures:
            self._figure(left, right)
        self.top += PARAGRAPH
        for text in self.letter.answer:
            self._paragraph(text, REGULAR, BODY)

    def _begin(self) -> None:
        self.pdf.add_page(orientation="portrait", format="A4")
        self.top = TOP
        self.pdf.write_text((MARGIN, self.pdf.h - MARGIN / 2), self.letter.foot, REGULAR, SMALL)

    def _paragraph(self, text: str, style: str, size: float) -> None:
        self._lines(text, style, size)
        self.top += PARAGRAPH

    def _lines(self, text: str, style: str, size: float) -> None:
        for line in broken(self.pdf, text, style, size):
            self._room()
            self.pdf.write_text((MARGIN, self.top), line, style, size)
            self.top += LEADING

    def _figure(self, left: str, right: str) -> None:
        """Write what stands on the left, and the figure on the right of the next line, over a thin rule."""
        width = self.pdf.width_of(right, BOLD, BODY)
        self._lines(left, REGULAR, BODY)
        self._room()
        line, self.top = self.top, self.top + LEADING
        self.pdf.write_text((self.pdf.w - MARGIN - width, line), right, BOLD, BODY)
        self.pdf.set_line_width(0.15)
        self.pdf.line(MARGIN, line + 2, self.pdf.w - MARGIN, line + 2)
        self.top += 1.5

    def _room(self) -> None:
        if self.top > self.pdf.h - MARGIN:
            self._begin()


def broken(pdf: BanglaPaper, text: str, style: str, size: float) -> Iterator[str]:
    """Yield a text in lines that fit between the margins; no word is torn, so that no conjunct is."""
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}".strip()
        if line and pdf.width_of(longer, style, size) > pdf.epw:
            yield line
            line = word
        else:
            line = longer
    yield line

"""Paper for Bangla: a PDF whose texts are shaped run by run, each with the font that has its letters."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from math import atan2, cos, hypot, sin
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.fonts import TTFFont
from fpdf.line_break import Fragment

BANGLA, LATIN = "bangla", "latin"
REGULAR, BOLD = "", "B"
FILES = {
    (BANGLA, REGULAR): "noto-sans-bengali-bengali-400-normal",
    (BANGLA, BOLD): "noto-sans-bengali-bengali-600-normal",
    (LATIN, REGULAR): "noto-sans-bengali-latin-400-normal",
    (LATIN, BOLD): "noto-sans-bengali-latin-600-normal",
}
_LETTERS = "\u0951\u0952\u0964\u0965\u0980-\u09fe\u200c\u200d\u25cc"
_RUNS = re.compile(f"(?P<bangla>[{_LETTERS}](?:[{_LETTERS} ]*[{_LETTERS}])?)|[^{_LETTERS}]+")
SHAPING: dict[str, Any] = {"use_shaping_engine": True, "features": {}}
INK, PALE = 0, 0.88
"""Grey levels: black is 0."""
ACROSS = 0.8
"""How much of a page's diagonal a text across it takes."""
REMEMBERED = 8_192
"""How many shaped runs are kept: names come again and again in a report."""


class BanglaPaper(FPDF):
    """Pages with Noto Sans Bengali.

    The library takes a joiner (ZWJ) for a run of its own, which breaks «র‍্যা»; here a run is whatever one font
    can write, and Latin needs no shaping.
    """

    def __init__(self, fonts: Path) -> None:
        """Begin a document; `fonts` is the folder with the fonts of `FILES`."""
        super().__init__(unit="mm")
        unpacked = unpacked_fonts(fonts)
        for (family, style), name in FILES.items():
            self.add_font(family, style, unpacked / f"{name}.ttf")
        self.glyphs = lru_cache(REMEMBERED)(self._glyphs)
        self.run_width = lru_cache(REMEMBERED)(self._run_width)

    def write_text(self, place: tuple[float, float], text: str, style: str, size: float) -> None:
        """Write one line with its baseline at a place, each run from where the one before has ended.

        What the library does with a fragment is asked for directly: its own ways tell runs apart by letters.
        """
        left, baseline = place
        for family, run in _runs_of(text):
            origin = f"1 0 0 1 {left * self.k:.2f} {(self.h - baseline) * self.k:.2f} cm"
            self._write_run(f"{origin} BT {INK} g", (family, run), style, size)
            left += self.run_width(family, run, style, size)

    def write_across(self, text: str, style: str) -> None:
        """Write a text pale from the lower left to the upper right, so that what lies on it can be read."""
        angle = atan2(self.h, self.w)
        along, up = cos(angle), sin(angle)
        size = ACROSS * hypot(self.w, self.h) / self.width_of(text, style, 1)
        length = self.width_of(text, style, size)
        left, low = (self.w - along * length) / 2, (self.h - up * length) / 2
        for family, run in _runs_of(text):
            turned = f"{along:.4f} {up:.4f} {-up:.4f} {along:.4f}"
            origin = f"{turned} {left * self.k:.2f} {low * self.k:.2f} cm"
            self._write_run(f"{origin} BT {PALE} g", (family, run), style, size)
            width = self.run_width(family, run, style, size)
            left, low = left + along * width, low + up * width

    def _write_run(self, begin: str, run: tuple[str, str], style: str, size: float) -> None:
        font = self._set_font_for_page(self.fonts[run[0] + style], size, wrap_in_text_object=False)
        self._out(f"q {begin} {font} 0 0 Td {self.glyphs(*run, style, size)} ET Q")

    def width_of(self, text: str, style: str, size: float) -> float:
        """Return how wide a line is, in millimetres."""
        return sum(self.run_width(family, run, style, size) for family, run in _runs_of(text))

    def _glyphs(self, family: str, run: str, style: str, size: float) -> str:
        self.set_font(family, style, size)
        state = self._get_current_graphics_state()
        state.text_shaping = SHAPING if family == BANGLA else None
        return Fragment(run, state, self.k).render_pdf_text(0, 0, 0, 0, 0, 0)

    def _run_width(self, family: str, run: str, style: str, size: float) -> float:
        font = self.fonts[family + style]
        assert isinstance(font, TTFFont)
        return font.get_text_width(run, size, SHAPING if family == BANGLA else None)[1] / self.k


def _runs_of(text: str) -> Iterator[tuple[str, str]]:
    for found in _RUNS.finditer(text):
        yield (BANGLA if found["bangla"] else LATIN), found[0]


@cache
def unpacked_fonts(fonts: Path) -> Path:
    """Return a folder with the fonts as they are embedded; unpacked once a process, which takes a second."""
    folder = Path(mkdtemp(prefix="paper-fonts-"))
    for name in FILES.values():
        font = TTFont(fonts / f"{name}.woff2")
        font.flavor = None
        font.save(folder / f"{name}.ttf")
    return folder

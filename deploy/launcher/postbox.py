"""Messages to members, shown on the console as the local sender keeps them: what her phone would show."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TextIO


class Postbox:
    """Follows one file from its end on; one that was put aside or is not there yet is looked for again."""

    def __init__(self, kept: Path, say: Callable[[str], None]) -> None:
        self._kept = kept
        self._say = say
        self._lines: TextIO | None = None
        self._file = 0
        self._begun = ""
        self._reopen(at_end=True)

    def look(self) -> None:
        """Show what has come since the last look; a line that is half written is left for the next one."""
        self._reopen(at_end=False)
        for line in self._lines or ():
            self._begun += line
            if self._begun.endswith("\n"):
                self._say(f"  ✉ {json.loads(self._begun)['text']}")
                self._begun = ""

    def close(self) -> None:
        """Let the file go."""
        if self._lines is not None:
            self._lines.close()
            self._lines = None

    def _reopen(self, *, at_end: bool) -> None:
        try:
            file = self._kept.stat().st_ino
        except FileNotFoundError:
            return
        if self._lines is not None and file == self._file:
            return
        self.close()
        self._file = file
        self._begun = ""
        self._lines = self._kept.open(encoding="utf-8", errors="replace")
        if at_end:
            self._lines.seek(0, 2)

"""Messages to members, shown on the console as the local sender writes them: what her phone would show."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

WRITTEN = re.compile(r"\] message .*?\btext=(?P<quote>['\"])(?P<text>.*)(?P=quote)\s*$")


class Postbox:
    """Follows one log from its end on; a log that was put aside or is not there yet is looked for again."""

    def __init__(self, log: Path, say: Callable[[str], None]) -> None:
        self._log = log
        self._say = say
        self._lines: TextIO | None = None
        self._file = 0
        self._reopen(at_end=True)

    def look(self) -> None:
        """Show what has come since the last look."""
        self._reopen(at_end=False)
        for line in self._lines or ():
            found = WRITTEN.search(line)
            if found:
                self._say(f"  ✉ {found['text']}")

    def close(self) -> None:
        """Let the log go."""
        if self._lines is not None:
            self._lines.close()
            self._lines = None

    def _reopen(self, *, at_end: bool) -> None:
        try:
            file = self._log.stat().st_ino
        except FileNotFoundError:
            return
        if self._lines is not None and file == self._file:
            return
        self.close()
        self._file = file
        self._lines = self._log.open(encoding="utf-8", errors="replace")
        if at_end:
            self._lines.seek(0, 2)

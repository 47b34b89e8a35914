"""The registers of published seals: a file an office, only added to, each line on the disk before the next.

The folder belongs on another disk than the database, or on a medium that is written once.
"""

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from transactions.domain.published import PublishedSeal, published_seal, unpublished

_LINE_END = b"\n"


@dataclass(frozen=True, slots=True)
class SealRegisters:
    """The folder of registers."""

    folder: Path

    def lines(self, office_id: str) -> tuple[str, ...]:
        """Return the lines of an office's register, the oldest first; none where it has no register."""
        try:
            written = self._file(office_id).read_bytes()
        except FileNotFoundError:
            return ()
        return tuple(written[: _whole(written)].decode(errors="replace").splitlines())

    def office_ids(self) -> frozenset[str]:
        """Return the offices that have a register."""
        return frozenset(file.stem for file in self.folder.glob("*.jsonl"))

    def last(self, office_id: str) -> PublishedSeal | None:
        """Return an office's newest published seal."""
        return _last(self.lines(office_id))

    def append(self, office_id: str, kept: Sequence[PublishedSeal]) -> int:
        """Write the seals that the register lacks, and return how many when they are on the disk.

        Two processes take turns. A line that a power cut left half written is no line and is taken away.

        Args:
            office_id: Whose register.
            kept: The office's seals from the last published one on, in the order of their chain.

        Raises:
            RegisterDisagrees: as `unpublished`.
        """
        with self._held(office_id) as register:
            written = os.pread(register, os.fstat(register).st_size, 0)
            whole = _whole(written)
            missing = unpublished(kept, _last(written[:whole].decode().splitlines()))
            if missing:
                os.ftruncate(register, whole)
                os.lseek(register, 0, os.SEEK_END)
                _write(register, b"".join(one.line().encode() + _LINE_END for one in missing))
                os.fsync(register)
        return len(missing)

    @contextmanager
    def _held(self, office_id: str) -> Iterator[int]:
        self.folder.mkdir(parents=True, exist_ok=True)
        register = os.open(self._file(office_id), os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(register, fcntl.LOCK_EX)
            yield register
            _keep_name(self.folder)
        finally:
            os.close(register)

    def _file(self, office_id: str) -> Path:
        return self.folder / f"{office_id}.jsonl"


def _last(lines: Sequence[str]) -> PublishedSeal | None:
    return published_seal(lines[-1]) if lines else None


def _whole(written: bytes) -> int:
    return written.rfind(_LINE_END) + 1


def _write(register: int, data: bytes) -> None:
    while data:
        data = data[os.write(register, data) :]


def _keep_name(folder: Path) -> None:
    """Let the folder's own entry reach the disk, without which a new file is lost in a power cut."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)

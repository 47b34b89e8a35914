"""The seal of a branch day: a Merkle tree over its rows, whose signed root chains to the seal before. Pure.

A leaf is the salted hash of one member row's postings in a canonical form without personal data: without its
salt nobody can guess what it says, and with it one row can be proved without showing the others. The form has
a version: the first sealed the money alone, the second also who made and checked an entry, and its papers.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import groupby

FORMAT = 2
NOTHING_BEFORE = bytes(32)
SALT_BYTES = 16
_MONEY_ALONE = 1
_LEAF, _NODE, _EMPTY = b"\x00", b"\x01", b"\x02"
_PURPOSE = "mikrof-seal"


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedEntry:
    """What a posting's entry says beside the money.

    Attributes:
        papers: The numbers under which it stands on paper: its voucher and its receipt.
    """

    office_id: str
    business_on: date
    kind: str
    people: tuple[str | None, ...]
    reverses: tuple[str | None, ...]
    reason: str | None
    fingerprint: str | None
    papers: tuple[str | None, ...]
    recorded_at: datetime

    def canonical(self) -> list[object]:
        """Return it as it is hashed; what people wrote themselves stands for its own hash."""
        return [
            self.office_id,
            self.business_on.isoformat(),
            self.kind,
            list(self.people),
            list(self.reverses),
            None if self.reason is None else sha256(self.reason.encode()).hexdigest(),
            self.fingerprint,
            list(self.papers),
            self.recorded_at.astimezone(UTC).isoformat(),
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedPosting:
    """One posting as a seal sees it; amounts in paisa."""

    entry_id: str
    row_id: str | None
    number: int
    account_id: str
    side: str
    amount: int
    sequence: int
    balance_after: int
    value_on: date
    receipt: str | None
    entry: SealedEntry


@dataclass(frozen=True, slots=True)
class Leaf:
    """One row of a day: all postings of one entry that bear the same row id (or none)."""

    entry_id: str
    row_id: str | None
    postings: tuple[SealedPosting, ...]

    def hash(self, salt: bytes, version: int = FORMAT) -> bytes:
        """Return its salted hash, in one version of the canonical form."""
        return sha256(_LEAF + salt + self._canonical(version)).digest()

    def _canonical(self, version: int) -> bytes:
        lines: list[list[object]] = [
            [
                line.number,
                line.account_id,
                line.side,
                line.amount,
                line.sequence,
                line.balance_after,
                line.value_on.isoformat(),
            ]
            for line in self.postings
        ]
        if version == _MONEY_ALONE:
            return _canonical([version, self.entry_id, self.row_id, lines])
        receipts = [line.receipt for line in self.postings]
        entry = self.postings[0].entry.canonical()
        return _canonical([version, self.entry_id, self.row_id, lines, receipts, entry])


@dataclass(frozen=True, slots=True)
class SealedLeaf:
    """What is kept of a leaf beside its seal; without it, only the branch day can be proved."""

    entry_id: str
    row_id: str | None
    salt: bytes
    hash: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What is signed when a day is closed; `number` 2 and up are supplements of a reopened day (M16).

    Attributes:
        leaves: How many leaves the tree has.
        root: The tree's root.
        previous: The digest of the office's seal before this one.
        version: Of the canonical form in which its leaves are hashed.
    """

    office_id: str
    on: date
    number: int
    leaves: int
    root: bytes
    previous: bytes
    version: int = FORMAT

    def statement(self) -> bytes:
        """Return the bytes that are signed; the purpose keeps them apart from all else that is signed."""
        return _canonical(
            [
                _PURPOSE,
                self.version,
                self.office_id,
                self.on.isoformat(),
                self.number,
                self.leaves,
                self.root.hex(),
                self.previous.hex(),
            ]
        )

    def digest(self) -> bytes:
        """Return what the next seal of the office names as the one before it."""
        return sha256(self.statement()).digest()


def leaves_of(postings: Iterable[SealedPosting]) -> tuple[Leaf, ...]:
    """Return a day's leaves in their one order: by entry, then by row, the cash side first."""

    def row(line: SealedPosting) -> tuple[str, str]:
        return line.entry_id, line.row_id or ""

    ordered = sorted(postings, key=lambda line: (*row(line), line.number))
    return tuple(
        Leaf(entry_id, row_id or None, tuple(lines))
        for (entry_id, row_id), lines in groupby(ordered, key=row)
    )


def altered_rows(
    kept: Iterable[SealedLeaf], postings: Iterable[SealedPosting], version: int = FORMAT
) -> tuple[str, ...]:
    """Name the rows of which the postings are no longer what was sealed, as `entry/row`."""
    now = {(leaf.entry_id, leaf.row_id): leaf for leaf in leaves_of(postings)}
    altered = []
    for sealed in kept:
        leaf = now.pop((sealed.entry_id, sealed.row_id), None)
        if leaf is None or leaf.hash(sealed.salt, version) != sealed.hash:
            altered.append(f"{sealed.entry_id}/{sealed.row_id or 'cash'}")
    return (*altered, *(f"{entry_id}/{row_id or 'cash'}" for entry_id, row_id in now))


def root_of(hashes: Sequence[bytes]) -> bytes:
    """Return the root over leaf hashes; one that has no partner goes up a level as it is."""
    if not hashes:
        return sha256(_EMPTY).digest()
    level = list(hashes)
    while len(level) > 1:
        level = list(_level_above(level))
    return level[0]


def _level_above(level: Sequence[bytes]) -> Iterator[bytes]:
    for left in range(0, len(level) - 1, 2):
        yield sha256(_NODE + level[left] + level[left + 1]).digest()
    if len(level) % 2:
        yield level[-1]


def _canonical(value: list[object]) -> bytes:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode()

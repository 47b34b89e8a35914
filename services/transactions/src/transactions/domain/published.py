"""Seals outside the database: a line each in their office's register, for whoever has the public key. Pure.

What is published cannot be rewritten together with the database: `verify` compares the two.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import dropwhile

from transactions.domain.coherence import Fault, Verify
from transactions.domain.seal import NOTHING_BEFORE, Seal

SOON = timedelta(minutes=15)
"""A seal that is younger may still be on its way to the register."""


class RegisterDisagrees(Exception):
    """The register's last seal is none of the database's: one of the two was changed, or restored."""


@dataclass(frozen=True, slots=True)
class PublishedSeal:
    """A seal with all that an outsider needs to check it."""

    seal: Seal
    signature: bytes
    office_code: str
    sealed_at: datetime

    @property
    def place(self) -> tuple[date, int]:
        """Return its place in the office's chain."""
        return self.seal.on, self.seal.number

    @property
    def name(self) -> str:
        """Return what a fault calls it."""
        return f"{self.seal.office_id} {self.seal.on.isoformat()} {self.seal.number}"

    def line(self) -> str:
        """Return its line of the register."""
        return json.dumps(
            {
                "format": self.seal.version,
                "office_id": self.seal.office_id,
                "office": self.office_code,
                "on": self.seal.on.isoformat(),
                "number": self.seal.number,
                "leaves": self.seal.leaves,
                "root": self.seal.root.hex(),
                "previous": self.seal.previous.hex(),
                "signature": self.signature.hex(),
                "sealed_at": self.sealed_at.astimezone(UTC).isoformat(),
            }
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalOfDay:
    """What one ledger moved on a closed day, and its balance after it: debits less credits, in paisa."""

    ledger: str
    debits: int
    credits: int
    balance: int


def published_seal(line: str) -> PublishedSeal:
    """Read a line of a register.

    Raises:
        ValueError: it is none.
    """
    try:
        said = json.loads(line)
        return PublishedSeal(
            Seal(
                office_id=said["office_id"],
                on=date.fromisoformat(said["on"]),
                number=said["number"],
                leaves=said["leaves"],
                root=bytes.fromhex(said["root"]),
                previous=bytes.fromhex(said["previous"]),
                version=said["format"],
            ),
            bytes.fromhex(said["signature"]),
            said["office"],
            datetime.fromisoformat(said["sealed_at"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"no line of a register: {line[:80]}") from error


def unpublished(kept: Sequence[PublishedSeal], last: PublishedSeal | None) -> tuple[PublishedSeal, ...]:
    """Return the seals of an office that follow the register's last one.

    Args:
        kept: The office's seals from the last one's day on, in the order of their chain.
        last: The register's last line, if it has any.

    Raises:
        RegisterDisagrees: the last one is not among them.
    """
    if last is None:
        return tuple(kept)
    digest = last.seal.digest()
    known = tuple(dropwhile(lambda one: one.seal.digest() != digest, kept))
    if not known:
        raise RegisterDisagrees(f"the register's last seal, {last.name}, is not in the database")
    return known[1:]


def faults_of_register(
    office_id: str, lines: Iterable[str], kept: Sequence[PublishedSeal], verify: Verify, now: datetime
) -> Iterator[Fault]:
    """Compare an office's register with the seals that the database keeps.

    Args:
        office_id: Whose.
        lines: Of the register, the oldest first.
        kept: All of the office's seals, in the order of their chain.
        verify: Tells whether a signature holds for a statement.
        now: When it is asked; a seal of the last minutes may be on its way, or later than what is asked.
    """
    published: list[PublishedSeal] = []
    for number, line in enumerate(lines, start=1):
        try:
            published.append(published_seal(line))
        except ValueError:
            yield Fault("PUBLISHED_LINE_UNREADABLE", f"{office_id} line {number}")
    yield from _faults_of_lines(published, verify)
    yield from _differences(published, kept, now)


def _faults_of_lines(published: Iterable[PublishedSeal], verify: Verify) -> Iterator[Fault]:
    previous = NOTHING_BEFORE
    for one in published:
        if not verify(one.signature, one.seal.statement()):
            yield Fault("PUBLISHED_SIGNATURE_FALSE", one.name)
        if one.seal.previous != previous:
            yield Fault("PUBLISHED_CHAIN_BROKEN", one.name)
        previous = one.seal.digest()


def _differences(
    published: Iterable[PublishedSeal], kept: Iterable[PublishedSeal], now: datetime
) -> Iterator[Fault]:
    outside = {one.place: one for one in published}
    for one in kept:
        found = outside.pop(one.place, None)
        if found is None and now - one.sealed_at > SOON:
            yield Fault("SEAL_NOT_PUBLISHED", one.name)
        if found is not None and found.seal.digest() != one.seal.digest():
            yield Fault("SEAL_IS_NOT_THE_PUBLISHED_ONE", one.name)
    for one in outside.values():
        if now - one.sealed_at > SOON:
            yield Fault("PUBLISHED_SEAL_NOT_IN_THE_BOOK", one.name)

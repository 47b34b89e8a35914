"""A member's passbook: what is pending, in the book, struck and reversed, in one order. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from contracts.errors import InvalidPayload
from contracts.money import Paisa
from contracts.transactions.ledger_words import Direction, LineStatus
from contracts.transactions.lending_endings_words import FeeKind
from transactions.domain.chart import Side

LINES = 30
"""How many lines of the book a page of a passbook shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldLine:
    """A row of a collection sheet that is not in the book: pending, struck, or nothing received.

    Attributes:
        account_id: Hers; None for money that could not be allocated yet (rule M5), and for a fee.
        amount: Paisa; None where nothing was received.
        value_on: The day of the meeting.
        reason: Why a row was struck, or nothing received.
        related_line_id: The line that took a struck one's place.
        paid_out: It went to her.
    """

    line_id: str
    row_id: str
    status: LineStatus
    value_on: date
    recorded_at: datetime
    account_id: str | None = None
    amount: Paisa | None = None
    officer_id: str | None = None
    receipt_number: str | None = None
    reason: str | None = None
    related_line_id: str | None = None
    fee: FeeKind | None = None
    paid_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BookLine:
    """A posting on her account as the ledger keeps it.

    Attributes:
        sequence: Its place in the account; there are no gaps.
        kind: Which deed brought it.
        amount: Paisa; on a loan, principal and service charge together.
        charge: Of it, the service charge; None where the account is no loan.
        balance_after: Paisa; on a loan, the principal that is still owed.
        reverses_line_id: The line that this one undoes, where it is a correction (rule M12).
        reversed_by_line_id: The correction that undid this one.
        fee: Which fee it is; its account is the branch's, and what that holds is none of her balances.
    """

    account_id: str
    sequence: int
    entry_id: str
    row_id: str
    kind: str
    side: Side
    amount: Paisa
    balance_after: Paisa
    business_on: date
    value_on: date
    recorded_at: datetime
    officer_id: str | None
    receipt_number: str | None
    reason: str | None
    reverses_line_id: str | None = None
    reversed_by_line_id: str | None = None
    charge: Paisa | None = None
    fee: FeeKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line as she reads it; money in paisa."""

    line_id: str
    account_id: str | None
    entry_id: str | None
    row_id: str
    status: LineStatus
    direction: Direction
    amount: Paisa | None
    balance_after: Paisa | None
    business_on: date | None
    value_on: date
    recorded_at: datetime
    officer_id: str | None
    receipt_number: str | None
    receipt_final: bool
    reason: str | None
    related_line_id: str | None
    kind: str | None
    principal: Paisa | None = None
    service_charge: Paisa | None = None
    fee: FeeKind | None = None


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page of an account's lines ended: the oldest posting that it showed."""

    sequence: int
    recorded_at: datetime

    def __str__(self) -> str:
        return f"{self.sequence}@{self.recorded_at.isoformat()}"

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """Return the cursor that a text says.

        Raises:
            InvalidPayload: it is none.
        """
        sequence, _, recorded_at = text.partition("@")
        try:
            cursor = cls(int(sequence), datetime.fromisoformat(recorded_at))
        except ValueError:
            raise InvalidPayload.of(before="CURSOR") from None
        if cursor.recorded_at.tzinfo is None:
            raise InvalidPayload.of(before="CURSOR")
        return cursor


def line_id_of(entry_id: str, row_id: str) -> str:
    """Return the name of a line in the book."""
    return f"{entry_id}:{row_id}"


def of_book(line: BookLine) -> Line:
    """Return a posting as a member reads it: what she gave is credited, to her savings or her loan."""
    return Line(
        line_id=line_id_of(line.entry_id, line.row_id),
        account_id=None if line.fee else line.account_id,
        entry_id=line.entry_id,
        row_id=line.row_id,
        status=_status(line),
        direction=Direction.DEPOSIT if line.side is Side.CREDIT else Direction.WITHDRAWAL,
        amount=line.amount,
        balance_after=None if line.fee else line.balance_after,
        business_on=line.business_on,
        value_on=line.value_on,
        recorded_at=line.recorded_at,
        officer_id=line.officer_id,
        receipt_number=line.receipt_number,
        receipt_final=True,
        reason=line.reason,
        related_line_id=line.reverses_line_id or line.reversed_by_line_id,
        kind=line.kind,
        principal=None if line.charge is None else Paisa(line.amount - line.charge),
        service_charge=line.charge,
        fee=line.fee,
    )


def of_field(line: FieldLine) -> Line:
    """Return a row that is not in the book as a member reads it: without a balance."""
    return Line(
        line_id=line.line_id,
        account_id=line.account_id,
        entry_id=None,
        row_id=line.row_id,
        status=line.status,
        direction=_direction(line),
        amount=line.amount,
        balance_after=None,
        business_on=None,
        value_on=line.value_on,
        recorded_at=line.recorded_at,
        officer_id=line.officer_id,
        receipt_number=line.receipt_number,
        receipt_final=False,
        reason=line.reason,
        related_line_id=line.related_line_id,
        kind=None,
        fee=line.fee,
    )


def _direction(line: FieldLine) -> Direction:
    if line.amount is None:
        return Direction.NONE
    return Direction.WITHDRAWAL if line.paid_out else Direction.DEPOSIT


def _status(line: BookLine) -> LineStatus:
    if line.reverses_line_id is not None:
        return LineStatus.REVERSAL
    if line.reversed_by_line_id is not None:
        return LineStatus.REVERSED
    return LineStatus.CONFIRMED


def newest(lines: Iterable[BookLine], limit: int = LINES) -> tuple[BookLine, ...]:
    """Return the newest postings over several accounts, the newest first."""
    ordered = sorted(lines, key=lambda line: (line.recorded_at, line.sequence), reverse=True)
    return tuple(ordered[:limit])


def reaches_back_to(book: Sequence[BookLine], limit: int = LINES) -> datetime | None:
    """Return the instant after which a page shows lines; None where it shows all there are."""
    return book[-1].recorded_at if len(book) >= limit else None


def merged(book: Iterable[BookLine], field: Iterable[FieldLine]) -> tuple[Line, ...]:
    """Return lines of both kinds, the newest first; what is still pending stands above all."""
    lines = [*map(of_book, book), *map(of_field, field)]
    waits = LineStatus.PENDING
    return tuple(sorted(lines, key=lambda line: (line.status is waits, line.recorded_at), reverse=True))


def next_page(book: Sequence[BookLine], limit: int = LINES) -> str | None:
    """Return where the next page of one account goes on; None at the end."""
    if len(book) < limit or book[-1].sequence == 1:
        return None
    return str(Cursor(book[-1].sequence, book[-1].recorded_at))

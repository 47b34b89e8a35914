"""What offices send or charge each other: two legs through in transit, each on its own day (L6). Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from contracts.errors import InvalidPayload
from contracts.money import PAISA_PER_TAKA, Paisa
from contracts.transactions.book_errors import (
    NotItsOffice,
    RemittanceMisfit,
    RemittanceNotSent,
    RemittanceTaken,
    RemittanceToItself,
)
from contracts.transactions.chart_errors import LedgerControlled
from contracts.transactions.remittance_words import HeldIn, RemittanceState
from transactions.domain.book.additions import BankAccount
from transactions.domain.book.manual import BY_HAND, Line, require_line
from transactions.domain.chart import Chart, Ledgers, Side
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry, EntryKind, Posting
from transactions.domain.requests import fingerprint


@dataclass(frozen=True, slots=True)
class Place:
    """From where an office gives and where it takes: its vault, an account at a bank, or a ledger."""

    office_id: str
    held_in: HeldIn
    bank_account_id: str | None = None
    ledger: str | None = None

    @property
    def is_money(self) -> bool:
        """Whether money lies there; a ledger is only charged or relieved."""
        return self.held_in is not HeldIn.LEDGER

    def line(self, side: Side, amount: Paisa) -> Line:
        """Return what an entry says of it."""
        codes = {HeldIn.VAULT: Ledgers.VAULT.code, HeldIn.BANK: Ledgers.BANK.code}
        return Line(codes.get(self.held_in, str(self.ledger)), side, amount, self.bank_account_id)

    def require_kept(self, amount: Paisa, chart: Chart, banks: Collection[BankAccount]) -> None:
        """Let an amount be moved at a place that the office keeps.

        Raises:
            LedgerUnknown, LedgerSumsUp, LedgerControlled, BankAccountUnknown: as `require_line`; what holds
                money is no ledger to be charged.
            InvalidPayload: a ledger is missing or too much, or cash is not whole taka (rule M11).
        """
        if self.is_money and self.ledger is not None:
            raise InvalidPayload.of(ledger="UNKNOWN_FIELD")
        if self.held_in is HeldIn.VAULT and amount % PAISA_PER_TAKA:
            raise InvalidPayload.of(amount="WHOLE_TAKA_ONLY")
        if not self.is_money and self.ledger is None:
            raise InvalidPayload.of(ledger="REQUIRED")
        if not self.is_money and self.ledger in BY_HAND:
            raise LedgerControlled(ledger=self.ledger)
        require_line(self.line(Side.DEBIT, amount), chart, banks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remittance:
    """Money that one office sends to another; the id becomes the first leg's."""

    id: str
    place: Place
    to_office_id: str
    amount: Paisa
    narration: str
    reference: str
    maker_id: str
    made_at: datetime

    @property
    def from_office_id(self) -> str:
        """Who sends it."""
        return self.place.office_id

    @property
    def fingerprint(self) -> str:
        """By which a repeated request is known."""
        return fingerprint(
            "send_money",
            origin=self.from_office_id,
            target=self.to_office_id,
            held_in=self.place.held_in.value,
            bank=self.place.bank_account_id,
            ledger=self.place.ledger,
            amount=self.amount,
            narration=self.narration,
            reference=self.reference,
            maker_id=self.maker_id,
        )

    @property
    def lines(self) -> tuple[Line, Line]:
        """What the entry of its sending says: out of the place, onto the way."""
        return _on_the_way(Side.DEBIT, self.amount), self.place.line(Side.CREDIT, self.amount)

    def lines_of_taking(self, place: Place) -> tuple[Line, Line]:
        """Return what the entry of its taking says: off the way, to a place."""
        return place.line(Side.DEBIT, self.amount), _on_the_way(Side.CREDIT, self.amount)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """What was sent is taken in; the id becomes the second leg's."""

    id: str
    remittance_id: str
    place: Place
    reference: str
    maker_id: str
    made_at: datetime

    @property
    def fingerprint(self) -> str:
        """By which a repeated request is known."""
        return fingerprint(
            "take_money",
            remittance=self.remittance_id,
            office=self.place.office_id,
            held_in=self.place.held_in.value,
            bank=self.place.bank_account_id,
            ledger=self.place.ledger,
            reference=self.reference,
            maker_id=self.maker_id,
        )


def require_two_offices(remittance: Remittance) -> None:
    """Let money go from one office to another.

    Raises:
        RemittanceToItself: it would stay where it is.
    """
    if remittance.from_office_id == remittance.to_office_id:
        raise RemittanceToItself


def require_takable(remittance: Remittance, state: RemittanceState, place: Place) -> None:
    """Let be taken in what is on its way, where it was sent, or by who sent it.

    Raises:
        NotItsOffice: another office wants it.
        RemittanceMisfit: money would become a charge, or a charge money.
        RemittanceTaken: it was taken in.
        RemittanceNotSent: it never left.
    """
    if place.office_id not in {remittance.from_office_id, remittance.to_office_id}:
        raise NotItsOffice
    if place.is_money is not remittance.place.is_money:
        raise RemittanceMisfit
    if state in {RemittanceState.RECEIVED, RemittanceState.RETURNED}:
        raise RemittanceTaken
    if state is not RemittanceState.IN_TRANSIT:
        raise RemittanceNotSent


def entry_of_sending(remittance: Remittance, chart: Chart, day: OpenDay, checker_id: str) -> Entry:
    """Credit where it was, debit what is on its way."""
    return Entry(
        id=remittance.id,
        office_id=day.office_id,
        kind=EntryKind.REMITTANCE_OUT,
        business_on=day.on,
        value_on=day.on,
        maker_id=remittance.maker_id,
        checker_id=checker_id,
        reason=remittance.narration,
        postings=_postings(remittance.lines, remittance.id, day, chart),
    )


def entry_of_taking(
    remittance: Remittance, taking: Taking, chart: Chart, day: OpenDay, checker_id: str
) -> Entry:
    """Debit where it came, credit what was on its way."""
    return Entry(
        id=taking.id,
        office_id=day.office_id,
        kind=EntryKind.REMITTANCE_IN,
        business_on=day.on,
        value_on=day.on,
        maker_id=taking.maker_id,
        checker_id=checker_id,
        reason=remittance.narration,
        postings=_postings(remittance.lines_of_taking(taking.place), taking.id, day, chart),
    )


def _postings(lines: Iterable[Line], row_id: str, day: OpenDay, chart: Chart) -> tuple[Posting, ...]:
    return tuple(
        Posting(line.account(day.office_id, chart).id, line.side, line.amount, row_id) for line in lines
    )


def _on_the_way(side: Side, amount: Paisa) -> Line:
    return Line(Ledgers.IN_TRANSIT.code, side, amount)

"""Money between offices: two legs through in transit, each on its own office's day (rule L6). Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from contracts.errors import InvalidPayload
from contracts.money import PAISA_PER_TAKA, Paisa, format_taka
from contracts.transactions.book_errors import (
    NotItsOffice,
    RemittanceNotSent,
    RemittanceTaken,
    RemittanceToItself,
)
from contracts.transactions.chart_errors import BankAccountUnknown
from contracts.transactions.remittance_words import HeldIn, RemittanceState
from transactions.domain.chart import Ledgers, OfficeAccount, Side
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry, EntryKind, Posting
from transactions.domain.requests import fingerprint
from transactions.domain.transfers import in_transit

DAYS_ON_THE_WAY = 3
"""After how many days money that nobody took in is on the head office's list (rule L6)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an office keeps money: its vault, or an account at a bank."""

    office_id: str
    held_in: HeldIn
    bank_account_id: str | None = None

    @property
    def account(self) -> OfficeAccount:
        """The account of the book."""
        if self.held_in is HeldIn.VAULT:
            return OfficeAccount(Ledgers.VAULT, self.office_id)
        return OfficeAccount(Ledgers.BANK, self.office_id, self.bank_account_id)

    def require_kept(self, amount: Paisa, banks: Collection[str]) -> None:
        """Let money be moved at a place that the office keeps.

        Raises:
            BankAccountUnknown: it keeps no such account.
            InvalidPayload: cash is whole taka (rule M11).
        """
        is_bank = self.held_in is HeldIn.BANK
        if self.bank_account_id is not None and not (is_bank and self.bank_account_id in banks):
            raise BankAccountUnknown
        if not is_bank and amount % PAISA_PER_TAKA:
            raise InvalidPayload.of(amount="WHOLE_TAKA_ONLY")


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
            amount=self.amount,
            narration=self.narration,
            reference=self.reference,
            maker_id=self.maker_id,
        )

    def facts(self, names: dict[str, str]) -> dict[str, Any]:
        """Return what the checker compares with the paper."""
        return {
            **names,
            "amount": format_taka(self.amount),
            "evidence": self.reference,
            "reason": self.narration,
        }


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


def require_takable(remittance: Remittance, state: RemittanceState, office_id: str) -> None:
    """Let money be taken in that is on its way, where it was sent, or by who sent it.

    Raises:
        NotItsOffice: another office wants it.
        RemittanceTaken: it was taken in.
        RemittanceNotSent: it never left.
    """
    if office_id not in {remittance.from_office_id, remittance.to_office_id}:
        raise NotItsOffice
    if state in {RemittanceState.RECEIVED, RemittanceState.RETURNED}:
        raise RemittanceTaken
    if state is not RemittanceState.IN_TRANSIT:
        raise RemittanceNotSent


def entry_of_sending(remittance: Remittance, day: OpenDay, checker_id: str) -> Entry:
    """Credit where the money was, debit what is on its way."""
    accounts = (in_transit(day.office_id), remittance.place.account)
    return _leg(remittance, EntryKind.REMITTANCE_OUT, remittance.id, day, accounts, checker_id)


def entry_of_taking(remittance: Remittance, taking: Taking, day: OpenDay, checker_id: str) -> Entry:
    """Debit where the money came, credit what was on its way."""
    accounts = (taking.place.account, in_transit(day.office_id))
    made = Remittance(
        id=remittance.id,
        place=remittance.place,
        to_office_id=remittance.to_office_id,
        amount=remittance.amount,
        narration=remittance.narration,
        reference=taking.reference,
        maker_id=taking.maker_id,
        made_at=taking.made_at,
    )
    return _leg(made, EntryKind.REMITTANCE_IN, taking.id, day, accounts, checker_id)


def _leg(
    remittance: Remittance,
    kind: EntryKind,
    entry_id: str,
    day: OpenDay,
    accounts: tuple[OfficeAccount, OfficeAccount],
    checker_id: str,
) -> Entry:
    debited, credited = accounts
    return Entry(
        id=entry_id,
        office_id=day.office_id,
        kind=kind,
        business_on=day.on,
        value_on=day.on,
        maker_id=remittance.maker_id,
        checker_id=checker_id,
        reason=remittance.narration,
        postings=(
            Posting(debited.id, Side.DEBIT, remittance.amount, entry_id),
            Posting(credited.id, Side.CREDIT, remittance.amount, entry_id),
        ),
    )


def days_on_the_way(sent_on: date | None, taken_on: date | None, today: date) -> int | None:
    """Return for how many days money has been on its way; None where it is not."""
    return None if sent_on is None or taken_on is not None else max(0, (today - sent_on).days)

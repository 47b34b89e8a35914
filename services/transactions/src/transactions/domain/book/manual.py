"""Vouchers that are written by hand: what they may touch, and the entry that each becomes. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from contracts.errors import InvalidPayload
from contracts.money import PAISA_PER_TAKA, Paisa, format_taka
from contracts.transactions.chart_errors import (
    BankAccountUnknown,
    LedgerControlled,
    LedgerSumsUp,
    LedgerUnknown,
)
from contracts.transactions.manual_errors import VoucherMisfit, VoucherUnbalanced
from contracts.transactions.manual_words import ManualKind
from transactions.domain.book.additions import BankAccount
from transactions.domain.chart import Chart, Ledger, Ledgers, OfficeAccount, Side
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry, EntryKind, Posting, Reversed
from transactions.domain.requests import fingerprint

BY_HAND = frozenset({Ledgers.VAULT.code, Ledgers.BANK.code})
"""What a voucher moves although other deeds do too: the vault is counted, the bank has its statement."""

CONTRARY = {
    ManualKind.PAYMENT: ManualKind.RECEIPT,
    ManualKind.RECEIPT: ManualKind.PAYMENT,
    ManualKind.JOURNAL: ManualKind.JOURNAL,
    ManualKind.CONTRA: ManualKind.CONTRA,
}


@dataclass(frozen=True, slots=True)
class Line:
    """An amount in paisa on one side of a ledger, or of one account at a bank."""

    ledger: str
    side: Side
    amount: Paisa
    bank_account_id: str | None = None

    def account(self, office_id: str, chart: Chart) -> OfficeAccount:
        """Return where it is posted in an office's book."""
        return OfficeAccount(chart[self.ledger], office_id, self.bank_account_id)

    @property
    def plain(self) -> dict[str, Any]:
        """Its form in the database and in approvals."""
        return {
            "ledger": self.ledger,
            "side": self.side.value,
            "amount": self.amount,
            "bank_account_id": self.bank_account_id,
        }

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Line":
        """Return the line of a plain form."""
        amount, bank = Paisa(int(plain["amount"])), plain["bank_account_id"]
        return cls(plain["ledger"], Side(plain["side"]), amount, bank)


@dataclass(frozen=True, slots=True, kw_only=True)
class Voucher:
    """A voucher as its maker wrote it; the id becomes the entry's.

    Attributes:
        reference: The paper that proves it.
        undoes_id: The voucher whose contrary it is.
    """

    id: str
    office_id: str
    kind: ManualKind
    lines: tuple[Line, ...]
    narration: str
    reference: str
    maker_id: str
    made_at: datetime
    undoes_id: str | None = None

    @property
    def amount(self) -> Paisa:
        """What it moves, in paisa."""
        return total(self.lines, Side.DEBIT)

    @property
    def fingerprint(self) -> str:
        """By which a repeated request is known."""
        lines = "|".join(
            f"{line.ledger},{line.bank_account_id or ''},{line.side},{line.amount}" for line in self.lines
        )
        return fingerprint(
            "voucher",
            office_id=self.office_id,
            kind=self.kind.value,
            lines=lines,
            narration=self.narration,
            reference=self.reference,
            undoes_id=self.undoes_id,
            maker_id=self.maker_id,
        )

    def facts(self, chart: Chart, banks: Collection[BankAccount]) -> dict[str, Any]:
        """Return what the checker compares with the paper."""
        return {
            "subject_bn": self.narration,
            "subject_en": self.narration,
            "voucher_kind": self.kind.value,
            "amount": format_taka(self.amount),
            **told_lines(self.lines, chart, banks),
            "evidence": self.reference,
            "reason": self.narration,
        }


def told_lines(lines: Collection[Line], chart: Chart, banks: Collection[BankAccount]) -> dict[str, list[str]]:
    """Return lines as a checker reads them, each side in both languages."""
    names = {
        language: {account.id: account.title(language) for account in banks} for language in ("bn", "en")
    }
    return {
        f"{word}_{language}": [
            _told(line, getattr(chart[line.ledger], f"name_{language}"), names[language])
            for line in lines
            if line.side is side
        ]
        for word, side in (("debited", Side.DEBIT), ("credited", Side.CREDIT))
        for language in names
    }


def _told(line: Line, name: str, banks: Mapping[str, str]) -> str:
    account = f" ({banks[line.bank_account_id]})" if line.bank_account_id else ""
    return f"{line.ledger} {name}{account} {format_taka(line.amount)}"


def total(lines: Collection[Line], side: Side) -> Paisa:
    """Return what stands on one side, in paisa."""
    return Paisa(sum(line.amount for line in lines if line.side is side))


def require_bookable(voucher: Voucher, chart: Chart, banks: Collection[BankAccount]) -> None:
    """Let a voucher be written that balances, fits its kind, and touches nothing that others answer for.

    Args:
        voucher: What is asked.
        chart: The ledgers in force.
        banks: The office's accounts at banks.

    Raises:
        LedgerUnknown, LedgerSumsUp, LedgerControlled, BankAccountUnknown: as `require_line`.
        InvalidPayload: cash is not whole taka (rule M11).
        VoucherUnbalanced: its two sides differ.
        VoucherMisfit: its lines do not do to money what its kind says.
    """
    for line in voucher.lines:
        require_line(line, chart, banks)
    debits, credits_ = (total(voucher.lines, side) for side in (Side.DEBIT, Side.CREDIT))
    if debits != credits_:
        raise VoucherUnbalanced(debits=format_taka(debits), credits=format_taka(credits_))
    if kind_of_lines(voucher.lines, chart) is not voucher.kind:
        raise VoucherMisfit(kind=voucher.kind.value)


def takes_vouchers(ledger: Ledger) -> bool:
    """Whether a hand may post on a ledger: it is no group, and no other deed answers for it alone."""
    return not ledger.is_group and (not ledger.is_control or ledger.code in BY_HAND)


def require_line(line: Line, chart: Chart, banks: Collection[BankAccount]) -> None:
    """Let a line stand on a ledger that a hand may post on.

    Raises:
        LedgerUnknown: there is none in force.
        LedgerSumsUp: it is a group.
        LedgerControlled: her savings, a loan, an officer's cash: only their own deeds move them.
        BankAccountUnknown: the office keeps no such account, or the ledger is no bank's.
        InvalidPayload: cash is not whole taka (rule M11).
    """
    ledger = chart.get(line.ledger)
    if ledger is None:
        raise LedgerUnknown(ledger=line.ledger)
    if ledger.is_group:
        raise LedgerSumsUp(ledger=line.ledger)
    if not takes_vouchers(ledger):
        raise LedgerControlled(ledger=line.ledger)
    is_bank = ledger.code == Ledgers.BANK.code
    known = {account.id for account in banks} if is_bank else set()
    if line.bank_account_id is not None and line.bank_account_id not in known:
        raise BankAccountUnknown
    if ledger.code == Ledgers.VAULT.code and line.amount % PAISA_PER_TAKA:
        raise InvalidPayload.of(lines="WHOLE_TAKA_ONLY")


def kind_of_lines(lines: Sequence[Line], chart: Chart) -> ManualKind | None:
    """Return what lines do to money: pay, receive, only move, or leave it; None is a mixture."""
    money = [line for line in lines if chart[line.ledger].cash is not None]
    if not money:
        return ManualKind.JOURNAL
    if len(money) == len(lines):
        return ManualKind.CONTRA
    sides = {line.side for line in money}
    if len(sides) > 1:
        return None
    return ManualKind.RECEIPT if Side.DEBIT in sides else ManualKind.PAYMENT


def contrary_of(
    voucher: Voucher, *, undoing_id: str, reason: str, maker_id: str, made_at: datetime
) -> Voucher:
    """Return the voucher that undoes another: the same lines, each on the other side."""
    return Voucher(
        id=undoing_id,
        office_id=voucher.office_id,
        kind=CONTRARY[voucher.kind],
        lines=tuple(replace(line, side=line.side.other) for line in voucher.lines),
        narration=reason,
        reference=voucher.reference,
        maker_id=maker_id,
        made_at=made_at,
        undoes_id=voucher.id,
    )


def entry_of_voucher(voucher: Voucher, chart: Chart, day: OpenDay, checker_id: str) -> Entry:
    """Return a voucher's entry on the open day: one row, which bears the voucher's id."""
    return Entry(
        id=voucher.id,
        office_id=day.office_id,
        kind=EntryKind.VOUCHER,
        business_on=day.on,
        value_on=day.on,
        maker_id=voucher.maker_id,
        checker_id=checker_id,
        reason=voucher.narration,
        reverses=Reversed(voucher.undoes_id, voucher.undoes_id) if voucher.undoes_id else None,
        fingerprint=voucher.fingerprint,
        postings=tuple(
            Posting(line.account(day.office_id, chart).id, line.side, line.amount, voucher.id)
            for line in voucher.lines
        ),
    )


def in_force(effective_on: Mapping[str, date], chart: Chart, on: date) -> Chart:
    """Return the chart of a day: without what head office puts in force later."""
    return Chart.of(ledger for ledger in chart if effective_on.get(ledger.code, on) <= on)

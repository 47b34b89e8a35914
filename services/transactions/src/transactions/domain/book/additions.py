"""What head office adds to the book's order: ledgers and accounts at banks, agreed to by two people. Pure.

Nothing that is kept is changed or taken away: a ledger in use keeps its meaning for ever (rule P7).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from contracts.transactions.chart_errors import (
    CashIsCounted,
    LedgerKnown,
    LedgerMisplaced,
    LedgerOutdated,
    LedgerUnknown,
)
from transactions.domain.chart import Chart, Ledger, LedgerClass
from transactions.domain.requests import fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRequest:
    """A ledger that somebody wants in the chart from a day on."""

    id: str
    ledger: str
    parent: str
    name_bn: str
    name_en: str
    effective_on: date
    reason: str
    maker_id: str

    @property
    def facts(self) -> dict[str, Any]:
        """What the checker sees, and what is put in force when he agrees."""
        return {
            "subject_bn": f"{self.ledger} {self.name_bn}",
            "subject_en": f"{self.ledger} {self.name_en}",
            "ledger": self.ledger,
            "parent": self.parent,
            "ledger_name_bn": self.name_bn,
            "ledger_name_en": self.name_en,
            "effective_on": self.effective_on.isoformat(),
            "reason": self.reason,
        }

    @property
    def fingerprint(self) -> str:
        """By which a repeated request is known."""
        return fingerprint("propose_ledger", maker_id=self.maker_id, **self.facts)


def ledger_request_of(request_id: str, maker_id: str, facts: Mapping[str, Any]) -> LedgerRequest:
    """Return the request that an approval's facts tell."""
    return LedgerRequest(
        id=request_id,
        maker_id=maker_id,
        effective_on=date.fromisoformat(facts["effective_on"]),
        name_bn=facts["ledger_name_bn"],
        name_en=facts["ledger_name_en"],
        **{name: facts[name] for name in ("ledger", "parent", "reason")},
    )


def added_ledger(request: LedgerRequest, chart: Chart) -> Ledger:
    """Return the ledger that joins the chart: free to stand on either side, and for vouchers.

    Raises:
        LedgerKnown: the code has its meaning already.
        LedgerUnknown: there is nothing of the parent's code.
        LedgerMisplaced: the code does not begin as its parent's.
        CashIsCounted: it would hold money.
    """
    if chart.get(request.ledger) is not None:
        raise LedgerKnown(ledger=request.ledger)
    parent = chart.get(request.parent)
    if parent is None:
        raise LedgerUnknown(ledger=request.parent)
    if not request.ledger.startswith(parent.stem):
        raise LedgerMisplaced(ledger=request.ledger, parent=request.parent)
    if any(node.cash for node in chart.below(parent.code)):
        raise CashIsCounted
    return Ledger(
        code=request.ledger,
        ledger_class=LedgerClass.of_code(request.ledger),
        name_bn=request.name_bn,
        name_en=request.name_en,
        floor=None,
        parent=parent.code,
        is_control=parent.is_control,
    )


def require_to_begin(effective_on: date, today: date) -> None:
    """Let a ledger begin today or later: what is written already keeps its names.

    Raises:
        LedgerOutdated: the day is over.
    """
    if effective_on < today:
        raise LedgerOutdated(on=effective_on.isoformat(), today=today.isoformat())


@dataclass(frozen=True, slots=True, kw_only=True)
class BankAccount:
    """An office's account at a bank; its id is the owner of its account under 1130."""

    id: str
    office_id: str
    bank_bn: str
    bank_en: str
    branch: str
    number: str

    def title(self, language: str) -> str:
        """Return how it is called in `bn` or `en`."""
        bank = self.bank_bn if language == "bn" else self.bank_en
        return f"{bank}, {self.branch} {self.number}"

    @property
    def facts(self) -> dict[str, Any]:
        """What the checker compares with the bank's letter, and what is kept when he agrees."""
        return {
            "subject_bn": f"{self.bank_bn}, {self.branch}",
            "subject_en": f"{self.bank_en}, {self.branch}",
            "bank_bn": self.bank_bn,
            "bank_en": self.bank_en,
            "bank_branch": self.branch,
            "bank_number": self.number,
        }

    def fingerprint(self, maker_id: str, reason: str) -> str:
        """Return by what a repeated request is known."""
        return fingerprint(
            "propose_bank_account",
            maker_id=maker_id,
            office_id=self.office_id,
            reason=reason,
            **self.facts,
        )


def bank_account_of(account_id: str, office_id: str, facts: Mapping[str, Any]) -> BankAccount:
    """Return the account that an approval's facts tell."""
    return BankAccount(
        id=account_id,
        office_id=office_id,
        bank_bn=facts["bank_bn"],
        bank_en=facts["bank_en"],
        branch=facts["bank_branch"],
        number=facts["bank_number"],
    )

"""From a loaded command about the chart or a voucher to the values of the domain."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from contracts.transactions.chart_words import MappedEvent
from contracts.transactions.manual_words import ManualKind
from transactions.domain.book.additions import BankAccount, LedgerRequest
from transactions.domain.book.manual import Line, Voucher
from transactions.domain.book.mappings import LedgerMapping


def ledger_request_of(command: Mapping[str, Any], maker_id: str) -> LedgerRequest:
    """Return the ledger that is asked for."""
    return LedgerRequest(**command, maker_id=maker_id)


def mapping_of(command: Mapping[str, Any]) -> LedgerMapping:
    """Return the mapping that is asked for."""
    names = ("id", "product_code", "ledger", "effective_on")
    return LedgerMapping(event=MappedEvent(command["event"]), **{name: command[name] for name in names})


def bank_account_of(command: Mapping[str, Any]) -> BankAccount:
    """Return the account at a bank that is asked for."""
    names = ("id", "office_id", "bank_bn", "bank_en", "branch", "number")
    return BankAccount(**{name: command[name] for name in names})


def voucher_of(command: Mapping[str, Any], maker_id: str, made_at: datetime) -> Voucher:
    """Return the voucher that is asked for."""
    return Voucher(
        id=command["id"],
        office_id=command["office_id"],
        kind=ManualKind(command["kind"]),
        lines=tuple(Line.of(line) for line in command["lines"]),
        narration=command["narration"],
        reference=command["reference"],
        maker_id=maker_id,
        made_at=made_at,
    )

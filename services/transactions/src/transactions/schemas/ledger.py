"""From a loaded command of the ledger to the values of the domain."""

from collections.abc import Mapping
from typing import Any

from contracts.calls import dump
from contracts.transactions.ledger_commands import Terms
from contracts.transactions.ledger_words import ReversalKind
from transactions.domain.accounts import NewAccount
from transactions.domain.chart import LEDGER_OF_FAMILY
from transactions.domain.receipts import CounterDeposit
from transactions.domain.reversals import ReversalRequest


def account_of(command: Mapping[str, Any]) -> NewAccount:
    """Return the account that is to be opened; its terms are kept as they came over the wire."""
    terms = command["terms"]
    return NewAccount(
        id=command["id"],
        member_id=command["member_id"],
        office_id=command["office_id"],
        code=command["code"],
        ledger=LEDGER_OF_FAMILY[command["ledger"]].code,
        version=terms["version"],
        terms=dump(Terms, terms),
    )


def deposit_of(command: Mapping[str, Any], taken_by: str) -> CounterDeposit:
    """Return the counter deposit that a command carries."""
    return CounterDeposit(**command, taken_by=taken_by)


def reversal_of(command: Mapping[str, Any], maker_id: str) -> ReversalRequest:
    """Return the correction that is asked for."""
    return ReversalRequest(**{**command, "kind": ReversalKind(command["kind"]), "maker_id": maker_id})

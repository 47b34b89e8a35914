"""What is said of the law, into what the domain speaks."""

from collections.abc import Mapping
from typing import Any

from accounts.domain.lending.law import Law
from contracts import wire
from contracts.accounts.law_words import AprFormula, CashFlow, Fee
from contracts.accounts.laws import ProposeLaw
from contracts.calls import dump


def law(command: Mapping[str, Any]) -> Law:
    """Return the law that somebody proposes; principal and service charge always count."""
    counted = {CashFlow(flow) for flow in command["counted"]} | {CashFlow.PRINCIPAL_AND_CHARGE}
    return Law(
        effective_on=command["effective_on"],
        cap_percent=command["cap_percent"],
        formula=AprFormula(command["formula"]),
        counted=frozenset(counted),
        first_due_days=command["first_due_days"],
        nothing_deducted=command["nothing_deducted"],
        compulsory_savings_bps=command["compulsory_savings_bps"],
        allowed_fees=frozenset(Fee(fee) for fee in command["allowed_fees"]),
    )


def fingerprint(command: Mapping[str, Any]) -> str:
    """Return the digest of a proposal, equal for equal ones."""
    return wire.digest(dump(ProposeLaw, command))

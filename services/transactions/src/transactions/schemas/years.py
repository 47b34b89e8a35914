"""From a loaded command about openings or money between offices to the values of the domain."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from contracts.transactions.remittance_words import HeldIn
from transactions.domain.book.manual import Line
from transactions.domain.book.remittances import Place, Remittance, Taking
from transactions.domain.book.years import Opening


def opening_of(command: Mapping[str, Any], maker_id: str, made_at: datetime) -> Opening:
    """Return the opening balances that are asked for."""
    lines = tuple(Line.of(line) for line in command["lines"])
    return Opening(**{**command, "lines": lines}, maker_id=maker_id, made_at=made_at)


def remittance_of(command: Mapping[str, Any], maker_id: str, made_at: datetime) -> Remittance:
    """Return what is to be sent."""
    return Remittance(
        id=command["id"],
        place=_place(command["from_office_id"], command),
        to_office_id=command["to_office_id"],
        amount=command["amount"],
        narration=command["narration"],
        reference=command["reference"],
        maker_id=maker_id,
        made_at=made_at,
    )


def taking_of(command: Mapping[str, Any], maker_id: str, made_at: datetime) -> Taking:
    """Return what is to be taken in."""
    return Taking(
        id=command["id"],
        remittance_id=command["remittance_id"],
        place=_place(command["office_id"], command),
        reference=command["reference"],
        maker_id=maker_id,
        made_at=made_at,
    )


def _place(office_id: str, command: Mapping[str, Any]) -> Place:
    return Place(office_id, HeldIn(command["held_in"]), command["bank_account_id"], command["ledger"])

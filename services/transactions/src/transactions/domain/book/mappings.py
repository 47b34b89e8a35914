"""Under which ledger the accounts of a product are opened: dated data, for days to come. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from contracts.transactions.chart_errors import LedgerSumsUp, LedgerUnknown, MappingMisplaced
from contracts.transactions.chart_words import MappedEvent
from transactions.domain.chart import LEDGER_OF_FAMILY, Chart, Ledger, Ledgers
from transactions.domain.requests import fingerprint

CONTROL: Mapping[MappedEvent, Ledger] = {
    **{MappedEvent(family): ledger for family, ledger in LEDGER_OF_FAMILY.items()},
    MappedEvent.LOAN: Ledgers.LOANS,
    MappedEvent.SERVICE_CHARGE: Ledgers.SERVICE_CHARGE,
}
"""The control ledger of each event: its accounts stay what they are, whatever they are read under."""

EVENT_OF = {ledger.code: event for event, ledger in CONTROL.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerMapping:
    """From a day on, accounts of a product that are opened stand under a ledger below their kind's."""

    id: str
    product_code: str
    event: MappedEvent
    ledger: str
    effective_on: date

    @property
    def facts(self) -> dict[str, Any]:
        """What the checker sees, and what is put in force when he agrees."""
        return {
            "product_code": self.product_code,
            "event": self.event.value,
            "ledger": self.ledger,
            "parent": CONTROL[self.event].code,
            "effective_on": self.effective_on.isoformat(),
        }

    def fingerprint(self, maker_id: str, reason: str) -> str:
        """Return by what a repeated request is known."""
        return fingerprint("propose_mapping", maker_id=maker_id, reason=reason, **self.facts)


def mapping_of_facts(mapping_id: str, facts: Mapping[str, Any]) -> LedgerMapping:
    """Return the mapping that an approval's facts tell."""
    return LedgerMapping(
        id=mapping_id,
        product_code=facts["product_code"],
        event=MappedEvent(facts["event"]),
        ledger=facts["ledger"],
        effective_on=date.fromisoformat(facts["effective_on"]),
    )


def require_below_its_kind(mapping: LedgerMapping, chart: Chart) -> Ledger:
    """Let accounts be read under a ledger of the chart that stands below the one of their kind.

    So registers and ledgers agree: all below a control ledger is what its accounts hold.

    Returns:
        The ledger.

    Raises:
        LedgerUnknown: the chart of the day has none.
        LedgerSumsUp: it is a group.
        MappingMisplaced: it stands elsewhere.
    """
    ledger = chart.get(mapping.ledger)
    if ledger is None:
        raise LedgerUnknown(ledger=mapping.ledger)
    if ledger.is_group:
        raise LedgerSumsUp(ledger=mapping.ledger)
    control = CONTROL[mapping.event]
    if control not in chart.above(ledger.code):
        raise MappingMisplaced(ledger=ledger.code, control=control.code)
    return ledger

"""Who keeps what waits for a second person: the services, and their parked messages (mechanics B3, P7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from contracts import accounts, identity, parked, transactions, wordings
from gateway.auth import may

if TYPE_CHECKING:
    from collections.abc import Mapping

    from contracts.calls import Method


class Keeper(NamedTuple):
    """How one inbox is read and decided, and what one needs to find anything in it."""

    waiting: Method
    decision: Method
    needs: str = "approval:read"


KEEPERS: Mapping[str, Keeper] = {
    "identity": Keeper(identity.LIST_APPROVALS, identity.DECIDE_APPROVAL),
    "accounts": Keeper(accounts.LIST_APPROVALS, accounts.DECIDE_APPROVAL),
    "transactions": Keeper(transactions.ledger.LIST_APPROVALS, transactions.ledger.DECIDE_APPROVAL),
    "notifications": Keeper(wordings.LIST_APPROVALS, wordings.DECIDE_APPROVAL, wordings.SEE),
    **{
        parked.keeper_of(service): Keeper(
            parked.LIST_REPLAYS[service], parked.DECIDE_REPLAY[service], parked.SEE
        )
        for service in parked.SERVICES
    },
}
"""By the name under which each says of an item that it keeps it."""


def keepers_to_ask() -> dict[str, Keeper]:
    """The inboxes that whoever asks may read."""
    return {name: keeper for name, keeper in KEEPERS.items() if may(keeper.needs)}

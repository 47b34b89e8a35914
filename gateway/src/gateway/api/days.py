"""The branch's day: opened, counted, closed, sealed; its book and trial balance."""

from http import HTTPStatus
from typing import Any

from contracts.transactions.behind import LIST_BRANCHES_BEHIND
from contracts.transactions.cash_limits import LIST_CASH_LIMITS, PROPOSE_CASH_LIMIT
from contracts.transactions.dashboards import READ_DASHBOARD
from contracts.transactions.desk import READ_DESK
from contracts.transactions.ledger import (
    CLOSE_DAY,
    CONFIRM_VAULT_COUNT,
    GET_DAY,
    LIST_DAYS,
    LIST_ENTRIES,
    OPEN_DAY,
    RECORD_VAULT_COUNT,
    TRIAL_BALANCE,
)
from contracts.transactions.sealed_days import READ_SEALED_DAY
from contracts.transactions.supplements import PROPOSE_SUPPLEMENT
from gateway.api.resource import Resource
from gateway.asking import ask
from gateway.checklists import ask_linked

days = Resource("days", "The branch's day: opened, counted, closed, sealed; its book and trial balance.")


@days.get("/offices/<uuid:office_id>/day", GET_DAY)
def get_day(command: dict[str, Any]) -> dict[str, Any]:
    """Read the office's day, with what is missing before it can be closed."""
    return ask_linked(GET_DAY, command)


@days.get("/offices/<uuid:office_id>/days", LIST_DAYS)
def list_days(command: dict[str, Any]) -> dict[str, Any]:
    """List an office's days, the newest first."""
    return ask(LIST_DAYS, command)


@days.post("/offices/<uuid:office_id>/days", OPEN_DAY)
def open_day(command: dict[str, Any]) -> dict[str, Any]:
    """Open an office's first day; later ones open when the day before is closed."""
    return ask(OPEN_DAY, command)


@days.post("/offices/<uuid:office_id>/days/<on>/closing", CLOSE_DAY, status=HTTPStatus.ACCEPTED)
def close_day(command: dict[str, Any]) -> dict[str, Any]:
    """Begin to close the day; 422 lists what is missing, each with where it is put right."""
    return ask_linked(CLOSE_DAY, command)


@days.put(
    "/offices/<uuid:office_id>/days/<on>/supplements/<uuid:id>",
    PROPOSE_SUPPLEMENT,
    status=HTTPStatus.ACCEPTED,
)
def propose_supplement(command: dict[str, Any]) -> dict[str, Any]:
    """Ask the area to reopen the last closed day as a supplement, numbered and sealed apart (M16)."""
    return ask(PROPOSE_SUPPLEMENT, command)


@days.put("/offices/<uuid:office_id>/days/<on>/vault-counts/<uuid:id>", RECORD_VAULT_COUNT)
def record_vault_count(command: dict[str, Any]) -> dict[str, Any]:
    """Record a count of the vault by denomination."""
    return ask(RECORD_VAULT_COUNT, command)


@days.post("/vault-counts/<uuid:id>/confirmation", CONFIRM_VAULT_COUNT)
def confirm_vault_count(command: dict[str, Any]) -> dict[str, Any]:
    """Confirm a count of the vault; a second person does it."""
    return ask(CONFIRM_VAULT_COUNT, command)


@days.get("/offices/<uuid:office_id>/days/<on>/seal", READ_SEALED_DAY)
def read_sealed_day(command: dict[str, Any]) -> dict[str, Any]:
    """Read a day's totals with the seals that prove it outside the database."""
    return ask(READ_SEALED_DAY, command)


@days.get("/offices/<uuid:office_id>/trial-balance", TRIAL_BALANCE)
def trial_balance(command: dict[str, Any]) -> dict[str, Any]:
    """Read the trial balance of an office on a day."""
    return ask(TRIAL_BALANCE, command)


@days.get("/offices/<uuid:office_id>/entries", LIST_ENTRIES)
def list_entries(command: dict[str, Any]) -> dict[str, Any]:
    """Read the day book of an office."""
    return ask(LIST_ENTRIES, command)


@days.get("/offices/<uuid:office_id>/desk", READ_DESK)
def read_desk(command: dict[str, Any]) -> dict[str, Any]:
    """Read how far the open days of the branches below an office have come, and whom each sheet waits for."""
    return ask(READ_DESK, command)


@days.get("/offices/<uuid:office_id>/dashboard", READ_DASHBOARD)
def read_dashboard(command: dict[str, Any]) -> dict[str, Any]:
    """Read how an office stands: the day's collection, loans by age, savings, officers, closed months."""
    return ask(READ_DASHBOARD, command)


@days.get("/offices/<uuid:office_id>/branches-behind", LIST_BRANCHES_BEHIND)
def list_branches_behind(command: dict[str, Any]) -> dict[str, Any]:
    """Name the branches below an office whose open day is over by the calendar (M17)."""
    return ask(LIST_BRANCHES_BEHIND, command)


@days.put("/offices/<uuid:office_id>/cash-limits/<uuid:id>", PROPOSE_CASH_LIMIT, status=HTTPStatus.ACCEPTED)
def propose_cash_limit(command: dict[str, Any]) -> dict[str, Any]:
    """Propose how much cash the vaults of an office should hold from a day on; a second person decides."""
    return ask(PROPOSE_CASH_LIMIT, command)


@days.get("/offices/<uuid:office_id>/cash-limits", LIST_CASH_LIMITS)
def list_cash_limits(command: dict[str, Any]) -> dict[str, Any]:
    """Read the limits that an office ever had for its vaults."""
    return ask(LIST_CASH_LIMITS, command)

"""Vouchers that are written by hand: one writes, another agrees, and what was wrong is undone (M12, M13)."""

from http import HTTPStatus
from typing import Any

from contracts.transactions.manual import (
    GET_MANUAL_VOUCHER,
    LIST_MANUAL_VOUCHERS,
    PROPOSE_VOUCHER,
    UNDO_VOUCHER,
)
from gateway.api.resource import Resource
from gateway.asking import ask

manual_vouchers = Resource(
    "manual_vouchers",
    "Vouchers that are written by hand: one writes, another agrees, and what was wrong is undone (M12, M13).",
)


@manual_vouchers.get("/offices/<uuid:office_id>/manual-vouchers", LIST_MANUAL_VOUCHERS)
def list_manual_vouchers(command: dict[str, Any]) -> dict[str, Any]:
    """List an office's vouchers that were written by hand, the newest first."""
    return ask(LIST_MANUAL_VOUCHERS, command)


@manual_vouchers.get("/manual-vouchers/<uuid:id>", GET_MANUAL_VOUCHER)
def get_manual_voucher(command: dict[str, Any]) -> dict[str, Any]:
    """Read one voucher: its lines, where it stands, and its number once its day is closed."""
    return ask(GET_MANUAL_VOUCHER, command)


@manual_vouchers.put("/manual-vouchers/<uuid:id>", PROPOSE_VOUCHER, status=HTTPStatus.ACCEPTED)
def propose_voucher(command: dict[str, Any]) -> dict[str, Any]:
    """Write a voucher: payment, receipt, journal or contra; another person agrees to it (M8)."""
    return ask(PROPOSE_VOUCHER, command)


@manual_vouchers.post("/manual-vouchers/<uuid:voucher_id>/undoing", UNDO_VOUCHER, status=HTTPStatus.ACCEPTED)
def undo_voucher(command: dict[str, Any]) -> dict[str, Any]:
    """Ask for a voucher's contrary on the open day; another person agrees to it (M12, M13)."""
    return ask(UNDO_VOUCHER, command)

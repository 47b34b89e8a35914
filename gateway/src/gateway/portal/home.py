"""The first page: what waits for the person who signed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import render_template, url_for

from contracts.errors import ServiceError
from contracts.transactions.collection import LIST_HANDOVERS, LIST_SHEETS
from contracts.transactions.ledger import GET_DAY
from gateway.asking import ask_each
from gateway.auth import current_session, may, requires
from gateway.portal.approvals import all_waiting

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from contracts.calls import Method


@dataclass(frozen=True, slots=True)
class Tile:
    """One thing that waits; `figure` is None where it cannot be said just now."""

    title: str
    figure: str | None
    address: str
    waits: bool


@dataclass(frozen=True, slots=True)
class Question:
    """What a tile must ask, for whom, and how it reads the answer."""

    permission: str
    method: Method
    payload: dict[str, Any]
    read: Callable[[dict[str, Any]], Tile]


@requires()
def home() -> ResponseReturnValue:
    """What waits for me, by what my role may do; a service that is away leaves its tile out, and says so."""
    asked = [question for question in questions() if may(question.permission)]
    answers = ask_each([(question.method, question.payload) for question in asked])
    tiles = [
        question.read(answer)
        for question, answer in zip(asked, answers, strict=True)
        if not isinstance(answer, ServiceError)
    ]
    silent = any(isinstance(answer, ServiceError) for answer in answers)
    if may("approval:read"):
        waiting, unasked = all_waiting()
        tiles.insert(0, waiting_tile(waiting))
        silent = silent or bool(unasked)
    return render_template("portal/home.html", tiles=tiles, silent=silent)


def questions() -> list[Question]:
    """What is asked for a branch's own people; others find their pages in the navigation."""
    office = current_session().office_id
    if not any(may(verb) for verb in ("handover:count", "sheet:check", "cash:count", "day:close")):
        return []
    return [
        Question("day:read", GET_DAY, {"office_id": office}, day_tile),
        Question("handover:read", LIST_HANDOVERS, {"office_id": office, "status": "declared"}, counting_tile),
        Question("sheet:check", LIST_SHEETS, {"office_id": office, "status": "authorised"}, checking_tile),
    ]


def waiting_tile(waiting: list[dict[str, Any]]) -> Tile:
    """Approvals that wait for this very person."""
    mine = [one for one in waiting if one["may_decide"]]
    return Tile("home.approvals", str(len(mine)), url_for("portal.approvals"), bool(mine))


def day_tile(day: dict[str, Any]) -> Tile:
    """The business day, and how much is missing to close it."""
    return Tile("home.day", day["on"], url_for("portal.day"), day["status"] != "open")


def counting_tile(page: dict[str, Any]) -> Tile:
    """Hand-overs whose cash nobody has counted yet."""
    address = url_for("portal.handovers", status="declared")
    return Tile("home.count", str(len(page["items"])), address, bool(page["items"]))


def checking_tile(page: dict[str, Any]) -> Tile:
    """Sheets in the book that the manager has not checked yet."""
    unchecked = [sheet for sheet in page["items"] if not sheet["checked"]]
    return Tile("home.check", str(len(unchecked)), url_for("portal.sheets"), bool(unchecked))


def register(blueprint: Blueprint) -> None:
    """Hang the page into the portal."""
    blueprint.add_url_rule("/", view_func=home)

"""The first page: what waits for the person who signed in, and how far the open days have come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import render_template, request, url_for

from contracts.errors import ServiceError
from contracts.transactions.collection import LIST_SHEETS
from contracts.transactions.complaint_words import ComplaintWaits
from contracts.transactions.complaints import LIST_COMPLAINTS
from contracts.transactions.desk import READ_DESK
from contracts.transactions.ledger import GET_DAY
from gateway.asking import ask_each
from gateway.auth import current_session, may, requires
from gateway.checklists import with_links
from gateway.edge import today
from gateway.portal.approvals import all_waiting

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from contracts.calls import Method

BRANCH_WORK = frozenset({"cash:count", "day:close", "handover:declare"})
"""Who holds one of these works in a branch; the others stand above several, or look on."""
WAITING = (
    ("handover:count", "home.count", "handed_over", "portal.handovers"),
    ("sheet:check", "home.check", "unchecked", "portal.sheets"),
    ("sheet:read", "home.awaited", "awaited", "portal.sheets"),
    ("sheet:read", "home.late", "late", "portal.deferrals"),
    ("day:read", "home.behind", "behind", "portal.day"),
)
"""Who sees to what, and where: permission, name of the tile, what of the work it counts, page."""
RARE = ("late", "behind")
"""Told only where there is any."""
SHOWN = 6
"""So many approvals are named on the first page; the inbox has the others."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One thing that waits; `figure` is a number, a day or an amount as the wire writes it."""

    title: str
    figure: str
    address: str
    waits: bool


@requires()
def home() -> ResponseReturnValue:
    """What waits for me, by what my role may do; a service that is away leaves its part out, and says so."""
    found, silent = what_stands()
    waiting, unasked = all_waiting() if may("approval:read") else ([], [])
    mine = [one for one in waiting if one["may_decide"]]
    return render_template(
        "portal/home.html",
        tiles=[
            *waiting_tiles(mine),
            *complaint_tiles(found.get("complaints")),
            *tiles_of(found.get("desk"), found.get("day")),
        ],
        desk=found.get("desk"),
        day=found.get("day"),
        sheets=found.get("sheets"),
        mine=mine[:SHOWN],
        silent=silent or bool(unasked),
    )


def what_stands() -> tuple[dict[str, dict[str, Any]], bool]:
    """The desk that is looked at, the own branch's day and the own sheets; whether one could not be asked."""
    asked = questions()
    answers = dict(zip(asked, ask_each(list(asked.values())), strict=True))
    found = {name: answer for name, answer in answers.items() if not isinstance(answer, ServiceError)}
    if "day" in found:
        day = found["day"]
        found["day"] = with_links(day, {"office_id": day["office_id"]})
    return found, len(found) < len(answers)


def questions() -> dict[str, tuple[Method, dict[str, Any]]]:
    """What is asked for whom: everybody's desk, the day of who works in a branch, complaints, own sheets."""
    branch = own_branch()
    looked_at = request.args.get("office") or branch or current_session().office_id
    asked: dict[str, tuple[Method, dict[str, Any]]] = {}
    if may("day:read"):
        asked["desk"] = (READ_DESK, {"office_id": looked_at})
    if branch:
        asked["day"] = (GET_DAY, {"office_id": branch})
    if may("complaint:read"):
        office = branch or current_session().office_id
        asked["complaints"] = (LIST_COMPLAINTS, {"office_id": office, "waits_for": answerer()})
    if may("sheet:submit"):
        asked["sheets"] = (LIST_SHEETS, {"on": today().isoformat()})
    return asked


def own_branch() -> str | None:
    """The branch in which the person has daily work; None for who stands above branches."""
    posts = [post for post in current_session().posts if post.permissions & BRANCH_WORK]
    return posts[0].office_id if posts else None


def waiting_tiles(mine: list[dict[str, Any]]) -> list[Tile]:
    """Approvals that wait for this very person."""
    if not may("approval:read"):
        return []
    return [Tile("home.approvals", str(len(mine)), url_for("portal.approvals"), bool(mine))]


def answerer() -> str:
    """Whose complaints the reader is to see to: what is late or doubtful is the area's (rule P4)."""
    return ComplaintWaits.AREA if may("complaint:above") else ComplaintWaits.BRANCH


def complaint_tiles(page: dict[str, Any] | None) -> list[Tile]:
    """Complaints that wait for an answer, where there are any; a full page of them says no more."""
    if not page or not page["items"]:
        return []
    address = url_for("portal.complaints", waits=answerer())
    return [Tile("home.complaints", str(len(page["items"])), address, waits=True)]


def tiles_of(desk: dict[str, Any] | None, day: dict[str, Any] | None) -> list[Tile]:
    """The day of the own branch, and how many sheets wait for whom."""
    tiles = [Tile("home.day", day["on"] or "", url_for("portal.day"), day["status"] != "open")] if day else []
    return tiles + (work_tiles(desk["offices"]) if desk else [])


def work_tiles(offices: list[dict[str, Any]]) -> list[Tile]:
    """Sheets of all offices of the desk, by whom they wait for; to each what he has to see to."""
    told = []
    for permission, title, key, endpoint in WAITING:
        figure = sum(office[key] for office in offices)
        if may(permission) and (figure or key not in RARE):
            told.append(Tile(title, str(figure), url_for(endpoint), figure > 0))
    return told


def register(blueprint: Blueprint) -> None:
    """Hang the page into the portal."""
    blueprint.add_url_rule("/", view_func=home)

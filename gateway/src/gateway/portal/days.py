"""The branch day: opened once, its vault counted by two people, closed when nothing is missing. M7."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, make_response, redirect, render_template, request, url_for

from contracts.errors import ServiceError
from contracts.transactions.ledger import (
    CLOSE_DAY,
    CONFIRM_VAULT_COUNT,
    GET_DAY,
    LIST_DAYS,
    OPEN_DAY,
    RECORD_VAULT_COUNT,
)
from gateway.asking import ask
from gateway.auth import may, requires
from gateway.checklists import ask_linked
from gateway.errors import problem_of
from gateway.portal.branch import branch_of_page, branches_seen
from gateway.portal.deeds import attempt
from gateway.portal.forms import Form
from gateway.portal.forms import day as calendar_day
from gateway.portal.slips import FACES, SlipForm
from gateway.words import t

if TYPE_CHECKING:
    from typing import Any
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


class OpenForm(Form):
    """The branch's very first business day."""

    on = calendar_day("day.first")


@requires("day:read")
def day() -> ResponseReturnValue:
    """The branch's day: where it stands and what is missing."""
    return show(SlipForm(), OpenForm())


@requires("day:read")
def day_progress(office_id: UUID) -> ResponseReturnValue:
    """How far the closing is; the page asks again until it is done, and is then drawn anew."""
    state = ask(GET_DAY, {"office_id": str(office_id)})
    response = make_response(render_template("portal/day_progress.html", day=state))
    if state["status"] != "closing":
        flash(t("day.is_closed", on=state["on"]), "success")
        response.headers["HX-Refresh"] = "true"
    return response


@requires("day:open")
def day_open(office_id: UUID) -> ResponseReturnValue:
    """Open the first business day."""
    form = OpenForm()
    if form.validate_on_submit() and form.on.data:
        opened = form.send(OPEN_DAY, {"office_id": str(office_id), "on": form.on.data.isoformat()})
        if opened:
            flash(t("day.opened"), "success")
            return redirect(url_for("portal.day", office=office_id), 303)
    return show(SlipForm(), form)


@requires("cash:count")
def day_count(office_id: UUID, on: str, moment: str) -> ResponseReturnValue:
    """Save a count of the vault."""
    form = SlipForm()
    if form.validate_on_submit() and form.readable():
        count = {"id": form.id.data, "office_id": str(office_id), "on": on, "moment": moment}
        if form.send(RECORD_VAULT_COUNT, {**count, "denominations": form.denominations()}):
            flash(t("day.counted"), "success")
            return redirect(url_for("portal.day", office=office_id), 303)
    return show(form, OpenForm())


@requires("cash:confirm")
def day_confirm(office_id: UUID, count_id: UUID) -> ResponseReturnValue:
    """The second person saw the same notes, and may let what is short or in excess be booked."""
    difference = request.form.get("difference") == "booked"
    attempt(CONFIRM_VAULT_COUNT, {"id": str(count_id), "book_difference": difference}, "day.confirmed")
    return redirect(url_for("portal.day", office=office_id), 303)


@requires("day:close")
def day_close(office_id: UUID, on: str) -> ResponseReturnValue:
    """Close the day; where something is missing, the page lists it."""
    attempt(CLOSE_DAY, {"office_id": str(office_id), "on": on}, "day.closing")
    return redirect(url_for("portal.day", office=office_id), 303)


def show(slip: SlipForm, opening: OpenForm) -> ResponseReturnValue:
    """The page of the day, with whichever form somebody was filling in."""
    branch = branch_of_page()
    state: dict[str, Any] | None = None
    past: list[dict[str, Any]] = []
    if branch:
        state = ask_linked(GET_DAY, {"office_id": branch["id"]})
        past = past_days(branch["id"])
    busy = opening if opening.problem else slip
    return busy.page(
        "day.html",
        slip=slip,
        opening=opening,
        branch=branch,
        branches=branches_seen(),
        day=state,
        past=past,
        last_closed=max((one["on"] for one in past if one["status"] == "closed"), default=None),
        faces=FACES,
        wanted=wanted_count(state),
    )


def past_days(office_id: str) -> list[dict[str, Any]]:
    """The closed days; the page stands without them too."""
    try:
        return list(ask(LIST_DAYS, {"office_id": office_id})["items"])
    except ServiceError as error:
        flash(problem_of(error).detail, "warning")
        return []


def wanted_count(state: dict[str, Any] | None) -> str | None:
    """Which count of the vault is to be made now; None where none is."""
    if not state or state["status"] != "open" or not may("cash:count"):
        return None
    return "opening" if not confirmed(state["opening_count"]) else "closing"


def confirmed(count: dict[str, Any] | None) -> bool:
    """Whether a count was made and confirmed."""
    return bool(count and count["confirmed_by"])


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/day", view_func=day)
    blueprint.add_url_rule("/day/<uuid:office_id>/progress", view_func=day_progress)
    blueprint.add_url_rule("/day/<uuid:office_id>/opening", view_func=day_open, methods=["POST"])
    blueprint.add_url_rule(
        "/day/<uuid:office_id>/<on>/counts/<any(opening, closing):moment>",
        view_func=day_count,
        methods=["POST"],
    )
    blueprint.add_url_rule(
        "/day/<uuid:office_id>/counts/<uuid:count_id>/confirmation", view_func=day_confirm, methods=["POST"]
    )
    blueprint.add_url_rule("/day/<uuid:office_id>/<on>/closing", view_func=day_close, methods=["POST"])

"""How an office's book begins (P13) and how its years end (M15): written by one, agreed to by another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for

from contracts.transactions.ledger import GET_DAY
from contracts.transactions.ledger_words import DayState
from contracts.transactions.years import (
    GET_YEAR_CLOSING,
    LIST_YEAR_CLOSINGS,
    PROPOSE_OPENING,
    PROPOSE_YEAR_CLOSING,
)
from gateway.asking import ask
from gateway.auth import current_session, requires
from gateway.edge import new_id, today
from gateway.portal.branch import chosen, office_of_page, office_page
from gateway.portal.deeds import attempt
from gateway.portal.forms import day, text
from gateway.portal.offices import all_offices
from gateway.portal.vouchers import LinesForm, places_of
from gateway.words import t

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

FIRST_MONTH = 7
HEAD_OFFICE = "head_office"
YEAR = re.compile(r"20([0-9]{2})-[0-9]{2}", re.ASCII)


class OpeningForm(LinesForm):
    """On which day an office is cut over, and the paper; its lines are read from the request."""

    on = day("opening.on")
    reference = text("voucher.reference")


@requires("book:read")
def years() -> ResponseReturnValue:
    """Who has closed a fiscal year, and who has not, in an office and all below it."""
    office = office_of_page()
    begins = year_of_page()
    asked = {"year": year_name(begins), "after": request.args.get("after") or None}
    page = ask(LIST_YEAR_CLOSINGS, {**asked, "office_id": office["id"]}) if office else None
    return office_page(
        "years.html",
        office,
        page=page,
        year=year_name(begins),
        before=year_name(begins - 1),
        following=year_name(begins + 1),
        deed_id=new_id,
    )


def year_of_page() -> int:
    """The calendar year in which the fiscal year of the address began, else the last one that is over."""
    match = YEAR.fullmatch(request.args.get("year", ""))
    return 2000 + int(match[1]) if match else begun_in(today()) - 1


def begun_in(on: date) -> int:
    """The calendar year in which a day's fiscal year began; it runs from July to June."""
    return on.year if on.month >= FIRST_MONTH else on.year - 1


def year_name(begins: int) -> str:
    """«2025-26» for the fiscal year that began in 2025."""
    return f"{begins}-{(begins + 1) % 100:02d}"


@requires("book:read")
def years_one(office_id: UUID, year: str) -> ResponseReturnValue:
    """What a closed year earned and spent, ledger by ledger."""
    closing = ask(GET_YEAR_CLOSING, {"office_id": str(office_id), "year": year})
    office = next((one for one in all_offices() if one["id"] == str(office_id)), None)
    return render_template("portal/year.html", closing=closing, office=office)


@requires("year:propose")
def years_close(office_id: UUID, year: str) -> ResponseReturnValue:
    """Ask for a year's income and expense to be brought to the fund."""
    said = {"id": request.form.get("id", ""), "office_id": str(office_id), "year": year}
    attempt(PROPOSE_YEAR_CLOSING, said, "year.proposed")
    return redirect(url_for("portal.years", office=request.args.get("office"), year=year), 303)


@requires("opening:propose")
def openings() -> ResponseReturnValue:
    """Write what an office owns and owes before its first business day; it comes from above the office."""
    below = [one for one in all_offices() if is_below(one)]
    office = chosen(below)
    form = OpeningForm()
    begun = office is not None and ask(GET_DAY, {"office_id": office["id"]})["status"] != DayState.NONE
    adds_lines = "more" in request.form
    ready = office and not begun and not adds_lines and form.validate_on_submit() and not form.half_written
    if office and ready and form.send(PROPOSE_OPENING, opening_of(form, office["id"])):
        flash(t("opening.proposed"), "success")
        return redirect(url_for("portal.openings", office=office["id"]), 303)
    return form.page(
        "opening.html",
        branch=office,
        branches=below,
        begun=begun,
        places=places_of(office["id"]) if office and not begun else [],
        asked=request.method == "POST" and not adds_lines,
    )


def is_below(office: dict[str, Any]) -> bool:
    """Whether its opening balances may be written here: below one's own office, or of the head office."""
    return bool(office["level"] == HEAD_OFFICE or office["id"] != current_session().office_id)


def opening_of(form: OpeningForm, office_id: str) -> dict[str, Any]:
    """The form as the command it means."""
    return {
        "id": form.id.data,
        "office_id": office_id,
        "on": form.on.data.isoformat() if form.on.data else None,
        "lines": [line.command for line in form.lines],
        "reference": form.reference.data,
    }


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/years", view_func=years)
    blueprint.add_url_rule("/years/<uuid:office_id>/<year>", view_func=years_one)
    blueprint.add_url_rule("/years/<uuid:office_id>/<year>/closing", view_func=years_close, methods=["POST"])
    blueprint.add_url_rule("/openings", view_func=openings, methods=["GET", "POST"])

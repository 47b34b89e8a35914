"""Samities: the groups in which members meet, and opening a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, url_for

from contracts.accounts import OPEN_SAMITY
from contracts.accounts.samities import KINDS
from contracts.identity import LIST_STAFF
from gateway.auth import may, requires
from gateway.portal.forms import Form, choice, day, digits, text, time_of_day
from gateway.portal.lists import SAMITIES
from gateway.portal.offices import branches
from gateway.portal.pages import every_item
from gateway.words import t
from gateway.words.formats import pick, weekday

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

WORKING_WEEKDAYS = range(1, 7)


USUAL_SIZE = "30"


class SamityForm(Form):
    """What must be known of a new samity."""

    branch_id = choice("samity.branch")
    officer_id = choice("samity.officer")
    name_bn = text("name.bn")
    name_en = text("name.en")
    kind = choice("samity.kind")
    village = text("samity.village")
    meeting_weekday = choice("samity.weekday")
    meeting_time = time_of_day("samity.time")
    opened_on = day("samity.opened_on")
    max_members = digits("samity.max_members", default=USUAL_SIZE)


@requires("samity:read")
def samities() -> ResponseReturnValue:
    """The samities of one's subtree."""
    return render_template("portal/samities.html", page=SAMITIES.page())


@requires("samity:open")
def samities_new() -> ResponseReturnValue:
    """Open a samity."""
    form = SamityForm()
    form.branch_id.choices = branches()
    form.officer_id.choices = officers()
    form.kind.choices = [(kind, t(f"samity_kind.{kind}")) for kind in KINDS]
    form.meeting_weekday.choices = [(str(nth), weekday(nth)) for nth in WORKING_WEEKDAYS]
    if form.validate_on_submit():
        opened = form.send(OPEN_SAMITY, samity_of(form))
        if opened:
            flash(t("samity.opened", name=pick(opened, "name"), code=opened["code"]), "success")
            return redirect(url_for("portal.samities"), 303)
    return form.page("form.html", title=t("samity.new"), act=t("samity.act"), back=url_for("portal.samities"))


def officers() -> list[tuple[str, str]]:
    """The active field officers as choices, each with the office he works at."""
    if not may("staff:read"):
        return []
    return [
        (one["id"], f"{pick(one, 'name')} · {pick(one, 'office_name')}")
        for one in every_item(LIST_STAFF)
        if one["role"] == "field_officer" and one["status"] == "active"
    ]


def samity_of(form: SamityForm) -> dict[str, Any]:
    """The form as the command it means."""
    most = form.max_members.data or ""
    return {
        "id": form.id.data,
        "branch_id": form.branch_id.data,
        "officer_id": form.officer_id.data,
        "name_bn": form.name_bn.data,
        "name_en": form.name_en.data,
        "kind": form.kind.data,
        "village": form.village.data,
        "meeting_weekday": int(form.meeting_weekday.data),
        "meeting_time": form.meeting_time.data.isoformat("minutes") if form.meeting_time.data else None,
        "opened_on": form.opened_on.data.isoformat() if form.opened_on.data else None,
        "max_members": int(most) if most.isdigit() else most,
    }


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/samities", view_func=samities)
    blueprint.add_url_rule("/samities/new", view_func=samities_new, methods=["GET", "POST"])

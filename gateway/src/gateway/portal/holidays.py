"""Holidays, from the country to one samity: declared by one, agreed to by another. L3."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from flask import render_template, request, url_for

from contracts.accounts import LIST_SAMITIES
from contracts.accounts.holiday_words import HolidaySet
from contracts.accounts.holidays import DECLARE_HOLIDAY, LIST_HOLIDAYS
from contracts.digits import to_latin
from gateway.asking import ask
from gateway.auth import current_session, requires
from gateway.edge import today
from gateway.portal.deeds import sent
from gateway.portal.forms import NONE_CHOSEN, Form, choice, day, label, text
from gateway.portal.offices import all_offices, label_of
from gateway.portal.pages import every_item
from gateway.words import t
from gateway.words.formats import digits, pick

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

HEAD_OFFICE = "head_office"
FIRST_YEAR, LAST_YEAR = 2000, 2100
OF_ALL = (HolidaySet.GOVERNMENT, HolidaySet.ORGANISATION)
OF_A_BRANCH = (HolidaySet.BRANCH, HolidaySet.SAMITY)
OF_AN_AREA = (HolidaySet.BRANCH,)
SETS = {HEAD_OFFICE: OF_ALL, "branch": OF_A_BRANCH}


class HolidayForm(Form):
    """Whose holiday, when, and why."""

    set = choice("holiday.set", description=label("holiday.set_hint"))
    samity_id = choice("holiday.samity", needed=False, description=label("holiday.samity_hint"))
    on = day("holiday.on", default=None, description=label("holiday.on_hint"))
    until_on = day("holiday.until_on", needed=False, default=None, description=label("holiday.until_hint"))
    name_bn = text("name.bn", description=label("holiday.name_hint"))
    name_en = text("name.en")
    reason = text("form.reason", description=label("holiday.reason_hint"))


@requires("holiday:read")
def holidays() -> ResponseReturnValue:
    """A year's holidays of an office, its own and those of all offices above it."""
    offices = all_offices()
    office = office_of(offices, request.args.get("office") or current_session().office_id)
    year = year_asked()
    asked = {"from_on": date(year, 1, 1).isoformat(), "to_on": date(year, 12, 31).isoformat()}
    items = ask(LIST_HOLIDAYS, {"office_id": office["id"], **asked})["items"]
    facts = {"offices": offices, "office": office, "year": year, "samities": samities_of(items)}
    return render_template("portal/holidays.html", items=items, **facts)


def office_of(offices: list[dict[str, Any]], office_id: str | None) -> dict[str, Any]:
    """The office that was asked for, else the first one seen."""
    return next((one for one in offices if one["id"] == office_id), offices[0])


def year_asked() -> int:
    """The year that the page shows; this one where none that can be was asked for."""
    typed = to_latin(request.args.get("year", ""))
    year = int(typed) if typed.isascii() and typed.isdigit() else today().year
    return year if FIRST_YEAR <= year <= LAST_YEAR else today().year


def samities_of(items: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The samities by their ids, where a holiday is of one."""
    if not any(one["samity_id"] for one in items):
        return {}
    return {one["id"]: one for one in every_item(LIST_SAMITIES)}


@requires("holiday:declare")
def holidays_new(office_id: UUID) -> ResponseReturnValue:
    """Declare a holiday of an office; another person agrees, the area where running loans would move."""
    office = office_of(all_offices(), str(office_id))
    form = HolidayForm()
    sets = SETS.get(office["level"], OF_AN_AREA)
    form.set.choices = [(str(one), t(f"holiday_set.{one}")) for one in sets]
    if HolidaySet.SAMITY in sets:
        form.samity_id.choices = [NONE_CHOSEN, *samity_choices(office["id"])]
    else:
        del form.samity_id
    back = url_for("portal.holidays", office=office["id"])
    title, lead = t("holiday.new", office=label_of(office)), t("holiday.form_lead")
    return sent(form, DECLARE_HOLIDAY, holiday_of, "holiday.declared", back) or form.page(
        "form.html", title=title, lead=lead, act=t("form.ask"), back=back
    )


def samity_choices(branch_id: str) -> list[tuple[str, str]]:
    """The samities of a branch as choices."""
    return [
        (one["id"], f"{pick(one, 'name')} ({digits(one['code'])})")
        for one in every_item(LIST_SAMITIES)
        if one["branch_id"] == branch_id
    ]


def holiday_of(form: HolidayForm) -> dict[str, Any]:
    """The form as the command it means."""
    chosen = form.set.data
    samity = form["samity_id"].data if "samity_id" in form else None
    days = {name: form[name].data.isoformat() if form[name].data else None for name in ("on", "until_on")}
    said = {name: form[name].data for name in ("id", "name_bn", "name_en", "reason")}
    office = (request.view_args or {})["office_id"]
    return {
        **said,
        **days,
        "set": chosen,
        "office_id": str(office),
        "samity_id": (samity or None) if chosen == HolidaySet.SAMITY else None,
    }


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/holidays", view_func=holidays)
    blueprint.add_url_rule("/holidays/new/<uuid:office_id>", view_func=holidays_new, methods=["GET", "POST"])

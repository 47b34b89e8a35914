"""Who keeps a samity and when it meets, from a day on; and who goes instead today. Rule P8."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import url_for

from contracts.accounts import LIST_SAMITIES
from contracts.accounts.samities import ASSIGN_SAMITY_OFFICER, MOVE_SAMITY_MEETING
from contracts.errors import NotFound
from contracts.transactions.collection import ASSIGN_SHEET, GET_SHEET
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.deeds import sent
from gateway.portal.forms import NONE_CHOSEN, Form, choice, day, label, text
from gateway.portal.pages import every_item
from gateway.portal.samities import WORKING_WEEKDAYS, officers
from gateway.words import t
from gateway.words.formats import pick, weekday

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


def officers_or_none() -> list[tuple[str, str]]:
    """The active field officers, none of them chosen yet."""
    return [NONE_CHOSEN, *officers()]


def weekdays() -> list[tuple[str, str]]:
    """The days on which samities meet."""
    return [(str(nth), weekday(nth)) for nth in WORKING_WEEKDAYS]


class OfficerForm(Form):
    """Who keeps it, and from when."""

    officer_id = choice("samity.officer", choices=officers_or_none, description=label("samity.officer_hint"))
    from_on = day("samity.from_on", default=None, description=label("samity.from_hint"))


class MeetingForm(Form):
    """On which weekday it meets, and from when."""

    meeting_weekday = choice("samity.weekday", choices=weekdays, description=label("samity.weekday_hint"))
    from_on = day("samity.from_on", default=None, description=label("samity.from_hint"))


class SubstituteForm(Form):
    """Who goes instead, and why."""

    officer_id = choice("samity.officer", choices=officers_or_none, description=label("sheet.instead_hint"))
    reason = text("form.reason", description=label("sheet.instead_reason_hint"))


@requires("samity:open")
def samities_officer(samity_id: UUID) -> ResponseReturnValue:
    """From a day on, another officer keeps the samity."""
    form, back = OfficerForm(), url_for("portal.samities")
    return sent(
        form,
        ASSIGN_SAMITY_OFFICER,
        lambda typed: changed(typed, samity_id) | {"officer_id": typed.officer_id.data},
        "samity.changed",
        back,
    ) or form.page(
        "form.html", title=t("samity.new_officer"), lead=named(samity_id), act=t("form.confirm"), back=back
    )


@requires("samity:open")
def samities_meeting(samity_id: UUID) -> ResponseReturnValue:
    """From a day on, the samity meets on another weekday; what is due moves with it."""
    form, back = MeetingForm(), url_for("portal.samities")
    return sent(
        form,
        MOVE_SAMITY_MEETING,
        lambda typed: changed(typed, samity_id) | {"meeting_weekday": int(typed.meeting_weekday.data)},
        "samity.changed",
        back,
    ) or form.page(
        "form.html", title=t("samity.new_meeting"), lead=named(samity_id), act=t("form.confirm"), back=back
    )


def changed(form: OfficerForm | MeetingForm, samity_id: UUID) -> dict[str, Any]:
    """What both changes say."""
    since = form.from_on.data
    return {
        "id": form.id.data,
        "samity_id": str(samity_id),
        "from_on": since.isoformat() if since else None,
    }


def named(samity_id: UUID) -> str:
    """The samity's name.

    Raises:
        NotFound: there is no such samity in one's offices.
    """
    for one in every_item(LIST_SAMITIES):
        if one["id"] == str(samity_id):
            return pick(one, "name")
    raise NotFound


@requires("sheet:take_over")
def sheets_assign(sheet_id: UUID) -> ResponseReturnValue:
    """Give today's sheet to another officer."""
    form, back = SubstituteForm(), url_for("portal.sheets_one", sheet_id=sheet_id)
    done = sent(form, ASSIGN_SHEET, lambda typed: substitute_of(typed, sheet_id), "sheet.assigned", back)
    if done:
        return done
    lead = pick(ask(GET_SHEET, {"id": str(sheet_id)}), "samity_name")
    return form.page("form.html", title=t("sheet.assign"), lead=lead, act=t("form.confirm"), back=back)


def substitute_of(form: SubstituteForm, sheet_id: UUID) -> dict[str, Any]:
    """The form as the command it means."""
    return {"sheet_id": str(sheet_id), "officer_id": form.officer_id.data, "reason": form.reason.data}


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    for change, view in {"officer": samities_officer, "meeting": samities_meeting}.items():
        blueprint.add_url_rule(
            f"/samities/<uuid:samity_id>/{change}", view_func=view, methods=["GET", "POST"]
        )
    blueprint.add_url_rule(
        "/sheets/<uuid:sheet_id>/officer", view_func=sheets_assign, methods=["GET", "POST"]
    )

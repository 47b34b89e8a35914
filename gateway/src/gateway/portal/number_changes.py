"""Another telephone number for a member: a code to it, her word, a call back, then the manager. P1, M9."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, url_for

from contracts.accounts import GET_MEMBER
from contracts.accounts.number_changes import (
    CALLED,
    CONFIRM_NUMBER_CHANGE,
    LIST_NUMBER_CHANGES,
    PROPOSE_NUMBER_CHANGE,
    RECORD_NUMBER_CALL_BACK,
    SEND_NUMBER_CODE,
)
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.admission_form import plain
from gateway.portal.deeds import attempt
from gateway.portal.forms import Form, choice, digits, text
from gateway.words import t

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

UNDER_WAY = {"asked", "confirmed"}


class NumberForm(Form):
    """The new number, and why it changes."""

    mobile = digits("number_change.new")
    reason = text("form.reason")


class CodeForm(Form):
    """The code that she reads from the new telephone."""

    code = digits("number_change.code")


class CallForm(Form):
    """On which number she was called, and what she said."""

    called = choice("number_change.called")
    note = text("number_change.note")


@requires("member:propose_change")
def members_number(member_id: UUID) -> ResponseReturnValue:
    """Every change of her number, and the next step of the one that is under way."""
    form = NumberForm()
    said = {"id": form.id.data, "member_id": str(member_id)}
    if form.validate_on_submit():
        asked = said | {"mobile": plain(form.mobile.data), "reason": form.reason.data}
        if form.send(PROPOSE_NUMBER_CHANGE, asked):
            return step_done(member_id, "number_change.asked")
    return number_page(form, member_id)


@requires("member:propose_change")
def members_number_code(member_id: UUID, change_id: UUID) -> ResponseReturnValue:
    """She has said the code."""
    form = CodeForm()
    said = {"id": str(change_id), "code": form.code.data}
    if form.validate_on_submit() and form.send(CONFIRM_NUMBER_CHANGE, said):
        return step_done(member_id, "number_change.confirmed")
    return number_page(form, member_id)


@requires("member:propose_change")
def members_number_call(member_id: UUID, change_id: UUID) -> ResponseReturnValue:
    """Somebody else has called her back."""
    form = CallForm()
    form.called.choices = called_choices()
    said = {"id": str(change_id), "called": form.called.data, "note": form.note.data}
    if form.validate_on_submit() and form.send(RECORD_NUMBER_CALL_BACK, said):
        return step_done(member_id, "number_change.call_noted")
    return number_page(form, member_id)


@requires("member:propose_change")
def members_number_again(member_id: UUID, change_id: UUID) -> ResponseReturnValue:
    """Send another code to the new number."""
    attempt(SEND_NUMBER_CODE, {"id": str(change_id)}, "number_change.asked")
    return redirect(url_for("portal.members_number", member_id=member_id), 303)


def called_choices() -> list[tuple[str, str]]:
    """The numbers on which she may have been called."""
    return [(one, t(f"number_called.{one}")) for one in CALLED]


def number_page(form: Form, member_id: UUID) -> ResponseReturnValue:
    """The page with all changes; the form of the next step is fresh unless it is the one that was sent."""
    changes: list[dict[str, Any]] = ask(LIST_NUMBER_CHANGES, {"member_id": str(member_id)})["items"]
    running = next((one for one in changes if one["state"] in UNDER_WAY), None)
    wanted = NumberForm if running is None else CodeForm if running["state"] == "asked" else CallForm
    shown = form if isinstance(form, wanted) else wanted(formdata=None)
    if isinstance(shown, CallForm):
        shown.called.choices = called_choices()
    member = ask(GET_MEMBER, {"id": str(member_id)})
    if shown is not form:
        shown.problem = form.problem
    return shown.page("number_changes.html", member=member, changes=changes, running=running)


def step_done(member_id: UUID, sentence: str) -> ResponseReturnValue:
    """Say it, and go on to the next step."""
    flash(t(sentence), "success")
    return redirect(url_for("portal.members_number", member_id=member_id), 303)


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    both = ["GET", "POST"]
    hers = "/members/<uuid:member_id>/number"
    blueprint.add_url_rule(hers, view_func=members_number, methods=both)
    one = f"{hers}/<uuid:change_id>"
    blueprint.add_url_rule(f"{one}/code", view_func=members_number_code, methods=both)
    blueprint.add_url_rule(f"{one}/call", view_func=members_number_call, methods=both)
    blueprint.add_url_rule(f"{one}/again", view_func=members_number_again, methods=["POST"])

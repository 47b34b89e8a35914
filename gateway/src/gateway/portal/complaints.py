"""Mismatches and complaints: what waits and for whom, one case with all beside it, and its deeds. Rule P4."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from wtforms import HiddenField

from contracts.digits import to_latin
from contracts.transactions.complaint_words import (
    SAID,
    ComplaintAbout,
    ComplaintAgainst,
    ComplaintOutcome,
    ComplaintVia,
    ComplaintWaits,
    Contacted,
)
from contracts.transactions.complaints import (
    ACKNOWLEDGE_COMPLAINT,
    ANSWER_COMPLAINT,
    CONTACT_COMPLAINANT,
    GET_COMPLAINT,
    LIST_COMPLAINTS,
    LIST_TOLD_COMPLAINTS,
    LONGEST,
    TAKE_COMPLAINT,
)
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.branch import office_of_page, office_page
from gateway.portal.deeds import sent
from gateway.portal.forms import NONE_CHOSEN, Form, choice, code, day, paragraph, text
from gateway.words import t
from gateway.words.formats import day as shown_day

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

HEARD = (ComplaintVia.COUNTER, ComplaintVia.PHONE)
CONDUCT = (ComplaintOutcome.UPHELD, ComplaintOutcome.NOT_UPHELD, ComplaintOutcome.UNCLEAR)
MONEY = (ComplaintOutcome.BOOK_RIGHT, ComplaintOutcome.PAPER_RIGHT, ComplaintOutcome.UNCLEAR)


class ComplaintForm(Form):
    """What a member says, as whoever hears it writes it down."""

    entry_id = HiddenField()
    row_id = HiddenField()
    member_code = code("complaint.member_code")
    via = choice("complaint.via")
    about = choice("complaint.about")
    against = choice("complaint.against")
    account_code = text("complaint.account_code", needed=False)
    on = day("complaint.on", needed=False, default=None)
    said = paragraph("complaint.said", LONGEST)


class AcknowledgeForm(Form):
    """Somebody looks at it; how he spoke with her, if he did."""

    contact = choice("complaint.contact", needed=False)


class ContactForm(Form):
    """How somebody spoke with her."""

    contact = choice("complaint.contact")


class AnswerForm(Form):
    """What was found, and what she is to hear."""

    outcome = choice("complaint.outcome")
    answer = paragraph("complaint.answer", LONGEST)
    correction_id = text("complaint.correction", needed=False)


@requires("complaint:read")
def complaints() -> ResponseReturnValue:
    """What waits for an answer in an office and all below it, or what was answered."""
    office = office_of_page()
    waits = request.args.get("waits") or None
    answered = request.args.get("answered") == "yes"
    page: dict[str, Any] = {"items": [], "next": None}
    if office:
        asked = {"office_id": office["id"], "answered": answered, "after": request.args.get("after") or None}
        page = ask(LIST_COMPLAINTS, {**asked, "waits_for": None if answered else waits})
    return office_page(
        "complaints.html", office, page=page, waits=waits, answered=answered, waiting=tuple(ComplaintWaits)
    )


@requires("complaint:see")
def toldcomplaints() -> ResponseReturnValue:
    """What an officer's own members said, once somebody has spoken with them."""
    page = ask(LIST_TOLD_COMPLAINTS, {"after": request.args.get("after") or None})
    return render_template("portal/complaints_told.html", page=page)


@requires("complaint:take")
def newcomplaint() -> ResponseReturnValue:
    """Write down what a member says; a line of her passbook brings its ids and her code along."""
    form = ComplaintForm(
        entry_id=request.args.get("entry"),
        row_id=request.args.get("row"),
        member_code=request.args.get("member"),
    )
    form.via.choices = [(one.value, t(f"complaint_via.{one}")) for one in HEARD]
    form.against.choices = [(one.value, t(f"complaint_against.{one}")) for one in ComplaintAgainst]
    is_line = bool(form.entry_id.data or form.row_id.data)
    offered = SAID[:1] if is_line else SAID[1:]
    form.about.choices = [(one.value, t(f"complaint_about.{one}")) for one in offered]
    if is_line:
        del form.account_code, form.on
    if form.validate_on_submit():
        taken = form.send(TAKE_COMPLAINT, said_in(form))
        if taken:
            flash(t("complaint.taken", on=shown_day(taken["answer_by"])), "success")
            return redirect(url_for("portal.home"), 303)
    return form.page(
        "complaint_form.html",
        title=t("complaint.take"),
        lead=t("complaint.take_lead"),
        act=t("complaint.take"),
        back=url_for("portal.home"),
    )


def said_in(form: ComplaintForm) -> dict[str, Any]:
    """The form as the command it means; a line says itself where and when it is."""
    account, on = (form[name].data if name in form else None for name in ("account_code", "on"))
    return {
        "id": form.id.data,
        "member_code": form.member_code.data,
        "via": form.via.data,
        "about": form.about.data,
        "against": form.against.data,
        "entry_id": form.entry_id.data or None,
        "row_id": form.row_id.data or None,
        "account_code": to_latin(account) if account else None,
        "on": on.isoformat() if on else None,
        "said": form.said.data,
    }


@requires("complaint:read")
def complaints_one(complaint_id: UUID) -> ResponseReturnValue:
    """A case with its line, sheet and officer beside it, and what may be done next."""
    return render_template("portal/complaint.html", case=ask(GET_COMPLAINT, {"id": str(complaint_id)}))


@requires("complaint:answer")
def complaints_acknowledge(complaint_id: UUID) -> ResponseReturnValue:
    """Let her know that somebody looks at it."""
    form = AcknowledgeForm()
    form.contact.choices = [NONE_CHOSEN, *contacts()]
    back = url_for("portal.complaints_one", complaint_id=complaint_id)
    command = acknowledged(complaint_id)
    answer = sent(form, ACKNOWLEDGE_COMPLAINT, command, "complaint.acknowledged", back)
    return answer or deed_page(form, "acknowledge", back)


@requires("complaint:answer")
def complaints_contact(complaint_id: UUID) -> ResponseReturnValue:
    """Keep that somebody spoke with her; from now on her officer may read it."""
    form = ContactForm()
    form.contact.choices = contacts()
    back = url_for("portal.complaints_one", complaint_id=complaint_id)
    answer = sent(form, CONTACT_COMPLAINANT, acknowledged(complaint_id), "complaint.contacted", back)
    return answer or deed_page(form, "contact", back)


@requires("complaint:answer")
def complaints_answer(complaint_id: UUID) -> ResponseReturnValue:
    """Say what was found; where the paper is right, which entry put her account right."""
    case = ask(GET_COMPLAINT, {"id": str(complaint_id)})
    form = AnswerForm()
    is_conduct = case["about"] == ComplaintAbout.CONDUCT
    found = CONDUCT if is_conduct else MONEY
    form.outcome.choices = [(one.value, t(f"complaint_outcome.{one}")) for one in found]
    if is_conduct:
        del form.correction_id
    back = url_for("portal.complaints_one", complaint_id=complaint_id)
    answer = sent(form, ANSWER_COMPLAINT, answered(complaint_id), "complaint.answered", back)
    return answer or deed_page(form, "answer", back)


def contacts() -> list[tuple[str, str]]:
    """The ways of speaking with her, as choices."""
    return [(one.value, t(f"complaint_contact.{one}")) for one in Contacted]


def acknowledged(complaint_id: UUID) -> Callable[[AcknowledgeForm | ContactForm], dict[str, Any]]:
    """The two short forms as the commands they mean."""
    return lambda form: {"id": str(complaint_id), "contact": form.contact.data or None}


def answered(complaint_id: UUID) -> Callable[[AnswerForm], dict[str, Any]]:
    """What was found as the command it means."""
    return lambda form: {
        "id": str(complaint_id),
        "outcome": form.outcome.data,
        "answer": form.answer.data,
        "correction_id": entry_in(form.correction_id.data) if "correction_id" in form else None,
    }


def entry_in(typed: str | None) -> str | None:
    """The id at the end of what was typed: the address of an entry's page may be put there whole."""
    return typed.split("?")[0].rstrip("/").rsplit("/", 1)[-1] if typed else None


def deed_page(form: Form, deed: str, back: str) -> ResponseReturnValue:
    """Draw the form of a deed."""
    title, lead = t(f"complaint.act_{deed}"), t(f"complaint.lead_{deed}")
    return form.page("form.html", title=title, lead=lead, act=title, back=back)


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    one, both = "/complaints/<uuid:complaint_id>", ["GET", "POST"]
    blueprint.add_url_rule("/complaints", view_func=complaints)
    blueprint.add_url_rule("/told-complaints", view_func=toldcomplaints)
    blueprint.add_url_rule("/take-complaint", view_func=newcomplaint, methods=both)
    blueprint.add_url_rule(one, view_func=complaints_one)
    blueprint.add_url_rule(f"{one}/acknowledge", view_func=complaints_acknowledge, methods=both)
    blueprint.add_url_rule(f"{one}/contact", view_func=complaints_contact, methods=both)
    blueprint.add_url_rule(f"{one}/answer", view_func=complaints_answer, methods=both)

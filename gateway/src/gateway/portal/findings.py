"""Findings: what an auditor found, what the office answers, and what became of it. Rule P12."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from flask import redirect, request, url_for

from contracts.transactions.finding_words import FindingAbout, FindingState
from contracts.transactions.findings import (
    ANSWER_FINDING,
    ASK_FINDING_AGAIN,
    CLOSE_FINDING,
    GET_FINDING,
    LIST_FINDINGS,
    LONGEST,
    RAISE_FINDING,
)
from gateway.asking import ask
from gateway.auth import requires
from gateway.edge import today
from gateway.portal.branch import office_of_page, office_page
from gateway.portal.deeds import sent
from gateway.portal.forms import Form, day, paragraph
from gateway.words import t

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from contracts.calls import Method

A_FORTNIGHT = timedelta(days=14)


def in_a_fortnight() -> date:
    """Until when an office is asked for its answer, unless the auditor says another day."""
    return today() + A_FORTNIGHT


class SaidForm(Form):
    """What is said in a step."""

    said = paragraph("finding.said", LONGEST, rows=5)


class AskingForm(Form):
    """What is said in a step, and until when the office is to answer."""

    said = paragraph("finding.said", LONGEST, rows=5)
    answer_by = day("finding.answer_by", default=in_a_fortnight)


@requires("finding:read")
def findings() -> ResponseReturnValue:
    """What was found in an office and all below it, the newest first."""
    office, state = office_of_page(), state_of_page()
    after = request.args.get("after") or None
    asked = {"office_id": office["id"], "state": state, "after": after} if office else None
    page = ask(LIST_FINDINGS, asked) if asked else {"items": [], "next": None}
    return office_page("findings.html", office, page=page, state=state, states=tuple(FindingState))


def state_of_page() -> str | None:
    """The state that was asked for, if it is one."""
    wanted = request.args.get("state")
    return wanted if wanted in set(FindingState) else None


@requires("finding:raise")
def findings_new(office_id: UUID) -> ResponseReturnValue:
    """Write a finding about an office, or about the thing from whose page one comes."""
    form = AskingForm()
    about = request.args.get("about", FindingAbout.OFFICE.value)
    thing = {"about": about, "about_id": request.args.get("thing") or None}
    back = url_for("portal.findings", office=office_id)

    def command(one: AskingForm) -> dict[str, Any]:
        return {"id": one.id.data, "office_id": str(office_id), **thing, **asked_of(one)}

    done = sent(form, RAISE_FINDING, command, "finding.raised", back)
    title = t(f"finding.new_{about}") if about in set(FindingAbout) else t("finding.new_office")
    facts = {"title": title, "lead": t("finding.new_lead"), "act": t("finding.raise_act"), "back": back}
    return done or form.page("form.html", **facts)


def asked_of(form: AskingForm) -> dict[str, Any]:
    """What an auditor asks for, and until when."""
    until = form.answer_by.data
    return {"said": form.said.data, "answer_by": until.isoformat() if until else None}


@requires("finding:read")
def findings_one(finding_id: UUID) -> ResponseReturnValue:
    """A finding with all that was said to it."""
    return SaidForm().page("finding.html", finding=ask(GET_FINDING, {"id": str(finding_id)}))


@requires("finding:answer")
def findings_answer(finding_id: UUID) -> ResponseReturnValue:
    """Answer as the office."""
    return stepped(finding_id, SaidForm(), ANSWER_FINDING, "answer")


@requires("finding:close")
def findings_again(finding_id: UUID) -> ResponseReturnValue:
    """Ask again until another day."""
    return stepped(finding_id, AskingForm(), ASK_FINDING_AGAIN, "again")


@requires("finding:close")
def findings_close(finding_id: UUID) -> ResponseReturnValue:
    """Be done with a finding."""
    return stepped(finding_id, SaidForm(), CLOSE_FINDING, "close")


def stepped(finding_id: UUID, form: SaidForm | AskingForm, method: Method, deed: str) -> ResponseReturnValue:
    """Take the step after the newest one that the reader has seen."""
    back = url_for("portal.findings_one", finding_id=finding_id)
    step = int(request.args.get("step", "0")) if request.args.get("step", "").isdecimal() else 0

    def command(one: SaidForm | AskingForm) -> dict[str, Any]:
        asked = asked_of(one) if isinstance(one, AskingForm) else {"said": one.said.data}
        return {"id": str(finding_id), "step": step, **asked}

    if not step:
        return redirect(back, 303)
    done = sent(form, method, command, f"finding.done_{deed}", back)
    if done:
        return done
    act, lead = t(f"finding.act_{deed}"), t(f"finding.lead_{deed}")
    newest = ask(GET_FINDING, {"id": str(finding_id)})["steps"][-1]
    return form.page("finding_step.html", title=act, lead=lead, act=act, back=back, newest=newest)


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    one, both = "/findings/<uuid:finding_id>", ["GET", "POST"]
    blueprint.add_url_rule("/findings", view_func=findings)
    blueprint.add_url_rule("/findings/new/<uuid:office_id>", view_func=findings_new, methods=both)
    blueprint.add_url_rule(one, view_func=findings_one)
    blueprint.add_url_rule(f"{one}/answer", view_func=findings_answer, methods=both)
    blueprint.add_url_rule(f"{one}/again", view_func=findings_again, methods=both)
    blueprint.add_url_rule(f"{one}/close", view_func=findings_close, methods=both)

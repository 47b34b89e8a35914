"""A member's app account: issued, suspended after her call, given back by a second person. P1, P6."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, url_for

from contracts.accounts import GET_MEMBER, LIST_SAMITIES
from contracts.identity import (
    GET_MEMBER_LOGIN,
    ISSUE_MEMBER_LOGIN,
    REACTIVATE_MEMBER_LOGIN,
    SUSPEND_MEMBER_LOGIN,
)
from contracts.identity.logins import CALLED_BACK, CLOSE_MEMBER_LOGIN, LIST_LOGIN_SWITCHES, SEEN
from gateway.asking import ask
from gateway.auth import may, requires
from gateway.portal.forms import Form, choice, digits, label, text
from gateway.portal.pages import every_item
from gateway.words import t
from gateway.words.formats import pick

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


def called_back() -> list[tuple[str, str]]:
    """Which number may have been called back."""
    return [(one, t(f"called_back.{one}")) for one in CALLED_BACK]


def seen() -> list[tuple[str, str]]:
    """By what she may have been known."""
    return [(one, t(f"seen.{one}")) for one in SEEN]


class IssueForm(Form):
    """Nothing to enter: the member is known, and the code is made at the approval."""


class SuspendForm(Form):
    """Who called, from where, and why: the call-back is logged."""

    caller = text("login.caller")
    number = digits("login.number")
    called_back = choice(
        "login.called_back", choices=called_back, description=label("login.called_back_hint")
    )
    reason = text("form.reason")


class CloseForm(Form):
    """By what she was known at the branch, and why she wants no app."""

    seen = choice("login.seen", choices=seen, description=label("login.seen_hint"))
    reason = text("form.reason")


class ReactivateForm(Form):
    """Why the login is given back."""

    reason = text("form.reason")


@requires("login:issue")
def members_login_issue(member_id: UUID) -> ResponseReturnValue:
    """Propose her app account; a second person approves, and the slip is printed."""
    member = ask(GET_MEMBER, {"id": str(member_id)})
    form = IssueForm()
    if form.validate_on_submit() and form.send(ISSUE_MEMBER_LOGIN, issue_of(form, member)):
        return done(member_id, "login.proposed")
    return login_page(form, member, "issue")


def issue_of(form: IssueForm, member: dict[str, Any]) -> dict[str, Any]:
    """The form as the command it means."""
    samity = next(one for one in every_item(LIST_SAMITIES) if one["id"] == member["samity_id"])
    return {
        "id": form.id.data,
        "member_id": member["id"],
        "member_code": member["code"],
        "branch_id": member["branch_id"],
        "officer_id": samity["officer_id"],
    }


@requires("login:suspend")
def members_login_suspend(member_id: UUID) -> ResponseReturnValue:
    """Switch her login off for a while."""
    form = SuspendForm()
    if form.validate_on_submit():
        names = ("caller", "number", "called_back", "reason")
        call = {name: form[name].data for name in names}
        if form.send(SUSPEND_MEMBER_LOGIN, {"member_id": str(member_id), **call}):
            return done(member_id, "login.suspended")
    return login_page(form, ask(GET_MEMBER, {"id": str(member_id)}), "suspend")


@requires("login:close")
def members_login_close(member_id: UUID) -> ResponseReturnValue:
    """Close the app of somebody who stays a member."""
    form = CloseForm()
    if form.validate_on_submit():
        asked = {"member_id": str(member_id), "seen": form.seen.data, "reason": form.reason.data}
        if form.send(CLOSE_MEMBER_LOGIN, asked):
            return done(member_id, "login.closed")
    return login_page(form, ask(GET_MEMBER, {"id": str(member_id)}), "close")


@requires("login:read")
def members_login_switches(member_id: UUID) -> ResponseReturnValue:
    """Who switched her app, on whose call, and why."""
    switches = ask(LIST_LOGIN_SWITCHES, {"member_id": str(member_id)})["items"]
    member = ask(GET_MEMBER, {"id": str(member_id)})
    return render_template("portal/login_switches.html", member=member, switches=switches)


@requires("login:reactivate")
def members_login_reactivate(member_id: UUID) -> ResponseReturnValue:
    """Switch her login on again."""
    form = ReactivateForm()
    if form.validate_on_submit():
        asked = {"member_id": str(member_id), "reason": form.reason.data}
        if form.send(REACTIVATE_MEMBER_LOGIN, asked):
            return done(member_id, "login.reactivated")
    return login_page(form, ask(GET_MEMBER, {"id": str(member_id)}), "reactivate")


def done(member_id: UUID, sentence: str) -> ResponseReturnValue:
    """Say it, and go back to her file."""
    flash(t(sentence), "success")
    return redirect(url_for("portal.members_one", member_id=member_id), 303)


def login_page(form: Form, member: dict[str, Any], deed: str) -> ResponseReturnValue:
    """The page of one deed on a login."""
    known = ask(GET_MEMBER_LOGIN, {"member_id": member["id"]}) if may("login:read") else None
    stands = [(t("login_status.title"), t(f"login_status.{known['status']}"))] if known else []
    return form.page(
        "loan_money.html",
        figures=stands,
        title=t(f"login.title_{deed}", name=pick(member, "name")),
        lead=t(f"login.lead_{deed}"),
        act=t(f"login.act_{deed}"),
        back=url_for("portal.members_one", member_id=member["id"]),
    )


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    deeds = {
        "issue": members_login_issue,
        "suspend": members_login_suspend,
        "reactivate": members_login_reactivate,
        "close": members_login_close,
    }
    blueprint.add_url_rule("/members/<uuid:member_id>/login", view_func=members_login_switches)
    for deed, view in deeds.items():
        address = f"/members/<uuid:member_id>/login/{deed}"
        blueprint.add_url_rule(address, view_func=view, methods=["GET", "POST"])

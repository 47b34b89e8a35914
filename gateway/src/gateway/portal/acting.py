"""Who acts for whom while somebody is away: asked for by one, agreed to by another, ended at any time. M8."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import render_template, url_for

from contracts.identity import END_ACTING, LIST_STAFF, PROPOSE_ACTING
from contracts.identity.acting import ACTING_ROLES
from contracts.permissions import Role
from gateway.auth import requires
from gateway.portal.deeds import sent
from gateway.portal.forms import NONE_CHOSEN, Form, choice, day, label, text
from gateway.portal.lists import ACTING
from gateway.portal.pages import every_item
from gateway.words import t
from gateway.words.formats import pick

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

NEVER_ACT = {Role.ADMINISTRATOR, Role.AUDITOR}


class ActingForm(Form):
    """Who is away, who stands in, from when to when, and why."""

    away_id = choice("acting.away", description=label("acting.away_hint"))
    staff_id = choice("acting.who", description=label("acting.who_hint"))
    from_on = day("acting.from_on", description=label("acting.from_hint"))
    to_on = day("acting.to_on", default=None, description=label("acting.to_hint"))
    reason = text("form.reason", description=label("acting.reason_hint"))


class EndForm(Form):
    """Why it ends before its last day."""

    reason = text("form.reason", description=label("acting.end_hint"))


@requires("acting:read")
def acting() -> ResponseReturnValue:
    """The acting posts of one's offices, the newest first."""
    return render_template("portal/acting.html", page=ACTING.page())


@requires("acting:propose")
def acting_new() -> ResponseReturnValue:
    """Ask that somebody holds the post of a person who is away."""
    form, back = ActingForm(), url_for("portal.acting")
    staff = [one for one in every_item(LIST_STAFF) if one["status"] == "active"]
    away = {one["id"]: one for one in staff if one["role"] in ACTING_ROLES}
    form.away_id.choices = [NONE_CHOSEN, *((key, label_of(one)) for key, one in away.items())]
    form.staff_id.choices = [
        NONE_CHOSEN,
        *((one["id"], label_of(one)) for one in staff if one["role"] not in NEVER_ACT),
    ]
    title, lead = t("acting.new"), t("acting.lead")
    return sent(form, PROPOSE_ACTING, lambda typed: acting_of(typed, away), "form.waits", back) or form.page(
        "form.html", title=title, lead=lead, act=t("form.ask"), back=back
    )


def label_of(person: dict[str, Any]) -> str:
    """A person as a choice shows him: with his post."""
    return f"{pick(person, 'name')} · {t('role.' + person['role'])} · {pick(person, 'office_name')}"


def acting_of(form: ActingForm, away: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The form as the command it means: the post is that of whoever is away."""
    days = {name: form[name].data.isoformat() if form[name].data else None for name in ("from_on", "to_on")}
    post = away[form.away_id.data]
    return {
        "id": form.id.data,
        "staff_id": form.staff_id.data,
        "role": post["role"],
        "office_id": post["office_id"],
        "away_id": post["id"],
        **days,
        "reason": form.reason.data,
    }


@requires("acting:end")
def acting_end(acting_id: UUID) -> ResponseReturnValue:
    """End it before its last day."""
    form, back = EndForm(), url_for("portal.acting")
    said = {"id": str(acting_id)}
    return sent(
        form, END_ACTING, lambda typed: said | {"reason": typed.reason.data}, "acting.ended", back
    ) or form.page("form.html", title=t("acting.end"), act=t("form.confirm"), back=back)


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    both = ["GET", "POST"]
    blueprint.add_url_rule("/acting", view_func=acting)
    blueprint.add_url_rule("/acting/new", view_func=acting_new, methods=both)
    blueprint.add_url_rule("/acting/<uuid:acting_id>/end", view_func=acting_end, methods=both)

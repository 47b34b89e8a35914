"""Up to which amount a role may allow what waits for it: one administrator proposes, another agrees. P7."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import render_template, url_for

from contracts.identity import LIST_LIMITS, PROPOSE_LIMIT
from contracts.identity.staff import STAFF_ROLES
from contracts.limits import LIMITED
from contracts.permissions import permits
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.deeds import sent
from gateway.portal.forms import Form, choice, day, digits, label, text
from gateway.portal.money import typed_taka
from gateway.words import language, t

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue


def deed_in_words(permission: str) -> str:
    """What a permission lets do, in the reader's language."""
    bangla, english = LIMITED.get(permission, (permission, permission))
    return bangla if language() == "bn" else english


def binding_choices() -> list[tuple[str, str]]:
    """Whom a limit can bind in which deed: a role has no limit in what it may not do at all."""
    return [
        (f"{role}/{permission}", f"{t(f'role.{role}')} · {deed_in_words(permission)}")
        for role in STAFF_ROLES
        for permission in LIMITED
        if permits(role, permission)
    ]


class LimitForm(Form):
    """Whom it binds in what, how much, from when."""

    bound = choice("limit.bound", choices=binding_choices, description=label("limit.bound_hint"))
    amount = digits("limit.amount", description=label("limit.amount_hint"))
    effective_on = day("limit.effective_on", description=label("limit.effective_on_hint"))
    reason = text("form.reason", description=label("product.reason_hint"))


@requires("limit:read")
def limits() -> ResponseReturnValue:
    """Every limit that is, was or will be."""
    items = [one | {"deed": deed_in_words(one["permission"])} for one in ask(LIST_LIMITS, {})["items"]]
    return render_template("portal/limits.html", items=items)


@requires("limit:propose")
def limits_new() -> ResponseReturnValue:
    """Propose a limit from a day on."""
    form, back = LimitForm(), url_for("portal.limits")
    title, lead = t("limit.new"), t("limit.form_lead")
    return sent(form, PROPOSE_LIMIT, limit_of, "form.waits_for_administrator", back) or form.page(
        "form.html", title=title, lead=lead, act=t("form.ask"), back=back
    )


def limit_of(form: LimitForm) -> dict[str, Any]:
    """The form as the command it means."""
    role, _, permission = form.bound.data.partition("/")
    begins = form.effective_on.data
    return {
        "id": form.id.data,
        "role": role,
        "permission": permission,
        "amount": typed_taka(form.amount.data),
        "effective_on": begins.isoformat() if begins else None,
        "reason": form.reason.data,
    }


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/limits", view_func=limits)
    blueprint.add_url_rule("/limits/new", view_func=limits_new, methods=["GET", "POST"])

"""Overrides: one breach of the law let pass for one loan, asked by the manager, decided by the area. L2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import render_template, request, url_for

from contracts.accounts.law_words import OVERRIDABLE
from contracts.accounts.overrides import LIST_OVERRIDES, PROPOSE_OVERRIDE
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.dates import iso_or_none
from gateway.portal.deeds import sent
from gateway.portal.forms import Form, choice, code, label, text
from gateway.words import t

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue


def breaches() -> list[tuple[str, str]]:
    """What two people may let pass."""
    return [(str(one), t(f"breach.{one}")) for one in OVERRIDABLE]


class OverrideForm(Form):
    """Which loan breaks the law by what figure, and why it may pass; the refusal's link fills most of it."""

    subject_id = code("override.subject", description=label("override.subject_hint"))
    breach = choice("fact.breach", choices=breaches, description=label("override.breach_hint"))
    figure = code("override.figure", description=label("override.figure_hint"))
    reason = text("form.reason", description=label("override.reason_hint"))


@requires("override:read")
def overrides() -> ResponseReturnValue:
    """The register of overrides in one's offices, the newest first."""
    period = {name: iso_or_none(request.args.get(name)) for name in ("from_on", "to_on")}
    page = ask(LIST_OVERRIDES, {**period, "after": request.args.get("after") or None})
    return render_template("portal/overrides.html", page=page, period=period)


@requires("override:propose")
def overrides_new() -> ResponseReturnValue:
    """Ask the area that one breach of one loan may pass."""
    said = {name: request.args.get(name) for name in ("subject_id", "breach", "figure")}
    form, back = OverrideForm(data=said), url_for("portal.overrides")
    title, lead, act = t("override.new"), t("override.new_lead"), t("form.ask")
    return sent(form, PROPOSE_OVERRIDE, override_of, "form.waits", back) or form.page(
        "form.html", title=title, lead=lead, act=act, back=back
    )


def override_of(form: OverrideForm) -> dict[str, Any]:
    """The form as the command it means."""
    return {name: form[name].data for name in ("id", "subject_id", "breach", "figure", "reason")}


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/overrides", view_func=overrides)
    blueprint.add_url_rule("/overrides/new", view_func=overrides_new, methods=["GET", "POST"])

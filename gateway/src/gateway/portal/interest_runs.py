"""Interest on savings: a month's is put aside or credited, and how far each run has come. M15."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for

from contracts.transactions.interest import (
    CANCEL_INTEREST_RUN,
    GET_INTEREST_RUN,
    LIST_INTEREST_RUNS,
    RUN_INTEREST,
)
from contracts.transactions.interest_words import InterestRunKind
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.branch import branch_of_page, branch_page
from gateway.portal.deeds import attempt
from gateway.portal.forms import Form, choice, day, label
from gateway.portal.of_month import end_of_last_month
from gateway.words import t

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


def kinds() -> list[tuple[str, str]]:
    """What a run does."""
    return [(str(kind), t(f"interest_kind.{kind}")) for kind in InterestRunKind]


class InterestForm(Form):
    """Which month, and whether its interest is put aside or credited."""

    kind = choice("interest.kind", choices=kinds, description=label("interest.kind_hint"))
    month = day("interest.month", default=end_of_last_month, description=label("interest.month_hint"))


@requires("interest:read")
def interest() -> ResponseReturnValue:
    """The runs of a branch, the newest first."""
    branch = branch_of_page()
    after = request.args.get("after") or None
    page = ask(LIST_INTEREST_RUNS, {"office_id": branch["id"], "after": after}) if branch else None
    return branch_page("interest_runs.html", branch, page=page)


@requires("interest:run")
def interest_new(office_id: UUID) -> ResponseReturnValue:
    """Ask for a run; it is carried out account by account, also when the page is closed."""
    form = InterestForm()
    run = form.send(RUN_INTEREST, run_of(form, office_id)) if form.validate_on_submit() else None
    if run:
        flash(t("interest.asked"), "success")
        return redirect(url_for("portal.interest_one", run_id=run["id"]), 303)
    title, lead, act = t("interest.new"), t("interest.new_lead"), t("form.confirm")
    back = url_for("portal.interest", office=office_id)
    return form.page("form.html", title=title, lead=lead, act=act, back=back)


def run_of(form: InterestForm, office_id: UUID) -> dict[str, Any]:
    """The form as the command it means."""
    month = form.month.data
    said = {"kind": form.kind.data, "month": month.isoformat() if month else None}
    return {"id": form.id.data, "office_id": str(office_id), **said}


@requires("interest:read")
def interest_one(run_id: UUID) -> ResponseReturnValue:
    """How far a run has come, and what it booked."""
    return render_template("portal/interest_run.html", run=ask(GET_INTEREST_RUN, {"id": str(run_id)}))


@requires("interest:run")
def interest_cancel(run_id: UUID) -> ResponseReturnValue:
    """Let a run go no further; what it booked stays."""
    attempt(CANCEL_INTEREST_RUN, {"id": str(run_id)}, "runs.cancelled")
    return redirect(url_for("portal.interest_one", run_id=run_id), 303)


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/interest-runs", view_func=interest)
    blueprint.add_url_rule(
        "/interest-runs/new/<uuid:office_id>", view_func=interest_new, methods=["GET", "POST"]
    )
    blueprint.add_url_rule("/interest-runs/<uuid:run_id>", view_func=interest_one)
    blueprint.add_url_rule(
        "/interest-runs/<uuid:run_id>/cancellation", view_func=interest_cancel, methods=["POST"]
    )

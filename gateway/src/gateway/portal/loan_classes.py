"""The age of loans: month-end runs, totals by class, and whom to see about what is overdue. M15."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for

from contracts.transactions.classes import (
    CANCEL_CLASS_RUN,
    GET_CLASS_RUN,
    LIST_CLASS_RUNS,
    LIST_CLASSES,
    LIST_OVERDUE_LOANS,
    RUN_CLASSES,
)
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.branch import branch_of_page, branch_page, office_of_page, office_page
from gateway.portal.dates import iso_or_none
from gateway.portal.deeds import attempt
from gateway.portal.forms import Form, day, label
from gateway.portal.of_month import end_of_last_month, ended_month_of_page, facts_of_month
from gateway.portal.offices import all_offices
from gateway.portal.terms import percent_of
from gateway.words import t

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


class ClassRunForm(Form):
    """At the end of which month."""

    month = day("interest.month", default=end_of_last_month, description=label("interest.month_hint"))


@requires("class:read")
def classes() -> ResponseReturnValue:
    """The loans of an office and all below it by class at a month's end, and the runs that classed them."""
    office, begins = office_of_page(), ended_month_of_page()
    facts: dict[str, Any] = {"totals": None, "runs": {"items": [], "next": None}}
    if office:
        asked = {"office_id": office["id"], "month": begins.isoformat()}
        after = request.args.get("after") or None
        facts = {"totals": ask(LIST_CLASSES, asked), "runs": ask(LIST_CLASS_RUNS, asked | {"after": after})}
    names = {one["id"]: one for one in all_offices()}
    facts |= facts_of_month(begins)
    return office_page("loan_classes.html", office, names=names, percent_of=percent_of, **facts)


@requires("class:run")
def classes_new(office_id: UUID) -> ResponseReturnValue:
    """Class a branch's loans at the end of a month; it goes on when the page is closed."""
    form = ClassRunForm()
    month = form.month.data.isoformat() if form.month.data else None
    said = {"id": form.id.data, "office_id": str(office_id), "month": month}
    run = form.send(RUN_CLASSES, said) if form.validate_on_submit() else None
    if run:
        flash(t("interest.asked"), "success")
        return redirect(url_for("portal.classes_run", run_id=run["id"]), 303)
    title, lead, act = t("class_run.new"), t("class_run.new_lead"), t("form.confirm")
    back = url_for("portal.classes", office=office_id)
    return form.page("form.html", title=title, lead=lead, act=act, back=back)


@requires("class:read")
def classes_run(run_id: UUID) -> ResponseReturnValue:
    """How far a run has come, and what it booked."""
    return render_template("portal/class_run.html", run=ask(GET_CLASS_RUN, {"id": str(run_id)}))


@requires("class:run")
def classes_cancel(run_id: UUID) -> ResponseReturnValue:
    """Let a run go no further; what it has classed stays."""
    attempt(CANCEL_CLASS_RUN, {"id": str(run_id)}, "runs.cancelled")
    return redirect(url_for("portal.classes_run", run_id=run_id), 303)


@requires("class:read")
def overdue() -> ResponseReturnValue:
    """A branch's loans with anything overdue, the oldest first, with whom to see about each."""
    branch, on = branch_of_page(), iso_or_none(request.args.get("on"))
    asked = {"on": on, "after": request.args.get("after") or None}
    page = ask(LIST_OVERDUE_LOANS, asked | {"office_id": branch["id"]}) if branch else None
    return branch_page("overdue_loans.html", branch, page=page, on=on or "")


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/loan-classes", view_func=classes)
    blueprint.add_url_rule(
        "/loan-classes/new/<uuid:office_id>", view_func=classes_new, methods=["GET", "POST"]
    )
    blueprint.add_url_rule("/class-runs/<uuid:run_id>", view_func=classes_run)
    blueprint.add_url_rule(
        "/class-runs/<uuid:run_id>/cancellation", view_func=classes_cancel, methods=["POST"]
    )
    blueprint.add_url_rule("/overdue-loans", view_func=overdue)

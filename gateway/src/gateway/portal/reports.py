"""Reports: by subject, on the screen, as files to take along, and long ones made in the background."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import groupby
from typing import TYPE_CHECKING, Any

from flask import redirect, render_template, request, url_for

from contracts.accounts import LIST_SAMITIES
from contracts.errors import InvalidPayload, NotFound, ServiceError
from contracts.transactions.reports import (
    ASK_REPORT_RUN,
    CANCEL_REPORT_RUN,
    GET_REPORT_RUN,
    LIST_REPORT_RUNS,
    LIST_REPORTS,
    READ_REPORT,
    READ_REPORT_RUN,
)
from contracts.transactions.reports_errors import ReportNotFound
from contracts.transactions.reports_words import ReportFormat, RowKind
from gateway.asking import ask
from gateway.auth import current_session, may, requires
from gateway.edge import DHAKA, new_id
from gateway.errors import problem_of
from gateway.portal.dates import typed_day
from gateway.portal.deeds import attempt
from gateway.portal.exports import FIELDS, asking, leaving, taken
from gateway.portal.offices import all_offices
from gateway.portal.pages import every_item
from gateway.portal.report_links import addresses
from gateway.portal.search import find_by_code
from gateway.rendering.files import file_of_report, file_of_run
from gateway.rendering.labels import label
from gateway.rendering.table import FIGURES, columns_of, head_of, lines_of, row_label, shown
from gateway.words import language
from gateway.words.formats import day

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

DAYS = {"on": ("on",), "period": ("from_on", "to_on")}
"""Which days a report asks for by each parameter."""
PLAIN = {"product": "product_code", "officer": "officer_id", "samity": "samity_id"}


@requires("report:read")
def reports() -> ResponseReturnValue:
    """All reports that one may read, by subject."""
    listed = ask(LIST_REPORTS, {})["items"]
    subjects = [(subject, list(found)) for subject, found in groupby(listed, lambda one: one["subject"])]
    return render_template("portal/reports.html", subjects=subjects, label=label)


@requires("report:read")
def reports_one(report: str) -> ResponseReturnValue:
    """One report on the screen; before it is asked for what it must be, only its form."""
    shape, offices = shape_of(report), all_offices()
    page, problem = None, None
    try:
        said = question_of(shape)
        after = request.args.get("after") or None
        page = ask(READ_REPORT, {**said, "after": after}) if is_complete(shape, said) else None
    except ServiceError as error:
        problem = problem_of(error)
    return render_template(
        "portal/report.html",
        shape=shape,
        page=page,
        problem=problem,
        choices=choices_of(shape),
        offices=offices,
        office=request.args.get("office") or current_session().office_id,
        address={name: value for name, value in request.args.items() if name not in (*FIELDS, "after")},
        run_id=new_id(),
        days=DAYS,
        typed=typed,
        **asking(request.args.to_dict()),
        **drawing(page, all_below(page, offices)),
    ), problem.status if problem else 200


def typed(name: str, page: dict[str, Any] | None) -> str:
    """What stands in the field of a day: what was typed, else the day that the report is of."""
    in_force = page["asked"][name] if page else None
    return request.args.get(name) or (day(in_force) if in_force else "")


def all_below(page: dict[str, Any] | None, offices: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return of which offices a report is: the one that was asked about, and all below it."""
    top = next((one for one in offices if page and one["id"] == page["asked"]["office_id"]), None)
    return [one for one in offices if top and one["path"].startswith(top["path"])]


def drawing(page: dict[str, Any] | None, offices: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what a table is drawn with."""
    reader = language()
    return {
        "columns": columns_of(page, reader) if page else (),
        "head": list(head_of(page, reader)) if page else [],
        "lines": list(lines_of(page)) if page else [],
        "figures": FIGURES,
        "is_row": RowKind.ROW,
        "label": label,
        "row_label": lambda kind: row_label(kind, reader),
        "shown": lambda column, cell: shown(column, cell, reader),
        "addresses": lambda line: addresses(page or {}, line, one_book=len(offices) == 1),
    }


def shape_of(report: str) -> dict[str, Any]:
    """Return what a report is.

    Raises:
        ReportNotFound: there is none for this person.
    """
    shape = next((one for one in ask(LIST_REPORTS, {})["items"] if one["report"] == report), None)
    if shape is None:
        raise ReportNotFound
    return dict(shape)


def question_of(shape: dict[str, Any]) -> dict[str, Any]:
    """Return what the address asks for; what is left empty was not said.

    Raises:
        InvalidPayload: a day is none, or no member has that code.
    """
    said: dict[str, Any] = {
        "report": shape["report"],
        "office_id": request.args.get("office") or current_session().office_id,
    }
    for parameter in shape["parameters"]:
        for name in DAYS.get(parameter, ()):
            said[name] = day_of(name)
        if parameter in PLAIN:
            said[PLAIN[parameter]] = request.args.get(PLAIN[parameter], "").strip() or None
        if parameter == "known_at":
            said["known_at"] = end_of(day_of("known_at"))
        if parameter == "member":
            said["member_id"] = member_of(request.args.get("member", "").strip())
    return {name: value for name, value in said.items() if value is not None}


def day_of(name: str) -> str | None:
    """Return a day of the address as services read it.

    Raises:
        InvalidPayload: it is none.
    """
    typed = request.args.get(name, "").strip()
    try:
        return typed_day(typed).isoformat() if typed else None
    except ValueError:
        raise InvalidPayload.of(**{name: "NOT_A_DATE"}) from None


def end_of(on: str | None) -> str | None:
    """Return the last instant of a day in Dhaka, which is what somebody knew in its evening."""
    last = datetime.combine(date.fromisoformat(on), time.max, DHAKA) if on else None
    return last.astimezone(UTC).isoformat() if last else None


def member_of(code: str) -> str | None:
    """Return the id of the member of a code.

    Raises:
        InvalidPayload: there is none in one's reach.
    """
    if not code:
        return None
    found = find_by_code(code)
    if found is None:
        raise InvalidPayload.of(member_id="INVALID")
    return str(found["id"])


def is_complete(shape: dict[str, Any], said: dict[str, Any]) -> bool:
    """Tell whether a report can be read with what was said."""
    names = {"member": "member_id", **PLAIN}
    return all(name not in names or names[name] in said for name in shape["required"])


def choices_of(shape: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return the samities and officers to choose from, where a report asks for them."""
    wanted = {"samity", "officer"} & set(shape["parameters"])
    if not wanted or not may("samity:read"):
        return {}
    samities = every_item(LIST_SAMITIES)
    officers = {one["officer_id"]: one for one in samities if one["officer_id"]}
    return {"samity": samities, "officer": list(officers.values())}


@requires("report:read")
def reports_file(report: str, wanted: str) -> ResponseReturnValue:
    """Take a short report along; a long one is made in the background."""
    address: dict[str, Any] = request.args.to_dict()
    back = url_for("portal.reports_one", report=report, **address)
    question = {**question_of(shape_of(report)), **leaving()}
    return taken(lambda: file_of_report(question, ReportFormat(wanted)), back)


@requires("report:run")
def reports_runs() -> ResponseReturnValue:
    """One's own reports that are made, or were made, in the background."""
    page = ask(LIST_REPORT_RUNS, {"after": request.args.get("after") or None})
    return render_template("portal/report_runs.html", page=page, label=label, head=run_head)


def run_head(run: dict[str, Any]) -> str:
    """What a run was asked for, in one line."""
    return " · ".join(said for _, said in list(head_of({**run, "made_at": run["asked_at"]}, language()))[:-2])


@requires("report:run")
def reports_run_asked(report: str) -> ResponseReturnValue:
    """Let a report be made in the background, as it is asked for in the address."""
    said = question_of(shape_of(report))
    if attempt(ASK_REPORT_RUN, {**said, "id": request.form.get("id", "")}, "reports.run_asked"):
        return redirect(url_for("portal.reports_runs"), 303)
    address: dict[str, Any] = request.args.to_dict()
    return redirect(url_for("portal.reports_one", report=report, **address), 303)


@requires("report:run")
def reports_run_progress(run_id: UUID) -> ResponseReturnValue:
    """How far a run has come; the page asks again until it has ended."""
    run = ask(GET_REPORT_RUN, {"id": str(run_id)})
    return render_template("portal/report_run.html", run=run)


@requires("report:run")
def reports_run(run_id: UUID) -> ResponseReturnValue:
    """What a run has made, on the screen, piece by piece."""
    page = ask(READ_REPORT_RUN, {"id": str(run_id), "after": request.args.get("after") or None})
    below = all_below(page, all_offices())
    told = {**asking({}), **drawing(page, below)}
    return render_template("portal/report_made.html", page=page, run_id=run_id, **told)


@requires("member:read")
def reports_member(code: str) -> ResponseReturnValue:
    """From a member's code in a report to her page."""
    found = find_by_code(code)
    if found is None:
        raise NotFound
    return redirect(url_for("portal.members_one", member_id=found["id"]), 303)


@requires("report:run")
def reports_run_file(run_id: UUID, wanted: str) -> ResponseReturnValue:
    """Take along what a run has made."""
    address: dict[str, Any] = request.args.to_dict()
    back = url_for("portal.reports_run", run_id=run_id, **address)
    question = {"id": str(run_id), **leaving()}
    return taken(lambda: file_of_run(question, ReportFormat(wanted)), back)


@requires("report:run")
def reports_run_cancel(run_id: UUID) -> ResponseReturnValue:
    """Let a run go no further."""
    attempt(CANCEL_REPORT_RUN, {"id": str(run_id)}, "reports.run_cancelled")
    return redirect(url_for("portal.reports_runs"), 303)


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/reports", view_func=reports)
    blueprint.add_url_rule("/reports/<report>", view_func=reports_one)
    blueprint.add_url_rule("/reports/<report>/file.<any(csv, xlsx, pdf):wanted>", view_func=reports_file)
    blueprint.add_url_rule("/reports/<report>/runs", view_func=reports_run_asked, methods=["POST"])
    blueprint.add_url_rule("/reports/members/<code>", view_func=reports_member)
    blueprint.add_url_rule("/report-runs", view_func=reports_runs)
    blueprint.add_url_rule("/report-runs/<uuid:run_id>", view_func=reports_run)
    blueprint.add_url_rule("/report-runs/<uuid:run_id>/progress", view_func=reports_run_progress)
    blueprint.add_url_rule(
        "/report-runs/<uuid:run_id>/file.<any(csv, xlsx, pdf):wanted>", view_func=reports_run_file
    )
    blueprint.add_url_rule(
        "/report-runs/<uuid:run_id>/cancellation", view_func=reports_run_cancel, methods=["POST"]
    )

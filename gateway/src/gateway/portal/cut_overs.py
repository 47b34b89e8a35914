"""Bringing a branch over: the template, the file, its faults, what it comes to, where it stands. Rule P13."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from flask import Response, flash, redirect, render_template, request, url_for
from wtforms import FileField, TextAreaField

from contracts.accounts.cut_over_words import CutOverSheet, CutOverState
from contracts.accounts.cut_overs import (
    CHECK_CUT_OVER,
    GET_CUT_OVER,
    LIST_CUT_OVER_FAULTS,
    LIST_CUT_OVERS,
    OPEN_CUT_OVER,
    PROPOSE_CUT_OVER,
)
from contracts.digits import to_latin
from contracts.errors import ServiceError
from contracts.transactions.cut_over import READ_CUT_OVER_TOTALS
from gateway.asking import ask
from gateway.auth import requires
from gateway.cut_over.files import FileRow, UnreadableBooks, read_books
from gateway.cut_over.headings import HEADINGS, SHEETS
from gateway.cut_over.sending import send_rows
from gateway.cut_over.template import write_template
from gateway.errors import problem_of, sentences
from gateway.portal.branch import branch_of_page, branch_page
from gateway.portal.deeds import attempt
from gateway.portal.forms import Form, day, label, text
from gateway.portal.money import typed_taka
from gateway.words import find_sentence, language, t

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RUNNING = (CutOverState.CHECKING, CutOverState.ENTERING)
_LINE = re.compile(r"(savings|loans)\s+(\S{1,20})\s+([0-9.,]+)", re.ASCII)


class BooksForm(Form):
    """The file of a branch's old books, and what its old trial balance says."""

    on = day("cut_over.on")
    reference = text("cut_over.reference")
    ledger = TextAreaField(label("cut_over.ledger"), render_kw={"rows": 4})
    books = FileField(label("cut_over.file"), render_kw={"accept": ".xlsx,.csv"})


@requires("cut_over:read")
def cutovers() -> ResponseReturnValue:
    """What was brought of a branch, the newest file first."""
    branch = branch_of_page()
    asked = {"after": request.args.get("after") or None}
    page = ask(LIST_CUT_OVERS, {**asked, "branch_id": branch["id"]}) if branch else None
    return branch_page("cut_overs.html", branch, page=page)


@requires("cut_over:prepare")
def cutovers_template() -> ResponseReturnValue:
    """The empty workbook."""
    out = io.BytesIO()
    write_template(out)
    named = {"Content-Disposition": 'attachment; filename="cut-over.xlsx"'}
    return Response(out.getvalue(), mimetype=WORKBOOK, headers=named)


@requires("cut_over:prepare")
def cutovers_new() -> ResponseReturnValue:
    """Take a file, hand its rows over, and let them be checked."""
    branch = branch_of_page()
    form = BooksForm()
    if branch and form.validate_on_submit() and bring(form, branch["id"]):
        flash(t("cut_over.sent"), "success")
        return redirect(url_for("portal.cutovers_one", cut_over_id=form.id.data), 303)
    return form.page("cut_over_new.html", branch=branch)


def bring(form: BooksForm, branch_id: str) -> bool:
    """Send the file's rows; whatever is wrong with it stays on the form. Sent again, nothing is doubled."""
    rows, ledger = rows_of(form), ledger_of(form)
    if rows is None or ledger is None:
        return False
    said = {"id": form.id.data, "branch_id": branch_id, "ledger": ledger}
    on = form.on.data.isoformat() if form.on.data else None
    if form.send(OPEN_CUT_OVER, {**said, "on": on, "reference": form.reference.data}) is None:
        return False
    try:
        send_rows(str(form.id.data), rows)
        ask(CHECK_CUT_OVER, {"id": form.id.data})
    except ServiceError as refusal:
        form.refuse(problem_of(refusal))
        return False
    return True


def rows_of(form: BooksForm) -> list[FileRow] | None:
    """The rows of the file; None where it is none, which the form then says."""
    sent = form.books.data
    try:
        return read_books(sent.read() if sent else b"", sent.filename or "" if sent else "")
    except UnreadableBooks as unreadable:
        columns = ", ".join(HEADINGS[name][language()] for name in unreadable.columns)
        form.books.errors = [t(f"cut_over.file.{unreadable.code}", columns=columns)]
        return None


def ledger_of(form: BooksForm) -> list[dict[str, str]] | None:
    """The totals of the old trial balance, a line each; None where one cannot be read."""
    lines = [line.strip() for line in to_latin(form.ledger.data or "").splitlines()]
    told: list[dict[str, str]] = []
    for number, line in enumerate(lines, start=1):
        found = _LINE.fullmatch(line)
        if line and found is None:
            form.ledger.errors = [t("cut_over.ledger_wrong", row=number)]
            return None
        if found:
            amount = typed_taka(found[3])
            told.append({"sheet": found[1], "product_code": found[2].upper(), "amount": amount})
    return told


@requires("cut_over:read")
def cutovers_one(cut_over_id: UUID) -> ResponseReturnValue:
    """Where one stands: progress, faults by sheet, row and column, and what it comes to."""
    return render_template("portal/cut_over.html", **standing_of(cut_over_id))


@requires("cut_over:read")
def cutovers_progress(cut_over_id: UUID) -> ResponseReturnValue:
    """The part of that page that asks for itself again while something is being done."""
    return render_template("portal/cut_over_progress.html", **standing_of(cut_over_id))


def standing_of(cut_over_id: UUID) -> dict[str, Any]:
    """What the page is drawn with."""
    cut_over = ask(GET_CUT_OVER, {"id": str(cut_over_id)})
    after = request.args.get("after", type=int) or 0
    faults = (
        ask(LIST_CUT_OVER_FAULTS, {"id": str(cut_over_id), "after": after}) if cut_over["faults"] else None
    )
    booked = cut_over["state"] == CutOverState.ENTERED
    return {
        "cut_over": cut_over,
        "runs": cut_over["state"] in RUNNING,
        "faults": faults,
        "totals": ask(READ_CUT_OVER_TOTALS, {"id": str(cut_over_id)}) if booked else None,
        "sheet_title": lambda sheet: SHEETS[CutOverSheet(sheet)][language()],
        "column_title": lambda column: HEADINGS[column][language()],
        "why": lambda code: sentences([code])[0],
        "refused": refused(cut_over["refusal"]),
    }


def refused(refusal: dict[str, Any] | None) -> str | None:
    """Why a branch could not be brought over after all."""
    if refusal is None:
        return None
    return find_sentence("errors", refusal["code"], refusal["facts"]) or str(refusal["code"])


@requires("cut_over:prepare")
def cutovers_check(cut_over_id: UUID) -> ResponseReturnValue:
    """Let the rows be checked again: an officer was posted, a product is in force."""
    attempt(CHECK_CUT_OVER, {"id": str(cut_over_id)}, "cut_over.sent")
    return redirect(url_for("portal.cutovers_one", cut_over_id=cut_over_id), 303)


@requires("cut_over:prepare")
def cutovers_propose(cut_over_id: UUID) -> ResponseReturnValue:
    """Let a second person decide."""
    attempt(PROPOSE_CUT_OVER, {"id": str(cut_over_id)}, "cut_over.proposed")
    return redirect(url_for("portal.cutovers_one", cut_over_id=cut_over_id), 303)


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    one = "/cut-overs/<uuid:cut_over_id>"
    blueprint.add_url_rule("/cut-overs", view_func=cutovers)
    blueprint.add_url_rule("/cut-overs/template.xlsx", view_func=cutovers_template)
    blueprint.add_url_rule("/cut-overs/new", view_func=cutovers_new, methods=["GET", "POST"])
    blueprint.add_url_rule(one, view_func=cutovers_one)
    blueprint.add_url_rule(f"{one}/progress", view_func=cutovers_progress)
    blueprint.add_url_rule(f"{one}/check", view_func=cutovers_check, methods=["POST"])
    blueprint.add_url_rule(f"{one}/propose", view_func=cutovers_propose, methods=["POST"])

"""Collection sheets: what was collected, what must be looked at again, and the manager's check. M4-M8."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for

from contracts.errors import NotFound
from contracts.transactions.collection import (
    CHECK_SHEET,
    GET_SHEET,
    LIST_COMPARE,
    RETURN_ROWS,
    SETTLE_COMPARISON,
)
from contracts.transactions.collection_words import Verdict
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.branch import branch_of_page, branch_page
from gateway.portal.dates import iso_or_none
from gateway.portal.deeds import attempt
from gateway.portal.forms import Form, choice, text
from gateway.portal.lists import SHEETS
from gateway.words import t
from gateway.words.formats import pick, taka

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


class ReturnForm(Form):
    """Why a row goes back to the officer."""

    reason = text("form.reason")


class VerdictForm(Form):
    """What a row on the compare list turned out to be."""

    verdict = choice("compare.verdict")
    reason = text("form.reason")


@requires("sheet:read")
def sheets() -> ResponseReturnValue:
    """The sheets of a branch, by meeting day."""
    on = iso_or_none(request.args.get("on"))
    return branch_page("sheets.html", branch_of_page(), page=SHEETS.page(), on=on)


@requires("sheet:read")
def sheets_one(sheet_id: UUID) -> ResponseReturnValue:
    """One sheet with its rows, and what must be compared."""
    sheet = ask(GET_SHEET, {"id": str(sheet_id)})
    compare = ask(LIST_COMPARE, {"sheet_id": str(sheet_id)})["items"] if sheet["comparisons"] else []
    return render_template("portal/sheet.html", sheet=sheet, compare=compare)


@requires("sheet:check")
def sheets_check(sheet_id: UUID) -> ResponseReturnValue:
    """The manager's mark: this samity was checked."""
    attempt(CHECK_SHEET, {"sheet_id": str(sheet_id)}, "sheet.checked")
    return redirect(url_for("portal.sheets_one", sheet_id=sheet_id), 303)


@requires("sheet:return")
def sheets_return(sheet_id: UUID, row_id: UUID) -> ResponseReturnValue:
    """Give one row back to the officer."""
    form = ReturnForm()
    back = url_for("portal.sheets_one", sheet_id=sheet_id)
    if form.validate_on_submit():
        rows = [{"row_id": str(row_id), "reason": form.reason.data}]
        if form.send(RETURN_ROWS, {"sheet_id": str(sheet_id), "rows": rows}):
            flash(t("sheet.returned"), "success")
            return redirect(back, 303)
    title = f"{t('sheet.return')}: {row_in_words(sheet_id, row_id)}"
    lead, act = t("sheet.return_lead"), t("sheet.return")
    return form.page("form.html", title=title, lead=lead, act=act, back=back)


def row_in_words(sheet_id: UUID, row_id: UUID) -> str:
    """Whose row it is, and how much.

    Raises:
        NotFound: the sheet has no such row.
    """
    for member in ask(GET_SHEET, {"id": str(sheet_id)})["rows"]:
        for row in member["rows"]:
            if row["row_id"] == str(row_id):
                return f"{pick(member, 'name')} · {taka(row['amount'])}"
    raise NotFound


@requires("sheet:check")
def sheets_compare(sheet_id: UUID, comparison_id: UUID) -> ResponseReturnValue:
    """Say what a row of another device turned out to be."""
    form = VerdictForm()
    form.verdict.choices = [(str(verdict), t(f"verdict.{verdict}")) for verdict in Verdict]
    back = url_for("portal.sheets_one", sheet_id=sheet_id)
    if form.validate_on_submit() and form.send(SETTLE_COMPARISON, verdict_of(form, comparison_id)):
        flash(t("compare.settled"), "success")
        return redirect(back, 303)
    title, lead = t("compare.title"), comparison_in_words(sheet_id, comparison_id)
    return form.page("form.html", title=title, lead=lead, act=t("form.confirm"), back=back)


def comparison_in_words(sheet_id: UUID, comparison_id: UUID) -> str:
    """Whose row it is, what the other phone says and what stands on the sheet.

    Raises:
        NotFound: the sheet has no such comparison.
    """
    for one in ask(LIST_COMPARE, {"sheet_id": str(sheet_id)})["items"]:
        if one["id"] == str(comparison_id):
            facts = {"other": taka(one["amount"]), "standing": taka(one["standing"])}
            return t("compare.about", name=pick(one, "name"), **facts)
    raise NotFound


def verdict_of(form: VerdictForm, comparison_id: UUID) -> dict[str, Any]:
    """The form as the command it means."""
    return {"id": str(comparison_id), "verdict": form.verdict.data, "reason": form.reason.data}


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/sheets", view_func=sheets)
    blueprint.add_url_rule("/sheets/<uuid:sheet_id>", view_func=sheets_one)
    blueprint.add_url_rule("/sheets/<uuid:sheet_id>/check", view_func=sheets_check, methods=["POST"])
    blueprint.add_url_rule(
        "/sheets/<uuid:sheet_id>/rows/<uuid:row_id>/return", view_func=sheets_return, methods=["GET", "POST"]
    )
    blueprint.add_url_rule(
        "/sheets/<uuid:sheet_id>/comparisons/<uuid:comparison_id>",
        view_func=sheets_compare,
        methods=["GET", "POST"],
    )

"""Mobile money: a provider's file taken, what waits of it, and one day compared with it. M14."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, request, url_for
from wtforms import FileField

from contracts.transactions.mobile_money import (
    IMPORT_STATEMENT,
    LINES,
    MATCH_STATEMENT_LINE,
    RECONCILE_MOBILE_MONEY,
)
from contracts.transactions.mobile_money_words import LineState, Provider
from gateway.asking import ask
from gateway.auth import requires
from gateway.edge import today
from gateway.portal.branch import branch_of_page, branch_page
from gateway.portal.corrections import accounts_of_member
from gateway.portal.dates import iso_or_none
from gateway.portal.forms import NONE_CHOSEN, Form, choice, digits, label, text
from gateway.portal.lists import MOBILE_MONEY
from gateway.portal.search import find_by_code
from gateway.portal.statement_files import UnreadableStatement, read_statement
from gateway.words import t
from gateway.words.formats import number, taka

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

SHOWN_CELLS = 10


class StatementForm(Form):
    """A provider's file."""

    provider = choice("mobile_money.provider")
    statement = FileField(label("mobile_money.file"), render_kw={"accept": ".csv,text/csv"})


class MatchForm(Form):
    """Whose money it is, and how that is known."""

    member_code = digits("member.code")
    account_id = choice("reversal.to_account", needed=False)
    reason = text("form.reason")


@requires("book:read")
def mobilemoney() -> ResponseReturnValue:
    """One day of a branch's mobile money against the statements, and the lines."""
    branch = branch_of_page()
    on = iso_or_none(request.args.get("on")) or today().isoformat()
    state = request.args.get("state") or None
    compared = page = None
    if branch:
        compared = ask(RECONCILE_MOBILE_MONEY, {"office_id": branch["id"], "on": on})
        page = MOBILE_MONEY.page()
    facts = {"compared": compared, "page": page, "on": on, "states": LineState, "state": state}
    return branch_page("mobile_money.html", branch, **facts)


@requires("mobile_money:import")
def mobilemoney_import() -> ResponseReturnValue:
    """Take a provider's file."""
    branch = branch_of_page()
    form = StatementForm()
    form.provider.choices = [(str(one), t(f"provider.{one}")) for one in Provider]
    if branch and form.validate_on_submit() and take(form, branch["id"]):
        return redirect(url_for("portal.mobilemoney"), 303)
    return form.page("statement.html", branch=branch)


def take(form: StatementForm, office_id: str) -> bool:
    """Send the file's lines; wrong cells stay on the form."""
    sent = form.statement.data
    try:
        lines = read_statement(sent.read() if sent else b"")
    except UnreadableStatement as unreadable:
        form.statement.errors = sentences_of(unreadable)
        return False
    if len(lines) > LINES:
        form.statement.errors = [t("mobile_money.too_long", most=number(LINES))]
        return False
    said = {"id": form.id.data, "office_id": office_id, "provider": form.provider.data}
    answer = form.send(IMPORT_STATEMENT, {**said, "file_name": sent.filename[:120], "lines": lines})
    if answer:
        counts = {name: number(answer[name]) for name in ("posted", "known", "suspense", "repeated")}
        flash(t("mobile_money.taken", total=taka(answer["total"]), **counts), "success")
    return answer is not None


def sentences_of(unreadable: UnreadableStatement) -> list[str]:
    """Every wrong cell with its row and column; of many, the first ones."""
    if not unreadable.cells:
        return [t("mobile_money.no_statement")]
    cells = [
        t("mobile_money.wrong_cell", row=number(cell.row), column=t(f"mobile_money.column.{cell.column}"))
        for cell in unreadable.cells[:SHOWN_CELLS]
    ]
    more = len(unreadable.cells) - SHOWN_CELLS
    return [*cells, t("mobile_money.more_cells", count=number(more))] if more > 0 else cells


@requires("mobile_money:match")
def mobilemoney_match(line_id: UUID) -> ResponseReturnValue:
    """Put a waiting payment onto an account of a member."""
    form = MatchForm()
    accounts = accounts_of(form)
    form.account_id.choices = [NONE_CHOSEN, *accounts]
    back = url_for("portal.mobilemoney", state=LineState.SUSPENSE)
    if form.validate_on_submit() and form.account_id.data:
        said = {"id": str(line_id), "account_id": form.account_id.data, "reason": form.reason.data}
        if form.send(MATCH_STATEMENT_LINE, said):
            flash(t("mobile_money.matched"), "success")
            return redirect(back, 303)
    lead = t("mobile_money.match_choose") if accounts else t("mobile_money.match_lead")
    return form.page("form.html", title=t("mobile_money.match"), lead=lead, act=t("form.confirm"), back=back)


def accounts_of(form: MatchForm) -> list[tuple[str, str]]:
    """The open accounts of the member whose code was typed."""
    member: dict[str, Any] | None = find_by_code(form.member_code.data) if form.member_code.data else None
    return accounts_of_member(member["id"]) if member else []


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/mobile-money", view_func=mobilemoney)
    blueprint.add_url_rule("/mobile-money/import", view_func=mobilemoney_import, methods=["GET", "POST"])
    blueprint.add_url_rule(
        "/mobile-money/<uuid:line_id>/match", view_func=mobilemoney_match, methods=["GET", "POST"]
    )

"""Passbook checking: what the paper says is typed first, then the book stands beside it. Rule P5."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import redirect, request, url_for

from contracts.digits import to_latin
from contracts.transactions.passbook_checks import (
    GET_PASSBOOK_CHECK,
    LIST_PASSBOOK_CHECKS,
    RECORD_PASSBOOK_CHECK,
)
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.branch import branch_of_page, branch_page
from gateway.portal.forms import Form
from gateway.portal.money import typed_taka
from gateway.portal.of_month import facts_of_month, month_of_page

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


class PapersForm(Form):
    """What the paper says; a line an account, read from the request, because they are one table."""

    def typed(self, account_id: str) -> str:
        """What stands in an account's line, as it was typed."""
        return request.form.get(f"paper-{account_id}", "")

    def papers(self, accounts: list[dict[str, Any]]) -> list[dict[str, str]]:
        """The balances of the command."""
        ids = [account["account_id"] for account in accounts]
        return [{"account_id": one, "balance": typed_taka(to_latin(self.typed(one)))} for one in ids]


@requires("passbook_check:read")
def passbookchecks() -> ResponseReturnValue:
    """Whose passbooks a branch looks at in a month."""
    branch, month = branch_of_page(), month_of_page()
    asked = {"office_id": branch["id"], "month": month.isoformat()} if branch else None
    checks = ask(LIST_PASSBOOK_CHECKS, asked)["items"] if asked else []
    return branch_page("passbook_checks.html", branch, checks=checks, **facts_of_month(month))


@requires("passbook_check:read")
def passbookchecks_one(check_id: UUID) -> ResponseReturnValue:
    """A passbook: its lines to be typed, or what was typed beside the book."""
    form = PapersForm()
    return form.page("passbook_check.html", check=ask(GET_PASSBOOK_CHECK, {"id": str(check_id)}))


@requires("passbook_check:record")
def passbookchecks_record(check_id: UUID) -> ResponseReturnValue:
    """Keep what the paper says."""
    form = PapersForm()
    check = ask(GET_PASSBOOK_CHECK, {"id": str(check_id)})
    asked = {"id": str(check_id), "papers": form.papers(check["accounts"])}
    if form.validate_on_submit() and form.send(RECORD_PASSBOOK_CHECK, asked):
        return redirect(url_for("portal.passbookchecks_one", check_id=check_id), 303)
    return form.page("passbook_check.html", check=check)


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    one = "/passbook-checks/<uuid:check_id>"
    blueprint.add_url_rule("/passbook-checks", view_func=passbookchecks)
    blueprint.add_url_rule(one, view_func=passbookchecks_one)
    blueprint.add_url_rule(f"{one}/papers", view_func=passbookchecks_record, methods=["POST"])

"""The book as a whole: earned and spent, owned and owed, what came and went, and every voucher. M15."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request

from contracts.transactions.books import BALANCE_SHEET, INCOME_STATEMENT, LIST_VOUCHERS, RECEIPTS_AND_PAYMENTS
from contracts.transactions.books_words import VoucherKind
from contracts.transactions.snapshots import READ_MONTH_SNAPSHOT
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.branch import office_of_page, office_page
from gateway.portal.dates import iso_or_none
from gateway.portal.of_month import ended_month_of_page, facts_of_month
from gateway.words import t

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from contracts.calls import Method

LOAN_FIGURES = ("opening", "disbursed", "recovered_principal", "recovered_charge", "outstanding", "due")
SAVINGS_FIGURES = ("opening", "deposited", "withdrawn", "interest", "closing")


@requires("book:read")
def statements() -> ResponseReturnValue:
    """Income and expense of a period."""
    return statement_page(INCOME_STATEMENT, "income")


@requires("book:read")
def statements_balance() -> ResponseReturnValue:
    """What is owned and owed at the end of a day."""
    return statement_page(BALANCE_SHEET, "balance")


@requires("book:read")
def statements_cash() -> ResponseReturnValue:
    """Cash that came and went in a period, by what it was for."""
    return statement_page(RECEIPTS_AND_PAYMENTS, "cash")


def statement_page(method: Method, kind: str) -> ResponseReturnValue:
    """One of the three statements, of an office and all below it."""
    office, asked = office_of_page(), {"on": iso_or_none(request.args.get("on"))}
    if kind != "balance":
        asked["from_on"] = iso_or_none(request.args.get("from_on"))
    told = ask(method, asked | {"office_id": office["id"]}) if office else None
    tables = tables_of(told, kind) if told else []
    title = t(f"statements.{kind}")
    return office_page("statements.html", office, told=told, kind=kind, title=title, tables=tables)


def tables_of(told: dict[str, Any], kind: str) -> list[tuple[str, list[dict[str, Any]], str]]:
    """The tables of a statement: a heading, its rows, its total."""
    if kind == "income":
        return [
            (t("statements.earned"), told["income"], told["income_total"]),
            (t("statements.spent"), told["expense"], told["expense_total"]),
        ]
    if kind == "balance":
        unclosed = {"code": "", "name_bn": t("statements.unclosed"), "name_en": t("statements.unclosed")}
        owed = [*told["liabilities"], *told["funds"], unclosed | {"amount": told["unclosed_surplus"]}]
        return [
            (t("statements.owned"), told["assets"], told["owned"]),
            (t("statements.owed"), owed, told["owed"]),
        ]
    parts = ("opening", "receipts", "payments", "closing")
    return [(t(f"statements.{part}"), told[part], told[f"{part}_total"]) for part in parts]


@requires("book:read")
def statements_vouchers() -> ResponseReturnValue:
    """The register of vouchers of closed days, of all kinds or one."""
    office, kind = office_of_page(), request.args.get("kind")
    asked = {
        "from_on": iso_or_none(request.args.get("from_on")),
        "on": iso_or_none(request.args.get("on")),
        "kind": kind if kind in set(VoucherKind) else None,
        "after": request.args.get("after") or None,
    }
    page = ask(LIST_VOUCHERS, asked | {"office_id": office["id"]}) if office else None
    facts = {"kind": asked["kind"], "kinds": tuple(VoucherKind)}
    return office_page("voucher_register.html", office, page=page, **facts)


@requires("book:read")
def statements_month() -> ResponseReturnValue:
    """A closed month as it was told: loans, classes, savings and members; it is never restated."""
    office, begins = office_of_page(), ended_month_of_page()
    asked = {"office_id": office["id"], "month": begins.isoformat()} if office else None
    told = ask(READ_MONTH_SNAPSHOT, asked) if asked else None
    facts = {"loan_figures": LOAN_FIGURES, "savings_figures": SAVINGS_FIGURES, **facts_of_month(begins)}
    return office_page("month_snapshot.html", office, told=told, **facts)


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/statements", view_func=statements)
    blueprint.add_url_rule("/statements/balance-sheet", view_func=statements_balance)
    blueprint.add_url_rule("/statements/cash", view_func=statements_cash)
    blueprint.add_url_rule("/statements/vouchers", view_func=statements_vouchers)
    blueprint.add_url_rule("/statements/month", view_func=statements_month)

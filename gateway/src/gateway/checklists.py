"""Where each missing thing is put right: its address in the API and its page in the portal."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask import url_for

from contracts.calls import Method
from contracts.errors import ServiceError
from contracts.transactions.ledger_errors import DayNotReady
from contracts.transactions.month_errors import MonthNotReady
from gateway.asking import ask

Facts = Mapping[str, Any]
Links = dict[str, str]

TOLD = ("checklist", "warnings")
"""Under which names an answer says what is missing, and what it warns of."""


def ask_linked(method: Method, command: Mapping[str, Any]) -> dict[str, Any]:
    """Ask; whatever the answer or the refusal says is missing, or warns of, names where it is put right."""
    try:
        answer = ask(method, command)
    except (DayNotReady, MonthNotReady) as refusal:
        raise _linked_refusal(refusal, command) from refusal
    return with_links(answer, command)


def with_links(answer: dict[str, Any], asked: Facts) -> dict[str, Any]:
    """Return an answer whose missing things and warnings have their links."""
    told = {name: linked(answer[name], asked) for name in TOLD if name in answer}
    return answer | told


def linked(items: Iterable[Mapping[str, Any]], asked: Facts) -> list[dict[str, Any]]:
    """Return missing things with their links.

    Args:
        items: As a service says them, `{code, facts}`.
        asked: Names the office that was asked about, and the month where it was one.
    """
    return [{**item, "links": links_of(item["code"], {**asked, **item["facts"]})} for item in items]


def links_of(code: str, facts: Facts) -> Links:
    """Return the addresses for one missing thing; none where its code is new or it names nothing."""
    try:
        return LINKS[code](facts)
    except KeyError:
        return {}


def _linked_refusal(refusal: ServiceError, command: Facts) -> ServiceError:
    facts = {**refusal.facts, "items": linked(refusal.facts["items"], command)}
    return type(refusal)(**facts)


def _sheet(facts: Facts) -> Links:
    sheet_id = facts["sheet_id"]
    return {
        "api": url_for("sheets.get_sheet", id=sheet_id),
        "page": url_for("portal.sheets_one", sheet_id=sheet_id),
    }


def _handover(facts: Facts) -> Links:
    handover_id = facts["handover_id"]
    return {
        "api": url_for("hand-overs.get_handover", id=handover_id),
        "page": url_for("portal.handovers_one", handover_id=handover_id),
    }


def _handovers(facts: Facts) -> Links:
    office_id = facts["office_id"]
    return {
        "api": url_for("hand-overs.list_handovers", office_id=office_id),
        "page": url_for("portal.handovers", office=office_id),
    }


def _approval(facts: Facts) -> Links:
    approval_id = facts["approval_id"]
    return {
        "api": url_for("approvals.list_approvals"),
        "page": url_for("portal.approvals_one", service="transactions", approval_id=approval_id),
    }


def _day(facts: Facts) -> Links:
    office_id = facts["office_id"]
    return {
        "api": url_for("days.get_day", office_id=office_id),
        "page": url_for("portal.day", office=office_id),
    }


def _month(facts: Facts) -> Links:
    office_id, month = facts["office_id"], f"{facts['month'][:7]}-01"
    return {
        "api": url_for("months.get_month_end", office_id=office_id, month=month),
        "page": url_for("portal.months", office=office_id, month=month),
    }


def _unallocated(facts: Facts) -> Links:
    office_id = facts["office_id"]
    return {
        "api": url_for("unallocated.list_unallocated", office_id=office_id),
        "page": url_for("portal.unallocated", office=office_id),
    }


def _to_the_bank(facts: Facts) -> Links:
    """Cash leaves a vault for the bank by a voucher."""
    office_id = facts["office_id"]
    return {
        "api": url_for("manual_vouchers.list_manual_vouchers", office_id=office_id),
        "page": url_for("portal.vouchers", office=office_id),
    }


def _remittances(facts: Facts) -> Links:
    office_id = facts["office_id"]
    return {
        "api": url_for("book_years.list_remittances", office_id=office_id),
        "page": url_for("portal.remittances", office=office_id),
    }


LINKS: Mapping[str, Callable[[Facts], Links]] = {
    "SHEET_NOT_AUTHORISED": _sheet,
    "NOT_HELD_NOT_APPROVED": _sheet,
    "SHEET_NOT_CHECKED": _sheet,
    "SHEET_NOT_IN_BOOK": _sheet,
    "HANDOVER_NOT_AUTHORISED": _handover,
    "SHORTAGE_NOT_ACCEPTED": _approval,
    "REVERSAL_NOT_DECIDED": _approval,
    "VOUCHER_NOT_DECIDED": _approval,
    "OFFICER_CASH_NOT_ZERO": _handovers,
    "FLOAT_NOT_TAKEN": _sheet,
    "VAULT_NOT_COUNTED_AT_OPENING": _day,
    "VAULT_NOT_COUNTED_AT_CLOSING": _day,
    "VAULT_COUNT_NOT_CONFIRMED_AT_OPENING": _day,
    "VAULT_COUNT_NOT_CONFIRMED_AT_CLOSING": _day,
    "VAULT_DIFFERS": _day,
    "DAY_NOT_CLOSED": _day,
    "MONTH_BEFORE_NOT_CLOSED": _month,
    "RECEIPT_NOT_ALLOCATED": _unallocated,
    "VAULT_OVER_LIMIT": _to_the_bank,
    "VAULT_WILL_PASS_LIMIT": _to_the_bank,
    "LONG_ON_ITS_WAY": _remittances,
}

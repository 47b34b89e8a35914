"""The staff portal: server-rendered pages over the same services as the API. It decides nothing by itself."""

from typing import Any

from flask import Blueprint

from gateway.portal import (
    acting,
    admissions,
    approvals,
    book,
    cash_limits,
    chart,
    corrections,
    counter,
    dashboard,
    days,
    deferrals,
    fees,
    field_payments,
    floats,
    handovers,
    holidays,
    home,
    limits,
    loan_money,
    loan_steps,
    loan_wishes,
    loans,
    logins,
    member_changes,
    members,
    messages,
    mobile_money,
    months,
    number_changes,
    offices,
    paper_books,
    passbook_checks,
    policies,
    posts,
    printing,
    products,
    remittances,
    reports,
    roles,
    samities,
    search,
    services,
    sessions,
    sheets,
    signing,
    staff,
    supplements,
    surprise_counts,
    targets,
    vouchers,
    years,
)
from gateway.portal.navigation import navigation
from gateway.portal.pages import same_page
from gateway.words import find_sentence
from gateway.words.formats import pick

blueprint = Blueprint("portal", __name__, template_folder="templates")

ROOMS = (
    acting,
    admissions,
    approvals,
    book,
    cash_limits,
    chart,
    corrections,
    counter,
    dashboard,
    days,
    deferrals,
    fees,
    field_payments,
    floats,
    handovers,
    holidays,
    home,
    limits,
    loan_money,
    loan_steps,
    loan_wishes,
    loans,
    logins,
    member_changes,
    members,
    messages,
    mobile_money,
    months,
    number_changes,
    offices,
    paper_books,
    passbook_checks,
    policies,
    posts,
    printing,
    products,
    remittances,
    reports,
    roles,
    samities,
    search,
    services,
    sessions,
    sheets,
    signing,
    staff,
    supplements,
    surprise_counts,
    targets,
    vouchers,
    years,
)

for room in ROOMS:
    room.register(blueprint)


@blueprint.context_processor
def words_of_every_page() -> dict[str, object]:
    """What the frame of every page asks for."""
    return {"navigation": navigation, "same_page": same_page, "missing": missing}


@blueprint.app_template_filter("reason")
def reason(words: str) -> str:
    """A reason: a word of a closed list by its sentence, what a person wrote as it is."""
    return find_sentence("portal", f"nothing.{words}", {}) or find_sentence("rows", words, {}) or words


def missing(item: dict[str, Any]) -> str:
    """One thing that stands between a day and its closing."""
    facts = item["facts"]
    names = {
        name.removesuffix("_bn"): pick(facts, name.removesuffix("_bn"))
        for name in facts
        if name.endswith("_bn")
    }
    return find_sentence("portal", f"missing.{item['code']}", {**facts, **names}) or str(item["code"])

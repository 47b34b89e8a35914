"""What a loan would cost, before anybody asks for it: its schedule to print, and its yearly rate. L2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from contracts.accounts.products import GET_PRODUCT
from contracts.accounts.quotes import QUOTE_LOAN
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.forms import Form, choice, day, digits, label
from gateway.portal.loan_wishes import plans
from gateway.portal.money import typed_taka
from gateway.words import t
from gateway.words.formats import pick

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

OF_PLAN = (
    "frequency",
    "every",
    "instalments",
    "annual_rate_percent",
    "method",
    "amortization",
    "interest_basis",
    "day_count",
    "flat_split",
    "principal_grace",
    "interest_grace",
)
OF_PRODUCT = ("multiple_rounding", "rounding", "round_last")


class QuoteForm(Form):
    """What would be lent, and when."""

    plan = choice("wish.what", choices=plans, description=label("wish.what_hint"))
    principal = digits("loan.principal", description=label("wish.principal_hint"))
    disbursed_on = day("quote.paid_on", description=label("quote.paid_on_hint"))
    first_due_on = day("quote.first", needed=False, default=None, description=label("quote.first_hint"))


@requires("loan:quote")
def quotes() -> ResponseReturnValue:
    """Ask what a loan on the terms of a plan would cost; nothing is kept."""
    form = QuoteForm()
    product: dict[str, Any] | None = None
    quote: dict[str, Any] | None = None
    terms = terms_of(form) if form.validate_on_submit() else None
    if terms:
        product, plan = terms
        quote = form.send(QUOTE_LOAN, question_of(form, product["loan"], plan))
    lead = t("quote.lead") if quote is None else pick(product, "name")
    return form.page("quote.html", title=t("place.quotes"), lead=lead, quote=quote)


def terms_of(form: QuoteForm) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """The version of the product of the day, and the plan; None where there is none, which the form says."""
    code, _, plan_code = form.plan.data.partition("/")
    on = form.disbursed_on.data.isoformat() if form.disbursed_on.data else ""
    for version in ask(GET_PRODUCT, {"code": code})["versions"]:
        by_code = {plan["code"]: plan for plan in version["loan"]["plans"]}
        if version["effective_on"] <= on and plan_code in by_code:
            return version, by_code[plan_code]
    form.disbursed_on.errors = [t("quote.not_then")]
    return None


def question_of(form: QuoteForm, terms: dict[str, Any], plan: dict[str, Any]) -> dict[str, Any]:
    """The form as the question it means."""
    first = form.first_due_on.data
    return {
        "principal": typed_taka(form.principal.data),
        "disbursed_on": form.disbursed_on.data.isoformat() if form.disbursed_on.data else None,
        "first_due_on": first.isoformat() if first else None,
        "instalment_multiple": terms["unit"],
        **{name: terms[name] for name in OF_PRODUCT},
        **{name: plan[name] for name in OF_PLAN},
    }


def register(blueprint: Blueprint) -> None:
    """Hang the page into the portal."""
    blueprint.add_url_rule("/loan-quotes", view_func=quotes, methods=["GET", "POST"])

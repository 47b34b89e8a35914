"""Products: what is offered on which terms, every version of it, and the form for the next one. P7."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for

from contracts.accounts.loan_products import PROPOSE_LOAN_PRODUCT, LoanProductTerms
from contracts.accounts.product_words import ProductKind
from contracts.accounts.products import GET_PRODUCT, LIST_PRODUCTS, WITHDRAW_PRODUCT
from contracts.accounts.savings_products import PROPOSE_SAVINGS_PRODUCT, SavingsTerms
from gateway.asking import ask
from gateway.auth import requires
from gateway.portal.forms import Form, day, label, text
from gateway.portal.forms import code as short_code
from gateway.portal.terms import terms_in_words
from gateway.portal.terms_forms import TermsForm, terms_form, typed_terms
from gateway.words import t
from gateway.words.formats import digits, pick

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue
    from wtforms import Field

PROPOSALS = {
    ProductKind.SAVINGS: (PROPOSE_SAVINGS_PRODUCT, SavingsTerms),
    ProductKind.LOAN: (PROPOSE_LOAN_PRODUCT, LoanProductTerms),
}
SECTIONS = (
    ("head", ("code", "effective_on", "reason")),
    ("name", ("name_bn", "name_en", "family", "compulsory", "category", "fund")),
    ("amount", ("least", "most", "floor", "least_deposit", "most_deposit", "deposit_step", "needs_approval")),
    ("plans", ("plans",)),
    (
        "interest",
        (
            "rates", "interest_method", "interest_minimum_balance", "interest_minimum_age_months",
            "interest_withdrawal_stops", "interest_dormant_eligible", "interest_posting_months",
        ),
    ),
    (
        "withdrawal",
        (
            "withdraw_max_bps_with_loan", "withdraw_max_bps_without_loan", "counter_limit",
            "closing_charge", "dormant_after_months",
        ),
    ),
    ("term", ("term_months", "late_penalty", "missing_limit", "formula", "maturities", "premature")),
    ("rounding", ("unit", "multiple_rounding", "rounding", "round_last", "holiday_rule")),
    (
        "who",
        (
            "savings_share_bps", "savings_share_later_bps", "first_loan_after_days", "first_cycle",
            "last_cycle", "cycle_growth_bps", "several", "guarantors",
        ),
    ),
    ("fees", ("form_fee", "risk_fund_bps", "risk_fund_most", "prepayable_instalments", "allows_rebate")),
)  # fmt: skip
"""How the form is read: each part with its fields."""


class ProductForm(TermsForm):
    """Which product, from when, and why; its terms follow."""

    code = short_code("product.code", description=label("product.code_hint"))
    effective_on = day("product.effective_on", description=label("product.effective_on_hint"))
    reason = text("form.reason", description=label("product.reason_hint"))


class WithdrawalForm(Form):
    """From when a product is offered to nobody new, and why."""

    effective_on = day("product.withdrawn_on", description=label("product.withdrawn_on_hint"))
    reason = text("form.reason", description=label("product.reason_hint"))


FORMS = {kind: terms_form(terms, ProductForm) for kind, (_, terms) in PROPOSALS.items()}


@requires("product:read")
def products() -> ResponseReturnValue:
    """All products, savings and loans."""
    return render_template("portal/products.html", products=ask(LIST_PRODUCTS, {})["items"])


@requires("product:read")
def products_one(product_code: str) -> ResponseReturnValue:
    """One product with every version that it ever had."""
    product = ask(GET_PRODUCT, {"code": product_code})
    versions = [(one, terms_in_words(one[product["kind"]])) for one in product["versions"]]
    return render_template("portal/product.html", product=product, versions=versions)


@requires("product:propose")
def products_new(kind: str) -> ResponseReturnValue:
    """Propose a product that there is not yet."""
    form = FORMS[ProductKind(kind)]()
    title = t(f"product.new_{kind}")
    return product_page(form, ProductKind(kind), title, url_for("portal.products"))


@requires("product:propose")
def products_next(product_code: str) -> ResponseReturnValue:
    """Propose the next version of a product; the form begins with the newest terms."""
    product = ask(GET_PRODUCT, {"code": product_code})
    kind, newest = ProductKind(product["kind"]), product["versions"][0]
    _, terms = PROPOSALS[kind]
    form = FORMS[kind](data={"code": product_code, **typed_terms(terms, newest[kind])})
    form["code"].render_kw = {"readonly": True}
    title = t("product.next", name=pick(newest, "name"))
    return product_page(form, kind, title, url_for("portal.products_one", product_code=product_code))


def product_page(form: TermsForm, kind: ProductKind, title: str, back: str) -> ResponseReturnValue:
    """The form of a version; nothing holds before a second administrator agrees."""
    more = "more" in request.form
    if not more and form.validate_on_submit() and form.send(PROPOSALS[kind][0], proposal_of(form)):
        flash(t("product.proposed"), "success")
        return redirect(back, 303)
    if more or request.method == "GET":
        form.make_room()
    return form.page("product_form.html", title=title, back=back, sections=sections_of(form))


def sections_of(form: TermsForm) -> list[tuple[str, list[Field]]]:
    """The parts of the form that this kind of product has, each with its fields."""
    parts = ((part, [form[name] for name in names if name in form]) for part, names in SECTIONS)
    return [(t(f"product.part_{part}"), found) for part, found in parts if found]


def proposal_of(form: TermsForm) -> dict[str, Any]:
    """The form as the command it means."""
    begins = form["effective_on"].data
    return {
        "id": form.id.data,
        "code": form["code"].data.upper(),
        "effective_on": begins.isoformat() if begins else None,
        "reason": form["reason"].data,
        "terms": form.command(),
    }


@requires("product:propose")
def products_withdraw(product_code: str) -> ResponseReturnValue:
    """Propose that a product is offered to nobody new from a day on."""
    form = WithdrawalForm()
    back = url_for("portal.products_one", product_code=product_code)
    ends = form.effective_on.data
    said = {"effective_on": ends.isoformat() if ends else None, "reason": form.reason.data}
    asked = {"id": form.id.data, "code": product_code, **said}
    if form.validate_on_submit() and form.send(WITHDRAW_PRODUCT, asked):
        flash(t("product.proposed"), "success")
        return redirect(back, 303)
    title = t("product.withdraw_title", code=digits(product_code))
    lead = t("product.withdraw_lead")
    return form.page("form.html", title=title, lead=lead, act=t("form.ask"), back=back)


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    both = ["GET", "POST"]
    one = "/products/<product_code>"
    blueprint.add_url_rule("/products", view_func=products)
    blueprint.add_url_rule("/products/new/<any(savings, loan):kind>", view_func=products_new, methods=both)
    blueprint.add_url_rule(one, view_func=products_one)
    blueprint.add_url_rule(f"{one}/next", view_func=products_next, methods=both)
    blueprint.add_url_rule(f"{one}/withdrawal", view_func=products_withdraw, methods=both)

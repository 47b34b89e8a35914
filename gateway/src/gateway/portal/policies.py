"""The law and the classes of loans as dated data: what holds, what will, and proposing another. L2, P7."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import render_template, url_for

from contracts.accounts.law_words import AprFormula, CashFlow, Fee
from contracts.accounts.laws import LIST_LAWS, PROPOSE_LAW
from contracts.transactions.classes import LIST_CLASS_DATA, PROPOSE_CLASS_FREEZE, PROPOSE_CLASS_RULES
from contracts.transactions.classes_words import LOAN_CLASSES
from gateway.asking import ask
from gateway.auth import may, requires
from gateway.portal.deeds import sent
from gateway.portal.forms import Form, choice, day, digits, label, text
from gateway.portal.terms import percent_of, plain
from gateway.portal.terms_forms import bps_of, numbers_of, whole_of
from gateway.words import t

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

YES, NO = "True", "False"


def yes_or_no() -> list[tuple[str, str]]:
    """A yes or a no, in the reader's language."""
    return [(YES, t("form.yes")), (NO, t("form.no"))]


def formulas() -> list[tuple[str, str]]:
    """How the yearly rate may be made."""
    return [(str(one), t(f"law_formula.{one}")) for one in AprFormula]


class LawForm(Form):
    """What the law says, from when, and where it is written."""

    effective_on = day("product.effective_on", description=label("product.effective_on_hint"))
    cap_percent = digits("fact.cap_percent", description=label("law.cap_hint"))
    formula = choice("law.formula", choices=formulas, description=label("law.formula_hint"))
    fees = choice("law.fees", choices=yes_or_no, description=label("law.counted_hint"))
    insurance = choice("law.insurance", choices=yes_or_no, description=label("law.counted_hint"))
    first_due_days = digits("fact.first_due_days", description=label("law.first_due_hint"))
    nothing_deducted = choice("law.nothing_deducted", choices=yes_or_no, description=label("law.whole_hint"))
    least_percent = digits("fact.least_percent", description=label("law.least_hint"))
    form = choice("law.form", choices=yes_or_no, description=label("law.allowed_hint"))
    risk_fund = choice("law.risk_fund", choices=yes_or_no, description=label("law.allowed_hint"))
    reason = text("form.reason", description=label("law.reason_hint"))


class FreezeForm(Form):
    """In which days no loan's class becomes worse, and why."""

    from_on = day("classes.freeze_from", description=label("classes.freeze_from_hint"))
    to_on = day("classes.freeze_to", default=None, description=label("classes.freeze_to_hint"))
    reason = text("form.reason", description=label("law.reason_hint"))


class RulesHead(Form):
    """From when, and in which months provision is booked; the classes and the reason follow."""

    effective_on = day("product.effective_on", default=None, description=label("classes.effective_on_hint"))
    months = digits("fact.provision_months", description=label("classes.months_hint"))


RulesForm = type(
    "RulesForm",
    (RulesHead,),
    {
        f"{what}_{one}": digits(f"classes.{what}_{one}", description=label(f"classes.{what}_hint"))
        for one in LOAN_CLASSES
        for what in ("days", "share")
    }
    | {"reason": text("form.reason", description=label("law.reason_hint"))},
)


@requires("product:read")
def policies() -> ResponseReturnValue:
    """What holds, held and is proposed."""
    laws = [one | {"least": percent_of(one["compulsory_savings_bps"])} for one in ask(LIST_LAWS, {})["items"]]
    classes = ask(LIST_CLASS_DATA, {}) if may("class:read") else None
    return render_template(
        "portal/policies.html", laws=laws, classes=classes, percent_of=percent_of, plain=plain
    )


@requires("product:propose")
def policies_law() -> ResponseReturnValue:
    """Propose another law; the form begins with what holds."""
    laws = [one for one in ask(LIST_LAWS, {})["items"] if one["state"] == "approved"]
    form = LawForm(data=typed_law(laws[-1]) if laws else None)
    back = url_for("portal.policies")
    title, lead = t("law.new"), t("law.lead")
    return sent(form, PROPOSE_LAW, law_of, "form.waits_for_administrator", back) or form.page(
        "form.html", title=title, lead=lead, act=t("form.ask"), back=back
    )


def typed_law(law: dict[str, Any]) -> dict[str, Any]:
    """A law as somebody would have typed it."""
    return {
        "cap_percent": plain(law["cap_percent"]),
        "formula": law["formula"],
        "fees": str(CashFlow.FEES in law["counted"]),
        "insurance": str(CashFlow.INSURANCE in law["counted"]),
        "first_due_days": str(law["first_due_days"]),
        "nothing_deducted": str(law["nothing_deducted"]),
        "least_percent": percent_of(law["compulsory_savings_bps"]),
        "form": str(Fee.FORM in law["allowed_fees"]),
        "risk_fund": str(Fee.RISK_FUND in law["allowed_fees"]),
    }


def law_of(form: LawForm) -> dict[str, Any]:
    """The form as the command it means; principal and service charge always count."""
    begins = form.effective_on.data
    counted = [str(one) for one in (CashFlow.FEES, CashFlow.INSURANCE) if form[one].data == YES]
    return {
        "id": form.id.data,
        "effective_on": begins.isoformat() if begins else None,
        "cap_percent": form.cap_percent.data,
        "formula": form.formula.data,
        "counted": [str(CashFlow.PRINCIPAL_AND_CHARGE), *counted],
        "first_due_days": whole_of(form.first_due_days.data or ""),
        "nothing_deducted": form.nothing_deducted.data == YES,
        "compulsory_savings_bps": bps_of(form.least_percent.data or ""),
        "allowed_fees": [str(one) for one in Fee if form[one].data == YES],
        "reason": form.reason.data,
    }


@requires("class:propose")
def policies_classes() -> ResponseReturnValue:
    """Propose other classes of loans; the form begins with the newest."""
    rules = ask(LIST_CLASS_DATA, {})["rules"]
    form = RulesForm(data=typed_rules(rules[0]) if rules else None)
    back = url_for("portal.policies")
    title, lead = t("classes.new"), t("classes.form_lead")
    return sent(form, PROPOSE_CLASS_RULES, rules_of, "form.waits_for_administrator", back) or form.page(
        "form.html", title=title, lead=lead, act=t("form.ask"), back=back
    )


def typed_rules(rules: dict[str, Any]) -> dict[str, Any]:
    """Rules as somebody would have typed them."""
    days = {f"days_{one['loan_class']}": str(one["from_days"]) for one in rules["classes"]}
    shares = {f"share_{one['loan_class']}": percent_of(one["provision_bps"]) for one in rules["classes"]}
    return {"months": ", ".join(str(one) for one in rules["provision_months"]), **days, **shares}


def rules_of(form: Form) -> dict[str, Any]:
    """The form as the command it means."""
    begins = form["effective_on"].data
    classes = [
        {
            "loan_class": one,
            "from_days": whole_of(form[f"days_{one}"].data or ""),
            "provision_bps": bps_of(form[f"share_{one}"].data or ""),
        }
        for one in LOAN_CLASSES
    ]
    return {
        "id": form.id.data,
        "effective_on": begins.isoformat() if begins else None,
        "classes": classes,
        "provision_months": numbers_of(form["months"].data),
        "reason": form["reason"].data,
    }


@requires("class:propose")
def policies_freeze() -> ResponseReturnValue:
    """Propose days in which no loan's class becomes worse."""
    form, back = FreezeForm(), url_for("portal.policies")
    title, lead = t("classes.freeze"), t("classes.freeze_lead")
    return sent(form, PROPOSE_CLASS_FREEZE, freeze_of, "form.waits_for_administrator", back) or form.page(
        "form.html", title=title, lead=lead, act=t("form.ask"), back=back
    )


def freeze_of(form: FreezeForm) -> dict[str, Any]:
    """The form as the command it means."""
    days = {name: form[name].data.isoformat() if form[name].data else None for name in ("from_on", "to_on")}
    return {"id": form.id.data, **days, "reason": form.reason.data}


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    both = ["GET", "POST"]
    blueprint.add_url_rule("/policies", view_func=policies)
    blueprint.add_url_rule("/policies/law", view_func=policies_law, methods=both)
    blueprint.add_url_rule("/policies/classes", view_func=policies_classes, methods=both)
    blueprint.add_url_rule("/policies/freeze", view_func=policies_freeze, methods=both)

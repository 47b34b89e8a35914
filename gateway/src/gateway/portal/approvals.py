"""What waits for a second person, whichever service keeps it; and the slip with a secret, shown once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for

from contracts import accounts
from contracts.accounts.approval_words import ApprovalKind
from contracts.accounts.picture_words import PictureState
from contracts.accounts.pictures import LIST_PICTURES
from contracts.errors import ServiceError
from contracts.identity import LIST_STAFF
from gateway.asking import ask
from gateway.auth import current_session, may, requires
from gateway.errors import problem_of
from gateway.inbox import ask_inbox
from gateway.keepers import KEEPERS, keepers_to_ask
from gateway.portal.forms import Form, text
from gateway.portal.pages import every_item
from gateway.portal.terms import FACT, terms_in_words
from gateway.words import find_sentence, t
from gateway.words.catalogue import PERCENT, filled
from gateway.words.formats import digits, pick

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

FACTS = (
    "username", "role", "office", "from_on", "declared_members", "samity_name", "member_code", "is_new",
    "on", "number", "meeting_on", "kind", "account_code", "how", "amount", "product_name", "purpose",
    "cycle", "instalments", "instalment", "last_instalment", "first_due_on", "last_due_on",
    "apr_percent", "guarantors", "recommended_by",
    "visited_on", "finding", "balance", "interest",
    "charge",
    "overdue", "remaining_charge", "outstanding", "principal", "service_charge", "payoff", "rebate",
    "cash", "moved", "mark", "witness", "claim",
    "bad_since", "died_on", "waiver", "refund", "payments", "paid_to",
    "month_of", "things", "in_transit", "cash_overnight", "pending", "field_payments", "in_field",
    "expected", "counted", "short", "receipt_number", "to_account_code", "to_member_code",
    "product_code", "product", "product_version", "is_offered", "rate_percent", "months",
    "cap_percent", "formula", "counted_flows", "first_due_days", "nothing_deducted", "least_percent",
    "allowed_fees", "set", "loans",
    "brought_samities", "brought_members", "brought_savings", "brought_loans", "suspense",
    "maturity_value", "breach", "figure",
    "message_name", "heard_by", "fault", "message_kind",
    "event", "ledger", "ledger_name", "parent", "bank", "bank_branch", "bank_number", "voucher_kind",
    "debited", "credited", "year", "surplus",
    "offices_ready", "offices_waiting",
    "business_on", "value_on", "effective_on", "class_days", "provision_percent",
    "provision_months", "to_on", "before", "away", "mobile_masked",
    "picture_kind", "flags", "reason", "evidence",
)  # fmt: skip
"""What a checker sees of a proposal, in the order in which he compares it with the paper."""
NUMBERED = {
    "ledger",
    "parent",
    "bank_number",
    "year",
    "surplus",
    "offices_ready",
    "offices_waiting",
    "member_code",
    "receipt_number",
    "account_code",
    "to_account_code",
    "to_member_code",
}
SIDES = {"debited", "credited"}
WORD_LISTS = {
    "kind": "reversal_kind",
    "how": "closing_how",
    "flags": "warning",
    "set": "holiday_set",
    "formula": "law_formula",
    "counted_flows": "law_counted",
    "allowed_fees": "law_fee",
}
OTHERWISE = {"law": {"counted": "counted_flows"}}
"""What a kind calls by a name that means something else in others."""
OPENING = "opening"
ONLY_ACCEPTED = {"shortage", "deferral"}
"""What stands in the book already: it can be accepted, not declined."""


class DecisionForm(Form):
    """The reason; needed where something is declined."""

    reason = text("form.reason", needed=False)


@requires("approval:read")
def approvals() -> ResponseReturnValue:
    """Everything that waits in one's scope, the oldest first."""
    waiting, silent = all_waiting()
    return render_template("portal/approvals.html", waiting=waiting, silent=silent)


def all_waiting() -> tuple[list[dict[str, Any]], list[str]]:
    """What waits, and which services could not be asked: a dead one never empties the inbox unnoticed."""
    keepers = keepers_to_ask()
    answers = ask_inbox([(keeper.waiting, {}) for keeper in keepers.values()])
    waiting: list[dict[str, Any]] = []
    silent: list[str] = []
    for service, answer in zip(keepers, answers, strict=True):
        if isinstance(answer, ServiceError):
            silent.append(service)
        else:
            waiting += answer["items"]
    return sorted(waiting, key=lambda one: str(one["proposed_at"])), silent


@requires("approval:read")
def approvals_one(service: str, approval_id: UUID) -> ResponseReturnValue:
    """One approval, with all that its checker must see; deciding it."""
    form = DecisionForm()
    if form.validate_on_submit():
        approve = request.form.get("deed") == "approve"
        decided = form.send(
            KEEPERS[service].decision,
            {"id": str(approval_id), "approve": approve, "reason": form.reason.data},
        )
        if decided:
            return decided_page(decided, approve=approve)
    waiting, silent = all_waiting()
    one = next((one for one in waiting if one["id"] == str(approval_id)), None)
    if one is None:
        flash(why_absent(form, service, silent), "warning")
        return redirect(url_for("portal.approvals"), 303)
    return form.page(
        "approval.html",
        one=with_maker(one),
        facts=[*facts_of(one), *terms_in_words(one["facts"].get("terms") or {})],
        only_accepted=one["kind"] in ONLY_ACCEPTED,
        subject=address_of(one),
        **seen_beside(one),
    )


def with_maker(one: dict[str, Any]) -> dict[str, Any]:
    """A proposal with its maker's name, where its keeper knows the id only of one of the reader's office."""
    if one["maker_bn"] or not may("staff:read"):
        return one
    try:
        people = every_item(LIST_STAFF, office_id=current_session().office_id)
    except ServiceError:
        return one
    names = {person["id"]: person for person in people}
    maker = names.get(one["maker_id"], {"name_bn": None, "name_en": None})
    return {**one, "maker_bn": maker["name_bn"], "maker_en": maker["name_en"]}


def why_absent(form: DecisionForm, service: str, silent: list[str]) -> str:
    """Why an approval cannot be shown: by its keeper's words, or the keeper is silent, or it is gone."""
    if form.problem:
        return form.problem.detail
    return t("approval.silent", service=t(f"service.{service}")) if service in silent else t("approval.gone")


def facts_of(one: dict[str, Any]) -> list[tuple[str, str]]:
    """The facts of a proposal for its checker: each with its name, in the reader's language."""
    other = OTHERWISE.get(one["kind"], {})
    facts = {other.get(name, name): value for name, value in one["facts"].items()}
    paired = [name.removesuffix("_bn") for name in facts if name.endswith("_bn")]
    values = {**facts, **{name: pick(facts, name) for name in paired}}
    return [
        (t(f"fact.{name}"), fact_in_words(name, values[name]))
        for name in FACTS
        if values.get(name) not in (None, [])
    ]


def fact_in_words(name: str, value: str | int | list[str]) -> str:
    """One fact as a reader sees it: a word of a closed list by its sentence, figures in their forms."""
    if isinstance(value, list):
        return "; ".join(fact_in_words(name, one) for one in value)
    if word := find_sentence("portal", f"{WORD_LISTS.get(name, name)}.{value}", {}):
        return word
    if name == "figure" or name.endswith(PERCENT):
        return digits(str(value))
    if name in SIDES:
        return line_in_words(str(value))
    words = filled(FACT, {"fact": value})
    return digits(words) if name in NUMBERED else words


def line_in_words(line: str) -> str:
    """One line of an entry: its ledger, and the amount as money."""
    ledger, _, amount = line.rpartition(" ")
    return f"{digits(ledger)} {filled(FACT, {'fact': amount})}"


def decided_page(decided: dict[str, Any], *, approve: bool) -> ResponseReturnValue:
    """Where a decision leads: to the slip where it made a secret, else back to the inbox."""
    if decided.get("secret"):
        told = {name: request.form.get(name, "") for name in ("kind", "whose", "login")}
        return render_template("portal/slip.html", secret=decided["secret"], **told)
    sentence = "opening" if decided["state"] == OPENING else "approved" if approve else "declined"
    flash(t(f"approval.{sentence}"), "success")
    return redirect(url_for("portal.approvals"), 303)


def address_of(one: dict[str, Any]) -> str | None:
    """Where the checker sees what the proposal is about; None where the page itself shows it."""
    subject = one["subject_id"]
    if one["kind"] == "not_held" and may("sheet:read"):
        return url_for("portal.sheets_one", sheet_id=subject)
    if one["kind"] == "deferral" and may("sheet:read"):
        return url_for("portal.sheets_one", sheet_id=one["facts"]["sheet_id"])
    if one["kind"] == "shortage" and may("handover:read"):
        return url_for("portal.handovers_one", handover_id=subject)
    if one["kind"] == "excess_income" and may("book:read"):
        return url_for("portal.excesses", office=one["office_id"])
    member = subject if one["kind"] == "member_login" else one["facts"].get("member_id")
    return url_for("portal.members_one", member_id=member) if member and may("member:read") else None


def seen_beside(one: dict[str, Any]) -> dict[str, Any]:
    """What the checker compares with the paper: an admission's whole file, and every picture that waits."""
    if one["kind"] == ApprovalKind.PICTURE:
        return {"member": None, "seen": [{"id": one["subject_id"], "kind": one["facts"]["picture_kind"]}]}
    if one["kind"] != ApprovalKind.ADMISSION:
        return {"member": None, "seen": []}
    try:
        member = ask(accounts.GET_MEMBER, {"id": one["subject_id"]})
        listed = ask(LIST_PICTURES, {"member_id": one["subject_id"]})["items"]
    except ServiceError as error:
        flash(problem_of(error).detail, "warning")
        return {"member": None, "seen": []}
    return {
        "member": member,
        "seen": [picture for picture in listed if picture["state"] == PictureState.WAITING],
    }


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/approvals", view_func=approvals)
    blueprint.add_url_rule(
        f"/approvals/<any({', '.join(KEEPERS)}):service>/<uuid:approval_id>",
        view_func=approvals_one,
        methods=["GET", "POST"],
    )

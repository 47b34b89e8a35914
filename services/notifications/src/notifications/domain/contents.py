"""What a draft says to its recipient, who chose how much is told. Rule P2."""

from collections.abc import Callable, Mapping
from typing import Any

from notifications.domain.drafts import Draft
from notifications.domain.figures import day, digits, member_number, taka
from notifications.domain.recipients import Recipient
from notifications.domain.texts import HIDDEN, Content, Line, Template, Words, dates

Data = Mapping[str, Any]
Speak = Callable[[Draft, Recipient, Template], Content]
UNKNOWN_RECEIPT = "–"


def content_of(draft: Draft, recipient: Recipient, template: Template) -> Content:
    """Return what a draft says to its recipient, in the recipient's language."""
    return _SPEAK[draft.kind.name](draft, recipient, template)


def _deposit(draft: Draft, to: Recipient, _template: Template) -> Content:
    return Content(to.detail, _facts(draft, to), [_deposit_line(line, to) for line in draft.lines])


def _deposit_line(line: Data, to: Recipient) -> Line:
    if line.get("account_code") is None:
        return Line("unallocated", {"amount": taka(line["amount"], to.language)})
    variant = _line_variant(to)
    return Line("owed" if variant == "full" and line.get("owed") else variant, _line_facts(line, to))


def _nothing(draft: Draft, to: Recipient, template: Template) -> Content:
    reasons = dict.fromkeys(template.lines[line["nothing_received"]][to.language] for line in draft.lines)
    return Content(to.detail, _facts(draft, to) | {"reason": ", ".join(reasons)})


def _row_changed(draft: Draft, to: Recipient, template: Template) -> Content:
    facts = draft.facts
    return Content(
        to.detail,
        {
            "when": day(facts["meeting_on"], to.language),
            "member": member_number(to.code, to.language),
            "receipt": facts["receipt_number"] or UNKNOWN_RECEIPT,
            "before": _amount(facts["before"], to, template.lines["removed"]),
            "after": _after(facts, to, template),
        },
    )


def _after(facts: Data, to: Recipient, template: Template) -> str:
    if facts["kind"] == "account_changed":
        return template.lines["moved"][to.language]
    return _amount(facts["after"], to, template.lines["removed"])


def _reversed(draft: Draft, to: Recipient, _template: Template) -> Content:
    lines = [Line(f"{_line_variant(to)}_{_side(line)}", _line_facts(line, to)) for line in draft.lines]
    receipt = draft.facts["first_receipt"] or UNKNOWN_RECEIPT
    return Content(to.detail, _facts(draft, to) | {"receipt": receipt}, lines)


def _promised(draft: Draft, to: Recipient, template: Template) -> Content:
    facts, lines = draft.facts, [Line(_line_variant(to), _line_facts(line, to)) for line in draft.lines]
    until = facts["lapses_on"]
    where = template.lines.get("at_samity" if facts.get("in_field") else "at_branch")
    said = {
        **({"where": where[to.language]} if where else {}),
        "when": day(facts["on"], to.language),
        "member": member_number(to.code, to.language),
        "until": day(until, to.language) if until else UNKNOWN_RECEIPT,
    }
    return Content(to.detail, said, lines)


def _paid_out(draft: Draft, to: Recipient, _template: Template) -> Content:
    lines = [Line(_line_variant(to), _line_facts(line, to)) for line in draft.lines]
    return Content(to.detail, _facts(draft, to), lines)


def _closed(draft: Draft, to: Recipient, _template: Template) -> Content:
    facts = draft.facts
    said = {
        "when": day(facts["business_on"], to.language),
        "member": member_number(to.code, to.language),
        "product": facts[f"product_name_{to.language}"],
        "payout": taka(facts["payout"], to.language),
    }
    return Content(to.detail, said)


def _loan_paid_out(draft: Draft, to: Recipient, template: Template) -> Content:
    facts = draft.facts
    said = {
        "when": day(facts["business_on"], to.language),
        "member": member_number(to.code, to.language),
        "product": facts[f"product_name_{to.language}"],
        "amount": taka(facts["principal"], to.language),
        "how": template.lines[facts["how"]][to.language],
        "instalments": digits(str(facts["instalments"]), to.language),
        "first": taka(facts["first_amount"], to.language),
        "due": day(facts["first_due_on"], to.language),
    }
    return Content(to.detail, said)


def _loan_closed(draft: Draft, to: Recipient, _template: Template) -> Content:
    facts = draft.facts
    said = {
        "when": day(facts["business_on"], to.language),
        "member": member_number(to.code, to.language),
        "product": facts[f"product_name_{to.language}"],
    }
    return Content(facts["status"], said)


def _savings_moved(draft: Draft, to: Recipient, _template: Template) -> Content:
    facts = draft.facts
    said = {
        "when": day(facts["business_on"], to.language),
        "member": member_number(to.code, to.language),
        "product": facts[f"product_name_{to.language}"],
        "amount": taka(facts["amount"], to.language),
        "balance": taka(facts["balance"], to.language),
        "left": taka(facts["loan_balance"], to.language),
    }
    return Content(to.detail, said)


def _counter_money(draft: Draft, to: Recipient, template: Template) -> Content:
    facts = draft.facts
    said = {
        "when": dates(facts["business_on"], facts.get("value_on") or facts["business_on"], to.language),
        "member": member_number(to.code, to.language),
        "what": template.lines[facts["what"]][to.language],
        "amount": taka(facts["amount"], to.language),
        "receipt": digits(facts["receipt_number"], to.language),
    }
    return Content(to.detail, said)


def _opened(draft: Draft, to: Recipient, _template: Template) -> Content:
    return Content("any", {"account": digits(draft.facts["code"], to.language)})


def _number(draft: Draft, to: Recipient, _template: Template) -> Content:
    said = {"when": day(draft.facts["on"], to.language), "member": member_number(to.code, to.language)}
    return Content("any", said | {"code": HIDDEN})


def _payout_code(draft: Draft, to: Recipient, _template: Template) -> Content:
    said = {"member": member_number(to.code, to.language), "code": HIDDEN}
    return Content(to.detail, said | {"amount": taka(draft.facts["amount"], to.language)})


def _login(draft: Draft, to: Recipient, _template: Template) -> Content:
    return Content(draft.facts["deed"], {"member": member_number(to.code, to.language)})


def _membership_ended(draft: Draft, to: Recipient, _template: Template) -> Content:
    said = {"when": day(draft.facts["on"], to.language), "member": member_number(to.code, to.language)}
    return Content("undone" if draft.facts["undone"] else "ended", said)


def _accounts_moved(draft: Draft, to: Recipient, _template: Template) -> Content:
    said = {
        "when": day(draft.facts["value_on"], to.language),
        "member": member_number(to.code, to.language),
        "savings": taka(draft.facts["savings"], to.language),
        "loans": taka(draft.facts["loans"], to.language),
    }
    return Content(to.detail, said)


def _loan_rescheduled(draft: Draft, to: Recipient, _template: Template) -> Content:
    facts = draft.facts
    said = {
        "when": day(facts["on"], to.language),
        "member": member_number(to.code, to.language),
        "product": facts[f"product_name_{to.language}"],
        "instalments": digits(str(facts["instalments"]), to.language),
        "amount": taka(facts["instalment"], to.language),
        "first": day(facts["first_due_on"], to.language),
        "last": day(facts["last_due_on"], to.language),
    }
    return Content(to.detail, said)


def _complaint_heard(draft: Draft, to: Recipient, _template: Template) -> Content:
    facts = draft.facts
    said = {
        "when": day(facts["taken_on"], to.language),
        "until": day(facts["answer_by"], to.language),
        "member": member_number(to.code, to.language),
    }
    return Content("found" if facts["found"] else "said", said)


def _complaint_answered(draft: Draft, to: Recipient, _template: Template) -> Content:
    facts = draft.facts
    said = {
        "when": day(facts["taken_on"], to.language),
        "on": day(facts["answered_on"], to.language),
        "member": member_number(to.code, to.language),
    }
    return Content(facts["outcome"], said)


def _facts(draft: Draft, to: Recipient) -> dict[str, str]:
    return {
        "when": dates(draft.facts["business_on"], draft.facts["value_on"], to.language),
        "member": member_number(to.code, to.language),
    }


def _line_facts(line: Data, to: Recipient) -> dict[str, str]:
    return {
        "product": line[f"product_name_{to.language}"] or line["account_code"],
        "amount": taka(line["amount"], to.language),
        "balance": taka(line["balance"], to.language) if line["balance"] is not None else UNKNOWN_RECEIPT,
    }


def _line_variant(to: Recipient) -> str:
    """Return the wording of lines; who reads no lines at all (`see_book`) gets none that tell balances."""
    return "full" if to.detail == "full" else "no_balances"


def _side(line: Data) -> str:
    return "withdrawal" if line["direction"] == "withdrawal" else "deposit"


def _amount(amount: Any, to: Recipient, nothing: Words) -> str:
    return nothing[to.language] if amount is None else taka(amount, to.language)


_SPEAK: dict[str, Speak] = {
    "deposit_confirmed": _deposit,
    "nothing_received": _nothing,
    "row_changed": _row_changed,
    "entry_reversed": _reversed,
    "savings_opened": _opened,
    "withdrawal_requested": _promised,
    "withdrawal_approved": _promised,
    "withdrawal_paid": _paid_out,
    "account_closed": _closed,
    "correction_posted": _reversed,
    "login_changed": _login,
    "loan_paid_out": _loan_paid_out,
    "loan_closed": _loan_closed,
    "number_change_asked": _number,
    "number_code": _number,
    "number_changed": _number,
    "payout_code": _payout_code,
    "membership_ended": _membership_ended,
    "savings_moved": _savings_moved,
    "counter_money": _counter_money,
    "accounts_moved": _accounts_moved,
    "loan_rescheduled": _loan_rescheduled,
    "complaint_acknowledged": _complaint_heard,
    "complaint_answered": _complaint_answered,
}

"""The lists of the portal that may be taken along: what each asks for, and its columns in a file."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from flask import request

from contracts.accounts import LIST_MEMBERS, LIST_SAMITIES
from contracts.accounts.deaths import LIST_DEATH_CASES
from contracts.accounts.loan_words import LoanState
from contracts.accounts.loans import LIST_CALL_BACKS, LIST_LOANS
from contracts.accounts.members import STATUSES
from contracts.accounts.reschedules import LIST_RESCHEDULES
from contracts.digits import to_latin
from contracts.identity import LIST_ACTING, LIST_STAFF
from contracts.notifications import LIST_MESSAGES, STATES
from contracts.transactions.applicants import LIST_APPLICANTS_MONEY
from contracts.transactions.collection import LIST_HANDOVERS, LIST_ROW_CHANGES, LIST_SHEETS, LIST_UNALLOCATED
from contracts.transactions.cut_over import LIST_UNCONFIRMED
from contracts.transactions.deferrals import LIST_DEFERRALS
from contracts.transactions.excesses import LIST_EXCESSES
from contracts.transactions.lending_endings import LIST_ENDED_LOANS
from contracts.transactions.lending_endings_words import EndingKind
from contracts.transactions.manual import LIST_MANUAL_VOUCHERS
from contracts.transactions.mobile_money import LIST_STATEMENT_LINES
from contracts.transactions.remittances import LIST_REMITTANCES
from contracts.transactions.reports_words import ListName
from contracts.transactions.savings import LIST_WITHDRAWALS
from gateway.portal.asked import of_branch, of_office, one_of, period
from gateway.portal.dates import iso_or_none
from gateway.portal.listings import Cell, Listing, code, count, date, instant, money, name, text, word
from gateway.portal.searching import searched
from gateway.words import find_sentence
from gateway.words.formats import weekday

if TYPE_CHECKING:
    from flask import Blueprint


def asked_members() -> dict[str, Any]:
    """By name or code, samity and state."""
    query = to_latin(request.args.get("query", "")).strip()
    found = {"samity_id": request.args.get("samity") or None, "status": one_of(STATUSES, "status")}
    return found | searched(query)


def watched_period() -> dict[str, str]:
    """Return over which days changed rows are looked at."""
    return period("from", "to", timedelta(days=30))


def rescheduled_period() -> dict[str, str]:
    """Return over which days reschedules are looked at."""
    return period("from_on", "to_on", timedelta(days=90))


MEMBERS = Listing(
    name=ListName.MEMBERS,
    method=LIST_MEMBERS,
    asked=asked_members,
    columns=(
        code("member.code"),
        name("person.name"),
        name("samity.name", "samity_name"),
        word("form.status", "status", "member_status"),
    ),
)
SAMITIES = Listing(
    name=ListName.SAMITIES,
    method=LIST_SAMITIES,
    asked=dict,
    columns=(
        code("samity.code"),
        name("samity.name"),
        text("samity.village", "village"),
        Cell("samity.weekday", "meeting_weekday", said=weekday),
        text("samity.time", "meeting_time"),
        name("samity.officer", "officer_name"),
        date("samity.opened_on", "opened_on"),
        count("samity.members", "members"),
        count("samity.max_members", "max_members"),
    ),
)
STAFF = Listing(
    name=ListName.STAFF,
    method=LIST_STAFF,
    asked=lambda: {"query": request.args.get("query") or None},
    columns=(
        name("person.name"),
        code("sign_in.username", "username"),
        word("staff.role", "role", "role"),
        name("staff.office", "office_name"),
        date("staff.from_on", "from_on"),
        word("form.status", "status", "staff_status"),
    ),
)
ACTING = Listing(
    name=ListName.ACTING,
    method=LIST_ACTING,
    asked=dict,
    columns=(
        name("acting.who"),
        name("acting.away", "away_name"),
        word("acting.post", "role", "role"),
        name("staff.office", "office_name"),
        date("acting.from_on", "from_on"),
        date("acting.to_on", "to_on"),
        word("form.status", "state", "acting_state"),
    ),
)
LOANS = Listing(
    name=ListName.LOANS,
    method=LIST_LOANS,
    asked=lambda: {"state": one_of(tuple(LoanState), "state")},
    columns=(
        code("member.code", "member_code"),
        name("person.name", "member_name"),
        code("loan.code"),
        code("loan.product", "product_code"),
        money("loan.principal", "principal"),
        word("form.status", "state", "loan_state"),
        date("lending.planned", "planned_on"),
        date("loan.disbursed_on", "disbursed_on"),
    ),
)
ENDED_LOANS = Listing(
    name=ListName.ENDED_LOANS,
    method=LIST_ENDED_LOANS,
    asked=lambda: of_branch(kind=one_of(tuple(EndingKind), "kind")),
    columns=(
        code("member.code", "member_code"),
        name("person.name", "member"),
        code("loan.code"),
        word("lending.ending", "kind", "loan_status"),
        date("lending.ended_on", "ended_on"),
        money("loan.principal", "lent"),
        money("fact.rebate", "rebate"),
        money("figure.claim", "claim"),
        money("lending.recovered", "recovered"),
    ),
)
CALL_BACKS = Listing(
    name=ListName.CALL_BACKS,
    method=LIST_CALL_BACKS,
    asked=dict,
    columns=(
        code("member.code", "member_code"),
        name("person.name", "member_name"),
        code("loan.code", "loan_code"),
        money("loan.principal", "principal"),
        date("loan.disbursed_on", "disbursed_on"),
        date("call_back.due_on", "due_on"),
        word("form.status", "outcome", "call_back"),
    ),
)
SHEETS = Listing(
    name=ListName.SHEETS,
    method=LIST_SHEETS,
    asked=lambda: of_branch(on=iso_or_none(request.args.get("on"))),
    columns=(
        date("sheet.meeting_on", "meeting_on"),
        code("samity.code", "samity_code"),
        name("samity.name", "samity_name"),
        name("samity.officer", "officer_name"),
        word("form.status", "status", "sheet_status"),
        count("samity.members", "members"),
        money("form.total", "total"),
    ),
)
HANDOVERS = Listing(
    name=ListName.HANDOVERS,
    method=LIST_HANDOVERS,
    asked=lambda: of_branch(status=request.args.get("status") or None),
    columns=(
        date("form.day", "on"),
        count("handover.number", "number"),
        name("samity.officer", "officer_name"),
        count("place.sheets", "sheets_count"),
        money("handover.expected", "expected"),
        money("slip_of_notes.difference", "difference"),
        word("form.status", "status", "handover_status"),
    ),
)
DEFERRALS = Listing(
    name=ListName.DEFERRALS,
    method=LIST_DEFERRALS,
    asked=of_branch,
    columns=(
        date("deferral.on", "on"),
        code("samity.code", "samity_code"),
        name("samity.name", "samity_name"),
        date("sheet.meeting_on", "meeting_on"),
        count("deferral.number", "number"),
        name("samity.officer", "officer_name"),
        money("deferral.cash", "cash_overnight"),
        text("form.reason", "reason"),
    ),
)
UNALLOCATED = Listing(
    name=ListName.UNALLOCATED,
    method=LIST_UNALLOCATED,
    asked=lambda: of_branch(settled=request.args.get("settled") == "yes"),
    columns=(
        date("passbook.value_on", "value_on"),
        code("member.code", "member_code"),
        name("person.name"),
        name("samity.name", "samity_name"),
        money("deposit.amount"),
        code("fact.receipt_number", "receipt_number"),
        Cell("unallocated.why", "code", said=lambda why: find_sentence("rows", why, {}) or str(why)),
    ),
)
ROW_CHANGES = Listing(
    name=ListName.ROW_CHANGES,
    method=LIST_ROW_CHANGES,
    asked=lambda: of_branch(**watched_period()),
    columns=(
        date("sheet.meeting_on", "meeting_on"),
        code("member.code", "member_code"),
        name("person.name"),
        name("samity.officer", "officer_name"),
        word("row_change.kind", "kind", "change_kind"),
        money("row_change.before", "before"),
        money("row_change.after", "after"),
    ),
)
EXCESSES = Listing(
    name=ListName.EXCESSES,
    method=LIST_EXCESSES,
    asked=lambda: of_branch(settled=request.args.get("settled") == "yes"),
    columns=(
        date("excess.on", "on"),
        word("excess.kind", "kind", "entry_kind"),
        name("samity.officer", "officer_name"),
        money("deposit.amount"),
        money("excess.left", "left"),
        count("excess.days", "days"),
        date("excess.income_on", "income_on"),
    ),
)
VOUCHERS = Listing(
    name=ListName.VOUCHERS,
    method=LIST_MANUAL_VOUCHERS,
    asked=of_branch,
    columns=(
        date("form.day", "business_on"),
        code("entry.voucher", "voucher"),
        word("voucher.kind", "kind", "voucher_kind"),
        text("voucher.narration", "narration"),
        text("voucher.reference", "reference"),
        name("approval.maker", "maker"),
        money("deposit.amount"),
        word("form.status", "state", "voucher_state"),
    ),
)
REMITTANCES = Listing(
    name=ListName.REMITTANCES,
    method=LIST_REMITTANCES,
    asked=lambda: of_office(in_transit="all" not in request.args),
    columns=(
        text("voucher.narration", "narration"),
        text("voucher.reference", "reference"),
        name("remittance.from", "from_office"),
        name("remittance.to", "to_office"),
        date("remittance.sent_on", "sent_on"),
        word("form.status", "state", "remittance_state"),
        money("deposit.amount"),
    ),
)
MOBILE_MONEY = Listing(
    name=ListName.MOBILE_MONEY,
    method=LIST_STATEMENT_LINES,
    asked=lambda: of_branch(state=request.args.get("state") or None),
    columns=(
        date("mobile_money.column.paid_on", "paid_on"),
        word("mobile_money.provider", "provider", "provider"),
        code("mobile_money.column.provider_id", "provider_id"),
        text("mobile_money.column.reference", "reference"),
        money("mobile_money.column.amount"),
        code("sheet.account", "account_code"),
        name("person.name", "member"),
        word("form.status", "state", "line_state"),
    ),
)
MESSAGES = Listing(
    name=ListName.MESSAGES,
    method=LIST_MESSAGES,
    asked=lambda: {"status": one_of(STATES, "status")},
    columns=(
        instant("message.created_at", "created_at"),
        code("member.code", "member_code"),
        name("person.name", "member_name"),
        word("message.purpose", "kind", "message_kind"),
        word("form.status", "status", "message_status"),
    ),
)
WITHDRAWALS = Listing(
    name=ListName.WITHDRAWALS,
    method=LIST_WITHDRAWALS,
    asked=of_branch,
    columns=(
        code("member.code", "member_code"),
        name("person.name", "member"),
        code("receipt.account", "account_code"),
        money("deposit.amount"),
        date("withdrawal.asked_on", "asked_on"),
        word("form.status", "state", "withdrawal_state"),
        text("form.reason", "reason"),
        date("lending.lapses_on", "lapses_on"),
    ),
)
APPLICANTS = Listing(
    name=ListName.APPLICANTS,
    method=LIST_APPLICANTS_MONEY,
    asked=lambda: of_branch(overdue="overdue" in request.args),
    columns=(
        name("person.name", "applicant"),
        money("deposit.amount"),
        code("fact.receipt_number", "receipt_number"),
        date("applicant.received_on", "received_on"),
        date("applicant.refund_by", "refund_by"),
    ),
)
DEATHS = Listing(
    name=ListName.DEATHS,
    method=LIST_DEATH_CASES,
    asked=lambda: {"overdue": "overdue" in request.args},
    columns=(
        code("member.code", "member_code"),
        name("person.name", "member_name"),
        word("change.whose", "whose", "whose"),
        date("change.died_on", "died_on"),
        text("change.reported_by", "reported_by"),
        date("death.due_on", "due_on"),
        word("form.status", "state", "death_state"),
    ),
)
RESCHEDULES = Listing(
    name=ListName.RESCHEDULES,
    method=LIST_RESCHEDULES,
    asked=lambda: of_office(**rescheduled_period()),
    columns=(
        date("form.day", "proposed_on"),
        text("form.reason", "reason"),
        money("figure.outstanding", "outstanding"),
        count("reschedule.count", "instalments"),
        money("reschedule.amount", "instalment"),
        date("reschedule.first", "first_due_on"),
        date("reschedule.last", "last_due_on"),
        word("form.status", "state", "reschedule_state"),
    ),
)
UNCONFIRMED = Listing(
    name=ListName.UNCONFIRMED,
    method=LIST_UNCONFIRMED,
    asked=of_office,
    columns=(
        code("samity.code"),
        name("samity.name"),
        count("samity.members", "members"),
        money("fact.brought_savings", "savings"),
        money("fact.brought_loans", "loans"),
        date("unconfirmed.due_on", "due_on"),
    ),
)

PLACES: tuple[tuple[Listing, str], ...] = (
    (MEMBERS, "/members"),
    (SAMITIES, "/samities"),
    (STAFF, "/staff"),
    (ACTING, "/acting"),
    (LOANS, "/loans"),
    (ENDED_LOANS, "/loans/ended"),
    (CALL_BACKS, "/call-backs"),
    (SHEETS, "/sheets"),
    (HANDOVERS, "/hand-overs"),
    (DEFERRALS, "/deferrals"),
    (UNALLOCATED, "/unallocated"),
    (EXCESSES, "/excesses"),
    (ROW_CHANGES, "/row-changes"),
    (VOUCHERS, "/vouchers"),
    (REMITTANCES, "/remittances"),
    (MOBILE_MONEY, "/mobile-money"),
    (MESSAGES, "/messages"),
    (WITHDRAWALS, "/withdrawals"),
    (APPLICANTS, "/applicants-money"),
    (DEATHS, "/death-cases"),
    (RESCHEDULES, "/reschedules"),
    (UNCONFIRMED, "/unconfirmed-balances"),
)
"""Each list, and where its page is."""


def register(blueprint: Blueprint) -> None:
    """Hang the lists' files beside their pages."""
    for listing, path in PLACES:
        listing.register(blueprint, path)

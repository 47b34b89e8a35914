"""The portal has words for whatever a service can say, asks for no missing key, and keeps no dead one."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from contracts import notifications
from contracts.accounts.approval_words import ApprovalKind as KindInAccounts
from contracts.accounts.cut_over_words import CutOverState
from contracts.accounts.death_words import DeathState, Whose
from contracts.accounts.exit_words import ExitCheck, ExitState
from contracts.accounts.holiday_words import HolidaySet
from contracts.accounts.law_words import OVERRIDABLE, AprFormula, CashFlow, Fee
from contracts.accounts.loan_products import LoanProductTerms, Plan
from contracts.accounts.loan_words import CallBackOutcome, LoanRole, LoanState
from contracts.accounts.members import MARKS, PURPOSES, SEXES, STATUSES, WARNINGS
from contracts.accounts.note_words import NoteKind
from contracts.accounts.number_changes import CALLED
from contracts.accounts.number_changes import STATES as NUMBER_STATES
from contracts.accounts.passbooks import STATUSES as PAPER_BOOKS
from contracts.accounts.picture_words import PictureKind, PictureState
from contracts.accounts.product_words import ProductKind
from contracts.accounts.reschedule_words import RescheduleState
from contracts.accounts.samities import KINDS
from contracts.accounts.savings_products import SavingsTerms
from contracts.accounts.transfers import TransferState
from contracts.approvals import STATES as APPROVAL_STATES
from contracts.fields import LANGUAGES, CodeField
from contracts.identity.acting import STATES as ACTING_STATES
from contracts.identity.approvals import (
    ACCESS_HOLD,
    ACTING,
    CREDENTIAL_RESET,
    LIMIT_CHANGE,
    MEMBER_LOGIN,
    STAFF_CREATION,
)
from contracts.identity.logins import CALLED_BACK, SEEN, SWITCHED
from contracts.identity.offices import LEVELS
from contracts.identity.staff import STATES
from contracts.parked import REPLAY
from contracts.parked import STATES as PARKED_STATES
from contracts.permissions import Role
from contracts.transactions.audit_sample_words import SampleOf
from contracts.transactions.books_words import CashBookKind, VoucherKind
from contracts.transactions.chart_words import MappedEvent
from contracts.transactions.classes_words import LOAN_CLASSES, ClassRunState
from contracts.transactions.collection_words import (
    Attendance,
    ChangeKind,
    HandoverStatus,
    NothingReceived,
    PaidBy,
    RowKind,
    RowState,
    SheetStatus,
    Verdict,
)
from contracts.transactions.complaint_words import (
    ComplaintAbout,
    ComplaintAgainst,
    ComplaintOutcome,
    ComplaintState,
    ComplaintVia,
    ComplaintWaits,
    Contacted,
    Escalation,
)
from contracts.transactions.dashboards_words import AGES
from contracts.transactions.finding_words import FindingAbout, FindingState, FindingStep
from contracts.transactions.float_words import FloatState
from contracts.transactions.interest_words import InterestRunKind, InterestRunState
from contracts.transactions.ledger_words import (
    SAVINGS_FAMILIES,
    ApprovalKind,
    DayPhase,
    DayState,
    LineStatus,
    Moment,
    ReversalKind,
)
from contracts.transactions.lending_endings_words import FeeKind, WaiverKind
from contracts.transactions.lending_words import LoanStatus, PayoutHow, RowPaid, SurplusTo
from contracts.transactions.manual_words import ManualKind, ManualState
from contracts.transactions.mobile_money_words import LineState, Provider, Unmatched
from contracts.transactions.month_words import MonthStage, MonthState
from contracts.transactions.nominee_words import ClaimState
from contracts.transactions.officer_leaving_words import LeavingCheck
from contracts.transactions.passbook_check_words import PassbookCheckState
from contracts.transactions.remittance_words import RemittanceState
from contracts.transactions.reports_words import ReportFormat, ReportRunState
from contracts.transactions.savings_words import CautionReason, ClosingHow, WithdrawalState
from contracts.wordings import PARTS as WORDING_PARTS
from contracts.wordings import TEMPLATE
from gateway.checklists import LINKS
from gateway.cut_over.files import FILE_CODES
from gateway.health import PINGS
from gateway.keepers import KEEPERS
from gateway.portal.approvals import FACTS
from gateway.portal.dashboard import DAY, MONTHS
from gateway.portal.loan_money import CARD, SETTLEMENT, WAIVER, WRITE_OFF
from gateway.portal.navigation import GROUPS
from gateway.portal.products import SECTIONS
from gateway.portal.roles import things
from gateway.portal.savings import CLOSING as CLOSING_FIGURES
from gateway.portal.statement_files import COLUMNS
from gateway.portal.statements import LOAN_FIGURES, SAVINGS_FIGURES
from gateway.portal.terms import TERMS
from identity.domain.logins import Login
from notifications.domain.wordings import wordings_of
from notifications.templates import templates
from tests.house.house import ROOT
from transactions.domain.ledger import EntryKind

if TYPE_CHECKING:
    from marshmallow import Schema

PORTAL = ROOT / "gateway/src/gateway/portal"
WORDS: dict[str, dict[str, str]] = json.loads((PORTAL.parent / "words/portal.json").read_text())
SOURCES = [path.read_text() for kind in ("*.html", "*.py") for path in sorted(PORTAL.rglob(kind))]
CLOSING = ROOT / "services/transactions/src/transactions"
LOGIN_DEEDS = ("issue", "suspend", "reactivate", "close")
ACCESS_DEEDS = ("on", "off", "hold")
WITHOUT_SECRET = (ACCESS_HOLD, ACTING, LIMIT_CHANGE, REPLAY, TEMPLATE)
SECRETS = (STAFF_CREATION, MEMBER_LOGIN, CREDENTIAL_RESET)
NUMBERS = ("nid", "mobile")
VARIANTS = {one.variant for template in templates().values() for one in wordings_of(template)}


def words_of_terms(*schemas: type[Schema]) -> list[str]:
    """Every word that a term of a product can be, with the term's name."""
    listed = ((name, wire) for schema in schemas for name, wire in schema().fields.items())
    return [f"{name}.{word}" for name, wire in listed if isinstance(wire, CodeField) for word in wire.choices]


CLOSED_LISTS = {
    "change.act_": ("death", "exit", "transfer"),
    "age.": AGES,
    "approval.": ("approved", "declined", "opening"),
    "approval_kind.": (
        *KindInAccounts,
        *SECRETS,
        ACCESS_HOLD,
        ACTING,
        LIMIT_CHANGE,
        REPLAY,
        TEMPLATE,
        *ApprovalKind,
    ),
    "approval_state.": APPROVAL_STATES,
    "attendance.": tuple(Attendance),
    "breach.": OVERRIDABLE,
    "cash_book.": tuple(CashBookKind),
    "cash_kind.": tuple(VoucherKind),
    "caution.": tuple(CautionReason),
    "change_kind.": tuple(ChangeKind),
    "claim_state.": tuple(ClaimState),
    "closing.": CLOSING_FIGURES,
    "closing_how.": tuple(ClosingHow),
    "complaint.act_": ("acknowledge", "answer", "contact"),
    "complaint.lead_": ("acknowledge", "answer", "contact"),
    "complaint_about.": tuple(ComplaintAbout),
    "complaint_against.": tuple(ComplaintAgainst),
    "complaint_contact.": tuple(Contacted),
    "complaint_outcome.": tuple(ComplaintOutcome),
    "complaint_state.": tuple(ComplaintState),
    "complaint_via.": tuple(ComplaintVia),
    "complaint_waits.": tuple(ComplaintWaits),
    "complaint_why.": tuple(Escalation),
    "consent.": PURPOSES,
    "dashboard.": (*DAY, *(name for names in MONTHS.values() for name in names)),
    "day.count_": tuple(Moment),
    "day.count_act_": tuple(Moment),
    "day_phase.": tuple(DayPhase),
    "death_state.": tuple(DeathState),
    "day_status.": tuple(DayState),
    "entry_kind.": tuple(EntryKind),
    "event.": tuple(MappedEvent),
    "fact.": FACTS,
    "fee.": tuple(FeeKind),
    "field_payments.": ("True", "False"),
    "float_state.": tuple(FloatState),
    "handover_status.": tuple(HandoverStatus),
    "acting_state.": ("holds", *ACTING_STATES),
    "thing.": tuple(things()),
    "verb.": tuple({verb for verbs in things().values() for verb in verbs}),
    "call_back.": tuple(CallBackOutcome),
    "figure.": (*SETTLEMENT, *WAIVER, *WRITE_OFF, *CARD),
    "loan_role.": tuple(LoanRole),
    "payout_how.": tuple(PayoutHow),
    "services.": tuple(PINGS),
    "surplus_to.": tuple(SurplusTo),
    "classes.days_": (*LOAN_CLASSES, "hint"),
    "classes.share_": (*LOAN_CLASSES, "hint"),
    "holiday_set.": tuple(HolidaySet),
    "law_counted.": tuple(CashFlow),
    "law_fee.": tuple(Fee),
    "law_formula.": tuple(AprFormula),
    "loan_class.": LOAN_CLASSES,
    "nothing_deducted.": ("True", "False"),
    "proposal_state.": ("approved", "waiting", "declined"),
    "finding.act_": ("again", "answer", "close"),
    "finding.done_": ("again", "answer", "close"),
    "finding.lead_": ("again", "answer", "close"),
    "finding.new_": tuple(FindingAbout),
    "finding_about.": tuple(FindingAbout),
    "finding_state.": (*FindingState, "overdue"),
    "finding_step.": tuple(FindingStep),
    "in_field.": ("True",),
    "interest_kind.": tuple(InterestRunKind),
    "is_new.": ("True", "False"),
    "is_offered.": ("True", "False"),
    "cut_over.file.": FILE_CODES,
    "cut_over_state.": tuple(CutOverState),
    "language.": LANGUAGES,
    "leaving_check.": tuple(LeavingCheck),
    "level.": LEVELS,
    "line_state.": tuple(LineState),
    "line_status.": tuple(LineStatus),
    "mobile_money.column.": tuple(COLUMNS),
    "loan_state.": tuple(LoanState),
    "loan_status.": tuple(LoanStatus),
    "called_back.": CALLED_BACK,
    "device.lead_": ("on", "off"),
    "device.switched_": ("on", "off"),
    "device.title_": ("on", "off"),
    "login_deed.": SWITCHED,
    "seen.": SEEN,
    "login.act_": LOGIN_DEEDS,
    "login.lead_": LOGIN_DEEDS,
    "login.title_": LOGIN_DEEDS,
    "login_status.": tuple(Login),
    "mark.": MARKS,
    "member.unmask_": NUMBERS,
    "member_status.": STATUSES,
    "month_stage.": tuple(MonthStage),
    "month_state.": tuple(MonthState),
    "message_kind.": notifications.KINDS,
    "message_status.": notifications.STATES,
    "nothing.": tuple(NothingReceived),
    "paid_by.": tuple(PaidBy),
    "paper_book.": PAPER_BOOKS,
    "note_kind.": tuple(NoteKind),
    "picture_kind.": tuple(PictureKind),
    "picture_state.": tuple(PictureState),
    "parked_state.": PARKED_STATES,
    "passbook_state.": (*PassbookCheckState, "overdue", "left"),
    "provider.": tuple(Provider),
    "purpose.": PURPOSES,
    "remittance_state.": tuple(RemittanceState),
    "report_state.": tuple(ReportRunState),
    "reports.as_": tuple(ReportFormat),
    "reschedule_state.": tuple(RescheduleState),
    "reversal_kind.": tuple(ReversalKind),
    "role.": tuple(Role),
    "row_change.": ("from", "to"),
    "row_kind.": tuple(RowKind),
    "row_paid.": tuple(RowPaid),
    "row_state.": tuple(RowState),
    "run_state.": (*InterestRunState, *ClassRunState),
    "samity_kind.": KINDS,
    "sample_of.": tuple(SampleOf),
    "savings_kind.": SAVINGS_FAMILIES,
    "service.": tuple(KEEPERS),
    "sex.": SEXES,
    "sheet_status.": tuple(SheetStatus),
    "slip.how_": SECRETS,
    "slip.login_": SECRETS,
    "slip.of_": SECRETS,
    "staff.access_": ACCESS_DEEDS,
    "staff.lead_": ACCESS_DEEDS,
    "staff.title_": ACCESS_DEEDS,
    "snapshot.": (*LOAN_FIGURES, *SAVINGS_FIGURES),
    "staff_status.": STATES,
    "statements.": ("opening", "receipts", "payments", "closing", "income", "balance", "cash"),
    "product.new_": tuple(ProductKind),
    "product.part_": tuple(part for part, _ in SECTIONS),
    "product_kind.": tuple(ProductKind),
    "term.": (*TERMS, "True", "False"),
    "term_hint.": TERMS,
    "term_word.": tuple(words_of_terms(SavingsTerms, LoanProductTerms, Plan)),
    "transfer_state.": tuple(TransferState),
    "unmatched.": tuple(Unmatched),
    "wording_part.": WORDING_PARTS,
    "wording_variant.": VARIANTS,
    "verdict.": tuple(Verdict),
    "voucher_kind.": tuple(ManualKind),
    "voucher_state.": tuple(ManualState),
    "waiver.": tuple(WaiverKind),
    "warning.": WARNINGS,
    "change.lead_": ("death", "exit", "stay", "transfer"),
    "change.title_": ("death", "exit", "stay", "transfer"),
    "exit_check.": tuple(ExitCheck),
    "exit_state.": tuple(ExitState),
    "number_called.": CALLED,
    "number_state.": NUMBER_STATES,
    "paper_books.act_": ("lost", "new", "returned"),
    "paper_books.lead_": ("lost", "new", "returned"),
    "paper_books.title_": ("lost", "new", "returned"),
    "whose.": tuple(Whose),
    "withdrawal_state.": tuple(WithdrawalState),
}
LITERAL = re.compile(r"""["']((?:[a-z_]+\.)+[a-z_]+)["']""")
BEGUN = re.compile(r"""\bt\(\s*(?:f"([\w.]+)\{|["']([\w.]+)["']\s*~)""")


def begun_keys() -> set[str]:
    """The keys that a page completes with a word of a service."""
    return {"".join(found) for text in SOURCES for found in BEGUN.findall(text)}


def missing_codes() -> set[str]:
    """What can stand between a day or a month and its closing, as the ledger and the collection say it."""
    days = ("domain/days.py", "operations/days.py", "repository/collection.py")
    sources = (*days, "domain/book/on_the_way.py", "domain/month_ends.py", "repository/months.py")
    text = "\n".join((CLOSING / source).read_text() for source in sources)
    plain = set(re.findall(r'"((?:[A-Z]+_){2,}[A-Z]+|VAULT_DIFFERS)"', text))
    by_moment = re.findall(r'f"([A-Z_]+_AT_)\{moment\}"', text)
    return plain | {f"{code}{moment.upper()}" for code in by_moment for moment in Moment}


def used_keys() -> set[str]:
    literal = {key for text in SOURCES for key in LITERAL.findall(text)}
    closed = {f"{begun}{word}" for begun, words in CLOSED_LISTS.items() for word in words}
    places = {place.title for group in GROUPS for place in group.places}
    return literal | closed | places | {f"missing.{code}" for code in missing_codes()}


def test_every_begun_key_names_its_list() -> None:
    assert begun_keys() - CLOSED_LISTS.keys() == set()


@pytest.mark.parametrize("begun", CLOSED_LISTS)
def test_a_closed_list_has_a_word_for_each_of_its_members(begun: str) -> None:
    assert [word for word in CLOSED_LISTS[begun] if f"{begun}{word}" not in WORDS] == []


def test_all_that_can_be_missing_for_a_closing_is_said_in_words() -> None:
    codes = missing_codes()

    assert {"VAULT_NOT_COUNTED_AT_OPENING", "SHEET_NOT_CHECKED", "OFFICER_CASH_NOT_ZERO"} <= codes
    assert {code for code in codes if f"missing.{code}" not in WORDS} == set()


def test_all_that_can_be_missing_or_is_warned_of_says_where_it_is_put_right() -> None:
    assert set(LINKS) == missing_codes()


def test_no_page_asks_for_a_key_that_is_not_there() -> None:
    asked = {key for text in SOURCES for key in re.findall(r"""\bt\(\s*["']([\w.]+)["']\s*[,)]""", text)}

    assert asked - WORDS.keys() == set()


def test_no_words_are_dead() -> None:
    assert WORDS.keys() - used_keys() == set()

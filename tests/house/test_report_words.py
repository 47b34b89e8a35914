"""Every report has its words in both languages: its name, its columns, what it is asked for; none is dead."""

from __future__ import annotations

import ast
import json

from contracts.accounts.holiday_words import HolidaySet
from contracts.accounts.law_words import OVERRIDABLE
from contracts.accounts.members import SEXES
from contracts.permissions import Role
from contracts.transactions.books_words import VoucherKind
from contracts.transactions.classes_words import LOAN_CLASSES
from contracts.transactions.collection_words import SheetStatus
from contracts.transactions.complaint_words import (
    ComplaintAbout,
    ComplaintAgainst,
    ComplaintOutcome,
    ComplaintState,
    ComplaintVia,
)
from contracts.transactions.finding_words import FindingAbout, FindingState
from contracts.transactions.ledger_words import ApprovalKind, ReversalKind
from contracts.transactions.lending_words import LoanStatus, PayoutHow
from contracts.transactions.passbook_check_words import PassbookCheckState
from contracts.transactions.remittance_words import HeldIn, RemittanceState
from contracts.transactions.reports_words import (
    ColumnKind,
    ExportPurpose,
    ExportRecipient,
    ListName,
    ReportParameter,
    ReportSubject,
    RowKind,
)
from tests.house.house import ROOT, nodes_of, source_files
from transactions.domain.ledger import EntryKind
from transactions.domain.reports.books import PARTS
from transactions.domain.reports.funds import KNOWN_FUNDS
from transactions.domain.reports.questions import FIELDS
from transactions.domain.reports.registry import ALL
from transactions.repository.reports import SOURCES
from transactions.repository.reports.asked import CASH

WORDS: dict[str, dict[str, str]] = json.loads((ROOT / "gateway/src/gateway/words/reports.json").read_text())
PORTAL = json.loads((ROOT / "gateway/src/gateway/words/portal.json").read_text())
"""The pages name some of the same things already."""
ALSO = {"subject_kind": "approval_kind"}
"""What a decision is about is called as it is in the inbox."""
ASKED_FOR = (
    *(ApprovalKind.LEDGER, ApprovalKind.LEDGER_MAPPING, ApprovalKind.BANK_ACCOUNT),
    *(ApprovalKind.CLASS_RULES, ApprovalKind.CLASS_FREEZE, ApprovalKind.SETTLEMENT, ApprovalKind.WAIVER),
    *(ApprovalKind.SAVINGS_TO_LOAN, ApprovalKind.DEATH_REFUND, ApprovalKind.WRITE_OFF),
)
"""Requests that are noted down under their kind."""


def audited(place: int) -> set[str]:
    """What transactions notes down of its deeds: the deed (0), or of what kind the thing was (1)."""
    calls = (node for path in source_files("transactions") for node in nodes_of(path))
    given = [
        call.args[place]
        for call in calls
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "audit"
    ]
    return {str(one.value) for one in given if isinstance(one, ast.Constant)}


CLOSED: dict[str, tuple[str, ...]] = {
    "holiday_set": tuple(HolidaySet),
    "approval_kind": tuple(ApprovalKind),
    "breach": OVERRIDABLE,
    "cash_kind": tuple(ledger.code for ledger in CASH),
    "complaint_about": tuple(ComplaintAbout),
    "complaint_against": tuple(ComplaintAgainst),
    "complaint_outcome": tuple(ComplaintOutcome),
    "complaint_state": tuple(ComplaintState),
    "complaint_via": tuple(ComplaintVia),
    "counted_what": ("vault", "officer"),
    "deed": (
        *audited(0),
        *(f"propose_{kind}" for kind in ASKED_FOR),
        *(f"post_{kind}" for kind in (EntryKind.REMITTANCE_IN, EntryKind.REMITTANCE_OUT)),
    ),
    "direction": ("in", "out"),
    "ended_how": (LoanStatus.REPAID, LoanStatus.SETTLED),
    "entry_kind": tuple(EntryKind),
    "finding_about": tuple(FindingAbout),
    "finding_state": (*FindingState, "overdue"),
    "fund": KNOWN_FUNDS,
    "held_in": tuple(HeldIn),
    "late_with": ("acknowledge", "answer"),
    "left_how": ("left", "died"),
    "loan_class": LOAN_CLASSES,
    "override_state": ("approved", "declined"),
    "part": PARTS,
    "passbook_state": (*PassbookCheckState, "overdue", "left"),
    "payout_how": tuple(PayoutHow),
    "purpose": tuple(ExportPurpose),
    "recipient": tuple(ExportRecipient),
    "remittance_state": (
        RemittanceState.IN_TRANSIT,
        RemittanceState.RECEIVED,
        RemittanceState.RETURNED,
    ),
    "report": (),
    "role": tuple(Role),
    "sex": SEXES,
    "sheet_status": tuple(SheetStatus),
    "subject_kind": (*audited(1), *(kind for kind in ApprovalKind if f"approval_kind.{kind}" in PORTAL)),
    "term_state": ("running", "mature"),
    "undone_how": (*ReversalKind, "correction", "with_its_deed"),
    "voucher_kind": tuple(VoucherKind),
}
"""What may stand in a column of words; a report is called as its head calls it, a fund as it was named."""
DAYS = tuple(
    name
    for parameter in (ReportParameter.ON, ReportParameter.PERIOD, ReportParameter.KNOWN_AT)
    for name in FIELDS[parameter]
)
HEAD = ("office", "on", "period", "product", "officer", "samity", "member", "known_at", "behind")
MADE = ("made_by", "made_at")
EXPORT = ("export", "left_out", "purpose", "purpose_words", "recipient", "recipient_words")


def needed() -> set[str]:
    columns = {column for definition in ALL for column in definition.columns}
    return {
        *(f"report.{definition.code}" for definition in ALL),
        *(f"report.list_{name}" for name in ListName),
        *(f"column.{column.key}" for column in columns),
        *(
            f"word.{column.key}.{word}"
            for column in columns
            if column.kind is ColumnKind.WORD
            for word in CLOSED[column.key]
            if f"{ALSO.get(column.key, column.key)}.{word}" not in PORTAL
        ),
        *(f"subject.{subject}" for subject in ReportSubject),
        *(f"parameter.{day}" for day in DAYS),
        *(f"head.{name}" for name in (*HEAD, *MADE, *EXPORT)),
        *(f"row.{kind}" for kind in RowKind if kind is not RowKind.ROW),
        "head.behind_others",
        "foot.page",
        "foot.mark",
        "foot.left_out",
    }


def test_whatever_a_report_says_has_words_and_no_words_are_dead() -> None:
    assert needed() == WORDS.keys()


def test_a_column_is_of_one_kind_wherever_it_stands() -> None:
    kinds: dict[str, set[ColumnKind]] = {}
    for definition in ALL:
        for column in definition.columns:
            kinds.setdefault(column.key, set()).add(column.kind)

    assert {key: found for key, found in kinds.items() if len(found) > 1} == {}


def test_somebody_answers_for_each_report_and_for_no_other() -> None:
    assert {definition.code for definition in ALL} == SOURCES.keys()
    assert len({definition.code for definition in ALL}) == len(ALL)


def test_totals_sum_figures_and_groups_come_first_in_the_order() -> None:
    figures = {ColumnKind.COUNT, ColumnKind.MONEY}
    for definition in ALL:
        assert {column.kind for column in definition.columns if column.summed} <= figures
        assert definition.group in {None, next(iter(definition.key), None)}
        assert set(definition.required) <= set(definition.parameters)

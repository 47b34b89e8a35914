"""Writing all people and agreements of a branch that is brought over, in one transaction (rule P13)."""

from datetime import UTC, datetime, time
from typing import Any

from accounts.domain.cut_over.branch import OldLoan, OldMember
from accounts.domain.households import household_of
from accounts.domain.members import AdmissionForm
from accounts.domain.rejoining import former_person
from accounts.domain.samities import SamityOpening
from accounts.domain.tenures import Tenure
from accounts.operations.branch_entry import (
    FIRST,
    Entry,
    address_of,
    consents_of,
    entry_of,
    lent_under,
    nominee_of,
    officer_of,
    planned_savings,
    rows_of,
)
from accounts.operations.desk import Desk
from accounts.operations.passbooks import issue_first
from accounts.operations.telling import tell_member, tell_samity
from accounts.private_numbers import NID
from accounts.repository import Register
from accounts.repository.members import KeptNumbers
from accounts.repository.savings import NewAccount
from contracts.accounts import PURPOSES
from contracts.accounts.approval_words import ApprovalKind
from contracts.accounts.cut_over_words import CutOverSheet, CutOverState
from contracts.accounts.loan_words import LoanState
from contracts.transactions.lending_words import ScheduleReason, SurplusTo

BROUGHT = "brought over"
"""By what rows are known that no request made."""


def write(register: Register, cut_over_id: str, desk: Desk) -> None:
    """Write samities, members, savings and loans of a branch; repeated, do nothing.

    Raises:
        DuplicateNid, SamityCodeTaken, IdConflict: somebody was quicker; then nothing is written.
        CutOverElsewhere: rows have faults by now.
    """
    entry = entry_of(register, cut_over_id)
    if entry is None:
        return
    _samities(register, entry)
    for one in entry.branch.members:
        _member(register, entry, one, desk)
    _savings(register, entry)
    for loan in entry.branch.loans:
        _loan(register, entry, loan)
    register.cut_overs.note(entry.row, _became(entry))
    for named in entry.plan.samities.values():
        tell_samity(register, named.id)
    for named in entry.plan.members.values():
        tell_member(register, named.id, desk.numbers)
    facts = {"members": len(entry.branch.members), "samities": len(entry.branch.samities)}
    register.work.audit("bring_branch_over", "office", entry.row["branch_id"], facts)


def record_posted(register: Register, cut_over_id: str) -> None:
    """Write that all balances are in the book, and that savings are open there; repeated, do nothing."""
    row = register.cut_overs.get_held(cut_over_id)
    if row["state"] != CutOverState.ENTERING:
        return
    register.cut_overs.open_brought_savings(cut_over_id)
    register.cut_overs.change(cut_over_id, state=CutOverState.ENTERED, done=row["total"])
    register.approvals.finish(ApprovalKind.CUT_OVER, cut_over_id)
    register.work.audit("enter_cut_over", "office", row["branch_id"])


def _samities(register: Register, entry: Entry) -> None:
    for one in entry.branch.samities:
        named, officer_id = entry.plan.samities[one.source_id], officer_of(entry, one.officer)
        opening = SamityOpening(
            id=named.id,
            branch_id=entry.row["branch_id"],
            serial=named.serial,
            officer_id=officer_id,
            **{
                name: getattr(one, name)
                for name in ("name_bn", "name_en", "kind", "village", "meeting_weekday", "meeting_time")
            },
            opened_on=one.opened_on,
            max_members=one.max_members,
        )
        register.samities.open(opening, serial=named.serial, code=named.code, fingerprint=BROUGHT)
        held = (one.opened_on, officer_id), (one.opened_on, one.meeting_weekday)
        register.samities.officers.add(register.work.new_id(), named.id, Tenure(*held[0]))
        register.samities.days.add(register.work.new_id(), named.id, Tenure(*held[1]))


def _member(register: Register, entry: Entry, one: OldMember, desk: Desk) -> None:
    named, said = entry.plan.members[one.source_id], one.said
    form = _form(entry, one, desk, named.id)
    kept = KeptNumbers(
        nid=said["nid"],
        nid_index=one.nid_index,
        mobile=said["mobile"],
        mobile_index=one.mobile_index,
        household=household_of(form.address),
        fingerprint=BROUGHT,
    )
    known = former_person(register.members.former(one.nid_index))
    register.members.add(form, kept, person_id=known or named.id)
    register.samities.next_member_serial(form.samity_id)
    register.members.activate(named.id, code=named.code, on=one.admitted_on)
    issue_first(register, named.id, on=one.admitted_on)


def _form(entry: Entry, one: OldMember, desk: Desk, member_id: str) -> AdmissionForm:
    said = one.said
    names = ("name_bn", "name_en", "father_or_spouse_bn", "father_or_spouse_en", "sex", "birth_on")
    nid = desk.numbers.show({"id": member_id, "nid": said["nid"]}, NID)
    return AdmissionForm(
        id=member_id,
        samity_id=entry.plan.samities[one.samity].id,
        **{name: said[name] for name in names},
        nid=nid or "",
        mobile=None,
        address=address_of(said),
        nominees=(nominee_of(said),),
        consents=consents_of(said, PURPOSES, datetime.combine(one.consent_on, time(6), UTC)),
        language=said["language"] or "bn",
        passbook_number=said["passbook_number"],
        warnings_seen=(),
    )


def _savings(register: Register, entry: Entry) -> None:
    members = entry.members
    for one in entry.branch.savings:
        planned = planned_savings(entry, one, members[one.member].said["sex"])
        register.savings.add(
            NewAccount(
                id=planned.id,
                member_id=planned.member_id,
                code=planned.code,
                serial=entry.plan.savings[one.source_id].serial,
                product=planned.product,
                wanted=planned.wanted,
                maturity_value=planned.maturity_value,
                status=planned.status,
            )
        )
    ids = {source: named.id for source, named in entry.plan.savings.items()}
    register.cut_overs.date_savings({ids[one.source_id]: one.opened_on for one in entry.branch.savings})


def _loan(register: Register, entry: Entry, one: OldLoan) -> None:
    product, plan = lent_under(entry, one)
    named = entry.plan.loans[one.source_id]
    row: dict[str, Any] = {
        "id": named.id,
        "member_id": entry.plan.members[one.member].id,
        "state": LoanState.DISBURSED,
        "product_code": product.code,
        "product_version": product.version,
        "plan_code": plan.code,
        "cycle": one.cycle,
        "asked": one.principal,
        "principal": one.principal,
        "purpose": one.purpose,
        "surplus_to": SurplusTo.SAVINGS,
        "planned_on": one.disbursed_on,
        "proposed_on": one.disbursed_on,
        "fingerprint": BROUGHT,
        "maker_id": entry.row["maker_id"],
        "proposed_at": register.work.now,
        "approver_id": entry.row["checker_id"],
        "approved_at": register.work.now,
        "payer_id": entry.row["maker_id"],
        "paid_at": register.work.now,
        "serial": named.serial,
        "code": named.code,
        "disbursed_on": one.disbursed_on,
        "receipt_number": one.last_receipt,
    }
    register.loans.add(row, ())
    register.loans.add_schedule(
        named.id,
        rows_of(entry, one),
        version=FIRST,
        reason=ScheduleReason.PAYOUT,
        begins_on=one.disbursed_on,
        apr_percent=plan.annual_rate_percent,
    )


def _became(entry: Entry) -> list[tuple[CutOverSheet, str, str]]:
    plan = entry.plan
    parts = (plan.samities, plan.members, plan.savings, plan.loans)
    return [
        (sheet, source_id, named.id)
        for sheet, part in zip(CutOverSheet, parts, strict=True)
        for source_id, named in part.items()
    ]

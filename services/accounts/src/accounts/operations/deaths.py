"""A death: reported, verified by the manager, approved by the area, settled with the nominees (rule L5)."""

from collections.abc import Mapping
from typing import Any

from accounts.domain.approvals import Approval, Stage
from accounts.domain.deaths import DeathCase, DeathReport, check_day, require_approved
from accounts.domain.members import Status
from accounts.domain.scope import Scope
from accounts.operations.desk import Desk
from accounts.operations.telling import tell_member
from accounts.private_numbers import PrivateNumbers
from accounts.repository import Register
from accounts.repository.rows import Row
from contracts.accounts.approval_words import ApprovalKind
from contracts.accounts.death_words import DeathState, Whose
from contracts.accounts.errors import DeathReported, LoanNotWaived, NotAMember
from contracts.errors import IdConflict, PersonExcluded

AGREE_CLAIM = "agree_claim"


def report_death(
    register: Register, report: DeathReport, numbers: PrivateNumbers, *, scope: Scope, fingerprint: str
) -> None:
    """Take a report down; from its date on everything of a member who died is frozen. Repeated, do nothing.

    Raises:
        NotFound: she is not in scope.
        IdConflict: the id belongs to another report.
        PersonExcluded: it is the maker himself or declared kin (rule M8).
        NotAMember: she is none.
        DeathReported, InvalidPayload: as named.
    """
    member = register.members.hold(scope, report.member_id)
    known = register.deaths.find(report.id)
    if known is not None:
        if known.fingerprint != fingerprint:
            raise IdConflict
        return
    _require_reportable(register, report, member)
    register.deaths.add(report, fingerprint)
    if report.whose is Whose.MEMBER:
        register.members.die(report.member_id, report.died_on)
        tell_member(register, report.member_id, numbers)
    register.approvals.propose(_for_the_manager(register, report, member, fingerprint))
    register.work.audit("report_death", "member", report.member_id, {"case_id": report.id})


def _require_reportable(register: Register, report: DeathReport, member: Row) -> None:
    if report.member_id in register.work.actor.excluded_members:
        raise PersonExcluded
    if member["status"] not in (Status.ACTIVE, Status.CLOSING):
        raise NotAMember(status=member["status"])
    check_day(report.died_on, today=register.work.today)
    standing = register.deaths.standing_of(report.member_id, report.whose)
    if standing is not None:
        raise DeathReported(case_id=standing.id, state=str(standing.state))


def _for_the_manager(register: Register, report: DeathReport, member: Row, fingerprint: str) -> Approval:
    return Approval(
        id=register.work.new_id(),
        kind=ApprovalKind.DEATH,
        subject_id=report.id,
        office_id=member["branch_id"],
        member_id=report.member_id,
        fingerprint=fingerprint,
        maker_id=register.work.actor.person_id,
        proposed_at=register.work.now,
        facts={
            "subject_bn": member["name_bn"],
            "subject_en": member["name_en"],
            "member_id": report.member_id,
            "member_code": member["code"],
            "whose": str(report.whose),
            "on": report.died_on.isoformat(),
            "reason": report.reported_by,
            "evidence": report.certificate,
        },
    )


def verify(register: Register, approval: Approval, desk: Desk, *, approve: bool) -> Stage:
    """The manager has seen the certificate: now the area decides. Declined, all is as it was."""
    case = _held(register, approval)
    if not approve:
        return _reject(register, case, desk)
    register.deaths.change(case.id, DeathState.VERIFIED)
    register.approvals.propose(
        Approval(
            id=register.work.new_id(),
            kind=ApprovalKind.DEATH_AREA,
            subject_id=case.id,
            office_id=approval.office_id,
            member_id=approval.member_id,
            fingerprint=approval.fingerprint,
            maker_id=approval.maker_id,
            proposed_at=register.work.now,
            agreed_by=(register.work.actor.person_id,),
            facts=approval.facts,
        )
    )
    return Stage.APPROVED


def approve_by_area(register: Register, approval: Approval, desk: Desk, *, approve: bool) -> Stage:
    """The area agrees: a step names a member's nominees to the book; a spouse's case may be settled."""
    case = _held(register, approval)
    if not approve:
        return _reject(register, case, desk)
    register.deaths.change(case.id, DeathState.APPROVED)
    if not case.freezes:
        return Stage.APPROVED
    register.work.plan(AGREE_CLAIM, case.id, {"case_id": case.id})
    return Stage.OPENING


def claim_of(register: Register, case_id: str) -> dict[str, Any]:
    """Return what the book is asked to keep for the nominees: shares, and a guardian for who is under age."""
    case = register.deaths.find(case_id)
    assert case is not None  # the step was planned with it
    return {
        "id": case.id,
        "member_id": case.member_id,
        "died_on": case.died_on,
        "nominees": [
            {
                "number": nominee["number"],
                "name": nominee["name"],
                "relation": nominee["relation"],
                "share_percent": nominee["share_percent"],
                "guardian": nominee["guardian_name"],
            }
            for nominee in register.members.nominees_of(case.member_id)
        ],
    }


def record_agreed(register: Register, case_id: str) -> None:
    """Write that the book knows the nominees; repeated, do nothing."""
    register.approvals.finish(ApprovalKind.DEATH_AREA, case_id)


def record_nominees_paid(register: Register, told: Mapping[str, Any], numbers: PrivateNumbers) -> None:
    """Settle the case and end the membership, because every nominee has his share; repeated, do nothing."""
    case = register.deaths.find(told["claim_id"])
    if case is None or case.state is DeathState.SETTLED:
        return
    register.deaths.change(case.id, DeathState.SETTLED, settled_on=told["on"])
    register.members.leave(case.member_id, on=told["on"], blacklist=False)
    register.savings.close_all(case.member_id)
    tell_member(register, case.member_id, numbers)
    register.work.audit("settle_death", "member", case.member_id, {"case_id": case.id})


def settle_spouse_case(
    register: Register, case_id: str, loan_id: str, standing: Mapping[str, Any], *, scope: Scope
) -> None:
    """Settle the case of a spouse whose loan the risk fund has paid; repeated, do nothing.

    Raises:
        DeathCaseNotFound: there is none in scope.
        PersonExcluded: it is the maker himself or declared kin (rule M8).
        DeathCaseNotApproved: manager and area have not agreed.
        LoanNotWaived: the loan is not hers, or not waived.
    """
    case = register.deaths.hold(scope, case_id)
    if case.member_id in register.work.actor.excluded_members:
        raise PersonExcluded
    if case.state is DeathState.SETTLED:
        return
    require_approved(case)
    status = next((loan["status"] for loan in standing["loans"] if loan["loan_id"] == loan_id), None)
    if status != "waived":
        raise LoanNotWaived(status=status)
    register.deaths.change(
        case.id,
        DeathState.SETTLED,
        settled_on=standing["business_on"] or register.work.today,
        loan_id=loan_id,
    )
    register.work.audit("settle_death", "member", case.member_id, {"case_id": case.id, "loan_id": loan_id})


def _held(register: Register, approval: Approval) -> DeathCase:
    return register.deaths.hold(Scope.of(register.work.actor), approval.subject_id)


def _reject(register: Register, case: DeathCase, desk: Desk) -> Stage:
    register.deaths.change(case.id, DeathState.REJECTED)
    if case.freezes:
        register.members.die(case.member_id, None)
        tell_member(register, case.member_id, desk.numbers)
    return Stage.DECLINED

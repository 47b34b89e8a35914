"""Admitting members: the officer's form, then the manager's decision. Rules L8, M8, P1, P10."""

from collections.abc import Sequence
from dataclasses import replace

from accounts.domain.admission import check_age, check_consents, check_nominees
from accounts.domain.approvals import Approval, Stage
from accounts.domain.codes import member_code
from accounts.domain.households import household_of, warnings_for
from accounts.domain.members import AdmissionForm
from accounts.domain.numbers import canonical_nid
from accounts.domain.rejoining import former_person
from accounts.domain.samities import Samity, check_room
from accounts.domain.scope import Scope
from accounts.operations.desk import Desk
from accounts.operations.passbooks import issue_first
from accounts.operations.pictures import settle_file
from accounts.operations.savings import plan_compulsory_savings
from accounts.operations.telling import tell_applicant, tell_member
from accounts.private_numbers import MOBILE, NID, PrivateNumbers
from accounts.repository import Register
from accounts.repository.members import KeptNumbers
from contracts.accounts import PURPOSES
from contracts.accounts.approval_words import ApprovalKind
from contracts.accounts.errors import DuplicateNid, StaffNumber
from contracts.errors import IdConflict


def admit_member(
    register: Register, form: AdmissionForm, desk: Desk, *, scope: Scope, fingerprint: str
) -> None:
    """Write an applicant and let her wait for the manager; repeated, do nothing. Rules L8, P1, P10.

    Raises:
        NotFound: the samity is not the officer's.
        IdConflict: the id belongs to somebody whose form was another.
        SamityNotActive, SamityFull, AgeOutsideLimits, SharesNotHundred, GuardianMissing, ConsentMissing,
        StaffNumber, DuplicateNid, FormerMemberBarred: as named.
    """
    samity = register.samities.hold(scope, form.samity_id)
    known = register.members.find_fingerprint(form.id)
    if known is not None:
        if known != fingerprint:
            raise IdConflict
        return
    check_room(samity, members=register.samities.count_people(samity.id))
    check_age(form.birth_on, today=desk.today, limits=desk.limits)
    check_nominees(form.nominees, today=desk.today)
    check_consents(form.consents, purposes=PURPOSES, now=register.work.now)
    kept = _kept(form, desk.numbers, fingerprint)
    _check_numbers(register, kept)
    known_person = former_person(register.members.former(kept.nid_index))
    resemblance = replace(register.members.resembling(form, kept), was_member=known_person is not None)
    warnings = warnings_for(kept.household, resemblance, desk.limits)
    register.members.add(form, kept, person_id=known_person or form.id)
    register.approvals.propose(_approval(register, form, samity, warnings, fingerprint))
    tell_applicant(register, form.id)
    register.work.audit("admit_member", "member", form.id, {"warnings": list(warnings)})


def _approval(
    register: Register, form: AdmissionForm, samity: Samity, warnings: Sequence[str], fingerprint: str
) -> Approval:
    named = register.samities.show(Scope.of(register.work.actor), samity.id)
    return Approval(
        id=register.work.new_id(),
        kind=ApprovalKind.ADMISSION,
        subject_id=form.id,
        office_id=named["branch_id"],
        member_id=form.id,
        fingerprint=fingerprint,
        maker_id=register.work.actor.person_id,
        proposed_at=register.work.now,
        facts={
            "subject_bn": form.name_bn,
            "subject_en": form.name_en,
            "samity_id": samity.id,
            "samity_name_bn": named["name_bn"],
            "samity_name_en": named["name_en"],
            "warnings": list(warnings),
            "warnings_seen": list(form.warnings_seen),
        },
    )


def decide(register: Register, approval: Approval, desk: Desk, *, approve: bool) -> Stage:
    """Make an applicant a member, or turn her down."""
    member_id = approval.subject_id
    settle_file(register, member_id, approve=approve)
    if not approve:
        register.members.reject(member_id)
        tell_applicant(register, member_id)
        return Stage.DECLINED
    _make_member(register, member_id, desk, scope=Scope.of(register.work.actor))
    return Stage.OPENING


def _make_member(register: Register, member_id: str, desk: Desk, *, scope: Scope) -> None:
    """Give her a code that is never given again, write down her book, and plan her compulsory savings."""
    samity = register.samities.hold(scope, register.members.show(scope, member_id)["samity_id"])
    code = member_code(samity.code, register.samities.next_member_serial(samity.id))
    register.members.activate(member_id, code=code, on=desk.today)
    issue_first(register, member_id, on=desk.today)
    plan_compulsory_savings(register, member_id, code, today=desk.today)
    tell_member(register, member_id, desk.numbers)
    tell_applicant(register, member_id)


def _kept(form: AdmissionForm, numbers: PrivateNumbers, fingerprint: str) -> KeptNumbers:
    mobile = form.mobile
    return KeptNumbers(
        nid=numbers.hide(NID, form.id, form.nid),
        nid_index=numbers.index(NID, canonical_nid(form.nid, form.birth_on)),
        mobile=None if mobile is None else numbers.hide(MOBILE, form.id, mobile),
        mobile_index=None if mobile is None else numbers.index(MOBILE, mobile),
        household=household_of(form.address),
        fingerprint=fingerprint,
    )


def _check_numbers(register: Register, kept: KeptNumbers) -> None:
    """Refuse a number that staff have, and an identity that is known already. Rule P1."""
    if kept.mobile_index is not None and register.people.is_number_of_staff(kept.mobile_index):
        raise StaffNumber(field="mobile")
    if register.members.has_nid(kept.nid_index):
        raise DuplicateNid(field="nid")

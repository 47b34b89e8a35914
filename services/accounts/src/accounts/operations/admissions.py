"""Admitting members: the officer's form, then the manager's decision. Rules L8, M8, P1, P10."""

from dataclasses import dataclass
from datetime import date

from accounts.domain.admission import AdmissionLimits, check_age, check_consents, check_nominees
from accounts.domain.codes import member_code
from accounts.domain.households import household_of, warnings_for
from accounts.domain.members import Admission, AdmissionForm, Stage, Verdict, check_checker, settled
from accounts.domain.numbers import canonical_nid
from accounts.domain.samities import check_room
from accounts.domain.scope import Scope
from accounts.operations.savings import plan_general_savings
from accounts.operations.telling import tell_member
from accounts.private_numbers import MOBILE, NID, PrivateNumbers
from accounts.repository import Register
from accounts.repository.members import KeptNumbers
from contracts.accounts import PURPOSES
from contracts.accounts.approvals import ADMISSION, PERMISSIONS
from contracts.accounts.errors import DuplicateNid, StaffNumber
from contracts.errors import Forbidden, IdConflict
from contracts.permissions import permits


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmissionDesk:
    """What admissions are judged and kept with."""

    numbers: PrivateNumbers
    limits: AdmissionLimits
    today: date


def admit_member(
    register: Register, form: AdmissionForm, desk: AdmissionDesk, *, scope: Scope, fingerprint: str
) -> None:
    """Write an applicant and let her wait for the manager; repeated, do nothing. Rules L8, P1, P10.

    Raises:
        NotFound: the samity is not the officer's.
        IdConflict: the id belongs to somebody whose form was another.
        SamityNotActive, SamityFull, AgeOutsideLimits, SharesNotHundred, GuardianMissing, ConsentMissing,
        StaffNumber, DuplicateNid: as named.
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
    warnings = warnings_for(kept.household, register.members.resembling(form, kept), desk.limits)
    register.members.add(form, kept)
    register.admissions.propose(register.work.new_id(), form, warnings)
    register.work.audit("admit_member", "member", form.id, {"warnings": list(warnings)})


def decide_admission(
    register: Register, approval_id: str, verdict: Verdict, desk: AdmissionDesk, *, scope: Scope
) -> Stage:
    """Make an applicant a member, or turn her down; the same decision again answers the same. Rule M8.

    Raises:
        Forbidden: the role does not decide admissions.
        NotFound, AlreadyDecided, MakerIsChecker, PersonExcluded, ReasonMissing: as named.
    """
    checker = register.work.actor
    if not permits(checker.role or "", PERMISSIONS[ADMISSION]):
        raise Forbidden
    admission = register.admissions.hold(scope, approval_id)
    if settled(admission, verdict, checker):
        return admission.stage
    check_checker(admission, verdict, checker)
    stage = Stage.OPENING if verdict.approve else Stage.DECLINED
    register.admissions.decide(admission, stage, verdict)
    if verdict.approve:
        _make_member(register, admission, desk, scope=scope)
    else:
        register.members.reject(admission.member_id)
    register.work.audit("decide_admission", "member", admission.member_id, {"stage": str(stage)})
    return stage


def _make_member(register: Register, admission: Admission, desk: AdmissionDesk, *, scope: Scope) -> None:
    """Give her a code that is never given again, and plan her general savings account."""
    samity = register.samities.hold(scope, admission.samity_id)
    code = member_code(samity.code, register.samities.next_member_serial(samity.id))
    register.members.activate(admission.member_id, code=code, on=desk.today)
    plan_general_savings(register, admission.member_id, code, today=desk.today)
    tell_member(register, admission.member_id, desk.numbers)


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

"""Changing a member's number: proposed, confirmed by a code, called back, approved. Rules P1, P2, M9."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from accounts.domain.approvals import Approval, Stage
from accounts.domain.households import Resemblance, warnings_for
from accounts.domain.members import Status
from accounts.domain.number_changes import (
    CODE_LIFE,
    SENDS,
    TRIES,
    ChangeState,
    NumberChange,
    check_caller,
    is_hers,
)
from accounts.domain.numbers import masked
from accounts.domain.scope import Scope
from accounts.operations.desk import Desk
from accounts.operations.telling import tell_member
from accounts.private_numbers import MOBILE, draw_code
from accounts.repository import Register
from contracts.accounts.approval_words import ApprovalKind
from contracts.accounts.errors import NotAMember, StaffNumber
from contracts.accounts.number_changes import (
    NUMBER_CHANGE_ASKED,
    NUMBER_CHANGED,
    CallBackMissing,
    HerOfficer,
    NumberChangeEnded,
    NumberChangeRuns,
    NumberCodeOver,
    NumberCodesSpent,
    NumberUnchanged,
)
from contracts.errors import IdConflict, PersonExcluded

_MEMBERS = frozenset({Status.ACTIVE, Status.CLOSING})
Row = Mapping[str, Any]


def propose(register: Register, command: Row, desk: Desk, *, scope: Scope) -> NumberChange:
    """Take another number down and send a code to it; one that waits for its code is replaced.

    Raises:
        NotFound: she is not in scope.
        NotAMember: an applicant's number is on her form, one who has left has none, one who died keeps hers.
        HerOfficer, PersonExcluded, StaffNumber, NumberUnchanged, NumberChangeRuns: as named.
        IdConflict: the id belongs to another change.
    """
    held = register.members.hold(scope, command["member_id"])
    member = register.members.show(scope, command["member_id"])
    mobile = desk.numbers.read(MOBILE, command["mobile"])
    fingerprint = desk.numbers.fingerprint(f"{command['member_id']} {mobile} {command['reason']}")
    known = register.number_changes.find(command["id"])
    if known is not None:
        if known.fingerprint != fingerprint:
            raise IdConflict
        return known
    _require_allowed(register, held, scope)
    _require_living(held)
    index = desk.numbers.index(MOBILE, mobile)
    _require_possible(register, member, index)
    code = draw_code()
    now = register.work.now
    change = NumberChange(
        id=command["id"],
        member_id=member["id"],
        mobile=desk.numbers.hide_new(command["id"], mobile),
        mobile_index=index,
        reason=command["reason"],
        warnings=_warnings(register, member, index, desk),
        fingerprint=fingerprint,
        maker_id=register.work.actor.person_id,
        proposed_at=now,
        code_index=desk.numbers.code_index(command["id"], code),
        code_ends_at=now + CODE_LIFE,
    )
    _replace_running(register, member["id"])
    if not register.number_changes.add(change):
        raise IdConflict
    _tell_code(register, change, member, desk, code)
    register.work.audit("propose_number_change", "member", member["id"], {"change_id": change.id})
    return change


def send_code(register: Register, change_id: str, desk: Desk, *, scope: Scope) -> NumberChange:
    """Send another code to the new number; the one before ends.

    Raises:
        NotFound: there is no such change in scope.
        NumberChangeEnded: it is past its code.
        NumberCodesSpent: so many went out already.
    """
    change = register.number_changes.hold(scope, change_id)
    _require_allowed(register, register.members.hold(scope, change.member_id), scope)
    if change.state is not ChangeState.ASKED:
        raise NumberChangeEnded(state=change.state.value)
    if change.sends >= SENDS:
        raise NumberCodesSpent(most=SENDS)
    code = draw_code()
    renewed: dict[str, Any] = {
        "code_index": desk.numbers.code_index(change.id, code),
        "code_ends_at": register.work.now + CODE_LIFE,
        "tries_left": TRIES,
        "sends": change.sends + 1,
    }
    register.number_changes.change(change.id, **renewed)
    sent = replace(change, **renewed)
    _tell_code(register, sent, register.members.show(scope, change.member_id), desk, code)
    register.work.audit("send_number_code", "member", change.member_id, {"change_id": change.id})
    return sent


def count_try(register: Register, change_id: str, *, scope: Scope) -> NumberChange:
    """Count a try of a code before it is looked at, so that a refusal does not take it back.

    Raises:
        NotFound: there is no such change in scope.
        NumberCodeOver: the code is too old, or was tried too often.
        NumberChangeEnded: nobody approves it any more.
    """
    change = register.number_changes.hold(scope, change_id)
    _require_allowed(register, register.members.hold(scope, change.member_id), scope)
    if change.state is ChangeState.CONFIRMED:
        return change
    if change.state is not ChangeState.ASKED:
        raise NumberChangeEnded(state=change.state.value)
    if not register.number_changes.take_try(change.id, register.work.now):
        raise NumberCodeOver
    return replace(change, tries_left=change.tries_left - 1)


def confirm(register: Register, change_id: str, desk: Desk, *, scope: Scope) -> NumberChange:
    """Write that the code was right: from now on it waits for the manager; repeated, do nothing.

    Raises:
        NotFound: there is no such change in scope.
        NumberChangeEnded: another proposal took its place meanwhile.
    """
    change = register.number_changes.hold(scope, change_id)
    if change.state is ChangeState.CONFIRMED:
        return change
    if change.state is not ChangeState.ASKED:
        raise NumberChangeEnded(state=change.state.value)
    register.number_changes.change(change.id, state=ChangeState.CONFIRMED)
    confirmed = replace(change, state=ChangeState.CONFIRMED)
    register.approvals.propose(_approval(register, confirmed, desk, scope))
    register.work.audit("confirm_number_change", "member", change.member_id, {"change_id": change.id})
    return confirmed


def record_call_back(register: Register, command: Row, *, scope: Scope) -> NumberChange:
    """Write that somebody other than the maker has called her back; the latest call counts.

    Raises:
        NotFound: there is no such change in scope.
        HerOfficer, PersonExcluded, MakerIsChecker: as `check_caller`.
        NumberChangeEnded: it does not wait for the manager.
    """
    change = register.number_changes.hold(scope, command["id"])
    _require_allowed(register, register.members.hold(scope, change.member_id), scope)
    caller = register.work.actor
    check_caller(change, caller)
    if change.state is not ChangeState.CONFIRMED:
        raise NumberChangeEnded(state=change.state.value)
    called = {
        "called_by": caller.person_id,
        "called_at": register.work.now,
        "called": command["called"],
        "call_note": command["note"],
    }
    register.number_changes.change(change.id, **called)
    noted = {"change_id": change.id, "called": command["called"]}
    register.work.audit("record_number_call_back", "member", change.member_id, noted)
    return replace(change, **called)


def decide(register: Register, approval: Approval, desk: Desk, *, approve: bool) -> Stage:
    """Make the new number hers, or let it be; both numbers are told (P2), and caution begins (M9).

    Raises:
        CallBackMissing: nobody has called her back.
        HerOfficer: the checker is her own field officer, in whatever post.
        NotAMember, StaffNumber: she has left or died, or staff have taken the number meanwhile.
    """
    scope = Scope.of(register.work.actor)
    change = register.number_changes.hold(scope, approval.subject_id)
    held = register.members.hold(scope, change.member_id)
    _require_allowed(register, held, scope)
    if not approve:
        register.number_changes.change(change.id, state=ChangeState.DECLINED)
        return Stage.DECLINED
    _require_living(held)
    if change.called_by is None:
        raise CallBackMissing
    if register.people.is_number_of_staff(change.mobile_index):
        raise StaffNumber(field="mobile")
    member = register.members.show(scope, change.member_id)
    old = desk.numbers.show(member, MOBILE)
    new = desk.numbers.show_new(change.id, change.mobile)
    register.members.change_number(
        change.member_id,
        mobile=desk.numbers.hide(MOBILE, change.member_id, new),
        mobile_index=change.mobile_index,
        changed_on=None if old is None else desk.today,
    )
    register.number_changes.change(change.id, state=ChangeState.APPROVED)
    tell_member(register, change.member_id, desk.numbers)
    told = {"id": change.id, "member_id": change.member_id, "on": desk.today}
    register.work.tell(NUMBER_CHANGED, told | _sealed(desk, new, old))
    return Stage.APPROVED


def _require_allowed(register: Register, member: Row, scope: Scope) -> None:
    actor = register.work.actor
    if is_hers(actor, register.samities.show(scope, member["samity_id"])["officer_id"]):
        raise HerOfficer
    if member["id"] in actor.excluded_members:
        raise PersonExcluded
    if member["status"] not in _MEMBERS:
        raise NotAMember(status=member["status"])


def _require_living(member: Row) -> None:
    """Leave the number of who has died as it is: it would tell somebody else of her money (rule L5)."""
    if member["deceased_on"] is not None:
        raise NotAMember(status="deceased")


def _require_possible(register: Register, member: Row, index: str) -> None:
    if register.people.is_number_of_staff(index):
        raise StaffNumber(field="mobile")
    if member["mobile_index"] == index:
        raise NumberUnchanged


def _replace_running(register: Register, member_id: str) -> None:
    running = register.number_changes.running(member_id)
    if running is None:
        return
    if running.state is ChangeState.CONFIRMED:
        raise NumberChangeRuns
    register.number_changes.change(running.id, state=ChangeState.LAPSED)


def _warnings(register: Register, member: Row, index: str, desk: Desk) -> tuple[str, ...]:
    others = register.members.households_of_number(index, but=member["id"])
    found = warnings_for(member["household"], Resemblance(households_of_number=others), desk.limits)
    return tuple(str(warning) for warning in found)


def _tell_code(register: Register, change: NumberChange, member: Row, desk: Desk, code: str) -> None:
    new = desk.numbers.show_new(change.id, change.mobile)
    told = {"id": change.id, "member_id": change.member_id, "on": desk.today, "send": change.sends}
    sealed = _sealed(desk, new, desk.numbers.show(member, MOBILE))
    register.work.tell(
        NUMBER_CHANGE_ASKED, told | sealed | {"code": desk.numbers.sealed_for("notifications", code)}
    )


def _sealed(desk: Desk, new: str, old: str | None) -> dict[str, str | None]:
    seal = desk.numbers.sealed_for
    return {"mobile": seal("notifications", new), "old_mobile": seal("notifications", old)}


def _approval(register: Register, change: NumberChange, desk: Desk, scope: Scope) -> Approval:
    member = register.members.show(scope, change.member_id)
    return Approval(
        id=register.work.new_id(),
        kind=ApprovalKind.NUMBER_CHANGE,
        subject_id=change.id,
        office_id=member["branch_id"],
        member_id=change.member_id,
        fingerprint=change.fingerprint,
        maker_id=change.maker_id,
        proposed_at=register.work.now,
        facts={
            "subject_bn": member["name_bn"],
            "subject_en": member["name_en"],
            "member_id": change.member_id,
            "member_code": member["code"],
            "mobile_masked": masked(desk.numbers.show_new(change.id, change.mobile)),
            "flags": list(change.warnings),
            "reason": change.reason,
        },
    )

"""Members' logins: issued, approved, activated, suspended, ended. Rules P1 and P6."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from contracts.errors import IdConflict, InvalidPayload, PersonExcluded
from contracts.identity.logins import (
    MEMBER_LOGIN_CHANGED,
    LoginNotActive,
    LoginNotIssuable,
    LoginNotSuspended,
    MemberNotActive,
    OwnOfficer,
    SecondPersonNeeded,
)
from identity.domain.approvals import MEMBER_LOGIN, Approval
from identity.domain.logins import (
    CODE_LIFE,
    CODE_TRIES,
    Code,
    Login,
    Member,
    MemberLogin,
    Switch,
    when_approved,
    when_closed,
    when_declined,
    when_proposed,
    when_reactivated,
    when_suspended,
)
from identity.operations.staff import end_sessions
from identity.repository import Books, Scope
from identity.told import state_of
from identity.vault import Vault, draw_code


def issue_member_login(books: Books, command: dict[str, Any]) -> Approval:
    """Propose an app account, or a new code for a lost one; another person approves. Rule P1.

    Raises:
        NotFound: no such member in scope.
        InvalidPayload: code or branch are not hers.
        MemberNotActive: she is an applicant, or has left.
        OwnOfficer, PersonExcluded: the actor may not touch her login.
        LoginNotIssuable: one waits for approval already, or it is suspended or ended.
        IdConflict: the id is known with another body.
    """
    member = _member(books, command["member_id"])
    if command["officer_id"] == books.work.actor.person_id:
        raise OwnOfficer
    _check_hers(member, command)
    known = books.approvals.find(command["id"])
    if known is not None:
        return _known(known, member, books.work.actor.person_id)
    if member.status != "active":
        raise MemberNotActive
    login = books.logins.lock(member.id)
    proposed = when_proposed(login.status)
    approval = _approval(books, command["id"], member, is_new=login.pin_hash is None)
    if proposed is None or not books.approvals.add(approval):
        raise LoginNotIssuable(status=login.status)
    books.logins.change(replace(login, status=proposed))
    books.work.audit("issue_member_login", "member", member.id)
    return approval


def approve_login(books: Books, approval: Approval, vault: Vault) -> str:
    """Approve a login, and return the code for her slip; an earlier PIN and its sessions end. Rule P1.

    Raises:
        OwnOfficer, PersonExcluded: the actor may not touch her login.
        LoginNotIssuable: it was suspended or ended meanwhile.
    """
    member = _member(books, approval.subject_id)
    login = books.logins.lock(member.id)
    approved = when_approved(login.status)
    if approved is None or member.status != "active":
        raise LoginNotIssuable(status=login.status)
    end_sessions(books, member.id)
    code = _give_code(books, replace(login, status=approved, pin_hash=None), "issued", vault)
    books.work.audit("approve_member_login", "member", member.id)
    return code


def repeat_code(books: Books, approval: Approval, vault: Vault) -> str | None:
    """Draw the code anew for an approver whose answer was lost; None once it was used."""
    login = books.logins.lock(approval.subject_id)
    if login.status is not Login.ISSUED or login.code is None:
        return None
    return _give_code(books, login, "issued", vault)


def decline_login(books: Books, approval: Approval) -> None:
    """Leave her login as it was before the proposal.

    Raises:
        OwnOfficer, PersonExcluded: the actor may not touch her login.
    """
    member = _member(books, approval.subject_id)
    login = books.logins.lock(member.id)
    books.logins.change(replace(login, status=when_declined(login.status)))
    books.work.audit("decline_member_login", "member", member.id)


def suspend_member_login(books: Books, command: dict[str, Any], vault: Vault) -> MemberLogin:
    """Switch her login off at once, after her call and the call-back; its sessions end. Rule P6.

    Raises:
        NotFound: no such member in scope.
        OwnOfficer, PersonExcluded: the actor may not touch her login.
        LoginNotActive: there is nothing to suspend.
    """
    member = _member(books, command["member_id"])
    login = books.logins.lock(member.id)
    if login.status is Login.TEMP_OFF:
        return login
    suspended = when_suspended(login.status)
    if suspended is None:
        raise LoginNotActive(status=login.status)
    changed = replace(login, status=suspended, suspended_by=books.work.actor.person_id)
    end_sessions(books, member.id)
    told = _change(books, changed, "suspended")
    switch = _switch(books, member.id, "suspended", command["reason"])
    caller = vault.hide_of_switch(command["caller"], "caller", switch.id)
    number = vault.hide_of_switch(command["number"], "number", switch.id)
    called_back = command["called_back"]
    books.logins.note_switch(replace(switch, caller=caller, number=number, called_back=called_back))
    books.work.audit("suspend_member_login", "member", member.id, {"switch_id": switch.id})
    return told


def reactivate_member_login(books: Books, command: dict[str, Any]) -> MemberLogin:
    """Switch a suspended login on again; another person than who suspended it does. Rule P6.

    Raises:
        NotFound: no such member in scope.
        OwnOfficer, PersonExcluded: the actor may not touch her login.
        LoginNotSuspended: it is not suspended.
        SecondPersonNeeded: the actor suspended it.
    """
    member = _member(books, command["member_id"])
    login = books.logins.lock(member.id)
    reactivated = when_reactivated(login.status, has_pin=login.pin_hash is not None)
    if reactivated is None:
        raise LoginNotSuspended(status=login.status)
    if login.suspended_by == books.work.actor.person_id:
        raise SecondPersonNeeded
    told = _change(books, replace(login, status=reactivated, suspended_by=None), "reactivated")
    switch = _switch(books, member.id, "reactivated", command["reason"])
    books.logins.note_switch(switch)
    books.work.audit("reactivate_member_login", "member", member.id, {"switch_id": switch.id})
    return told


def close_member_login(books: Books, command: dict[str, Any]) -> MemberLogin:
    """Close the app of somebody who stays a member, known at the branch; another is issued as usual.

    Raises:
        NotFound: no such member in scope.
        OwnOfficer, PersonExcluded: the actor may not touch her login.
        LoginNotActive: there is none to close.
    """
    member = _member(books, command["member_id"])
    login = books.logins.lock(member.id)
    if login.status is Login.NONE and login.version:
        return login
    closed = when_closed(login.status)
    if closed is None:
        raise LoginNotActive(status=login.status)
    end_sessions(books, member.id)
    ended = replace(login, status=closed, pin_hash=None, code=None, suspended_by=None)
    told = _change(books, ended, "revoked")
    switch = _switch(books, member.id, "closed", command["reason"])
    books.logins.note_switch(replace(switch, seen=command["seen"]))
    books.work.audit("close_member_login", "member", member.id, {"switch_id": switch.id})
    return told


def set_pin(books: Books, login: MemberLogin, pin_hash: str, deed: str) -> MemberLogin:
    """Write a new PIN into a login that was locked; a code that opened it is used up."""
    changed = replace(login, status=Login.ACTIVE, pin_hash=pin_hash, code=None)
    told = _change(books, changed, deed)
    books.work.audit(f"{deed}_member_login", "member", login.member_id)
    return told


def remember_member(books: Books, state: Mapping[str, Any]) -> None:
    """Remember a member as accounts told; the login of one who has left, or has died, ends (rules L5, L7)."""
    if not books.logins.project_member(state):
        return
    if state["status"] == "closed" or state.get("deceased_on") is not None:
        end_login(books, state["id"])
    elif state["status"] == "active":
        let_login_again(books, state["id"])


def let_login_again(books: Books, member_id: str) -> None:
    """Let an ended login be issued anew to who is a member after all: a leaving undone, a death not so."""
    login = books.logins.find(member_id)
    if login is None or login.status is not Login.REVOKED:
        return
    login = books.logins.lock(member_id)
    books.logins.change(replace(login, status=Login.NONE, version=login.version + 1))
    books.work.audit("let_login_again", "member", member_id)


def end_login(books: Books, member_id: str) -> None:
    """End the login of a member who has left, for good. Rule L7."""
    login = books.logins.find(member_id)
    if login is None or login.status is Login.REVOKED:
        return
    login = books.logins.lock(member_id)
    ended = replace(login, status=Login.REVOKED, pin_hash=None, code=None, suspended_by=None)
    end_sessions(books, member_id)
    _change(books, ended, "revoked")
    books.work.audit("end_member_login", "member", member_id)


def _switch(books: Books, member_id: str, deed: str, reason: str) -> Switch:
    by_id = books.work.actor.person_id
    return Switch(
        id=books.work.new_id(), member_id=member_id, deed=deed, at=books.work.now, by_id=by_id, reason=reason
    )


def _give_code(books: Books, login: MemberLogin, deed: str, vault: Vault) -> str:
    plain = draw_code()
    code = Code(vault.hasher.hash(plain), books.work.now + CODE_LIFE, CODE_TRIES)
    _change(books, replace(login, code=code), deed)
    return plain


def _change(books: Books, login: MemberLogin, deed: str) -> MemberLogin:
    counted = replace(login, version=login.version + 1)
    books.logins.change(counted)
    books.work.tell(MEMBER_LOGIN_CHANGED, state_of(counted, deed))
    return counted


def _member(books: Books, member_id: str) -> Member:
    """Return a member whose login the actor may touch: in scope, not kin, not of his own samity."""
    actor = books.work.actor
    member = books.logins.get_member(member_id, Scope.of(actor))
    if member.officer_id == actor.person_id:
        raise OwnOfficer
    if member.id in actor.excluded_members:
        raise PersonExcluded
    return member


def _check_hers(member: Member, command: dict[str, Any]) -> None:
    given = {"member_code": member.code, "branch_id": member.branch_id}
    wrong = [name for name, hers in given.items() if command[name] not in {None, hers}]
    if wrong:
        raise InvalidPayload({name: ["NOT_HERS"] for name in wrong})


def _known(approval: Approval, member: Member, maker_id: str) -> Approval:
    if (approval.kind, approval.subject_id, approval.maker_id) != (MEMBER_LOGIN, member.id, maker_id):
        raise IdConflict
    return approval


def _approval(books: Books, approval_id: str, member: Member, *, is_new: bool) -> Approval:
    return Approval(
        id=approval_id,
        kind=MEMBER_LOGIN,
        subject_id=member.id,
        subject_bn=member.name_bn,
        subject_en=member.name_en,
        office_id=member.branch_id,
        maker_id=books.work.actor.person_id,
        proposed_at=books.work.now,
        facts={"member_code": member.code, "is_new": is_new},
    )

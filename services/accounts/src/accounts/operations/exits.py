"""Leaving for good: proposed when all is settled, agreed to, closed by a step, undone the same day (L7)."""

from collections.abc import Mapping
from typing import Any

from accounts.domain.approvals import Approval, Stage
from accounts.domain.exits import Exit, ExitWish, checklist, in_the_way, require_clear, require_same_day
from accounts.domain.members import Status
from accounts.domain.scope import Scope
from accounts.operations.desk import Desk
from accounts.operations.telling import tell_member
from accounts.private_numbers import PrivateNumbers
from accounts.repository import Register
from accounts.repository.rows import Row
from contracts.accounts.approval_words import ApprovalKind
from contracts.accounts.errors import ExitUnderWay, NotAMember
from contracts.accounts.exit_words import ExitState
from contracts.accounts.exits import MEMBERSHIP_ENDED
from contracts.errors import IdConflict, PersonExcluded
from contracts.transactions.ledger_errors import DayNotOpen

CLOSE_MEMBER = "close_member"
REOPEN_MEMBER = "reopen_member"


def propose_exit(
    register: Register, wish: ExitWish, standing: Mapping[str, Any], *, scope: Scope, fingerprint: str
) -> Exit:
    """Ask for a member to leave for good; repeated, answer the same.

    Raises:
        NotFound: she is not in scope.
        PersonExcluded: it is the maker himself or declared kin (rule M8).
        NotAMember: she is none, or leaves already.
        ExitBlocked: with everything that stands in the way.
        ExitUnderWay, IdConflict: as named.
    """
    member = _hold(register, scope, wish.member_id)
    known = register.exits.find(wish.id)
    if known is not None:
        if known.fingerprint != fingerprint:
            raise IdConflict
        return known
    if member["status"] != Status.ACTIVE or member["deceased_on"] is not None:
        raise NotAMember(status="deceased" if member["deceased_on"] else member["status"])
    checks = checklist(standing, register.exits.in_hand(wish.member_id))
    require_clear(checks)
    register.exits.add(wish, [check.plain() for check in checks], fingerprint)
    facts = {"reason": wish.reason, "mark": wish.mark, "witness": wish.witness, "blacklist": wish.blacklist}
    _propose(register, ApprovalKind.EXIT, wish.id, member, facts, fingerprint)
    register.work.audit("propose_exit", "member", wish.member_id, {"exit_id": wish.id})
    return register.exits.hold(wish.id)


def decide_exit(register: Register, approval: Approval, desk: Desk, *, approve: bool) -> Stage:
    """Let her go: the step that closes asks the book once more. Declined, she stays a member."""
    leaving = register.exits.hold(approval.id)
    if not approve:
        register.exits.change(leaving.id, ExitState.DECLINED)
        return Stage.DECLINED
    register.members.begin_leaving(leaving.member_id)
    register.exits.change(leaving.id, ExitState.CLOSING)
    register.work.plan(CLOSE_MEMBER, leaving.id, {"exit_id": leaving.id, "member_id": leaving.member_id})
    tell_member(register, leaving.member_id, desk.numbers)
    return Stage.OPENING


def close_member(
    register: Register, exit_id: str, standing: Mapping[str, Any], numbers: PrivateNumbers
) -> None:
    """Close a membership on its branch's business day; if something came in between, she stays.

    Repeated, do nothing.

    Raises:
        DayNotOpen: her branch has no day, so the step is tried again.
    """
    leaving = register.exits.hold(exit_id)
    if leaving.state is not ExitState.CLOSING:
        return
    checks = checklist(standing, register.exits.in_hand(leaving.member_id))
    plain = [check.plain() for check in checks]
    if in_the_way(checks):
        register.members.stay(leaving.member_id)
        register.exits.change(exit_id, ExitState.BLOCKED, checklist=plain)
    else:
        on = standing["business_on"]
        if on is None:
            raise DayNotOpen
        register.members.leave(leaving.member_id, on=on, blacklist=leaving.blacklist)
        register.savings.keep_closed(leaving.member_id, _closed(standing))
        register.exits.change(exit_id, ExitState.CLOSED, checklist=plain, closed_on=on)
        _tell_ended(register, leaving.member_id, on, undone=False)
    register.approvals.finish(ApprovalKind.EXIT, leaving.member_id)
    tell_member(register, leaving.member_id, numbers)
    register.work.audit("close_member", "member", leaving.member_id, {"left": not in_the_way(checks)})


def undo_exit(
    register: Register,
    asked: Mapping[str, Any],
    standing: Mapping[str, Any],
    *,
    scope: Scope,
    fingerprint: str,
) -> Exit:
    """Ask for a leaving of the same business day to be undone; repeated, answer the same.

    Raises:
        NotFound: she is not in scope.
        PersonExcluded: it is the maker himself or declared kin (rule M8).
        NotAMember: she has not left.
        ExitNotUndoable: the day is over.
        ExitUnderWay, IdConflict: as named.
    """
    member = _hold(register, scope, asked["member_id"])
    known = register.approvals.find(asked["id"])
    if known is not None:
        if known.fingerprint != fingerprint:
            raise IdConflict
        return register.exits.hold_by_undo(asked["id"])
    latest = register.exits.latest_of(asked["member_id"])
    if latest is None or member["status"] != Status.CLOSED:
        raise NotAMember(status=member["status"])
    leaving = register.exits.hold(latest.id)
    if leaving.state is not ExitState.CLOSED:
        raise ExitUnderWay(state=str(leaving.state))
    require_same_day(leaving.closed_on, standing["business_on"])
    register.exits.change(leaving.id, ExitState.UNDOING, undo_id=asked["id"])
    facts = {"reason": asked["reason"]}
    _propose(register, ApprovalKind.EXIT_UNDO, asked["id"], member, facts, fingerprint)
    register.work.audit("undo_exit", "member", asked["member_id"], {"exit_id": leaving.id})
    return register.exits.hold(leaving.id)


def decide_undo(register: Register, approval: Approval, desk: Desk, *, approve: bool) -> Stage:
    """Let her stay: the step that re-opens asks the book whether the day is still the same."""
    del desk  # nothing of hers changes before the step
    leaving = register.exits.hold_by_undo(approval.id)
    if not approve:
        register.exits.change(leaving.id, ExitState.CLOSED, undo_id=None)
        return Stage.DECLINED
    register.work.plan(REOPEN_MEMBER, approval.id, {"undo_id": approval.id, "member_id": leaving.member_id})
    return Stage.OPENING


def reopen_member(
    register: Register, undo_id: str, standing: Mapping[str, Any], numbers: PrivateNumbers
) -> None:
    """Make who left a member again, if her branch's day is still the one on which she did.

    Repeated, do nothing. What her accounts paid is taken back at the counter, each by its reversal (M12).
    """
    leaving = register.exits.hold_by_undo(undo_id)
    if leaving.state is not ExitState.UNDOING:
        return
    on = leaving.closed_on
    if on is not None and on == standing["business_on"]:
        register.members.stay(leaving.member_id)
        register.savings.keep_closed(leaving.member_id, _closed(standing))
        register.exits.change(leaving.id, ExitState.UNDONE)
        tell_member(register, leaving.member_id, numbers)
        _tell_ended(register, leaving.member_id, on, undone=True)
    else:
        register.exits.change(leaving.id, ExitState.CLOSED)
    register.approvals.finish(ApprovalKind.EXIT_UNDO, leaving.member_id)
    register.work.audit("reopen_member", "member", leaving.member_id, {"exit_id": leaving.id})


def _hold(register: Register, scope: Scope, member_id: str) -> Row:
    member = register.members.hold(scope, member_id)
    if member_id in register.work.actor.excluded_members:
        raise PersonExcluded
    return member


def _propose(
    register: Register,
    kind: ApprovalKind,
    request_id: str,
    member: Row,
    facts: Mapping[str, Any],
    fingerprint: str,
) -> None:
    proposed = register.approvals.propose(
        Approval(
            id=request_id,
            kind=kind,
            subject_id=member["id"],
            office_id=member["branch_id"],
            member_id=member["id"],
            fingerprint=fingerprint,
            maker_id=register.work.actor.person_id,
            proposed_at=register.work.now,
            facts={
                "subject_bn": member["name_bn"],
                "subject_en": member["name_en"],
                "member_id": member["id"],
                "member_code": member["code"],
                **facts,
            },
        )
    )
    if not proposed:
        raise ExitUnderWay(state=str(ExitState.PROPOSED))


def _closed(standing: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(account["account_id"] for account in standing["accounts"] if account["closed"])


def _tell_ended(register: Register, member_id: str, on: Any, *, undone: bool) -> None:
    version = register.feeds.member(member_id)["version"]
    told = {"member_id": member_id, "on": on, "undone": undone, "version": version}
    register.work.tell(MEMBERSHIP_ENDED, told)

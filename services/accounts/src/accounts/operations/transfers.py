"""A member moves to another samity, of her branch or another one: two people, then a step (rule L6)."""

from collections.abc import Mapping
from typing import Any

from accounts.domain.approvals import Approval, Stage
from accounts.domain.codes import member_code
from accounts.domain.lending.redating import NewDay
from accounts.domain.members import Status
from accounts.domain.samities import Samity, check_room
from accounts.domain.scope import ANYWHERE, Scope
from accounts.operations import redating
from accounts.operations.desk import Desk
from accounts.operations.telling import tell_member
from accounts.private_numbers import PrivateNumbers
from accounts.repository import Register
from accounts.repository.rows import Row
from accounts.repository.transfers import NewTransfer
from contracts.accounts.approval_words import ApprovalKind
from contracts.accounts.errors import NotAMember
from contracts.accounts.transfers import SameSamity, TransferState
from contracts.errors import IdConflict, PersonExcluded, ServiceError
from contracts.money import Paisa, format_taka
from contracts.transactions.ledger_errors import DayNotOpen
from contracts.transactions.lending_words import ScheduleReason
from contracts.transactions.savings_errors import MoneyOnItsWay
from contracts.transactions.transfer_errors import MoneyUnallocated

TRANSFER_MEMBER = "transfer_member"


def propose_transfer(
    register: Register, command: Mapping[str, Any], *, scope: Scope, fingerprint: str
) -> Row:
    """Ask for a member to move; who receives her agrees. Repeated, answer the same.

    Raises:
        NotFound: she is not in scope, or there is no such samity.
        PersonExcluded: it is the maker himself or declared kin (rule M8).
        NotAMember: she is none, leaves, or has died (rule L5).
        SameSamity, SamityFull, SamityNotActive, TransferRuns, IdConflict: as named.
    """
    member = register.members.hold(scope, command["member_id"])
    known = register.transfers.find_fingerprint(command["id"])
    if known is not None:
        if known != fingerprint:
            raise IdConflict
        return register.transfers.show(command["id"])
    if member["id"] in register.work.actor.excluded_members:
        raise PersonExcluded
    _require_staying(member)
    if member["samity_id"] == command["to_samity_id"]:
        raise SameSamity(field="to_samity_id")
    target = register.samities.hold(ANYWHERE, command["to_samity_id"])
    check_room(target, members=register.samities.count_people(target.id))
    register.transfers.add(
        NewTransfer(
            id=command["id"],
            member_id=member["id"],
            from_samity_id=member["samity_id"],
            to_samity_id=target.id,
            from_branch_id=member["branch_id"],
            to_branch_id=target.branch_id,
            reason=command["reason"],
            old_code=member["code"],
            fingerprint=fingerprint,
        )
    )
    register.approvals.propose(_request(register, command, member, target, fingerprint))
    register.work.audit("propose_transfer", "member", member["id"], {"transfer_id": command["id"]})
    return register.transfers.show(command["id"])


def _request(
    register: Register, command: Mapping[str, Any], member: Row, target: Samity, fingerprint: str
) -> Approval:
    """Return what waits for who receives her."""
    return Approval(
        id=command["id"],
        kind=ApprovalKind.TRANSFER,
        subject_id=command["id"],
        office_id=target.branch_id,
        member_id=member["id"],
        fingerprint=fingerprint,
        maker_id=register.work.actor.person_id,
        proposed_at=register.work.now,
        facts={
            "subject_bn": member["name_bn"],
            "subject_en": member["name_en"],
            "member_id": member["id"],
            "member_code": member["code"],
            "samity_code": target.code,
            "reason": command["reason"],
        },
    )


def decide(register: Register, approval: Approval, desk: Desk, *, approve: bool) -> Stage:
    """Give her the code of her new samity and plan the step that moves her; declined, she stays.

    Raises:
        NotAMember: she left or died meanwhile.
        SamityFull, SamityNotActive: her new samity changed meanwhile.
    """
    del desk  # nothing of hers changes before the step
    transfer = register.transfers.hold(approval.subject_id)
    if not approve:
        register.transfers.change(transfer["id"], TransferState.DECLINED)
        return Stage.DECLINED
    _require_staying(register.members.hold(ANYWHERE, transfer["member_id"]))
    samity = register.samities.hold(ANYWHERE, transfer["to_samity_id"])
    check_room(samity, members=register.samities.count_people(samity.id))
    code = member_code(samity.code, register.samities.next_member_serial(samity.id))
    register.transfers.change(transfer["id"], TransferState.MOVING, new_code=code)
    register.work.plan(TRANSFER_MEMBER, transfer["id"], {"transfer_id": transfer["id"]})
    return Stage.OPENING


def _require_staying(member: Row) -> None:
    if member["status"] != Status.ACTIVE or member["deceased_on"] is not None:
        raise NotAMember(status="deceased" if member["deceased_on"] else member["status"])


def codes_of(register: Register, transfer_id: str, standing: Mapping[str, Any]) -> dict[str, str] | None:
    """Fix what her open accounts are called in the new book, once; None where she stays in her branch."""
    transfer = register.transfers.hold(transfer_id)
    if transfer["from_branch_id"] == transfer["to_branch_id"]:
        return None
    if transfer["codes"] is None:
        codes = {
            account["account_id"]: account["code"].replace(transfer["old_code"], transfer["new_code"])
            for account in standing["accounts"]
            if not account["closed"]
        }
        codes |= {
            loan["loan_id"]: loan["code"].replace(transfer["old_code"], transfer["new_code"])
            for loan in standing["loans"]
            if loan["status"] == "running" and loan["loan_id"] not in codes
        }
        register.transfers.change(transfer_id, TransferState(transfer["state"]), codes=codes)
        return codes
    kept: dict[str, str] = transfer["codes"]
    return kept


def require_settled(standing: Mapping[str, Any]) -> None:
    """Let a member move inside her branch when nothing of hers is on its way or without an account (M1, M5).

    Raises:
        MoneyOnItsWay, MoneyUnallocated: as named.
    """
    if standing["has_pending"]:
        pending = sum(each["pending_in"] + each["pending_out"] for each in standing["accounts"])
        raise MoneyOnItsWay(pending=format_taka(Paisa(pending)))
    if standing["unallocated"]:
        raise MoneyUnallocated(amount=format_taka(standing["unallocated"]))


def record_moved(
    register: Register, transfer_id: str, answer: Mapping[str, Any], numbers: PrivateNumbers
) -> None:
    """Write that she meets with the other samity now, and let her loans follow; repeated, do nothing.

    Args:
        register: The register.
        transfer_id: Which transfer.
        answer: The value date and, where she came from another branch, what became of her accounts.
        numbers: With which she is told of.

    Raises:
        DayNotOpen: her branch has no day, so the step is tried again.
    """
    transfer = register.transfers.hold(transfer_id)
    if transfer["state"] != TransferState.MOVING:
        return
    on = answer["value_on"]
    if on is None:
        raise DayNotOpen(office_id=transfer["from_branch_id"])
    member_id = transfer["member_id"]
    register.transfers.rename_accounts({one["account_id"]: one for one in answer["accounts"]})
    register.transfers.settle_in(
        member_id, transfer["to_samity_id"], old_code=transfer["old_code"], code=transfer["new_code"], on=on
    )
    register.transfers.change(transfer_id, TransferState.MOVED, value_on=on)
    register.approvals.finish(ApprovalKind.TRANSFER, transfer_id)
    register.approvals.move(ApprovalKind.PICTURE, member_id, transfer["to_branch_id"])
    tell_member(register, member_id, numbers)
    weekday = register.feeds.samity(transfer["to_samity_id"])["meeting_weekday"]
    new_day = NewDay(weekday, register.work.today)
    for loan_id in register.transfers.running_loans(member_id):
        redating.follow_member(register, loan_id, new_day, ScheduleReason.TRANSFER)
    register.work.audit("transfer_member", "member", member_id, {"transfer_id": transfer_id})


def record_refused(register: Register, transfer_id: str, refusal: ServiceError) -> None:
    """Write why the books would not move her: she stays where she is."""
    transfer = register.transfers.hold(transfer_id)
    if transfer["state"] != TransferState.MOVING:
        return
    register.transfers.change(transfer_id, TransferState.REFUSED, refusal=refusal.code)
    register.approvals.finish(ApprovalKind.TRANSFER, transfer_id)
    register.work.audit("refuse_transfer", "member", transfer["member_id"], {"code": refusal.code})

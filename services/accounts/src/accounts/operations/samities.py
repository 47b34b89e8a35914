"""Opening samities, and changing from a day on who keeps them and when they meet."""

from datetime import date
from typing import TypeVar

from accounts.domain.calendar import check_meeting_weekday
from accounts.domain.codes import samity_code
from accounts.domain.samities import SamityOpening, check_branch, check_officer
from accounts.domain.scope import Scope
from accounts.domain.tenures import Tenure, check_change, in_force
from accounts.operations.redating import FOLLOW_NEW_DAY
from accounts.operations.telling import tell_samity
from accounts.repository import Register
from accounts.repository.tenures import TenureStore
from contracts.accounts.errors import SamityCodeTaken
from contracts.errors import IdConflict

Held = TypeVar("Held")


def open_samity(register: Register, opening: SamityOpening, *, scope: Scope, fingerprint: str) -> None:
    """Open a samity in a branch of the scope, with its officer and its meeting day; repeated, do nothing.

    Raises:
        NotFound: the branch is not in scope, or not known yet.
        IdConflict: the id belongs to a samity that was opened otherwise.
        NotABranch, HolidayMeeting, OfficerNotOfBranch, SamityCodeTaken: as named.
    """
    branch = register.people.hold_office(scope, opening.branch_id)
    known = register.samities.find_fingerprint(opening.id)
    if known is not None:
        _check_same(known, fingerprint)
        return
    check_branch(branch)
    check_meeting_weekday(opening.meeting_weekday)
    officer = register.people.find_officer(opening.officer_id)
    check_officer(officer, branch_id=branch.id, on=opening.opened_on)
    serial = opening.serial or register.samities.last_serial(branch.id) + 1
    if register.samities.has_serial(branch.id, serial):
        raise SamityCodeTaken(field="code")
    code = samity_code(branch.code, serial)
    register.samities.open(opening, serial=serial, code=code, fingerprint=fingerprint)
    first = opening.opened_on
    register.samities.officers.add(register.work.new_id(), opening.id, Tenure(first, opening.officer_id))
    register.samities.days.add(register.work.new_id(), opening.id, Tenure(first, opening.meeting_weekday))
    register.work.audit("open_samity", "samity", opening.id, {"code": code})
    tell_samity(register, opening.id)


def assign_officer(
    register: Register, samity_id: str, change_id: str, *, change: Tenure[str], scope: Scope, today: date
) -> None:
    """Let another officer of the branch keep a samity from a day on; repeated, do nothing.

    Raises:
        NotFound, IdConflict, OfficerNotOfBranch, ChangeBackdated: as named.
    """
    samity = register.samities.hold(scope, samity_id)
    if _is_known(register.samities.officers, change_id, samity_id, change):
        return
    check_officer(register.people.find_officer(change.held), branch_id=samity.branch_id, on=change.from_on)
    check_change(register.samities.officers.list_of(samity_id), from_on=change.from_on, today=today)
    register.samities.officers.add(change_id, samity_id, change)
    register.work.audit("assign_samity_officer", "samity", samity_id, {"from_on": change.from_on.isoformat()})
    put_in_force(register, samity_id, today=today)


def move_meeting(
    register: Register, samity_id: str, change_id: str, *, change: Tenure[int], scope: Scope, today: date
) -> None:
    """Let a samity meet on another weekday from a day on; repeated, do nothing.

    Raises:
        NotFound, IdConflict, HolidayMeeting, ChangeBackdated: as named.
    """
    register.samities.hold(scope, samity_id)
    if _is_known(register.samities.days, change_id, samity_id, change):
        return
    check_meeting_weekday(change.held)
    check_change(register.samities.days.list_of(samity_id), from_on=change.from_on, today=today)
    register.samities.days.add(change_id, samity_id, change)
    said = {"samity_id": samity_id, "weekday": change.held, "from_on": change.from_on.isoformat()}
    register.work.plan(FOLLOW_NEW_DAY, change_id, said)
    register.work.audit("move_samity_meeting", "samity", samity_id, {"from_on": change.from_on.isoformat()})
    put_in_force(register, samity_id, today=today)


def put_in_force(register: Register, samity_id: str, *, today: date) -> None:
    """Let a samity's row say what is in force today, and tell it; where it says so already, do nothing."""
    now = register.feeds.samity(samity_id)
    officer_id = in_force(register.samities.officers.list_of(samity_id), today)
    weekday = in_force(register.samities.days.list_of(samity_id), today)
    if (now["officer_id"], now["meeting_weekday"]) == (officer_id, weekday):
        return
    register.samities.put_in_force(samity_id, officer_id=officer_id, meeting_weekday=weekday)
    tell_samity(register, samity_id)


def put_due_in_force(register: Register, *, today: date) -> None:
    """Put every samity's changes in force whose day has come."""
    for samity_id in register.feeds.samities_due(today):
        put_in_force(register, samity_id, today=today)


def _is_known(store: TenureStore[Held], change_id: str, samity_id: str, change: Tenure[Held]) -> bool:
    known = store.find(change_id)
    if known is not None and known != (samity_id, change):
        raise IdConflict
    return known is not None


def _check_same(known: str, fingerprint: str) -> None:
    if known != fingerprint:
        raise IdConflict

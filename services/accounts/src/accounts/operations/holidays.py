"""Holidays: declared by one, agreed to by another, then in force for sheets and schedules (rule L3)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from accounts.domain.approvals import Approval, Stage
from accounts.domain.holidays import Holiday, check_cap, check_day, check_place, kind_of
from accounts.domain.samities import Office
from accounts.domain.scope import Scope
from accounts.operations.desk import Desk
from accounts.repository import Register
from contracts.accounts.holiday_errors import HolidayKnown
from contracts.accounts.holidays import HOLIDAY_DECLARED
from contracts.errors import IdConflict

PUT_HOLIDAY_IN_FORCE = "put_holiday_in_force"
REDATE_LOANS = "redate_loans"


def hold_place(register: Register, holiday: Holiday, *, scope: Scope) -> Office:
    """Return the office of a holiday, kept from changing together with its samity.

    Raises:
        NotFound: the office or the samity is not in scope.
    """
    office = register.people.hold_office(scope, holiday.office_id)
    if holiday.samity_id is not None:
        register.samities.hold(scope, holiday.samity_id)
    return office


def declare_holiday(
    register: Register, holiday: Holiday, desk: Desk, *, scope: Scope, fingerprint: str
) -> tuple[Stage, int]:
    """Take down that a day shall be a holiday, and let a second person decide; repeated, do nothing.

    Returns:
        Where the request stands, and how many running loans it would re-date.

    Raises:
        NotFound: the office or the samity is not in scope.
        IdConflict: the id was used for another request.
        HolidayBackdated, HolidayOutOfPlace, HolidayKnown, HolidaysExhausted: as named.
    """
    office = hold_place(register, holiday, scope=scope)
    known = register.approvals.find(holiday.id)
    if known is not None:
        if known.fingerprint != fingerprint:
            raise IdConflict
        return known.stage, int(known.facts["loans"])
    check_place(holiday, office)
    check_day(holiday.on, today=desk.today)
    holiday = _without(holiday, register.calendar.known_days(holiday))
    moved = register.redating.due_on(holiday)
    if holiday.is_local:
        samity_ids = sorted(set(moved.values()))
        check_cap(register.calendar.local_days_of(samity_ids, holiday.on.year))
    register.calendar.propose(holiday)
    register.approvals.propose(_request(register, holiday, moved, fingerprint))
    register.work.audit("declare_holiday", "holiday", holiday.id, {"on": holiday.on.isoformat()})
    return Stage.WAITING, len(moved)


def _without(holiday: Holiday, known: Collection[date]) -> Holiday:
    """Return those of its days that are no holidays there yet.

    Raises:
        HolidayKnown: there is none.
    """
    days = tuple(day for day in holiday.days if day not in known)
    if not days:
        raise HolidayKnown(field="on")
    return replace(holiday, days=days)


def _request(register: Register, holiday: Holiday, moved: Mapping[str, str], fingerprint: str) -> Approval:
    facts: dict[str, Any] = {
        "subject_bn": holiday.name_bn,
        "subject_en": holiday.name_en,
        "on": holiday.on.isoformat(),
        "set": holiday.holiday_set,
        "samity_id": holiday.samity_id,
        "reason": holiday.reason,
        "loans": len(moved),
    }
    if holiday.until_on != holiday.on:
        facts["to_on"] = holiday.until_on.isoformat()
    return Approval(
        id=holiday.id,
        kind=kind_of(holiday, moved),
        subject_id=holiday.id,
        facts=facts,
        fingerprint=fingerprint,
        maker_id=register.work.actor.person_id,
        proposed_at=register.work.now,
        office_id=holiday.office_id if holiday.is_local else None,
    )


def decide(register: Register, approval: Approval, desk: Desk, *, approve: bool) -> Stage:
    """Plan to put it in force: the books are asked first whether anybody has collected for that day.

    Raises:
        HolidayBackdated: it was agreed to too late.
    """
    if not approve:
        register.calendar.drop(approval.subject_id)
        return Stage.DECLINED
    holiday = register.calendar.get(approval.subject_id)
    check_day(holiday.on, today=desk.today)
    register.work.plan(PUT_HOLIDAY_IN_FORCE, holiday.id, {})
    return Stage.OPENING


def put_in_force(register: Register, holiday: Holiday, collected: Sequence[str], *, day_begun: bool) -> None:
    """Let a holiday count, tell it, and plan to move what is due on it; too late, it is dropped.

    Args:
        register: In a unit of work of its own; repeated, it does nothing.
        holiday: What was agreed to.
        collected: Samities that have said something for the day.
        day_begun: Whether a branch has begun it.
    """
    if register.calendar.state(holiday.id) != "proposed":
        return
    request = register.approvals.find(holiday.id)
    assert request is not None  # it was agreed to
    new = set(holiday.days) - register.calendar.known_days(holiday)
    if collected or day_begun or not new:
        register.calendar.drop(holiday.id)
        register.approvals.finish(request.kind, holiday.id)
        register.work.audit("drop_holiday", "holiday", holiday.id, {"samities": list(collected)})
        return
    register.calendar.put_in_force(holiday.id, new)
    register.approvals.finish(request.kind, holiday.id)
    for day in told(holiday, new, request):
        register.work.tell(HOLIDAY_DECLARED, day)
    register.work.plan(REDATE_LOANS, register.work.new_id(), {"holiday_id": holiday.id})
    register.work.audit("put_holiday_in_force", "holiday", holiday.id)


def told(holiday: Holiday, new: Collection[date], request: Approval) -> Iterator[dict[str, Any]]:
    """Return what the books are told of those days of a holiday that are new."""
    names = ("holiday_set", "office_id", "samity_id", "name_bn", "name_en")
    people = {"declared_by": request.maker_id, "agreed_by": request.checker_id}
    whose = {name: getattr(holiday, name) for name in names} | people | {"version": 1}
    return (whose | {"id": day_id, "on": day} for day_id, day in holiday.ids.items() if day in new)

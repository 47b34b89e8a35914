"""Rescheduling a running loan: her mark, two people, then a step into the books (rules L1, M8, domain 4.9).

She agreed to certain amounts. When it is put in force the books are asked again; where she has paid
meanwhile, the amounts would be others, and the request is dropped with the reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from typing import Any

from accounts.domain.approvals import Approval, Stage
from accounts.domain.calendar import weekday_of
from accounts.domain.lending.agreements import split_of
from accounts.domain.lending.loans import LendingLimits
from accounts.domain.lending.redating import NewDay, Pace, rest_days, to_weekday
from accounts.domain.lending.rescheduling import Begun, Parts, Wish, new_rows, rescheduled
from accounts.domain.lending.schedule import Row as ScheduleRow
from accounts.domain.lending.terms import Frequency
from accounts.domain.members import Status
from accounts.domain.scope import Scope
from accounts.domain.tenures import in_force
from accounts.operations import redating
from accounts.operations.desk import Desk
from accounts.operations.loan_proposals import require_not_kin
from accounts.repository import Register
from accounts.repository.redating import RunningSchedule
from accounts.repository.rows import Row
from contracts.accounts.approval_words import ApprovalKind
from contracts.accounts.errors import NotAMember
from contracts.accounts.lending_errors import OnlyHolidays
from contracts.accounts.reschedule_errors import (
    NothingToReschedule,
    RescheduleDayUnfit,
    ReschedulePaidMeanwhile,
    ReschedulePending,
    ReschedulesExhausted,
)
from contracts.accounts.reschedule_words import INSTALMENTS_MAX, RescheduleState
from contracts.accounts.reschedules import LOAN_RESCHEDULED
from contracts.errors import IdConflict, InvalidPayload, ServiceError
from contracts.money import Paisa, format_taka
from contracts.transactions.lending_words import LoanStatus, ScheduleReason, Split

RESCHEDULE_LOAN = "reschedule_loan"
_LONGEST_PERIOD = 31
_FARTHEST = 400


def is_known(register: Register, reschedule_id: str, fingerprint: str) -> bool:
    """Tell whether it was asked before.

    Raises:
        IdConflict: the id was used for another request.
    """
    known = register.reschedules.find_fingerprint(reschedule_id)
    if known is not None and known != fingerprint:
        raise IdConflict
    return known is not None


def propose_reschedule(
    register: Register,
    said: Mapping[str, Any],
    standing: Mapping[str, Any] | None,
    desk: Desk,
    *,
    scope: Scope,
    fingerprint: str,
) -> Row:
    """Take down what she agreed to and let the area decide; repeated, answer the same.

    Args:
        register: The register.
        said: The command.
        standing: How the loan stands in the books; None where they do not know it.
        desk: With the limits of lending.
        scope: Whose loans the actor sees.
        fingerprint: By which the request is known.

    Raises:
        NotFound: there is no such loan in scope.
        PersonExcluded: she is the maker himself or declared kin (rule M8).
        NotAMember: she is no active member any more.
        NothingToReschedule, ReschedulePending, RescheduleDayUnfit, ReschedulesExhausted: as named.
        ScheduleImpossible: no schedule can be made of it.
        RescheduleRuns, IdConflict: as named.
    """
    loan = register.loan_files.show(scope, said["loan_id"])
    if is_known(register, said["id"], fingerprint):
        return register.reschedules.show(said["id"])
    require_not_kin(register, loan["member_id"])
    status = register.members.show(scope, loan["member_id"])["status"]
    if status != Status.ACTIVE:
        raise NotAMember(status=status)
    if (said["instalments"] is None) == (said["instalment"] is None):
        raise InvalidPayload.of(instalments="INVALID")
    running = register.redating.hold(loan["id"])
    if running is None or standing is None:
        raise NothingToReschedule
    wish = Wish(said["first_due_on"], said["instalments"], said["instalment"])
    rows = new_rows(_rows(register, running, wish, standing, desk.lending), standing["on"])
    register.reschedules.add(_written(said, loan, standing, rows, fingerprint))
    register.approvals.propose(_request(register, said, loan, standing, rows, fingerprint))
    register.work.audit("propose_reschedule", "loan", loan["id"], {"reschedule_id": said["id"]})
    return register.reschedules.show(said["id"])


def _rows(
    register: Register,
    running: RunningSchedule,
    wish: Wish,
    standing: Mapping[str, Any],
    limits: LendingLimits,
) -> tuple[ScheduleRow, ...]:
    """Hold a reschedule against every rule, and return the schedule that it makes."""
    if standing["status"] != LoanStatus.RUNNING:
        raise NothingToReschedule
    if standing["has_pending"]:
        raise ReschedulePending
    if register.reschedules.count_in_force(running.loan_id) >= limits.reschedules:
        raise ReschedulesExhausted(most=limits.reschedules)
    pace, split = _terms(register, running)
    on = standing["on"]
    far = on + timedelta(days=INSTALMENTS_MAX * pace.every * _LONGEST_PERIOD)
    declared = register.calendar.holidays(running.branch_id, running.samity_id, on, far)
    closed = declared | rest_days(pace, on, far)
    earliest = redating.earliest_first(register, running.disbursed_on)
    _check_day(register, running, pace, wish.first_due_on, max(earliest, on + timedelta(days=1)), closed)
    whole = Parts(
        Paisa(sum(row.principal for row in running.rows)), Paisa(sum(row.charge for row in running.rows))
    )
    begun = Begun(whole, Parts(standing["paid_principal"], standing["paid_charge"]), split)
    rows = rescheduled(begun, wish, on, pace, closed)
    for tenure in sorted(register.samities.days.list_of(running.samity_id), key=lambda one: one.from_on):
        if tenure.from_on > wish.first_due_on:
            new_day = NewDay(tenure.held, tenure.from_on)
            rows = to_weekday(rows, pace, new_day, closed, earliest_first=earliest)
    return rows


def _terms(register: Register, running: RunningSchedule) -> tuple[Pace, Split]:
    product = register.agreements.version(running.product_code, running.product_version)
    plan = product.plan(running.plan_code)
    principal = Paisa(sum(row.principal for row in running.rows))
    return Pace(plan.frequency, plan.every, product.holiday_rule), split_of(product.terms(principal, plan))


def _check_day(
    register: Register,
    running: RunningSchedule,
    pace: Pace,
    wanted: date,
    earliest: date,
    closed: frozenset[date],
) -> None:
    """Let the first new day be one to come on which her samity meets; what is paid by days follows no samity.

    Raises:
        RescheduleDayUnfit: it is none; with the first day that would do.
    """
    weekdays = register.samities.days.list_of(running.samity_id)

    def fits(day: date) -> bool:
        if day < earliest or day in closed:
            return False
        return pace.frequency is Frequency.DAILY or weekday_of(day) == in_force(weekdays, day)

    if not fits(wanted):
        days = (earliest + timedelta(days=number) for number in range(_FARTHEST))
        first = next(islice(filter(fits, days), 1), None)
        if first is None:
            raise OnlyHolidays
        raise RescheduleDayUnfit(field="first_due_on", first_on=first.isoformat())


def _written(
    said: Mapping[str, Any],
    loan: Row,
    standing: Mapping[str, Any],
    rows: Sequence[ScheduleRow],
    fingerprint: str,
) -> dict[str, Any]:
    return {
        "id": said["id"],
        "loan_id": loan["id"],
        "member_id": loan["member_id"],
        "branch_id": loan["branch_id"],
        "reason": said["reason"],
        "mark": said["mark"],
        "witness": said["witness"],
        "proposed_on": standing["on"],
        "paid": standing["paid_principal"] + standing["paid_charge"],
        "outstanding": standing["outstanding"],
        "remaining_charge": sum(row.charge for row in rows),
        "wanted_instalments": said["instalments"],
        "wanted_instalment": said["instalment"],
        "first_due_on": said["first_due_on"],
        "last_due_on": rows[-1].due_on,
        "instalments": len(rows),
        "instalment": rows[0].total,
        "last_instalment": rows[-1].total,
        "fingerprint": fingerprint,
    }


def _request(
    register: Register,
    said: Mapping[str, Any],
    loan: Row,
    standing: Mapping[str, Any],
    rows: Sequence[ScheduleRow],
    fingerprint: str,
) -> Approval:
    """Return what waits for the area, with what it must see to decide."""
    product = register.agreements.version(loan["product_code"], loan["product_version"])
    facts = {
        "subject_bn": loan["member_name_bn"],
        "subject_en": loan["member_name_en"],
        "member_id": loan["member_id"],
        "member_code": loan["member_code"],
        "product_name_bn": product.name_bn,
        "product_name_en": product.name_en,
        "outstanding": format_taka(standing["outstanding"]),
        "overdue": format_taka(standing["overdue"]),
        "remaining_charge": format_taka(Paisa(sum(row.charge for row in rows))),
        "instalments": len(rows),
        "instalment": format_taka(rows[0].total),
        "last_instalment": format_taka(rows[-1].total),
        "first_due_on": rows[0].due_on.isoformat(),
        "last_due_on": rows[-1].due_on.isoformat(),
        "mark": said["mark"],
        "witness": said["witness"],
        "reason": said["reason"],
    }
    return Approval(
        id=said["id"],
        kind=ApprovalKind.RESCHEDULE,
        subject_id=said["id"],
        office_id=loan["branch_id"],
        member_id=loan["member_id"],
        amount=standing["outstanding"],
        fingerprint=fingerprint,
        maker_id=register.work.actor.person_id,
        proposed_at=register.work.now,
        facts=facts,
    )


def decide(register: Register, approval: Approval, desk: Desk, *, approve: bool) -> Stage:
    """Plan the step that asks the books again and hands the schedule over; declined, the old one stays."""
    del desk  # what has changed since is judged by the step, which asks the books first
    wanted = register.reschedules.hold(approval.subject_id)
    if not approve:
        register.reschedules.change(wanted["id"], RescheduleState.DECLINED)
        return Stage.DECLINED
    register.reschedules.change(wanted["id"], RescheduleState.AGREED)
    register.work.plan(RESCHEDULE_LOAN, wanted["id"], {"loan_id": wanted["loan_id"]})
    return Stage.OPENING


def put_in_force(
    register: Register, reschedule_id: str, standing: Mapping[str, Any] | None, limits: LendingLimits
) -> None:
    """Hand over the schedule that she agreed to, or drop the request with the reason; repeated, do nothing.

    Args:
        register: In a unit of work of its own.
        reschedule_id: Which one.
        standing: How the loan stands now; None where the books do not know it.
        limits: The limits of lending.
    """
    wanted = register.reschedules.hold(reschedule_id)
    if wanted["state"] != RescheduleState.AGREED:
        return
    running = register.redating.hold(wanted["loan_id"])
    try:
        if running is None or standing is None:
            raise NothingToReschedule
        paid = Paisa(standing["paid_principal"] + standing["paid_charge"])
        if paid != wanted["paid"]:
            raise ReschedulePaidMeanwhile(paid=format_taka(paid))
        wish = Wish(wanted["first_due_on"], wanted["wanted_instalments"], wanted["wanted_instalment"])
        rows = _rows(register, running, wish, standing, limits)
    except ServiceError as refusal:
        _drop(register, wanted, refusal)
        return
    begun = replace(running, begins_on=_begins_on(running, rows, standing["on"]))
    reason = ScheduleReason.RESCHEDULE
    version = redating.hand_over(register, begun, rows, reason, good_instalments=limits.good_instalments)
    shown = new_rows(rows, standing["on"])
    register.reschedules.change(
        wanted["id"],
        RescheduleState.HANDED_OVER,
        version=version,
        last_due_on=shown[-1].due_on,
        instalments=len(shown),
    )


def _begins_on(running: RunningSchedule, rows: Sequence[ScheduleRow], on: date) -> date:
    """Return when the first period begins: the day of the reschedule, else before what was paid is due."""
    return on if rows[0].due_on > on else min(running.begins_on, on - timedelta(days=1))


def record_in_force(register: Register, loan_id: str, version: int, on: date) -> None:
    """Write that the books go by a version, and tell her where it is a reschedule; repeated, do nothing."""
    wanted = register.reschedules.hold_handed_over(loan_id, version)
    if wanted is None:
        return
    loan = register.loans.get_held(loan_id)
    product = register.agreements.version(loan.product_code, loan.product_version)
    register.reschedules.change(wanted["id"], RescheduleState.IN_FORCE, in_force_on=on)
    register.approvals.finish(ApprovalKind.RESCHEDULE, wanted["id"])
    kept = ("id", "loan_id", "member_id", "instalments", "instalment", "first_due_on", "last_due_on")
    told = {name: wanted[name] for name in kept} | {
        "office_id": wanted["branch_id"],
        "product_name_bn": product.name_bn,
        "product_name_en": product.name_en,
        "on": on,
    }
    register.work.tell(LOAN_RESCHEDULED, told)
    register.work.audit("reschedule_loan", "loan", loan_id, {"version": version})


def record_refused(register: Register, loan_id: str, version: int, refusal: ServiceError) -> None:
    """Write why the books did not take a version where it is a reschedule; repeated, do nothing."""
    wanted = register.reschedules.hold_handed_over(loan_id, version)
    if wanted is not None:
        _drop(register, wanted, refusal)


def _drop(register: Register, wanted: Row, refusal: ServiceError) -> None:
    register.reschedules.change(wanted["id"], RescheduleState.DROPPED, refusal=refusal.code)
    register.approvals.finish(ApprovalKind.RESCHEDULE, wanted["id"])
    register.work.audit("drop_reschedule", "loan", wanted["loan_id"], {"code": refusal.code})

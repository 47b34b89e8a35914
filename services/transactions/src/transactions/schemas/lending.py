"""From a loaded command about loans to the values of the domain."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from contracts.calls import dump
from contracts.errors import InvalidPayload
from contracts.transactions.lending_commands import LoanSnapshot, ScheduledRow
from contracts.transactions.lending_words import PayoutHow, ScheduleReason, Split
from transactions.domain.lending.loans import Payout
from transactions.domain.lending.redating import ScheduleAsked
from transactions.domain.lending.repayments import CounterRepayment
from transactions.domain.lending.schedules import Amounts, Schedule
from transactions.domain.requests import fingerprint

Rows = tuple[tuple[date, Amounts], ...]


def payout_of(command: Mapping[str, Any], paid_by: str) -> Payout:
    """Return the payout that a command carries; the terms are kept as they came over the wire.

    Raises:
        InvalidPayload: as `rows_of`.
    """
    terms, evidence = command["terms"], command["evidence"]
    plain = {name: command[name] for name in ("id", "member_id", "office_id", "code", "on", "principal")}
    schedule = Schedule.of_rows(command["on"], Split(terms["split"]), rows_of(command["rows"]))
    if schedule.due_on[0] <= command["on"]:
        raise InvalidPayload({"rows.0.due_on": ["INVALID"]})
    return Payout(
        **plain,
        **evidence,
        how=PayoutHow(command["how"]),
        approved_by=command["approved_by"],
        paid_by=paid_by,
        terms=dump(LoanSnapshot, terms),
        schedule=schedule,
        fingerprint=_fingerprint_of(command),
    )


def repayment_of(command: Mapping[str, Any], taken_by: str) -> CounterRepayment:
    """Return the repayment that a command carries."""
    return CounterRepayment(**command, taken_by=taken_by)


def schedule_asked_of(command: Mapping[str, Any]) -> ScheduleAsked:
    """Return the schedule that is to be put in force.

    Raises:
        InvalidPayload: as `rows_of`.
    """
    return ScheduleAsked(
        loan_id=command["loan_id"],
        version=command["version"],
        reason=ScheduleReason(command["reason"]),
        begins_on=command["begins_on"],
        rows=rows_of(command["rows"]),
        good_instalments=command["good_instalments"],
    )


def rows_of(said: Sequence[Mapping[str, Any]]) -> Rows:
    """Return a schedule's rows: days that rise, each asking for something.

    Raises:
        InvalidPayload: an instalment asks for nothing, or is not after the one before it.
    """
    rows = tuple((row["due_on"], Amounts(row["principal"], row["service_charge"])) for row in said)
    for number, (on, amounts) in enumerate(rows):
        if amounts.total <= 0 or (number and on <= rows[number - 1][0]):
            raise InvalidPayload({f"rows.{number}": ["INVALID"]})
    return rows


def _fingerprint_of(command: Mapping[str, Any]) -> str:
    evidence, terms = command["evidence"], command["terms"]
    rows = json.dumps([list(dump(ScheduledRow, row).values()) for row in command["rows"]])
    return fingerprint(
        "loan_payout",
        **{name: command[name] for name in ("member_id", "office_id", "code", "principal", "approved_by")},
        **{name: evidence[name] for name in ("mark", "witness_id", "photo", "account_last4")},
        on=command["on"].isoformat(),
        how=str(command["how"]),
        product=terms["product_code"],
        product_version=terms["product_version"],
        rows=rows,
    )

"""The age of loans: month-end runs, totals by class, the register of overdue loans, dated rules (M15)."""

from http import HTTPStatus
from typing import Any

from contracts.transactions.classes import (
    CANCEL_CLASS_RUN,
    GET_CLASS_RUN,
    LIST_CLASS_DATA,
    LIST_CLASS_RUNS,
    LIST_CLASSES,
    LIST_OVERDUE_LOANS,
    PROPOSE_CLASS_FREEZE,
    PROPOSE_CLASS_RULES,
    RUN_CLASSES,
)
from gateway.api.resource import Resource
from gateway.asking import ask

classes = Resource(
    "classes",
    "The age of loans: month-end runs, totals by class, the register of overdue loans, dated rules (M15).",
)


@classes.put("/class-runs/<uuid:id>", RUN_CLASSES, status=HTTPStatus.ACCEPTED)
def run_classes(command: dict[str, Any]) -> dict[str, Any]:
    """Class a branch's loans at the end of a month, and book provision and charge in advance (L1, M15)."""
    return ask(RUN_CLASSES, command)


@classes.delete("/class-runs/<uuid:id>", CANCEL_CLASS_RUN)
def cancel_class_run(command: dict[str, Any]) -> dict[str, Any]:
    """Let a run go no further; what it has classed stays, and another one goes on from there."""
    return ask(CANCEL_CLASS_RUN, command)


@classes.get("/class-runs/<uuid:id>", GET_CLASS_RUN)
def get_class_run(command: dict[str, Any]) -> dict[str, Any]:
    """Tell how far a run has come, and what it has booked."""
    return ask(GET_CLASS_RUN, command)


@classes.get("/offices/<uuid:office_id>/class-runs", LIST_CLASS_RUNS)
def list_class_runs(command: dict[str, Any]) -> dict[str, Any]:
    """List the runs of a month in an office and all below it: who is done, and how far the others are."""
    return ask(LIST_CLASS_RUNS, command)


@classes.get("/offices/<uuid:office_id>/loan-classes", LIST_CLASSES)
def list_classes(command: dict[str, Any]) -> dict[str, Any]:
    """Read the loans of an office and all below it by class: portfolio at risk, provision needed."""
    return ask(LIST_CLASSES, command)


@classes.get("/offices/<uuid:office_id>/overdue-loans", LIST_OVERDUE_LOANS)
def list_overdue_loans(command: dict[str, Any]) -> dict[str, Any]:
    """List a branch's overdue loans, the oldest first, as of its open day or an earlier one."""
    return ask(LIST_OVERDUE_LOANS, command)


@classes.get("/class-rules", LIST_CLASS_DATA)
def list_class_data(command: dict[str, Any]) -> dict[str, Any]:
    """Read the classes that were ever in force with their days, and the freezes."""
    return ask(LIST_CLASS_DATA, command)


@classes.put("/class-rules/<uuid:id>", PROPOSE_CLASS_RULES, status=HTTPStatus.ACCEPTED)
def propose_class_rules(command: dict[str, Any]) -> dict[str, Any]:
    """Propose other classes from a day to come on; a second person puts them in force (P7)."""
    return ask(PROPOSE_CLASS_RULES, command)


@classes.put("/class-freezes/<uuid:id>", PROPOSE_CLASS_FREEZE, status=HTTPStatus.ACCEPTED)
def propose_class_freeze(command: dict[str, Any]) -> dict[str, Any]:
    """Propose days in which no loan's class becomes worse; a second person decides (P7)."""
    return ask(PROPOSE_CLASS_FREEZE, command)

"""Mismatches and complaints: what members say is wrong, and what became of it."""

from typing import Any

from contracts.transactions.complaints import (
    ACKNOWLEDGE_COMPLAINT,
    ANSWER_COMPLAINT,
    CONTACT_COMPLAINANT,
    GET_COMPLAINT,
    LIST_COMPLAINTS,
    LIST_OWN_COMPLAINTS,
    LIST_TOLD_COMPLAINTS,
    MAKE_OWN_COMPLAINT,
    TAKE_COMPLAINT,
)
from gateway.api.resource import Resource
from gateway.asking import ask

complaints = Resource("complaints", "Mismatches and complaints: one register, and who is to answer.")


@complaints.put("/me/complaints/<uuid:id>", MAKE_OWN_COMPLAINT)
def make_own_complaint(command: dict[str, Any]) -> dict[str, Any]:
    """Say what is wrong in one's own passbook, or how somebody behaved."""
    return ask(MAKE_OWN_COMPLAINT, command)


@complaints.get("/me/complaints", LIST_OWN_COMPLAINTS)
def list_own_complaints(command: dict[str, Any]) -> dict[str, Any]:
    """List what one has said oneself, and how far it has come."""
    return ask(LIST_OWN_COMPLAINTS, command)


@complaints.get("/me/told-complaints", LIST_TOLD_COMPLAINTS)
def list_told_complaints(command: dict[str, Any]) -> dict[str, Any]:
    """List, as an officer, what one's members said, once somebody has spoken with them."""
    return ask(LIST_TOLD_COMPLAINTS, command)


@complaints.put("/complaints/<uuid:id>", TAKE_COMPLAINT)
def take_complaint(command: dict[str, Any]) -> dict[str, Any]:
    """Write down what a member says at the counter or by telephone."""
    return ask(TAKE_COMPLAINT, command)


@complaints.get("/offices/<uuid:office_id>/complaints", LIST_COMPLAINTS)
def list_complaints(command: dict[str, Any]) -> dict[str, Any]:
    """List the cases of an office and all below it, by state and who is to answer."""
    return ask(LIST_COMPLAINTS, command)


@complaints.get("/complaints/<uuid:id>", GET_COMPLAINT)
def get_complaint(command: dict[str, Any]) -> dict[str, Any]:
    """Read a case with its line, sheet and officer beside it."""
    return ask(GET_COMPLAINT, command)


@complaints.put("/complaints/<uuid:id>/acknowledgement", ACKNOWLEDGE_COMPLAINT)
def acknowledge_complaint(command: dict[str, Any]) -> dict[str, Any]:
    """Tell her that somebody looks at it."""
    return ask(ACKNOWLEDGE_COMPLAINT, command)


@complaints.put("/complaints/<uuid:id>/contact", CONTACT_COMPLAINANT)
def contact_complainant(command: dict[str, Any]) -> dict[str, Any]:
    """Say that one has spoken with her."""
    return ask(CONTACT_COMPLAINANT, command)


@complaints.put("/complaints/<uuid:id>/answer", ANSWER_COMPLAINT)
def answer_complaint(command: dict[str, Any]) -> dict[str, Any]:
    """Say what was found."""
    return ask(ANSWER_COMPLAINT, command)

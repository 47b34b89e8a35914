"""Deaths: reported, agreed to by two levels, settled with the nominees (L5)."""

from http import HTTPStatus
from typing import Any

from contracts.accounts.deaths import LIST_DEATH_CASES, REPORT_DEATH, SETTLE_SPOUSE_CASE
from contracts.transactions.nominees import CLOSE_ESTATE, GET_CLAIM, PAY_NOMINEE
from gateway.api.resource import Resource
from gateway.asking import ask

deaths = Resource("deaths", "Deaths: reported, agreed to by two levels, settled with the nominees (L5).")


@deaths.get("/death-cases", LIST_DEATH_CASES)
def list_death_cases(command: dict[str, Any]) -> dict[str, Any]:
    """List the open cases, the one that is due first at the head."""
    return ask(LIST_DEATH_CASES, command)


@deaths.put("/death-cases/<uuid:id>", REPORT_DEATH, status=HTTPStatus.ACCEPTED)
def report_death(command: dict[str, Any]) -> dict[str, Any]:
    """Report that a member, or her spouse, has died; the manager verifies, the area approves."""
    return ask(REPORT_DEATH, command)


@deaths.post("/death-cases/<uuid:id>/waived-loan", SETTLE_SPOUSE_CASE)
def settle_spouse_case(command: dict[str, Any]) -> dict[str, Any]:
    """Settle the case of a spouse: the loan is waived."""
    return ask(SETTLE_SPOUSE_CASE, command)


@deaths.get("/nominee-claims/<uuid:id>", GET_CLAIM)
def get_claim(command: dict[str, Any]) -> dict[str, Any]:
    """Read what a member left and who gets which part of it."""
    return ask(GET_CLAIM, command)


@deaths.post("/nominee-claims/<uuid:id>/closing", CLOSE_ESTATE)
def close_estate(command: dict[str, Any]) -> dict[str, Any]:
    """Close her accounts for her nominees, with interest to the day."""
    return ask(CLOSE_ESTATE, command)


@deaths.put("/nominee-claims/<uuid:claim_id>/payments/<uuid:id>", PAY_NOMINEE)
def pay_nominee(command: dict[str, Any]) -> dict[str, Any]:
    """Pay a nominee, or his guardian, against a mark and before a witness."""
    return ask(PAY_NOMINEE, command)

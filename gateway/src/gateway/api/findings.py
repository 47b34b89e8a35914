"""Findings of auditors: what was found, what the office answers, and what became of it."""

from typing import Any

from contracts.transactions.findings import (
    ANSWER_FINDING,
    ASK_FINDING_AGAIN,
    CLOSE_FINDING,
    GET_FINDING,
    LIST_FINDINGS,
    RAISE_FINDING,
)
from gateway.api.resource import Resource
from gateway.asking import ask

findings = Resource("findings", "What auditors found, what the office answers, and what became of it.")


@findings.put("/offices/<uuid:office_id>/findings/<uuid:id>", RAISE_FINDING)
def raise_finding(command: dict[str, Any]) -> dict[str, Any]:
    """Write down what was found in an office, or about one of its things."""
    return ask(RAISE_FINDING, command)


@findings.post("/findings/<uuid:id>/answer", ANSWER_FINDING)
def answer_finding(command: dict[str, Any]) -> dict[str, Any]:
    """Answer as the office; `step` is the next number, so that a repeated answer changes nothing."""
    return ask(ANSWER_FINDING, command)


@findings.post("/findings/<uuid:id>/question", ASK_FINDING_AGAIN)
def ask_finding_again(command: dict[str, Any]) -> dict[str, Any]:
    """Ask again until another day: the answer does not do."""
    return ask(ASK_FINDING_AGAIN, command)


@findings.post("/findings/<uuid:id>/closing", CLOSE_FINDING)
def close_finding(command: dict[str, Any]) -> dict[str, Any]:
    """Be done with a finding; it stays in the register."""
    return ask(CLOSE_FINDING, command)


@findings.get("/findings/<uuid:id>", GET_FINDING)
def get_finding(command: dict[str, Any]) -> dict[str, Any]:
    """Read a finding with all its steps."""
    return ask(GET_FINDING, command)


@findings.get("/offices/<uuid:office_id>/findings", LIST_FINDINGS)
def list_findings(command: dict[str, Any]) -> dict[str, Any]:
    """List the findings of an office and all below it, the newest first."""
    return ask(LIST_FINDINGS, command)

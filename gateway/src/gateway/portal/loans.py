"""Loans from the wish to the end: who asked, visited and agreed, what she signed, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import render_template, url_for

from contracts.accounts.loan_words import LoanState
from contracts.accounts.loans import GET_LOAN
from contracts.transactions.lending_endings_words import EndingKind
from contracts.transactions.lending_words import LoanStatus
from gateway.asking import ask
from gateway.auth import may, requires
from gateway.portal.asked import one_of
from gateway.portal.branch import branch_of_page, branch_page
from gateway.portal.lists import ENDED_LOANS, LOANS
from gateway.words import find_sentence

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Blueprint
    from flask.typing import ResponseReturnValue


@dataclass(frozen=True, slots=True)
class Step:
    """What may be done with a loan in some of its states, by whom, and on which page."""

    states: frozenset[LoanState]
    permission: str
    title: str
    endpoint: str


BEFORE_PAYOUT = frozenset({LoanState.PROPOSED, LoanState.RECOMMENDED, LoanState.APPROVED})
IN_THE_BOOK = frozenset({LoanState.DISBURSED})
STEPS = (
    Step(frozenset({LoanState.PROPOSED}), "loan:recommend", "lending.recommend", "portal.loans_recommend"),
    Step(frozenset({LoanState.RECOMMENDED}), "loan:approve", "lending.approve", "portal.loans_approve"),
    Step(frozenset({LoanState.APPROVED}), "loan:disburse", "lending.pay_out", "portal.loans_payout"),
    Step(IN_THE_BOOK, "repayment:post", "lending.repay", "portal.loans_repay"),
    Step(IN_THE_BOOK, "settlement:propose", "lending.settle", "portal.loans_settle"),
    Step(IN_THE_BOOK, "settlement:propose", "lending.from_savings", "portal.loans_savings"),
    Step(IN_THE_BOOK, "loan:propose_change", "reschedule.new", "portal.reschedules_new"),
    Step(IN_THE_BOOK, "loan:propose_change", "lending.waive", "portal.loans_waive"),
    Step(IN_THE_BOOK, "settlement:propose", "lending.refund", "portal.loans_refund"),
    Step(IN_THE_BOOK, "loan:propose_change", "lending.write_off", "portal.loans_writeoff"),
    Step(BEFORE_PAYOUT, "loan:cancel", "lending.cancel", "portal.loans_cancel"),
)
RECOVERY = Step(frozenset({LoanState.ENDED}), "repayment:post", "lending.recover", "portal.loans_recover")


@requires("loan:read")
def loans() -> ResponseReturnValue:
    """The loans of one's scope, the newest wish first."""
    states = tuple(LoanState)
    return render_template(
        "portal/loans.html", page=LOANS.page(), states=states, state=one_of(states, "state")
    )


@requires("loan:read")
def loans_one(loan_id: UUID) -> ResponseReturnValue:
    """One loan: the people beside her, each step with who did it, the agreement with its schedule."""
    loan = ask(GET_LOAN, {"id": str(loan_id)})
    refusal = loan["refusal"] or {}
    why = find_sentence("errors", refusal.get("code", ""), refusal.get("facts", {})) or refusal.get("code")
    return render_template("portal/loan_file.html", loan=loan, steps=steps_of(loan), refusal=why)


def steps_of(loan: dict[str, Any]) -> list[Step]:
    """What the reader may do with a loan now."""
    steps = [step for step in STEPS if loan["state"] in step.states and may(step.permission)]
    if loan["ended_as"] == LoanStatus.WRITTEN_OFF and may(RECOVERY.permission):
        steps.append(RECOVERY)
    return steps


@requires("loan:read")
def loans_ended() -> ResponseReturnValue:
    """The register of a branch's loans that are repaid, settled, waived or written off."""
    kinds = tuple(EndingKind)
    facts = {"kinds": kinds, "kind": one_of(kinds, "kind")}
    return branch_page("loans_ended.html", branch_of_page(), page=ENDED_LOANS.page(), **facts)


def address_of(loan_id: UUID) -> str:
    """The page of a loan."""
    return url_for("portal.loans_one", loan_id=loan_id)


def register(blueprint: Blueprint) -> None:
    """Hang the pages into the portal."""
    blueprint.add_url_rule("/loans", view_func=loans)
    blueprint.add_url_rule("/loans/ended", view_func=loans_ended)
    blueprint.add_url_rule("/loans/<uuid:loan_id>", view_func=loans_one)

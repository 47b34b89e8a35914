"""What becomes of a proposed loan before any money: recommended, approved, let go of (rules L4, M8)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from accounts.domain.approvals import Approval, Stage, Verdict, check_checker
from accounts.domain.lending.eligibility import Borrower, Wish, check_amount
from accounts.domain.lending.loans import (
    UNDECIDED,
    LendingLimits,
    Loan,
    require_consented,
    require_other_people,
    require_state,
    require_visit,
)
from accounts.domain.scope import Scope
from accounts.operations.desk import Desk
from accounts.operations.loan_proposals import planned, require_not_kin
from accounts.repository import Register
from contracts.accounts.approval_words import ApprovalKind
from contracts.accounts.loan_words import LoanRole, LoanState
from contracts.errors import AlreadyDecided, NotFound
from contracts.money import Paisa, format_taka

LAPSED_AT_ONCE = 200


def recommend_loan(register: Register, said: Mapping[str, Any], desk: Desk, *, scope: Scope) -> None:
    """Write what somebody found at her home; recommended, the loan waits for its approval (rule M8).

    Raises:
        NotFound: there is no such loan in scope.
        LoanNotInState: it was decided otherwise already.
        MakerIsChecker, PersonExcluded: he proposed it himself, or she is his kin.
        InvalidPayload: the visit was before the proposal, or is still to come.
    """
    loan = register.loans.hold(scope, said["id"])
    actor = register.work.actor.person_id
    state = LoanState.RECOMMENDED if said["recommend"] else LoanState.DECLINED
    if loan.state is state and loan.recommender_id == actor:
        return
    require_state(loan, LoanState.PROPOSED)
    require_not_kin(register, loan.member_id)
    require_other_people(actor, loan.maker_id)
    require_visit(said["visited_on"], proposed_on=loan.proposed_on, today=desk.today)
    register.loans.change(
        loan.id,
        state=state,
        recommender_id=actor,
        recommended_at=register.work.now,
        visited_on=said["visited_on"],
        finding=said["finding"],
        bank_account_seen=said["bank_account_seen"] and loan.bank_account is not None,
        reason=None if said["recommend"] else said["finding"],
    )
    if said["recommend"]:
        register.approvals.propose(_approval(register, loan, desk, scope=scope))
    register.work.audit("recommend_loan", "loan", loan.id, {"state": str(state)})


def decide(register: Register, approval: Approval, desk: Desk, *, approve: bool) -> Stage:
    """Approve a recommended loan as it was asked for, or decline it."""
    loan = register.loans.get_held(approval.subject_id)
    require_state(loan, LoanState.RECOMMENDED)
    if not approve:
        register.loans.change(loan.id, state=LoanState.DECLINED)
        return Stage.DECLINED
    _approve(register, loan, loan.principal, None, desk)
    return Stage.APPROVED


def approve_loan(register: Register, said: Mapping[str, Any], desk: Desk, *, scope: Scope) -> None:
    """Approve a recommended loan for what was asked, or for less with her consent (rule L4).

    Raises:
        NotFound: there is no such loan in scope.
        AlreadyDecided: it was decided otherwise, or by somebody else.
        LoanNotInState: it is not recommended.
        AmountNeverRises, AmountConsentMissing, MakerIsChecker, PersonExcluded, OverLimit: as named.
        PrincipalOutsideLimits, FirstDueTooEarly, YearlyRateOverCap: of the lower amount.
    """
    loan = register.loans.hold(scope, said["id"])
    actor = register.work.actor.person_id
    if loan.state is LoanState.APPROVED:
        if (loan.approver_id, loan.principal) != (actor, said["principal"]):
            raise AlreadyDecided(state=str(loan.state))
        return
    require_state(loan, LoanState.RECOMMENDED)
    waiting = register.approvals.find_waiting(ApprovalKind.LOAN, loan.id)
    if waiting is None:
        raise NotFound(field="id")
    require_consented(loan, said["principal"], said["consent"])
    approval = register.approvals.hold(scope, waiting.id)
    lowered = replace(approval, amount=said["principal"])
    check_checker(lowered, Verdict(approve=True, reason=None), register.work.actor)
    _approve(register, loan, said["principal"], said["consent"], desk)
    register.approvals.decide(approval, Stage.APPROVED, None)


def cancel_loan(register: Register, loan_id: str, reason: str, *, scope: Scope) -> None:
    """Let go of a loan that is not paid out; repeated, do nothing.

    Raises:
        NotFound: there is no such loan in scope.
        PersonExcluded: she is the actor's kin (rule M8).
        LoanNotInState: it is paid, or ended otherwise.
    """
    loan = register.loans.hold(scope, loan_id)
    if loan.state is LoanState.CANCELLED:
        return
    require_not_kin(register, loan.member_id)
    require_state(loan, *UNDECIDED)
    register.loans.change(loan.id, state=LoanState.CANCELLED, reason=reason)
    register.approvals.lapse(loan.id)
    register.work.audit("cancel_loan", "loan", loan.id, {"reason": reason})


def lapse_loans(register: Register, limits: LendingLimits, today: date) -> int:
    """Let proposals go that nobody has paid out in time.

    Returns:
        How many lapsed.
    """
    oldest = today - timedelta(days=limits.proposal_days - 1)
    overdue = register.loans.proposed_before(oldest, limit=LAPSED_AT_ONCE)
    for loan_id in overdue:
        loan = register.loans.get_held(loan_id)
        if loan.state in UNDECIDED:
            register.loans.change(loan.id, state=LoanState.LAPSED)
            register.approvals.lapse(loan.id)
            register.work.audit("lapse_loan", "loan", loan.id, {})
    return len(overdue)


def _approve(
    register: Register, loan: Loan, principal: Paisa, consent: Mapping[str, Any] | None, desk: Desk
) -> None:
    if principal < loan.principal:
        _check_lowered(register, loan, principal, desk)
    taken = None if consent is None else {**consent, "recorded_by": register.work.actor.person_id}
    register.loans.change(
        loan.id,
        state=LoanState.APPROVED,
        principal=principal,
        consent=taken,
        approver_id=register.work.actor.person_id,
        approved_at=register.work.now,
    )
    noted = {"asked": format_taka(loan.asked), "amount": format_taka(principal)}
    register.work.audit("approve_loan", "loan", loan.id, noted)


def _check_lowered(register: Register, loan: Loan, principal: Paisa, desk: Desk) -> None:
    """A lower amount is still one that the product is for, with a schedule that the law allows."""
    product = register.agreements.version(loan.product_code, loan.product_version)
    borrower = register.borrowers.hold(Scope.of(register.work.actor), loan.member_id)
    on = max(loan.planned_on, desk.today)
    check_amount(
        product, Wish(principal=principal, on=on), register.borrowers.so_far(borrower, on, besides=loan.id)
    )
    register.agreements.lawful(planned(loan, product, borrower, principal, on))


def _approval(register: Register, loan: Loan, desk: Desk, *, scope: Scope) -> Approval:
    borrower = register.borrowers.hold(scope, loan.member_id)
    return Approval(
        id=register.work.new_id(),
        kind=ApprovalKind.LOAN,
        subject_id=loan.id,
        office_id=borrower.branch_id,
        member_id=loan.member_id,
        amount=loan.principal,
        agreed_by=(register.work.actor.person_id,),
        fingerprint=loan.fingerprint,
        maker_id=loan.maker_id,
        proposed_at=register.work.now,
        facts=_facts(register, loan, borrower, desk, scope=scope),
    )


def _facts(register: Register, loan: Loan, borrower: Borrower, desk: Desk, *, scope: Scope) -> dict[str, Any]:
    """Return what the approver must see to decide, in words and figures."""
    shown = register.loan_files.show(scope, loan.id)
    samity = register.samities.show(scope, shown["samity_id"])
    product = register.agreements.version(loan.product_code, loan.product_version)
    on = max(loan.planned_on, desk.today)
    agreed = register.agreements.on(planned(loan, product, borrower, loan.principal, on))
    people = register.loans.people_of(loan.id)
    guarantors = [person for person in people if person["role"] == LoanRole.GUARANTOR]
    return {
        "subject_bn": shown["member_name_bn"],
        "subject_en": shown["member_name_en"],
        "samity_name_bn": samity["name_bn"],
        "samity_name_en": samity["name_en"],
        "member_id": loan.member_id,
        "member_code": shown["member_code"],
        "product_name_bn": product.name_bn,
        "product_name_en": product.name_en,
        "amount": format_taka(loan.principal),
        "purpose": shown["purpose"],
        "cycle": loan.cycle,
        "instalments": len(agreed.schedule.rows),
        "plan": loan.plan_code,
        "instalment": format_taka(agreed.schedule.rows[0].total),
        "first_due_on": agreed.schedule.rows[0].due_on.isoformat(),
        "apr_percent": agreed.shown_percent,
        "guarantors_bn": ", ".join(person["name"] or person["name_bn"] for person in guarantors),
        "guarantors_en": ", ".join(person["name"] or person["name_en"] for person in guarantors),
        "recommended_by_bn": shown["recommended_name_bn"],
        "recommended_by_en": shown["recommended_name_en"],
        "visited_on": shown["visited_on"].isoformat(),
        "finding": shown["finding"],
    }

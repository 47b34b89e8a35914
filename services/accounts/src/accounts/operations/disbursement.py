"""Paying out: approved → disbursing → disbursed, or back to approved with the reason (rule L4, mechanics B4).

The step carries the whole question, so that it is asked again word for word until transactions has answered.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.domain.codes import loan_code
from accounts.domain.lending.agreements import Agreed, split_of
from accounts.domain.lending.call_backs import due_on, is_drawn
from accounts.domain.lending.eligibility import Borrower, MoneyStanding, Wish, check_borrower
from accounts.domain.lending.loans import (
    PAID,
    Evidence,
    Loan,
    OwnAccounts,
    require_evidence,
    require_state,
)
from accounts.domain.lending.people import BesidePerson
from accounts.domain.lending.products import LoanProduct
from accounts.domain.numbers import ending
from accounts.domain.scope import Scope
from accounts.operations.desk import Desk
from accounts.operations.loan_proposals import BANK_ACCOUNT, check_standing_in, planned
from accounts.operations.payout_codes import digest_of, prove_by_telephone, require_payer
from accounts.private_numbers import MOBILE
from accounts.repository import Register
from contracts.accounts.loan_errors import LoanPaidOutAlready, WitnessUnfit
from contracts.accounts.loan_words import LoanRole, LoanState, PayoutProof
from contracts.calls import dump
from contracts.errors import ServiceError
from contracts.money import format_taka
from contracts.transactions.lending_commands import PayOutLoan
from contracts.transactions.lending_words import LoanStatus, PayoutHow, ScheduleReason

PAY_OUT = "pay_out_loan"
PHOTO = "photo"
FIRST = 1


@dataclass(frozen=True, slots=True)
class Fixed:
    """All that is agreed for the day of a payout."""

    borrower: Borrower
    product: LoanProduct
    agreed: Agreed
    cycle: int
    serial: int
    code: str


def disburse_loan(
    register: Register, said: Mapping[str, Any], standing: MoneyStanding, desk: Desk, *, scope: Scope
) -> None:
    """Fix the schedule for the branch's day and let transactions pay it out; the same again does nothing.

    Raises:
        NotFound: there is no such loan in scope.
        LoanNotInState: it is not approved.
        LoanPaidOutAlready: it was, in another way.
        MakerIsChecker, PersonExcluded: who pays proposed or approved it, or she is his kin (rule M8).
        WitnessUnfit, PhotoMissing, PhotoNotAgreed, PayoutAccountNotHers: rule L4.
        PhoneCallMissing, PayoutCodeMissing, PayoutCodeNotSent, PayoutCodeExpired: as `prove_by_telephone`.
        ServiceError: as the rules of the product and of the law name it, for this day.
    """
    loan = register.loans.hold(scope, said["id"])
    payout, actor = _payout(said, desk), register.work.actor.person_id
    if loan.state in PAID:
        if (loan.payout, loan.payer_id) == (payout, actor):
            return
        raise LoanPaidOutAlready(state=loan.state)
    require_state(loan, LoanState.APPROVED)
    require_payer(register, loan)
    _check_evidence(register, loan, payout, desk, scope=scope)
    fixed = _fixed(register, loan, said["on"], standing, desk, scope=scope)
    register.loans.change(
        loan.id,
        state=LoanState.DISBURSING,
        cycle=fixed.cycle,
        serial=fixed.serial,
        code=fixed.code,
        payer_id=actor,
        paid_at=register.work.now,
        payout=payout,
        refusal=None,
    )
    asked = _ledger_command(loan, fixed) | {"how": said["how"], "evidence": said["evidence"]}
    payload = {
        "loan_id": loan.id,
        "command": dump(PayOutLoan, asked),
        "apr_percent": fixed.agreed.shown_percent,
    }
    register.work.plan(PAY_OUT, register.work.new_id(), payload)
    noted = {"on": payout["on"], "amount": format_taka(loan.principal), "proved_by": payout["proved_by"]}
    register.work.audit("disburse_loan", "loan", loan.id, noted)


def _fixed(
    register: Register, loan: Loan, on: date, standing: MoneyStanding, desk: Desk, *, scope: Scope
) -> Fixed:
    """Hold the loan against every rule once more, and return what is agreed for the day."""
    beside = _people(register, loan)
    members = [person.member_id for person in beside if person.member_id is not None]
    borrower = register.borrowers.hold(scope, loan.member_id, members)
    product = register.agreements.version(loan.product_code, loan.product_version)
    so_far = register.borrowers.so_far(borrower, on, besides=loan.id)
    wish = Wish(principal=loan.principal, on=on)
    check_borrower(product, wish, borrower, so_far, standing, desk.lending)
    check_standing_in(register, loan.id, beside, borrower, desk, needed=product.guarantors)
    agreed = register.agreements.lawful(planned(loan, product, borrower, loan.principal, on))
    serial = loan.serial or register.loans.next_serial(loan.member_id, loan.product_code)
    code = loan.code or loan_code(product.code, borrower.code or "", serial)
    return Fixed(borrower, product, agreed, so_far.cycle, serial, code)


def record_paid_out(
    register: Register, command: Mapping[str, Any], answer: Mapping[str, Any], desk: Desk, *, apr_percent: str
) -> None:
    """Write that the loan is in the book and paid; repeated, do nothing.

    Args:
        register: The register.
        command: What transactions was asked.
        answer: What it answered.
        desk: With the limits of call-backs.
        apr_percent: What the agreed schedule costs a year.
    """
    loan = register.loans.get_held(command["id"])
    if loan.disbursed_on is not None:
        return
    on = answer["business_on"]
    register.loans.change(
        loan.id,
        state=LoanState.DISBURSED if loan.state is LoanState.DISBURSING else loan.state,
        disbursed_on=on,
        receipt_number=answer["receipt_number"],
    )
    register.loans.add_schedule(
        loan.id,
        command["rows"],
        version=FIRST,
        reason=ScheduleReason.PAYOUT,
        begins_on=on,
        apr_percent=apr_percent,
    )
    if is_drawn(desk.numbers.call_back_key(loan.id), desk.lending):
        register.loans.draw_call_back(loan.id, due_on(on, desk.lending))
    register.work.audit("pay_out_loan", "loan", loan.id, {"receipt_number": answer["receipt_number"]})


def record_refused(register: Register, loan_id: str, refusal: ServiceError) -> None:
    """Let a loan be approved again, with why transactions did not pay it out."""
    loan = register.loans.get_held(loan_id)
    if loan.state is not LoanState.DISBURSING or loan.disbursed_on is not None:
        return
    why = {"code": refusal.code, "facts": refusal.facts}
    register.loans.change(
        loan.id, state=LoanState.APPROVED, refusal=why, payout=None, payer_id=None, paid_at=None
    )
    register.work.audit("refuse_payout", "loan", loan.id, {"code": refusal.code})


def record_closed(register: Register, told: Mapping[str, Any]) -> None:
    """Write how a loan ended, or that its end was undone; an older news changes nothing."""
    known = register.loans.find(told["loan_id"])
    if known is None:
        return
    loan = register.loans.get_held(known.id)
    if loan.ended_version is not None and loan.ended_version >= told["version"]:
        return
    runs = told["status"] == LoanStatus.RUNNING
    register.loans.change(
        loan.id,
        state=LoanState.DISBURSED if runs else LoanState.ENDED,
        ended_on=None if runs else told["business_on"],
        ended_as=None if runs else told["status"],
        ended_version=told["version"],
    )


def _payout(said: Mapping[str, Any], desk: Desk) -> dict[str, Any]:
    """Return how it is paid out in the wire's form, with the digest by which the same code is known again."""
    evidence = dict(said["evidence"])
    code = digest_of(said["id"], said["code"], desk.numbers)
    by_call = None if said["called_back_by"] is None else PayoutProof.CALL_BACK
    return evidence | {
        "proved_by": by_call if code is None else PayoutProof.CODE,
        "code_index": code,
        "on": said["on"].isoformat(),
        "how": said["how"],
        "called_back_by": said["called_back_by"],
    }


def _check_evidence(
    register: Register, loan: Loan, payout: Mapping[str, Any], desk: Desk, *, scope: Scope
) -> None:
    evidence = Evidence(
        PayoutHow(payout["how"]),
        payout["witness_id"],
        payout["photo"],
        payout["account_last4"],
        payout["code_index"] is not None,
        payout["called_back_by"],
    )
    own = _own_accounts(register, loan, desk, scope=scope)
    actor = register.work.actor.person_id
    require_evidence(evidence, own, payer_id=actor, approver_id=loan.approver_id or "")
    if not register.people.works_in(scope, evidence.witness_id):
        raise WitnessUnfit(field="evidence.witness_id")
    if evidence.called_back_by is not None and not register.people.works(evidence.called_back_by):
        raise WitnessUnfit(field="called_back_by")
    if own.mobile_last4 is not None:
        prove_by_telephone(register, loan, evidence, payout["code_index"], desk)


def _own_accounts(register: Register, loan: Loan, desk: Desk, *, scope: Scope) -> OwnAccounts:
    member = register.members.show(scope, loan.member_id)
    answers = {row["purpose"]: row["given"] for row in register.members.consents_of(loan.member_id)}
    mobile = desk.numbers.show(member, MOBILE)
    account = loan.bank_account if loan.bank_account_seen else None
    bank = None if account is None else desk.numbers.show_of_loan(BANK_ACCOUNT, loan.id, account)
    return OwnAccounts(
        agreed_to_photo=answers.get(PHOTO, False),
        mobile_last4=None if mobile is None else ending(mobile),
        bank_last4=None if bank is None else ending(bank),
    )


def _people(register: Register, loan: Loan) -> tuple[BesidePerson, ...]:
    return tuple(
        BesidePerson(
            role=LoanRole(row["role"]),
            relation=row["relation"],
            member_id=row["member_id"],
            name=row["name"],
            nid=None,
            nid_index=row["nid_index"],
            consent=row["consent"],
        )
        for row in register.loans.people_of(loan.id)
    )


def _ledger_command(loan: Loan, fixed: Fixed) -> dict[str, Any]:
    """Return what transactions is asked, the snapshot of the agreement included (mechanics B1)."""
    product, schedule = fixed.product, fixed.agreed.schedule
    return {
        "id": loan.id,
        "member_id": loan.member_id,
        "office_id": fixed.borrower.branch_id,
        "code": fixed.code,
        "on": schedule.disbursed_on,
        "principal": loan.principal,
        "approved_by": loan.approver_id,
        "terms": {
            "version": FIRST,
            "product_code": product.code,
            "product_version": product.version,
            "product_name_bn": product.name_bn,
            "product_name_en": product.name_en,
            "category": product.category,
            "fund": product.fund,
            "sex": fixed.borrower.sex,
            "cycle": fixed.cycle,
            "split": split_of(schedule.terms),
            "surplus_to": loan.surplus_to,
            "prepayable_instalments": product.prepayable_instalments,
            "allows_rebate": product.allows_rebate,
        },
        "rows": [
            {"due_on": row.due_on, "principal": row.principal, "service_charge": row.charge}
            for row in schedule.rows
        ],
    }

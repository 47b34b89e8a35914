"""The code that a borrower says when she gets the money: sent, tried, used once (rules L4, P2)."""

from typing import Any

from accounts.domain.lending.loans import Evidence, Loan, require_other_people, require_state
from accounts.domain.lending.payout_codes import (
    SENDING_TIME,
    PayoutCode,
    require_sendable,
    require_telephone,
    require_tryable,
)
from accounts.domain.number_changes import CODE_LIFE
from accounts.domain.numbers import masked
from accounts.domain.scope import Scope
from accounts.operations.desk import Desk
from accounts.operations.loan_proposals import require_not_kin
from accounts.private_numbers import MOBILE, PrivateNumbers, draw_code
from accounts.repository import Register
from contracts.accounts.loan_errors import PayoutCodeExpired, TelephoneMissing
from contracts.accounts.loan_words import LoanState
from contracts.accounts.loans import PAYOUT_CODE_SENT
from contracts.digits import to_latin


def send_code(register: Register, loan_id: str, desk: Desk, *, scope: Scope) -> dict[str, Any]:
    """Send her a code for the payout of an approved loan; the one before ends.

    Raises:
        NotFound: there is no such loan in scope.
        LoanNotInState: it is not approved, or is paid out already.
        MakerIsChecker, PersonExcluded: the sender may not pay it out (rule M8).
        TelephoneMissing: she has none.
        PayoutCodesSpent: so many went out lately.
    """
    loan = register.loans.hold(scope, loan_id)
    require_state(loan, LoanState.APPROVED)
    require_payer(register, loan)
    member = register.members.show(scope, loan.member_id)
    mobile = desk.numbers.show(member, MOBILE)
    if mobile is None:
        raise TelephoneMissing
    now, drawn = register.work.now, draw_code()
    require_sendable(register.payout_codes.count_since(loan.id, now - SENDING_TIME))
    before = register.payout_codes.last_of(loan.id)
    code = PayoutCode(
        loan_id=loan.id,
        send=1 if before is None else before.send + 1,
        code_index=desk.numbers.code_index(loan.id, drawn),
        sent_by=register.work.actor.person_id,
        sent_at=now,
        ends_at=now + CODE_LIFE,
    )
    register.payout_codes.add(code)
    told = {"loan_id": loan.id, "member_id": loan.member_id, "on": desk.today, "send": code.send}
    seal = desk.numbers.sealed_for
    sealed = {"mobile": seal("notifications", mobile), "code": seal("notifications", drawn)}
    register.work.tell(PAYOUT_CODE_SENT, told | sealed | {"amount": loan.principal})
    register.work.audit("send_payout_code", "loan", loan.id, {"send": code.send})
    return {
        "loan_id": loan.id,
        "mobile_masked": masked(mobile),
        "send": code.send,
        "ends_at": code.ends_at,
        "tries_left": code.tries_left,
    }


def count_try(register: Register, loan_id: str, *, scope: Scope) -> PayoutCode | None:
    """Count a try of a code before it is looked at, so that a refusal does not take it back.

    Returns:
        The code to compare with, the try counted; None where the loan does not wait for a payout any more.

    Raises:
        NotFound: there is no such loan in scope.
        MakerIsChecker, PersonExcluded: who tries may not pay it out (rule M8).
        PayoutCodeNotSent, PayoutCodeTriedOut, PayoutCodeExpired: it opens nothing.
    """
    loan = register.loans.hold(scope, loan_id)
    if loan.state is not LoanState.APPROVED:
        return None
    require_payer(register, loan)
    code = require_tryable(register.payout_codes.last_of(loan.id), register.work.now)
    register.payout_codes.change(code, tries_left=code.tries_left - 1)
    return code


def prove_by_telephone(
    register: Register, loan: Loan, evidence: Evidence, said: str | None, desk: Desk
) -> None:
    """Use the code that she said up, or accept who called her instead.

    Args:
        register: The register.
        loan: Of a member with a telephone; held.
        evidence: How the payout is proved.
        said: The digest of what she said.
        desk: Whether a call may take a code's place.

    Raises:
        PhoneCallMissing, PayoutCodeMissing, PayoutCodeNotSent: as `require_telephone`.
        PayoutCodeExpired: another code was sent, or this one used, since it was compared.
    """
    code = register.payout_codes.last_of(loan.id)
    require_telephone(evidence, code, desk.lending, register.work.actor.person_id, register.work.now)
    if said is None:
        return
    if code is None or code.used_at is not None or code.code_index != said:
        raise PayoutCodeExpired(field="code")
    register.payout_codes.change(code, used_at=register.work.now)


def require_payer(register: Register, loan: Loan) -> None:
    """Let only who took no step before, and is no kin of hers, pay a loan out (rule M8).

    Raises:
        MakerIsChecker, PersonExcluded: as named.
    """
    require_not_kin(register, loan.member_id)
    require_other_people(register.work.actor.person_id, loan.maker_id, loan.approver_id)


def digest_of(loan_id: str, sealed: str | None, numbers: PrivateNumbers) -> str | None:
    """Return the digest of a code as she said it, in the digits of either script.

    Raises:
        InvalidPayload: it cannot be opened.
    """
    if sealed is None:
        return None
    return numbers.code_index(loan_id, to_latin(numbers.unsealed("code", sealed)).strip())

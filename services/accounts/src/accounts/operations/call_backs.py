"""The area asks a part of the members whether the loan came into their hands (rule L4)."""

from collections.abc import Mapping
from typing import Any

from accounts.domain.scope import Scope
from accounts.operations.loan_proposals import require_not_kin
from accounts.repository import Register
from contracts.accounts.loan_words import CallBackOutcome
from contracts.errors import AlreadyDecided


def record_call_back(register: Register, said: Mapping[str, Any], *, scope: Scope) -> None:
    """Write what she said; who was not reached is called again.

    Raises:
        NotFound: no such payout was drawn in scope.
        PersonExcluded: she is the caller's kin (rule M8).
        AlreadyDecided: she said something else before.
    """
    call = register.loan_files.hold_call(scope, said["loan_id"])
    require_not_kin(register, call["member_id"])
    if call["outcome"] not in (None, CallBackOutcome.NOT_REACHED):
        if call["outcome"] != said["outcome"]:
            raise AlreadyDecided(state=call["outcome"])
        return
    register.loan_files.record_call(said["loan_id"], said["outcome"], said["note"])
    register.work.audit("record_call_back", "loan", said["loan_id"], {"outcome": said["outcome"]})

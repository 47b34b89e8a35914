"""What is asked about a loan's end, and waits for its second person. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from contracts.transactions.ledger_words import ApprovalKind
from contracts.transactions.lending_endings_errors import SettledAlready
from contracts.transactions.lending_words import LoanStatus
from transactions.domain.lending.loans import Loan, require_running
from transactions.domain.requests import fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingRequest:
    """One request of the maker's; the id becomes the entry's.

    Attributes:
        evidence: What proves it: her mark, a certificate, the board's resolution.
        asked: What this kind of request says besides, as plain JSON.
    """

    id: str
    kind: ApprovalKind
    loan_id: str
    evidence: str
    reason: str
    maker_id: str
    asked: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """By which a repeated request is known."""
        return fingerprint(
            self.kind.value,
            loan=self.loan_id,
            evidence=self.evidence,
            reason=self.reason,
            maker=self.maker_id,
            **self.asked,
        )


def require_not_ended(loan: Loan) -> None:
    """Let something be asked of a loan that runs.

    Raises:
        SettledAlready: it was settled, and there is one rebate a loan (domain 4.8).
        LoanEnded: it ended otherwise.
    """
    if loan.status is LoanStatus.SETTLED:
        raise SettledAlready
    require_running(loan)

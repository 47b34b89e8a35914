"""Money of applicants: taken, moved when she is a member, else back in her hand in time (rule L8). Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid5

from contracts.errors import MakerIsChecker
from contracts.money import Paisa
from contracts.transactions.applicant_errors import ApplicantDecided
from transactions.domain.chart import Ledgers, OfficeAccount, Side
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry, EntryKind, Posting
from transactions.domain.requests import fingerprint

REFUND_DAYS = 7
"""Within how many days money goes back to who has not become a member (rule L8)."""
APPLYING, ADMITTED = "applicant", "active"
_MOVES = UUID("d1f4a1c8-2f8b-5d27-9a35-9f3e5d0b7c12")


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """Somebody who asked to become a member; the id is a member's, once she is one."""

    id: str
    name_bn: str
    name_en: str
    samity_id: str
    branch_id: str
    status: str

    @property
    def money(self) -> OfficeAccount:
        """The account on which her branch keeps what it owes her."""
        return OfficeAccount(Ledgers.APPLICANTS_MONEY, self.branch_id, self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicantReceiptRequest:
    """Cash at the counter, in paisa, whole taka."""

    entry_id: str
    applicant_id: str
    amount: Paisa
    note: str | None
    taken_by: str

    @property
    def fingerprint(self) -> str:
        """By which a repeated request is known."""
        return fingerprint(
            "applicant_receipt",
            applicant=self.applicant_id,
            amount=self.amount,
            note=self.note,
            taken_by=self.taken_by,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicantRefundRequest:
    """All of it goes back; the id becomes the entry's."""

    id: str
    applicant_id: str
    reason: str
    mark: str
    witness_id: str
    paid_by: str

    @property
    def fingerprint(self) -> str:
        """By which a repeated request is known."""
        return fingerprint(
            "applicant_refund",
            applicant=self.applicant_id,
            reason=self.reason,
            mark=self.mark,
            witness=self.witness_id,
            paid_by=self.paid_by,
        )


def refund_by(received_on: date) -> date:
    """Return the last day on which money may stay with the branch."""
    return received_on + timedelta(days=REFUND_DAYS)


def require_applying(applicant: Applicant, *, moved: bool) -> None:
    """Let money be taken of who still waits for the manager.

    Raises:
        ApplicantDecided: she is a member, who saves on her account, or was turned down.
    """
    if moved or applicant.status != APPLYING:
        raise ApplicantDecided(status=ADMITTED if moved else applicant.status)


def require_refundable(applicant: Applicant, *, moved: bool, payer_id: str, witness_id: str) -> None:
    """Let money go back to who is no member, before a witness.

    Raises:
        ApplicantDecided: she is a member: it goes onto her savings by itself.
        MakerIsChecker: the payer is his own witness.
    """
    if applicant.status == ADMITTED and not moved:
        raise ApplicantDecided(status=applicant.status)
    if payer_id == witness_id:
        raise MakerIsChecker


def entry_of_receipt(
    request: ApplicantReceiptRequest, applicant: Applicant, day: OpenDay, receipt: str
) -> Entry:
    """Debit the vault, credit what the branch owes her."""
    vault = OfficeAccount(Ledgers.VAULT, applicant.branch_id)
    return Entry(
        id=request.entry_id,
        office_id=applicant.branch_id,
        kind=EntryKind.APPLICANT_RECEIPT,
        business_on=day.on,
        value_on=day.on,
        maker_id=request.taken_by,
        officer_id=request.taken_by,
        reason=request.note,
        fingerprint=request.fingerprint,
        postings=(
            Posting(vault.id, Side.DEBIT, request.amount),
            Posting(applicant.money.id, Side.CREDIT, request.amount, request.entry_id, receipt),
        ),
    )


def entry_of_refund(
    request: ApplicantRefundRequest, applicant: Applicant, amount: Paisa, day: OpenDay, receipt: str
) -> Entry:
    """Debit what the branch owes her, credit the vault."""
    vault = OfficeAccount(Ledgers.VAULT, applicant.branch_id)
    return Entry(
        id=request.id,
        office_id=applicant.branch_id,
        kind=EntryKind.APPLICANT_REFUND,
        business_on=day.on,
        value_on=day.on,
        maker_id=request.paid_by,
        checker_id=request.witness_id,
        officer_id=request.paid_by,
        reason=request.reason,
        fingerprint=request.fingerprint,
        postings=(
            Posting(applicant.money.id, Side.DEBIT, amount, request.id, receipt),
            Posting(vault.id, Side.CREDIT, amount),
        ),
    )


def entry_of_move(applicant: Applicant, account_id: str, amount: Paisa, day: OpenDay, by: str) -> Entry:
    """Debit what the branch owes her, credit her savings: no cash moves, and it is done once."""
    entry_id = move_id(applicant.id)
    return Entry(
        id=entry_id,
        office_id=applicant.branch_id,
        kind=EntryKind.APPLICANT_RECEIPT,
        business_on=day.on,
        value_on=day.on,
        maker_id=by,
        officer_id=by,
        postings=(
            Posting(applicant.money.id, Side.DEBIT, amount),
            Posting(account_id, Side.CREDIT, amount, entry_id),
        ),
    )


def move_id(applicant_id: str) -> str:
    """Return the id of the entry that moves all that was held of her."""
    return str(uuid5(_MOVES, applicant_id))

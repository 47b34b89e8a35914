"""All that is known of one member, asked of every service at once, and what may be done for her next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import flash

from contracts.accounts import GET_MEMBER
from contracts.accounts.histories import LIST_MEMBER_HISTORY
from contracts.accounts.loan_words import LoanState
from contracts.accounts.loans import LIST_LOANS as LIST_AGREED_LOANS
from contracts.accounts.notes import LIST_NOTES
from contracts.accounts.passbooks import LIST_PASSBOOKS
from contracts.accounts.pictures import LIST_PICTURES
from contracts.errors import Kind, ServiceError
from contracts.notifications import LIST_MESSAGES
from contracts.transactions.ledger import READ_PASSBOOK
from contracts.transactions.lending import LIST_LOANS
from gateway.asking import ask_each
from gateway.auth import may
from gateway.errors import problem_of
from gateway.portal.member_acts import Act, acts_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contracts.calls import Method

BRIEF = 8
"""How many messages and requests her page shows; their own pages show all."""
ON_THE_WAY = {LoanState.PROPOSED, LoanState.RECOMMENDED, LoanState.APPROVED, LoanState.DISBURSING}
WAITING = {"waiting", "opening"}


@dataclass(frozen=True, slots=True)
class MemberFile:
    """Everything on one member's page; what may not be seen, or could not be read just now, is None."""

    member: dict[str, Any]
    book: dict[str, Any] | None
    loans: dict[str, Any] | None
    agreed: dict[str, Any] | None
    papers: dict[str, Any] | None
    pictures: dict[str, Any] | None
    notes: dict[str, Any] | None
    history: dict[str, Any] | None
    messages: dict[str, Any] | None

    @property
    def pending(self) -> list[dict[str, Any]]:
        """What is on its way into her book, apart from what is in it. Rule M1."""
        return [line for line in self.lines if line["status"] == "pending"]

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The latest lines of her passbook."""
        return list(self.book["lines"]) if self.book else []

    @property
    def asked_loans(self) -> list[dict[str, Any]]:
        """Loans between the wish and the payout."""
        return [loan for loan in items_of(self.agreed) if loan["state"] in ON_THE_WAY]

    @property
    def waiting(self) -> list[dict[str, Any]]:
        """What somebody asked for about her and nobody decided yet, or what is still being done."""
        return [one for one in items_of(self.history) if one["state"] in WAITING]

    @property
    def acts(self) -> list[Act]:
        """What may be done next, by her state and by the reader's permissions."""
        return acts_for(self.member, items_of(self.papers))


def items_of(page: dict[str, Any] | None) -> list[dict[str, Any]]:
    """The items of a page that may be missing."""
    return list(page["items"]) if page else []


def read_member_file(member_id: str) -> MemberFile:
    """Ask every service at once for its part of her page; a silent one leaves its part out, and it is said.

    Raises:
        ServiceError: she herself cannot be shown.
    """
    hers = {"member_id": member_id}
    parts: dict[str, tuple[Method, dict[str, Any]]] = {
        "book": (READ_PASSBOOK, hers),
        "loans": (LIST_LOANS, hers),
        "agreed": (LIST_AGREED_LOANS, hers),
        "papers": (LIST_PASSBOOKS, hers),
        "pictures": (LIST_PICTURES, hers),
        "notes": (LIST_NOTES, hers | {"limit": BRIEF}),
        "history": (LIST_MEMBER_HISTORY, hers | {"limit": BRIEF}),
        "messages": (LIST_MESSAGES, hers),
    }
    asked = {name: part for name, part in parts.items() if may(part[0].permission or "")}
    member, *answers = ask_each([(GET_MEMBER, {"id": member_id}), *asked.values()])
    if isinstance(member, ServiceError):
        raise member
    found: dict[str, dict[str, Any] | None] = dict.fromkeys(parts)
    found |= {
        name: None if isinstance(answer, ServiceError) else answer
        for name, answer in zip(asked, answers, strict=True)
    }
    tell_silence(member, answers)
    return MemberFile(member=member, **found)


def tell_silence(member: dict[str, Any], answers: Sequence[dict[str, Any] | ServiceError]) -> None:
    """Say once each why parts are missing; of an applicant the book knows nothing, which is no fault."""
    refusals = [answer for answer in answers if isinstance(answer, ServiceError)]
    told = [one for one in refusals if member["code"] or one.kind != Kind.NOT_FOUND]
    for sentence in dict.fromkeys(problem_of(one).detail for one in told):
        flash(sentence, "warning")

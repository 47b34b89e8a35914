"""The people beside the borrower: who stands in for her, and whether they may (rule P10). Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.domain.lending.eligibility import Borrower
from accounts.domain.lending.loans import LendingLimits
from contracts.accounts.loan_errors import (
    GuarantorIsBorrower,
    GuarantorNotActive,
    GuarantorOverCommitted,
    GuarantorsMissing,
    PersonConsentMissing,
)
from contracts.accounts.loan_words import LoanRole
from contracts.errors import InvalidPayload


@dataclass(frozen=True, slots=True, kw_only=True)
class BesidePerson:
    """Somebody beside the borrower: a member, or anybody else by name and identity number.

    Attributes:
        nid: The identity number of who is no member, in its normal form.
        nid_index: Its blind index, or that of the member.
        consent: How he agreed to being written down, in the wire's form.
    """

    role: LoanRole
    relation: str
    member_id: str | None
    name: str | None
    nid: str | None
    nid_index: str
    consent: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class GuarantorSoFar:
    """What is known of a guarantor: for how many open loans he stands in, and what he is here.

    Attributes:
        member: The member that he is; None for anybody else.
    """

    guarantees: int
    member: Borrower | None


def check_named(people: Sequence[BesidePerson]) -> None:
    """Let everybody be either a member, or named, numbered and agreed (rule P10); nobody twice in one role.

    Raises:
        InvalidPayload: somebody is both or neither, or stands there twice.
        PersonConsentMissing: somebody did not agree.
    """
    for number, person in enumerate(people):
        if (person.member_id is None) == (person.name is None):
            raise InvalidPayload({f"people.{number}.member_id": ["MEMBER_OR_NAME"]})
        if person.member_id is None and person.consent is None:
            raise PersonConsentMissing(field=f"people.{number}.consent", name=person.name)
    if len({(person.role, person.nid_index) for person in people}) != len(people):
        raise InvalidPayload.of(people="TWICE")


def check_guarantors(
    people: Sequence[BesidePerson],
    so_far: Mapping[str, GuarantorSoFar],
    borrower: Borrower,
    *,
    needed: int,
    limits: LendingLimits,
) -> None:
    """Refuse too few guarantors, or one who cannot stand in.

    Args:
        people: All who stand beside her.
        so_far: What is known of each guarantor, by the index of his identity number.
        borrower: She.
        needed: How many the product asks for.
        limits: With for how many loans one may stand in.

    Raises:
        GuarantorsMissing, GuarantorIsBorrower, GuarantorNotActive, GuarantorOverCommitted: as named.
    """
    guarantors = [person for person in people if person.role is LoanRole.GUARANTOR]
    if len(guarantors) < needed:
        raise GuarantorsMissing(field="people", needed=needed)
    for guarantor in guarantors:
        known = so_far[guarantor.nid_index]
        if guarantor.nid_index == borrower.nid_index:
            raise GuarantorIsBorrower(field="people")
        if known.member is not None and not known.member.is_active:
            raise GuarantorNotActive(field="people", name=known.member.name_bn)
        if known.guarantees >= limits.guarantees:
            raise GuarantorOverCommitted(most=limits.guarantees)

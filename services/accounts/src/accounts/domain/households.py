"""Households and shared telephones: what maker and checker are warned of. Pure.

Phones are shared in villages, so nothing here refuses (rule P1 refuses only staff's numbers).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from accounts.domain.admission import Address, AdmissionLimits
from accounts.domain.names import loose_key, words_of


class Warned(StrEnum):
    """What an admission makes one look at twice."""

    MANY_MEMBERS = "mobile_on_many_members"
    MANY_HOUSEHOLDS = "mobile_in_many_households"
    HOUSEHOLD_HAS_MEMBERS = "household_has_members"
    SAME_PERSON = "same_name_and_birth"
    FORMER_MEMBER = "former_member"


@dataclass(frozen=True, slots=True)
class Resemblance:
    """What is known already about an applicant's telephone, house, name and birth.

    Attributes:
        households_of_number: The household of each other person with the number; None where unknown.
        of_household: How many others live there.
        of_name_and_birth: How many others have her name and birth date.
        was_member: She was a member before (a rejoin, domain §2).
    """

    households_of_number: Sequence[str | None] = ()
    of_household: int = 0
    of_name_and_birth: int = 0
    was_member: bool = False


def household_of(address: Address) -> str | None:
    """Return a key that people of one house share; None where no house is said."""
    if not address.line:
        return None
    parts = (address.district, address.upazila, address.village, address.line)
    return "/".join(" ".join(loose_key(word) or word for word in words_of(part)) for part in parts)


def warnings_for(
    household: str | None, resemblance: Resemblance, limits: AdmissionLimits
) -> tuple[Warned, ...]:
    """Return what maker and checker should look at, in a fixed order. Rule P1."""
    others = resemblance.households_of_number
    unknown = sum(1 for other in (*others, household) if other is None)
    known = {other for other in (*others, household) if other is not None}
    found = {
        Warned.MANY_MEMBERS: len(others) + 1 > limits.members_per_number,
        Warned.MANY_HOUSEHOLDS: len(known) + unknown > limits.households_per_number,
        Warned.HOUSEHOLD_HAS_MEMBERS: resemblance.of_household > 0,
        Warned.SAME_PERSON: resemblance.of_name_and_birth > 0,
        Warned.FORMER_MEMBER: resemblance.was_member,
    }
    return tuple(warning for warning, raised in found.items() if raised)

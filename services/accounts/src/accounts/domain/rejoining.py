"""Who was a member before: a rejoin is another membership of the same person. Pure (domain §2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from contracts.accounts.errors import FormerMemberBarred


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """A membership that is closed.

    Attributes:
        person_id: Who she is, in each of her memberships.
        deceased_on: The day of her death, where it ended the membership.
        blacklisted: She may not join again.
    """

    person_id: str
    deceased_on: date | None
    blacklisted: bool


def former_person(formers: Sequence[Former]) -> str | None:
    """Return who an applicant was before, by her identity number; None where she is new.

    Args:
        formers: Her closed memberships, the newest first.

    Raises:
        FormerMemberBarred: she is dead, or may not join again.
    """
    if any(former.deceased_on is not None for former in formers):
        raise FormerMemberBarred(field="nid", why="deceased")
    if any(former.blacklisted for former in formers):
        raise FormerMemberBarred(field="nid", why="blacklisted")
    return formers[0].person_id if formers else None

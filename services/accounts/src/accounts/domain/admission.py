"""The admission of a member: who may become one, and what must be said and agreed to first. Pure.

Rules L8 (an applicant has no code), P1 (telephone numbers) and P10 (consent).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.domain.calendar import age_on
from contracts.accounts.errors import AgeOutsideLimits, ConsentMissing, GuardianMissing, SharesNotHundred
from contracts.errors import InvalidPayload

ALL_OF_IT = 100
OF_AGE = 18
MEMBERSHIP = "membership"
MESSAGES = "messages"
CLOCKS_DIFFER = timedelta(minutes=10)
"""By how much an officer's phone may be ahead of the server."""


@dataclass(frozen=True, slots=True)
class AdmissionLimits:
    """What the institution sets; the defaults are the usual ones (domain §2, rule P1).

    Attributes:
        youngest: Whole years that a new member has at least.
        oldest: Whole years that a new member has at most.
        members_per_number: On how many members one telephone number raises no question.
        households_per_number: In how many households one telephone number raises no question.
    """

    youngest: int = 18
    oldest: int = 60
    members_per_number: int = 4
    households_per_number: int = 1


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody lives; `line` is the house, road or para, `union` may be a ward of a town."""

    village: str
    post: str
    upazila: str
    district: str
    line: str | None = None
    union: str | None = None


@dataclass(frozen=True, slots=True)
class Guardian:
    """Who receives the share of a nominee under age."""

    name: str
    relation: str


@dataclass(frozen=True, slots=True)
class Nominee:
    """Who receives which part of a member's money after her death."""

    name: str
    relation: str
    birth_on: date
    share_percent: int
    guardian: Guardian | None = None


@dataclass(frozen=True, slots=True)
class Consent:
    """A member's answer to one purpose, and how it was obtained (rule P10)."""

    purpose: str
    given: bool
    text_version: str
    language: str
    read_aloud_by: str
    mark: str
    witness: str
    at: datetime


def check_age(birth_on: date, *, today: date, limits: AdmissionLimits) -> None:
    """Refuse who is too young or too old on the day of admission.

    Raises:
        AgeOutsideLimits: with the limits in whole years.
    """
    if not limits.youngest <= age_on(birth_on, today) <= limits.oldest:
        raise AgeOutsideLimits(field="birth_on", youngest=limits.youngest, oldest=limits.oldest)


def check_nominees(nominees: Sequence[Nominee], *, today: date) -> None:
    """Refuse nominees whose shares do not make 100, or who are under age without a guardian.

    Raises:
        SharesNotHundred: with the total in percent.
        GuardianMissing: with the first such nominee's name.
        InvalidPayload: a nominee is not born yet.
    """
    for number, nominee in enumerate(nominees):
        if nominee.birth_on > today:
            raise InvalidPayload({f"nominees.{number}.birth_on": ["IN_THE_FUTURE"]})
    total = sum(nominee.share_percent for nominee in nominees)
    if total != ALL_OF_IT:
        raise SharesNotHundred(field="nominees", total=total)
    for number, nominee in enumerate(nominees):
        if age_on(nominee.birth_on, today) < OF_AGE and nominee.guardian is None:
            raise GuardianMissing(field=f"nominees.{number}.guardian", nominee=nominee.name)


def check_consents(consents: Sequence[Consent], *, purposes: Sequence[str], now: datetime) -> None:
    """Refuse an admission without her answer to every purpose, membership agreed to. Rule P10.

    Raises:
        ConsentMissing: with the purpose.
        InvalidPayload: a purpose is answered twice, or in the future.
    """
    answers = {consent.purpose: consent for consent in consents}
    if len(answers) != len(consents):
        raise InvalidPayload.of(consents="TWICE")
    if any(consent.at > now + CLOCKS_DIFFER for consent in consents):
        raise InvalidPayload.of(consents="IN_THE_FUTURE")
    for purpose in purposes:
        answer = answers.get(purpose)
        if answer is None or (purpose == MEMBERSHIP and not answer.given):
            raise ConsentMissing(field="consents", purpose=purpose)

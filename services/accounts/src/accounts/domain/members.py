"""Members, and the deciding of their admission. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from accounts.domain.admission import Address, Consent, Nominee
from contracts.actor import Actor
from contracts.errors import AlreadyDecided, MakerIsChecker, PersonExcluded, ReasonMissing


class Status(StrEnum):
    """Where a person stands with the institution (rule L8: an applicant is no member)."""

    APPLICANT = "applicant"
    ACTIVE = "active"
    REJECTED = "rejected"
    CLOSED = "closed"


class Stage(StrEnum):
    """Where an admission stands; `opening` until her savings account is in the ledger."""

    WAITING = "waiting"
    OPENING = "opening"
    APPROVED = "approved"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmissionForm:
    """What the field officer entered, the numbers in their normal form."""

    id: str
    samity_id: str
    name_bn: str
    name_en: str
    father_or_spouse_bn: str | None
    father_or_spouse_en: str | None
    sex: str
    birth_on: date
    nid: str
    mobile: str | None
    address: Address
    nominees: Sequence[Nominee]
    consents: Sequence[Consent]
    language: str
    passbook_number: str
    warnings_seen: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """An admission that waits or was decided."""

    id: str
    member_id: str
    samity_id: str
    stage: Stage
    maker_id: str
    checker_id: str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the manager says about an admission."""

    approve: bool
    reason: str | None


def settled(admission: Admission, verdict: Verdict, checker: Actor) -> bool:
    """Tell whether the same person said the same before: then the first answer stands.

    Raises:
        AlreadyDecided: it was decided otherwise, or by somebody else; with the stage it is in.
    """
    if admission.stage is Stage.WAITING:
        return False
    approved = admission.stage is not Stage.DECLINED
    if admission.checker_id != checker.person_id or approved != verdict.approve:
        raise AlreadyDecided(state=str(admission.stage))
    return True


def check_checker(admission: Admission, verdict: Verdict, checker: Actor) -> None:
    """Refuse a checker who made it, or whose own or kin's it is, or who declines without a reason. Rule M8.

    Raises:
        MakerIsChecker: the same person entered it, in whatever role.
        PersonExcluded: she is the checker himself or declared kin.
        ReasonMissing: declined without saying why.
    """
    if admission.maker_id == checker.person_id:
        raise MakerIsChecker
    if admission.member_id in checker.excluded_members:
        raise PersonExcluded
    if not verdict.approve and not verdict.reason:
        raise ReasonMissing(field="reason")

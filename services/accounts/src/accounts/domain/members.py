"""Members, and what an officer enters of them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from accounts.domain.admission import Address, Consent, Nominee


class Status(StrEnum):
    """Where a person stands with the institution (rule L8: an applicant is no member)."""

    APPLICANT = "applicant"
    ACTIVE = "active"
    CLOSING = "closing"
    REJECTED = "rejected"
    CLOSED = "closed"


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

"""The people and offices around the money, as far as the ledger needs to know them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody's name in both languages."""

    id: str
    name_bn: str
    name_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office at its place in the tree, `/HO/A01/B001/`."""

    id: str
    code: str
    level: str
    parent_id: str | None
    path: str
    name_bn: str
    name_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """A staff person in the posting he holds."""

    id: str
    name_bn: str
    name_en: str
    role: str
    office_id: str | None
    active: bool
    from_on: date | None
    to_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Samity:
    """A samity with its meeting day (1 is Saturday) and its officer."""

    id: str
    code: str
    name_bn: str
    name_en: str
    branch_id: str
    meeting_weekday: int
    officer_id: str | None
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member of a samity; an applicant has no code yet (rule L8)."""

    id: str
    code: str | None
    name_bn: str
    name_en: str
    samity_id: str
    branch_id: str
    status: str
    language: str
    admitted_on: date | None
    deceased_on: date | None = None

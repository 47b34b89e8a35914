"""A samity: members of one neighbourhood who meet on a weekday with a field officer. Pure."""

from dataclasses import dataclass
from datetime import date, time

from contracts.accounts.errors import NotABranch, OfficerNotOfBranch, SamityFull, SamityNotActive
from contracts.permissions import Role

BRANCH = "branch"


@dataclass(frozen=True, slots=True)
class Office:
    """An office, as identity told of it."""

    id: str
    code: str
    level: str
    path: str


@dataclass(frozen=True, slots=True)
class Officer:
    """A staff person with the posting that counts, as identity told of it."""

    id: str
    role: str
    office_id: str
    active: bool
    to_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SamityOpening:
    """What somebody asks for who opens a samity; without `serial` the next one is taken."""

    id: str
    branch_id: str
    serial: int | None
    name_bn: str
    name_en: str
    kind: str
    village: str
    meeting_weekday: int
    meeting_time: time | None
    officer_id: str
    opened_on: date
    max_members: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Samity:
    """What of a samity decides whom it takes and how they are called."""

    id: str
    branch_id: str
    code: str
    max_members: int
    active: bool


def check_branch(office: Office) -> None:
    """Refuse a samity in an office that is no branch.

    Raises:
        NotABranch: it is not.
    """
    if office.level != BRANCH:
        raise NotABranch(field="branch_id")


def check_officer(officer: Officer | None, *, branch_id: str, on: date) -> None:
    """Refuse an officer who does not work as one in the branch on a day.

    Raises:
        OfficerNotOfBranch: he is unknown, of another office or role, switched off, or gone by then.
    """
    if (
        officer is None
        or not officer.active
        or officer.role != Role.FIELD_OFFICER
        or officer.office_id != branch_id
        or (officer.to_on is not None and officer.to_on < on)
    ):
        raise OfficerNotOfBranch(field="officer_id")


def check_room(samity: Samity, *, members: int) -> None:
    """Refuse another member where the samity is closed or full; applicants count.

    Raises:
        SamityNotActive: it takes nobody.
        SamityFull: with how many it may have.
    """
    if not samity.active:
        raise SamityNotActive(field="samity_id")
    if members >= samity.max_members:
        raise SamityFull(field="samity_id", max_members=samity.max_members)

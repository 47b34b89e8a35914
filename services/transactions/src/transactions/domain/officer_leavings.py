"""An officer leaves: what must be so, and the lists of balances that he and who follows him sign. Rule P8."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256

from contracts.money import Paisa
from contracts.transactions.officer_leaving_errors import (
    LeavingIsOver,
    LeavingUnfinished,
    ListHasMoved,
    NotAnOfficerHere,
    NotYoursToSign,
)
from contracts.transactions.officer_leaving_words import LeavingCheck
from transactions.domain.passbook_checks import Check, Drawable, check_of
from transactions.domain.people import Staff

PASSBOOKS_WITHIN = timedelta(days=30)
"""Within how long the passbooks of all his members are looked at."""
OFFICER_ROLE = "field_officer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """An officer's leaving; `finished_by` and `finished_at` are None until everything is so."""

    id: str
    office_id: str
    officer_id: str
    successor_id: str
    reason: str
    begun_by: str
    begun_on: date
    begun_at: datetime
    fingerprint: str
    finished_by: str | None = None
    finished_at: datetime | None = None

    @property
    def passbooks_by(self) -> date:
        """Until when the passbooks are looked at."""
        return self.begun_on + PASSBOOKS_WITHIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A member's balances on a list, in paisa: what she has saved, what she owes of principal."""

    member_id: str
    savings: Paisa
    loans: Paisa


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One drawing of a samity's list, with who has signed it."""

    samity_id: str
    number: int
    digest: str
    drawn_at: datetime
    members: int
    savings: Paisa
    loans: Paisa
    officer_signed_at: datetime | None = None
    successor_signed_at: datetime | None = None

    @property
    def is_signed(self) -> bool:
        """Whether both have signed."""
        return self.officer_signed_at is not None and self.successor_signed_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How things stand with an officer: what of his is not in the book yet, cash and debts in paisa."""

    open_sheets: int
    open_handovers: int
    cash: Paisa
    receivable: Paisa
    samities: frozenset[str]
    may_work: bool

    @property
    def nothing_open(self) -> bool:
        """Whether all of his is in the book."""
        return self.open_sheets == 0 and self.open_handovers == 0


def digest_of(lines: Iterable[Line]) -> str:
    """Return what tells a list from one with other balances."""
    text = ";".join(f"{one.member_id}={one.savings}/{one.loans}" for one in sorted(lines, key=_by_member))
    return sha256(text.encode()).hexdigest()


def drawn(samity_id: str, lines: Sequence[Line], *, number: int, at: datetime) -> Sheet:
    """Return a new drawing of a samity's list, which nobody has signed."""
    return Sheet(
        samity_id=samity_id,
        number=number,
        digest=digest_of(lines),
        drawn_at=at,
        members=len(lines),
        savings=Paisa(sum(one.savings for one in lines)),
        loans=Paisa(sum(one.loans for one in lines)),
    )


def has_moved(sheet: Sheet, standing: Standing, now: Mapping[str, str]) -> bool:
    """Tell whether a list no longer holds.

    Once both have signed and the samity is another's, what moves there is no longer his: the list stands.
    Else the first collection of who follows would call him back to sign again.
    """
    stands = sheet.is_signed and sheet.samity_id not in standing.samities
    return not stands and sheet.digest != now.get(sheet.samity_id)


def checklist(
    sheets: Collection[Sheet], standing: Standing, now: Mapping[str, str]
) -> dict[LeavingCheck, bool]:
    """Return what is so already.

    Args:
        sheets: The newest drawing of each samity that was his when the leaving began.
        standing: How things stand with him.
        now: The digest of the balances of each of those samities as they are.
    """
    return {
        LeavingCheck.NOTHING_OPEN: standing.nothing_open,
        LeavingCheck.NO_CASH: standing.cash == 0,
        LeavingCheck.SAMITIES_GIVEN: not standing.samities,
        LeavingCheck.LISTS_SIGNED: all(one.is_signed and not has_moved(one, standing, now) for one in sheets),
        LeavingCheck.ACCESS_OFF: not standing.may_work,
    }


def require_officers(officer: Staff, successor: Staff, office_id: str) -> None:
    """Let one field officer of a branch follow another.

    Raises:
        NotAnOfficerHere: one of them is not, or they are the same.
    """
    ours = all(one.role == OFFICER_ROLE and one.office_id == office_id for one in (officer, successor))
    if not ours or officer.id == successor.id or not successor.active:
        raise NotAnOfficerHere


def require_running(leaving: Leaving) -> None:
    """Refuse what comes after the end.

    Raises:
        LeavingIsOver: he has left.
    """
    if leaving.finished_at is not None:
        raise LeavingIsOver


def require_handed_over(samity_id: str, standing: Standing) -> None:
    """Let a list be signed once nothing of what he took can move it any more.

    Raises:
        LeavingUnfinished: the samity is still his, or something of his is not in the book.
    """
    so = {
        LeavingCheck.NOTHING_OPEN: standing.nothing_open,
        LeavingCheck.SAMITIES_GIVEN: samity_id not in standing.samities,
    }
    require_finished(so)


def require_signer(leaving: Leaving, sheet: Sheet, *, person_id: str, number: int, now: str) -> bool:
    """Tell whether a signature is the officer's; only for the drawing that was read, which still holds.

    Raises:
        NotYoursToSign: he is neither of the two.
        ListHasMoved: another drawing is the newest, or the balances have moved since.
    """
    if person_id not in {leaving.officer_id, leaving.successor_id}:
        raise NotYoursToSign
    if sheet.number != number or sheet.digest != now:
        raise ListHasMoved
    return person_id == leaving.officer_id


def require_finished(checks: Mapping[LeavingCheck, bool]) -> None:
    """Let an officer go.

    Raises:
        LeavingUnfinished: something is missing, as the checklist calls it.
    """
    missing = [str(check) for check, done in checks.items() if not done]
    if missing:
        raise LeavingUnfinished(missing=missing)


def passbooks_of(leaving: Leaving, members: Iterable[Drawable], samities: Collection[str]) -> list[Check]:
    """Return the checks of all his members' passbooks, due within `PASSBOOKS_WITHIN` (rule P5 does them)."""
    return [
        replace(
            check_of(member, leaving.office_id, leaving.begun_on),
            officer_id=leaving.officer_id,
            due_on=leaving.passbooks_by,
        )
        for member in members
        if member.samity_id in samities
    ]


def _by_member(line: Line) -> str:
    return line.member_id

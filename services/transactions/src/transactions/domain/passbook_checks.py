"""Passbook checking: whose books of paper are looked at, and whether they say what the ledger says (rule P5).

The draw is pure: whoever knows its seed draws the same members again.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid5

from contracts.errors import PersonExcluded
from contracts.money import Paisa
from contracts.transactions.passbook_check_errors import PassbookIncomplete, PassbookInMotion
from contracts.transactions.passbook_check_words import PassbookCheckState
from transactions.domain.accounts import MemberAccount
from transactions.domain.days import first_of_month
from transactions.domain.ledger import Entry
from transactions.domain.month_ends import end_of
from transactions.domain.requests import fingerprint

ONE_IN = 20
"""Of how many members of an officer one is drawn: 5 %."""
MONTHS = 12
"""Within how many months every samity is looked at."""
OFTEN_ABSENT = 3
"""From how many absences in `ABSENT_WITHIN` on a member is more likely to be drawn."""
ABSENT_WITHIN = timedelta(days=91)
MORE_LIKELY = 3
"""How many times as likely those are drawn who are dormant or often absent."""
AT_LEAST = timedelta(days=14)
"""How long there is at least for looking at what was drawn."""
_CHECKS = UUID("5f1d7f0b-2f0f-5d0a-9a51-6c0c8f1f7a55")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawable:
    """A member whose passbook may be drawn.

    Attributes:
        officer_id: Who collects from her; None for a samity that has none just now.
        absences: From how many meetings she stayed away within `ABSENT_WITHIN`.
    """

    member_id: str
    samity_id: str
    officer_id: str | None
    dormant: bool
    absences: int

    @property
    def tickets(self) -> int:
        """How many chances she has."""
        return MORE_LIKELY if self.dormant or self.absences >= OFTEN_ABSENT else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The check of a drawn member's passbook."""

    id: str
    office_id: str
    month: date
    member_id: str
    samity_id: str
    officer_id: str | None
    due_on: date
    state: PassbookCheckState
    checked_by: str | None = None
    checked_at: datetime | None = None
    fingerprint: str | None = None
    excess_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What the passbook of paper said of an account, and what it should have said then, in paisa."""

    account_id: str
    paper: Paisa
    book: Paisa


def draw(members: Collection[Drawable], *, seed: str, looked_at: Mapping[str, date]) -> tuple[Drawable, ...]:
    """Draw whose passbooks are looked at in a month.

    Of each officer's members one in `ONE_IN`, rounded up; among them one of each samity whose turn it is:
    those that were not looked at for longest, as many as bring every samity its turn within `MONTHS`.

    Args:
        members: The members of a branch who have an account.
        seed: What nobody could know before.
        looked_at: The newest month in which a passbook of a samity was really looked at, by samity.

    Returns:
        Who was drawn, by samity and member.
    """
    by_rank = sorted(members, key=lambda member: _rank(member, seed))
    turns = set(_whose_turn({member.samity_id for member in members}, seed, looked_at))
    drawn = list(_first_of_each(by_rank, turns))
    for some in _by_officer(by_rank).values():
        already = [member for member in drawn if member.officer_id == some[0].officer_id]
        wanted = -(-len(some) // ONE_IN)
        rest = [member for member in some if member not in already]
        drawn += rest[: max(0, wanted - len(already))]
    return tuple(sorted(drawn, key=lambda member: (member.samity_id, member.member_id)))


def check_of(member: Drawable, office_id: str, on: date) -> Check:
    """Return the check that a draw on a business day brings about; its id follows from its month."""
    month = first_of_month(on)
    return Check(
        id=str(uuid5(_CHECKS, f"{office_id}:{month.isoformat()}:{member.member_id}")),
        office_id=office_id,
        month=month,
        member_id=member.member_id,
        samity_id=member.samity_id,
        officer_id=member.officer_id,
        due_on=max(end_of(month), on + AT_LEAST),
        state=PassbookCheckState.WAITING,
    )


def draw_of_samities(
    members: Iterable[Drawable], samity_ids: Collection[str], *, seed: str
) -> tuple[Drawable, ...]:
    """Draw members of some samities: of each one in `ONE_IN`, rounded up.

    Args:
        members: Who may be drawn.
        samity_ids: Of which samities.
        seed: What nobody could know before.

    Returns:
        Who was drawn, by samity and member.
    """
    by_rank = sorted(members, key=lambda member: _rank(member, seed))
    drawn: list[Drawable] = []
    for samity_id in samity_ids:
        hers = [member for member in by_rank if member.samity_id == samity_id]
        drawn += hers[: -(-len(hers) // ONE_IN)]
    return tuple(sorted(drawn, key=lambda member: (member.samity_id, member.member_id)))


def checks_after_excess(drawn: Iterable[Drawable], entry: Entry) -> list[Check]:
    """Return the checks that an excess brings about: whoever brought the cash looks at none (rule M7)."""
    return [
        replace(
            check_of(member, entry.office_id, entry.business_on),
            officer_id=entry.officer_id or member.officer_id,
            excess_id=entry.id,
        )
        for member in drawn
    ]


def require_checker(check: Check, person_id: str, excluded: Collection[str]) -> None:
    """Let nobody look at the book of his own kin, nor her officer at what he wrote himself.

    Raises:
        PersonExcluded: she is kin of his, or he collects from her (rule M8).
    """
    if check.member_id in excluded or check.officer_id == person_id:
        raise PersonExcluded


def compared(accounts: Sequence[MemberAccount], typed: Mapping[str, Paisa]) -> tuple[Paper, ...]:
    """Set what was typed beside what the paper should say: savings are written down when they are taken.

    Raises:
        PassbookIncomplete: not each open account, or another one, was typed.
        PassbookInMotion: an instalment is on its way; how much of it is principal is only known in the book.
    """
    if typed.keys() != {account.id for account in accounts}:
        raise PassbookIncomplete
    if any(account.is_loan and account.pending_in for account in accounts):
        raise PassbookInMotion
    return tuple(
        Paper(
            account_id=account.id, paper=typed[account.id], book=Paisa(account.balance + account.pending_in)
        )
        for account in accounts
    )


def state_after(papers: Iterable[Paper]) -> PassbookCheckState:
    """Return what a comparison comes to."""
    agrees = all(one.paper == one.book for one in papers)
    return PassbookCheckState.MATCHED if agrees else PassbookCheckState.DIFFERS


def record_fingerprint(check_id: str, typed: Mapping[str, Paisa], person_id: str) -> str:
    """Return by what a repeated record is known."""
    said = ",".join(f"{account}={typed[account]}" for account in sorted(typed))
    return fingerprint("record_passbook_check", check=check_id, papers=said, by=person_id)


def _rank(member: Drawable, seed: str) -> str:
    """Return her place in the draw: the best of her tickets."""
    texts = (f"{seed}:{member.member_id}:{ticket}" for ticket in range(member.tickets))
    return min(sha256(text.encode()).hexdigest() for text in texts)


def _whose_turn(samities: Collection[str], seed: str, looked_at: Mapping[str, date]) -> list[str]:
    def longest_ago(samity_id: str) -> tuple[date, str]:
        by_lot = sha256(f"{seed}:{samity_id}".encode()).hexdigest()
        return looked_at.get(samity_id, date.min), by_lot

    return sorted(samities, key=longest_ago)[: -(-len(samities) // MONTHS)]


def _first_of_each(by_rank: Sequence[Drawable], samities: set[str]) -> Iterator[Drawable]:
    left = set(samities)
    for member in by_rank:
        if member.samity_id in left:
            left.remove(member.samity_id)
            yield member


def _by_officer(by_rank: Sequence[Drawable]) -> dict[str | None, list[Drawable]]:
    found: dict[str | None, list[Drawable]] = {}
    for member in by_rank:
        found.setdefault(member.officer_id, []).append(member)
    return found

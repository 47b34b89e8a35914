"""Holidays: for the country, the institution, a branch or one samity; before their day (rule L3). Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid5

from accounts.domain.samities import BRANCH, Office
from contracts.accounts.approval_words import ApprovalKind
from contracts.accounts.holiday_errors import (
    HolidayBackdated,
    HolidayCollected,
    HolidayOutOfPlace,
    HolidaysExhausted,
    HolidayTooLong,
)
from contracts.accounts.holiday_words import HolidaySet
from contracts.errors import InvalidPayload

HEAD_OFFICE = "head_office"
MOST_A_YEAR = 12
"""How many holidays a year may move the loans of one samity, those for everybody apart (rule L3)."""
MOST_DAYS = 92
"""How many days one declaration shuts at most: a quarter of a year."""

_OF_ALL = frozenset({HolidaySet.GOVERNMENT, HolidaySet.ORGANISATION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """Days on which nothing is due, for an office with all below it or for one samity of it.

    Attributes:
        days: The earliest first; mostly one.
    """

    id: str
    holiday_set: HolidaySet
    office_id: str
    samity_id: str | None
    days: tuple[date, ...]
    name_bn: str
    name_en: str
    reason: str

    @property
    def on(self) -> date:
        """The first day."""
        return self.days[0]

    @property
    def until_on(self) -> date:
        """The last day."""
        return self.days[-1]

    @property
    def ids(self) -> dict[str, date]:
        """Under which id each day is known; the first one bears the declaration's."""
        return {self.id if day == self.on else _id_of(self.id, day): day for day in self.days}

    @property
    def is_local(self) -> bool:
        """Whether a branch wants it for itself, so that the area has a say where loans move."""
        return self.holiday_set not in _OF_ALL


def _id_of(holiday_id: str, day: date) -> str:
    return str(uuid5(UUID(holiday_id), day.isoformat()))


def days_until(on: date, until_on: date | None) -> tuple[date, ...]:
    """Return the days from the first to the last, both included; without a last one, the first alone.

    Raises:
        InvalidPayload: the last is before the first.
        HolidayTooLong: so many days at a time are shut by nobody.
    """
    if until_on is not None and until_on < on:
        raise InvalidPayload.of(until_on="DATES_ORDER")
    number = ((until_on or on) - on).days + 1
    if number > MOST_DAYS:
        raise HolidayTooLong(field="until_on", most=MOST_DAYS)
    return tuple(on + timedelta(days=each) for each in range(number))


def check_place(holiday: Holiday, office: Office) -> None:
    """Let the country's and the institution's holidays be of the head office, a samity's of its branch.

    Raises:
        HolidayOutOfPlace: set and place do not fit.
    """
    is_samitys = holiday.holiday_set is HolidaySet.SAMITY
    of_head_office = office.level == HEAD_OFFICE
    fits = (
        is_samitys == (holiday.samity_id is not None)
        and (holiday.holiday_set in _OF_ALL) == of_head_office
        and (not is_samitys or office.level == BRANCH)
    )
    if not fits:
        raise HolidayOutOfPlace(field="set")


def check_day(on: date, *, today: date) -> None:
    """Let a holiday be declared at the latest on the eve.

    Raises:
        HolidayBackdated: the day is here, or over.
    """
    if on <= today:
        raise HolidayBackdated(field="on", first_on=(today + timedelta(days=1)).isoformat())


def check_not_collected(samity_ids: Sequence[str], *, day_begun: bool) -> None:
    """Refuse a holiday on a day for which somebody has collected, or that a branch has begun.

    Raises:
        HolidayCollected: with the samities.
    """
    if samity_ids or day_begun:
        raise HolidayCollected(samities=list(samity_ids))


def check_cap(moved_this_year: Mapping[str, int], most: int = MOST_A_YEAR) -> None:
    """Keep a branch from moving a samity's loans again and again.

    Args:
        moved_this_year: Local holidays that have moved each samity's loans, by samity.
        most: As many as are allowed.

    Raises:
        HolidaysExhausted: with the samities that have had so many.
    """
    exhausted = sorted(samity for samity, moved in moved_this_year.items() if moved >= most)
    if exhausted:
        raise HolidaysExhausted(most=most, samities=exhausted)


def kind_of(holiday: Holiday, loans: Collection[str]) -> ApprovalKind:
    """Return who decides: the area where a branch's own wish would move running loans (rule L3)."""
    return ApprovalKind.HOLIDAY_AREA if holiday.is_local and loans else ApprovalKind.HOLIDAY

"""A branch on its open day, with a samity of three savers, on a database of its own."""

from dataclasses import dataclass

from chassis.testing import ServiceHarness
from tests.support.carrying import allow, save
from tests.support.field import Branch, Phone, Saver
from tests.support.memory import remembered
from transactions.service import TransactionsService


@remembered
def branch(harness: ServiceHarness[TransactionsService]) -> Branch:
    return Branch(harness)


@dataclass(slots=True)
class Meeting:
    """A samity on the day of its meeting, its sheet in the hands of its officer's phone."""

    branch: Branch
    samity: str
    savers: list[Saver]
    sheet: str
    phone: Phone


@remembered
def meeting(branch: Branch) -> Meeting:
    samity = branch.open_samity()
    savers = [branch.admit(samity, number) for number in range(1, 4)]
    branch.open_day()
    phone = branch.phone()
    sheet = branch.sheet_of(samity)
    phone.hold(sheet)
    return Meeting(branch, samity, savers, sheet, phone)


@remembered
def savers(meeting: Meeting) -> tuple[Saver, Saver, Saver]:
    """The branch pays in the field, and each of the three has saved 1000 at the counter."""
    allow(meeting.branch)
    for saver in meeting.savers:
        save(meeting.branch, saver, 1_000)
    first, second, third = meeting.savers
    return first, second, third

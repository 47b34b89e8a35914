"""A branch on its open day, with a samity of three savers, on a database of its own."""

from dataclasses import dataclass

import pytest

from chassis.testing import ServiceHarness
from tests.support.field import Branch, Phone, Saver
from transactions.service import TransactionsService


@pytest.fixture
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


@pytest.fixture
def meeting(branch: Branch) -> Meeting:
    samity = branch.open_samity()
    savers = [branch.admit(samity, number) for number in range(1, 4)]
    branch.open_day()
    phone = branch.phone()
    sheet = branch.sheet_of(samity)
    phone.hold(sheet)
    return Meeting(branch, samity, savers, sheet, phone)

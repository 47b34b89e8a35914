"""Two workers, two devices, two clicks: real threads on a real database (architecture §6.7)."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa

from contracts.errors import ServiceError
from contracts.transactions.collection import ISSUE_SPECIAL_SHEET, RETURN_ROWS
from tests.support.field import new_id, outcomes
from tests.support.memory import remembered


def at_once(*deeds):
    """Do all at the same moment; answer what each returned, or the code of its refusal."""
    gate = Barrier(len(deeds))

    def do(deed):
        gate.wait()
        try:
            return deed()
        except ServiceError as refusal:
            return refusal.code

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


@remembered
def submitted(meeting):
    rows = [meeting.phone.paid(saver, 100) for saver in meeting.savers]
    meeting.phone.submit(meeting.sheet, rows)
    return rows


@pytest.mark.rule("M4")
def test_the_same_submission_ten_times_at_once_is_taken_once(meeting):
    rows = [meeting.phone.paid(saver, 100) for saver in meeting.savers]
    submission = meeting.phone.submission(meeting.sheet, rows)

    answers = at_once(*[lambda: meeting.phone.ask_submission(submission)] * 10)

    assert answers == [answers[0]] * 10
    assert outcomes(answers[0]) == [("pending", None)] * 3
    assert meeting.branch.sheet(meeting.sheet)["total"] == "300.00"


@pytest.mark.rule("M4")
def test_the_same_rows_in_two_submissions_at_once_are_taken_once(meeting):
    rows = [meeting.phone.paid(saver, 100) for saver in meeting.savers]
    one, other = (meeting.phone.submission(meeting.sheet, rows) for _ in range(2))

    answers = at_once(lambda: meeting.phone.ask_submission(one), lambda: meeting.phone.ask_submission(other))

    assert sorted(outcomes(answer)[0][0] for answer in answers) == ["pending", "repeated"]
    assert meeting.branch.sheet(meeting.sheet)["total"] == "300.00"


@pytest.mark.rule("M4")
def test_two_bodies_under_one_id_at_once_leave_one(meeting):
    one = meeting.phone.submission(meeting.sheet, [meeting.phone.paid(meeting.savers[0], 10)])
    other = meeting.phone.submission(
        meeting.sheet,
        [meeting.phone.paid(meeting.savers[1], 20)],
        submission_id=one["submission_id"],
    )

    answers = at_once(lambda: meeting.phone.ask_submission(one), lambda: meeting.phone.ask_submission(other))

    assert answers.count("SUBMISSION_DIFFERS") == 1
    assert meeting.branch.sheet(meeting.sheet)["total"] in {"10.00", "20.00"}


@pytest.mark.rule("M4")
def test_one_of_two_devices_gets_the_sheet(branch):
    samity = branch.open_samity()
    branch.open_day()
    sheet = branch.sheet_of(samity)
    one, other = branch.phone(), branch.phone()

    answers = at_once(lambda: one.hold(sheet), lambda: other.hold(sheet))

    assert answers.count("SHEET_HELD") == 1


@pytest.mark.rule("M7")
def test_a_sheet_goes_into_one_of_two_handovers(meeting, submitted):
    answers = at_once(*[lambda: meeting.phone.hand_over([meeting.sheet], 300)] * 2)

    assert answers.count("SHEET_HANDED_OVER") == 1


@pytest.mark.rule("M7")
def test_two_authorise_and_it_is_posted_once(meeting, submitted):
    handover = meeting.phone.hand_over([meeting.sheet], 300)["id"]
    count = meeting.branch.count(handover, 300)

    answers = at_once(
        lambda: meeting.branch.authorise(handover, count),
        lambda: meeting.branch.authorise(handover, count, meeting.branch.manager),
    )

    assert answers.count("HANDOVER_AUTHORISED") == 1
    assert meeting.branch.balances()["1110"] == "300.00"


def test_a_return_and_an_authorisation_exclude_each_other(meeting, submitted):
    handover = meeting.phone.hand_over([meeting.sheet], 300)["id"]
    count = meeting.branch.count(handover, 300)
    returned = {
        "sheet_id": meeting.sheet,
        "rows": [{"row_id": submitted[0]["row_id"], "reason": "look again"}],
    }

    answers = at_once(
        lambda: meeting.branch.authorise(handover, count),
        lambda: meeting.branch.ask(RETURN_ROWS, returned, meeting.branch.manager),
    )

    refused = [answer for answer in answers if isinstance(answer, str)]
    status = meeting.branch.sheet(meeting.sheet)["status"]
    assert (refused, status) in (
        (["ROW_NOT_RETURNABLE"], "authorised"),
        (["SHEET_NOT_SUBMITTED"], "returned"),
    )


def special_sheet(meeting, phone, savers, taka):
    """A complete special sheet with money for the same accounts as every other."""
    asked = {"id": new_id(), "samity_id": meeting.samity, "on": "2026-11-23"}
    sheet = meeting.branch.ask(ISSUE_SPECIAL_SHEET, asked, phone.actor)["id"]
    phone.hold(sheet)
    phone.submit(sheet, [phone.paid(saver, taka) for saver in savers])
    return sheet


@pytest.mark.rule("M7")
def test_handovers_of_four_sheets_on_shared_accounts_never_deadlock(meeting):
    """Each names its sheets and its members in another order; the locks have one (mechanics D4)."""
    order = random.Random(4)
    handovers = []
    for _ in range(4):
        phone = meeting.branch.phone()
        sheets = [special_sheet(meeting, phone, order.sample(meeting.savers, 3), 10) for _ in range(4)]
        handover = phone.hand_over(order.sample(sheets, 4), 120)["id"]
        handovers.append((handover, meeting.branch.count(handover, 120)))
    late = meeting.branch.phone()
    more = [meeting.phone.paid(saver, 5) for saver in reversed(meeting.savers)]

    answers = at_once(
        *(lambda pair=pair: meeting.branch.authorise(*pair) for pair in handovers),
        lambda: meeting.phone.submit(meeting.sheet, more),
        lambda: special_sheet(meeting, late, order.sample(meeting.savers, 3), 7),
    )

    assert Counter(type(answer) for answer in answers)[dict] == 5
    assert [answer["status"] for answer in answers[:4]] == ["authorised"] * 4
    assert meeting.branch.balances()["2110"] == "480.00"
    assert deadlocks(meeting) == 0


def deadlocks(meeting):
    """What PostgreSQL has counted in this test's own database."""
    query = sa.text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
    with meeting.branch.harness.service().books() as books:
        return books.work.session.execute(query).scalar_one()

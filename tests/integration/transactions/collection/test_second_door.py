"""The database refuses once more what the rules refuse: rights, triggers and constraints."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from tests.support.memory import remembered
from transactions.models import collection as tables

KEPT = tables.APPEND_ONLY


@remembered
def written(meeting):
    """At least one row in each of the tables that are only added to."""
    first, second, third = meeting.savers
    row = meeting.phone.paid(first, 50)
    meeting.phone.submit(meeting.sheet, [row])
    lowered = {**row, "version": 2, "amount": "40.00", "change_reason": "wrote 50 for 40"}
    rest = [meeting.phone.nothing(saver) for saver in (second, third)]
    meeting.phone.submit(meeting.sheet, [lowered, *rest])
    handover = meeting.phone.hand_over([meeting.sheet], 40)["id"]
    meeting.branch.count(handover, 40)
    return meeting


def do(meeting, statement):
    """One statement as the runtime role; the driver's own error comes through."""
    with meeting.branch.harness.service().books() as books:
        books.work.session.execute(sa.text(statement))


@pytest.mark.rule("M6")
@pytest.mark.parametrize("table", KEPT)
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET sheet_id = sheet_id", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_what_was_said_and_counted_stays(written, table, statement):
    if table == "handover_counts":
        statement = statement.replace("sheet_id", "total")
    with pytest.raises(DBAPIError, match="permission denied"):
        do(written, statement.format(table))

    with written.branch.harness.service().books() as books:
        assert books.work.session.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one() > 0


@pytest.mark.parametrize(
    ("rule", "statement"),
    [
        ("ck_sheet_rows_cash_is_whole_taka", "UPDATE sheet_rows SET amount = 4050 WHERE amount > 0"),
        ("ck_sheet_rows_amount_is_positive", "UPDATE sheet_rows SET amount = -100 WHERE amount > 0"),
        ("ck_sheet_rows_money_or_a_reason", "UPDATE sheet_rows SET nothing_received = 'ill'"),
        ("ck_sheet_rows_unallocated_says_why", "UPDATE sheet_rows SET state = 'unallocated'"),
        ("ck_sheets_collector_is_not_checker", "UPDATE sheets SET checked_by = collected_by"),
        (
            "uq_sheets_regular",
            (
                "INSERT INTO sheets (id, samity_id, office_id, meeting_on, kind, status, issued_at) "
                "SELECT gen_random_uuid(), samity_id, office_id, meeting_on, kind, 'issued', now() "
                "FROM sheets WHERE status = 'handed_over'"
            ),
        ),
        (
            "uq_sheet_rows_account",
            "UPDATE sheet_rows SET account_id = (SELECT account_id FROM sheet_rows WHERE amount > 0)",
        ),
    ],
)
def test_a_constraint_stands_behind_the_rule(written, rule, statement):
    with pytest.raises(DBAPIError, match=rule):
        do(written, statement)

"""Long reports are made in the background: resumed after a kill, cancelled, their asker's own, removed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from contracts.errors import IdConflict
from contracts.transactions.reports import (
    ASK_REPORT_RUN,
    CANCEL_REPORT_RUN,
    GET_REPORT_RUN,
    LIST_REPORT_RUNS,
    READ_REPORT_RUN,
)
from contracts.transactions.reports_errors import (
    ReportRunEnded,
    ReportRunNotFound,
    ReportRunUnfinished,
    TooManyReportRuns,
)
from tests.support.branch import id_of, new_id
from tests.support.lived_in import FIRST
from tests.support.purse import area_manager
from tests.support.recomputed_reports import read
from transactions.batch.duties import TransactionsBatch
from transactions.models.reports import report_chunks, report_runs
from transactions.operations import reports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contracts.actor import Actor
    from tests.support.lived_in import LivedIn

QUESTION = {"report": "disbursements", "from_on": FIRST.isoformat()}


@pytest.fixture(autouse=True)
def no_runs(home: LivedIn) -> Iterator[None]:
    yield
    home.branch.harness.take_steps("run_report", by=TransactionsBatch)
    with home.branch.harness.process.database.transaction() as session:
        session.execute(sa.delete(report_chunks))
        session.execute(sa.delete(report_runs))


def ask(home: LivedIn, by: Actor | None = None, **more: Any) -> dict[str, Any]:
    said = {"id": new_id(), "office_id": home.branch.id, **QUESTION, **more}
    return home.branch.ask(ASK_REPORT_RUN, by or home.branch.manager, **said)


def made(home: LivedIn) -> int:
    return home.branch.harness.take_steps("run_report", by=TransactionsBatch)


def go_on(home: LivedIn, run_id: str, by: Actor, limit: int = 1) -> bool:
    """Make one piece and be gone, as a process that is killed after it."""
    with home.branch.harness.service().books(actor=by) as books:
        return reports.advance(books, run_id, limit=limit)


def lines(home: LivedIn, run_id: str, by: Actor | None = None) -> list[dict[str, Any]]:
    found, after = [], None
    while True:
        page = home.branch.ask(READ_REPORT_RUN, by or home.branch.manager, id=run_id, after=after)
        found += page["rows"]
        after = page["next"]
        if after is None:
            return found


def test_a_run_makes_what_the_screen_shows(home: LivedIn) -> None:
    run = ask(home)
    assert (run["state"], run["progress"]) == ("running", 0)
    assert made(home) == 1

    told = home.branch.ask(GET_REPORT_RUN, home.branch.manager, id=run["id"])
    assert (told["state"], told["progress"], told["rows"]) == ("finished", 100, 5)
    assert lines(home, run["id"]) == read(home, limit=500, **QUESTION)["rows"]


def test_of_an_area_it_goes_branch_by_branch_after_each_kill_where_it_was(home: LivedIn) -> None:
    area = area_manager(home.branch)
    run = ask(home, area, office_id=id_of("A01"), report="daily_collection", from_on=None)
    progress = []
    while go_on(home, run["id"], area):
        progress.append(home.branch.ask(GET_REPORT_RUN, area, id=run["id"])["progress"])

    assert progress == sorted(progress)
    assert 0 < progress[0] < progress[-1] <= 99
    whole = read(home, "daily_collection", area, office_id=id_of("A01"), limit=500)
    assert lines(home, run["id"], area) == whole["rows"]


def test_a_run_that_is_cancelled_makes_no_more_and_cannot_be_read(home: LivedIn) -> None:
    run = ask(home)
    assert go_on(home, run["id"], home.branch.manager)
    cancelled = home.branch.ask(CANCEL_REPORT_RUN, home.branch.manager, id=run["id"])

    assert cancelled["state"] == "cancelled"
    assert not go_on(home, run["id"], home.branch.manager)
    with pytest.raises(ReportRunUnfinished):
        home.branch.ask(READ_REPORT_RUN, home.branch.manager, id=run["id"])
    with pytest.raises(ReportRunEnded):
        home.branch.ask(CANCEL_REPORT_RUN, home.branch.manager, id=run["id"])


def test_a_run_is_its_askers_own(home: LivedIn) -> None:
    run = ask(home)
    made(home)

    for method in (GET_REPORT_RUN, READ_REPORT_RUN, CANCEL_REPORT_RUN):
        with pytest.raises(ReportRunNotFound):
            home.branch.ask(method, home.branch.accountant, id=run["id"])
    assert home.branch.ask(LIST_REPORT_RUNS, home.branch.accountant)["items"] == []
    mine = home.branch.ask(LIST_REPORT_RUNS, home.branch.manager)["items"]
    assert [one["id"] for one in mine] == [run["id"]]


def test_the_same_id_is_the_same_run_and_another_question_a_conflict(home: LivedIn) -> None:
    run_id = new_id()
    ask(home, id=run_id)
    assert ask(home, id=run_id)["id"] == run_id
    assert len(home.branch.harness.planned("run_report")) == 1
    with pytest.raises(IdConflict):
        ask(home, id=run_id, report="overdue", from_on=None)


def test_a_person_has_few_reports_made_at_once(home: LivedIn) -> None:
    for _ in range(3):
        ask(home)

    with pytest.raises(TooManyReportRuns):
        ask(home)
    made(home)
    assert ask(home)["state"] == "running"


def test_a_run_of_whom_the_office_is_no_longer_fails_and_is_not_tried_again(
    home: LivedIn, away: LivedIn
) -> None:
    run = ask(home)

    assert not go_on(home, run["id"], away.branch.manager)
    assert home.branch.ask(GET_REPORT_RUN, home.branch.manager, id=run["id"])["state"] == "failed"


@pytest.mark.rule("P12")
def test_a_file_of_a_run_is_recorded(home: LivedIn) -> None:
    run = ask(home)
    made(home)
    before = len(home.branch.harness.audited("export_report"))
    said = {"export": "pdf", "purpose": "supervision", "recipient": "head_office"}
    page = home.branch.ask(READ_REPORT_RUN, home.branch.manager, id=run["id"], **said)

    assert len(home.branch.harness.audited("export_report")) == before + 1
    assert {name: page["leaving"][name] for name in ("as_what", "purpose", "recipient")} == {
        "as_what": "pdf",
        "purpose": "supervision",
        "recipient": "head_office",
    }


def test_what_was_kept_long_enough_is_removed_with_its_pieces(home: LivedIn) -> None:
    run = ask(home)
    made(home)
    harness = home.branch.harness
    harness.tick("forget_reports", by=TransactionsBatch)
    assert lines(home, run["id"])

    harness.watch.advance(timedelta(days=7, seconds=1))
    young = ask(home)
    harness.tick("forget_reports", by=TransactionsBatch)
    with pytest.raises(ReportRunNotFound):
        home.branch.ask(GET_REPORT_RUN, home.branch.manager, id=run["id"])
    assert home.branch.ask(GET_REPORT_RUN, home.branch.manager, id=young["id"])["state"] == "running"
    with harness.process.database.transaction() as session:
        assert session.execute(sa.select(sa.func.count()).select_from(report_chunks)).scalar_one() == 0

"""Long reports: asked for by staff, made in the background piece by piece, kept for some days."""

from collections.abc import Mapping
from typing import Any

from contracts.errors import IdConflict, NotFound
from contracts.transactions.reports_words import ReportRunState
from transactions.domain.reports.cursors import cursor_of, place_of_cursor
from transactions.domain.reports.lines import Line, lines_of, total_line
from transactions.domain.reports.questions import Question
from transactions.domain.reports.runs import ReportRun, require_room, require_running, run_fingerprint
from transactions.domain.requests import require_same
from transactions.repository import Books
from transactions.repository.reports.asked import Asked

RUN_REPORT = "run_report"
"""The step that the batch process takes."""
CHUNK = 500
"""How many rows one transaction makes and stores."""
PORTION = 200
"""How many pieces one transaction removes."""


def ask_report_run(books: Books, run_id: str, said: Mapping[str, Any]) -> None:
    """Take on a report; the batch process makes it.

    Raises:
        ReportNotFound, NotFound, InvalidPayload: as `AskingStore.ask`.
        TooManyReportRuns: so many of the caller's are being made already.
        IdConflict: the id was used for another one.
    """
    asked_by = books.work.actor.person_id
    names = Question.__dataclass_fields__
    mark = run_fingerprint(Question(**{name: said[name] for name in names}), asked_by)
    known = books.reports.runs.find(run_id)
    if known is not None:
        require_same(known.fingerprint, mark)
        return
    asked = books.reports.asking.ask(said)
    require_room(books.reports.runs.running(asked_by))
    run = ReportRun(
        id=run_id,
        question=asked.question,
        asked_by=asked_by,
        asked_at=books.work.now,
        fingerprint=mark,
        branches=len(books.reports.parts(asked)),
    )
    if not books.reports.runs.ask(run):
        raise IdConflict
    books.work.plan(RUN_REPORT, run.id, {"report": asked.definition.code})
    books.work.audit("ask_report_run", "office", asked.office.id, _facts(run))


def _facts(run: ReportRun) -> dict[str, Any]:
    return {"run_id": run.id, "report": run.question.report, "rows": run.rows}


def cancel_report_run(books: Books, run_id: str) -> None:
    """Let a run go no further; what it has made cannot be read, and is removed with it.

    Raises:
        ReportRunNotFound: there is none of the caller's.
        ReportRunEnded: it has ended already.
    """
    books.reports.runs.get(run_id, books.work.actor.person_id)
    run = books.reports.runs.lock(run_id)
    assert run is not None
    require_running(run)
    books.reports.runs.write(run.ended(ReportRunState.CANCELLED, books.work.now))
    books.work.audit("cancel_report_run", "office", run.question.office_id, _facts(run))


def advance(books: Books, run_id: str, *, limit: int = CHUNK) -> bool:
    """Make and store the next piece of a run in one transaction; after a crash it goes on where it was.

    Returns:
        Whether there is more to make.
    """
    run = books.reports.runs.lock(run_id)
    if run is None or run.state is not ReportRunState.RUNNING:
        return False
    try:
        asked = books.reports.asking.again(run.question)
    except NotFound:
        books.reports.runs.write(run.ended(ReportRunState.FAILED, books.work.now))
        return False
    parts = books.reports.parts(asked)
    if run.branches_done < len(parts):
        _go_on(books, run, asked.part(parts[run.branches_done]), limit)
        return True
    _finish(books, run, asked)
    return False


def _go_on(books: Books, run: ReportRun, asked: Asked, limit: int) -> None:
    if run.at_begin_of_branch:
        summary = books.reports.summary(asked)
        run = run.began(summary.rows, summary.sums)
    order = asked.definition.order
    found = books.reports.page(asked, place_of_cursor(order, run.after), limit + 1)
    rows, following = found[:limit], found[limit] if len(found) > limit else None
    totals = books.reports.groups(asked, rows)
    lines = list(lines_of(asked.definition, asked.columns, rows, following, totals))
    after = cursor_of(order, rows[-1]) if following is not None else None
    books.reports.runs.write(_stored(books, run.went_on(len(rows), after), lines))


def _finish(books: Books, run: ReportRun, asked: Asked) -> None:
    has_total = bool(asked.definition.sums and run.rows)
    lines = [total_line(asked.columns, run.sums)] if has_total else []
    done = _stored(books, run, lines).ended(ReportRunState.FINISHED, books.work.now)
    books.reports.runs.write(done)
    books.work.audit("finish_report_run", "office", asked.office.id, _facts(done))


def _stored(books: Books, run: ReportRun, lines: list[Line]) -> ReportRun:
    if not lines:
        return run
    books.reports.runs.store(run.id, run.chunks, lines)
    return run.one_more_chunk()


def forget_reports(books: Books) -> bool:
    """Remove a portion of the runs that have been kept long enough.

    Returns:
        Whether there is more.
    """
    return books.reports.runs.forget(PORTION)

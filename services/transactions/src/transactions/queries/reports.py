"""Reading reports: which there are, a page of one, and what runs have made."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from contracts.transactions.reports_words import ReportFormat, RowKind
from transactions.domain.reports.cursors import Place, cursor_of, place_of_cursor
from transactions.domain.reports.definitions import Column, Definition
from transactions.domain.reports.exports import Export
from transactions.domain.reports.lines import Line, lines_of, total_line
from transactions.domain.reports.questions import Question
from transactions.domain.reports.registry import definitions_for
from transactions.domain.reports.runs import (
    ON_PAPER,
    WAITED_FOR,
    ReportRun,
    require_finished,
    require_narrow,
    require_short,
)
from transactions.queries.days import behind_below
from transactions.queries.exports import record_export
from transactions.repository import Books
from transactions.repository.reports.asked import Asked
from transactions.repository.reports.sources import Summary

PAGE = 50
MOST_NAMED = 20
"""How many branches that are behind a report names; when a server was away for days, all of them are."""


def list_reports(books: Books) -> dict[str, Any]:
    """Return the reports that the caller's role may read, by subject."""
    return {"items": [_shape(definition) for definition in definitions_for(books.work.actor.role)]}


def _shape(definition: Definition) -> dict[str, Any]:
    return {
        "report": definition.code,
        "subject": definition.subject,
        "columns": _columns(definition.columns),
        "parameters": definition.parameters,
        "required": definition.required,
    }


def _columns(columns: tuple[Column, ...]) -> list[dict[str, Any]]:
    return [{"key": column.key, "kind": column.kind} for column in columns]


def read_report(books: Books, said: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of a report; the first tells how many rows there are, the last ends with the total.

    Raises:
        ReportNotFound, NotFound, InvalidPayload: as `AskingStore.ask`.
        ReportTooWide: the office has too many branches below it to wait for.
        ReportTooLong: it is to be a file and has too many rows to wait for.
    """
    asked = books.reports.asking.ask(said)
    require_narrow(len(books.reports.parts(asked)))
    place, export = place_of_cursor(asked.definition.order, said["after"]), Export.of(said)
    head = _head(books, asked, (books.work.actor.person_id, books.work.now))
    head |= _behind(books, asked) if place is None else {}
    if export and place is None:
        summary = books.reports.summary(asked)
        stay_back = _stay_back(asked, export)
        require_short(0 if stay_back else summary.rows, WAITED_FOR)
        leaving = record_export(books, asked.question, export, summary.rows if stay_back else 0)
        if stay_back:
            return {**head, "leaving": leaving, **_total_alone(_total(asked, summary), summary.rows)}
        return {**head, "leaving": leaving, **_page(books, asked, place, said["limit"])}
    return {**head, "leaving": None, **_page(books, asked, place, said["limit"])}


def _stay_back(asked: Asked, export: Export) -> bool:
    """Tell whether a report's rows stay back from a file: they name members who have not agreed (P10)."""
    of_one = asked.question.member_id is not None
    return asked.definition.names_members and not export.may_name_members(of_one=of_one)


def _total(asked: Asked, summary: Summary) -> list[Line]:
    shown = summary.rows and asked.definition.sums
    return [total_line(asked.columns, summary.sums)] if shown else []


def _total_alone(total: list[Line], rows: int) -> dict[str, Any]:
    """Return the one page of a file whose rows stay back: a sum over many says nothing of one."""
    return {"rows_in_all": rows, "rows": total, "next": None}


def _page(books: Books, asked: Asked, place: Place | None, limit: int) -> dict[str, Any]:
    found = books.reports.page(asked, place, limit + 1)
    rows, following = found[:limit], found[limit] if len(found) > limit else None
    totals = books.reports.groups(asked, rows)
    lines = list(lines_of(asked.definition, asked.columns, rows, following, totals))
    summary = books.reports.summary(asked) if place is None or following is None else None
    if summary and following is None:
        lines += _total(asked, summary)
    return {
        "rows_in_all": summary.rows if summary else None,
        "rows": lines,
        "next": cursor_of(asked.definition.order, rows[-1]) if following is not None else None,
    }


def _head(books: Books, asked: Asked, made: tuple[str, datetime]) -> dict[str, Any]:
    person_id, at = made
    maker = books.people.names_of({person_id}).get(person_id)
    said = {name: getattr(asked.question, name) for name in Question.__dataclass_fields__}
    place = {"office_bn": asked.office.name_bn, "office_en": asked.office.name_en}
    return {
        "report": asked.definition.code,
        "subject": asked.definition.subject,
        "columns": _columns(asked.columns),
        "asked": {**said, **place, **asked.names},
        "made_by_bn": maker.name_bn if maker else None,
        "made_by_en": maker.name_en if maker else None,
        "made_at": at,
    }


def _behind(books: Books, asked: Asked) -> dict[str, Any]:
    """Name the branches that are behind the calendar: of them a report knows less than of others (M17)."""
    behind = behind_below(books, asked.office)
    return {"behind": behind[:MOST_NAMED], "behind_in_all": len(behind)}


def get_report_run(books: Books, run_id: str) -> dict[str, Any]:
    """Return one's own run.

    Raises:
        ReportRunNotFound: there is none.
    """
    return _run(books, books.reports.runs.get(run_id, books.work.actor.person_id))


def list_report_runs(books: Books, after: str | None) -> dict[str, Any]:
    """Return a page of one's own runs, the newest first.

    Raises:
        ReportRunNotFound: there is no such run after which to go on.
    """
    person_id = books.work.actor.person_id
    last = books.reports.runs.get(after, person_id) if after else None
    found = books.reports.runs.of_person(person_id, last, PAGE + 1)
    page = found[:PAGE]
    return {"items": [_run(books, run) for run in page], "next": page[-1].id if len(found) > PAGE else None}


def read_report_run(books: Books, said: Mapping[str, Any]) -> dict[str, Any]:
    """Return a piece of what a run has made; `next` is the number of the one after it.

    Raises:
        ReportRunNotFound: there is no such run of the caller's.
        ReportRunUnfinished: it is not whole.
        ReportTooLong: it is to be printed and has too many rows.
        ReportNotFound, NotFound: the caller may see the report or its office no longer.
    """
    run = books.reports.runs.get(said["id"], books.work.actor.person_id)
    require_finished(run)
    asked = books.reports.asking.again(run.question)
    number = int(said["after"]) if said["after"] else 0
    export = Export.of(said)
    head = _head(books, asked, (run.asked_by, run.asked_at))
    head |= _behind(books, asked) if number == 0 else {}
    if export and _stay_back(asked, export):
        last = books.reports.runs.chunk(run.id, run.chunks - 1)
        total = [line for line in last if line["kind"] == RowKind.TOTAL]
        leaving = record_export(books, asked.question, export, run.rows)
        return {**head, "leaving": leaving, **_total_alone(total, run.rows)}
    if export and export.as_what is ReportFormat.PDF:
        require_short(run.rows, ON_PAPER)
    return {
        **head,
        "leaving": record_export(books, asked.question, export, 0) if export and number == 0 else None,
        "rows_in_all": run.rows if number == 0 else None,
        "rows": books.reports.runs.chunk(run.id, number),
        "next": str(number + 1) if number + 1 < run.chunks else None,
    }


def _run(books: Books, run: ReportRun) -> dict[str, Any]:
    head = _head(books, books.reports.asking.again(run.question), (run.asked_by, run.asked_at))
    return {
        **head,
        "id": run.id,
        "state": run.state,
        "progress": run.progress,
        "rows": run.rows,
        "asked_by_bn": head["made_by_bn"],
        "asked_by_en": head["made_by_en"],
        "asked_at": run.asked_at,
        "finished_at": run.finished_at,
        "kept_until": run.kept_until,
    }

"""Questions about the age of loans: runs, totals by class, the register of overdue loans, the dated rules."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from contracts.transactions.ledger_errors import DayNotOpen
from transactions.domain.class_runs import ClassRun, month_end, require_come
from transactions.domain.classes import ClassTotal, par_bps
from transactions.domain.days import first_of_month
from transactions.repository import Books
from transactions.repository.classes import KeptRules
from transactions.repository.scope import Scope

PAGE = 100


def get_class_run(books: Books, run_id: str) -> dict[str, Any]:
    """Return a run as it stands.

    Raises:
        ClassRunNotFound: there is none, or not for this caller.
    """
    (answer,) = _runs(books, [books.classes.run(run_id, Scope.of(books.work.actor))])
    return answer


def list_class_runs(books: Books, office_id: str, month: date, after: str | None) -> dict[str, Any]:
    """Return a page of the runs of an office and all below it, so that whoever is missing is seen.

    Raises:
        NotFound: the office is not in the caller's scope.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    found = books.classes.of_subtree(office.path, first_of_month(month), after, PAGE + 1)
    page = found[:PAGE]
    return {"items": _runs(books, page), "next": page[-1].id if len(found) > PAGE else None}


_RUN = (
    "id",
    "office_id",
    "month",
    "value_on",
    "state",
    "total",
    "done",
    "provision_needed",
    "provision_booked",
    "advance_booked",
    "asked_by",
    "asked_at",
    "finished_at",
)


def _runs(books: Books, runs: Sequence[ClassRun]) -> list[dict[str, Any]]:
    askers = books.people.names_of({run.asked_by for run in runs})
    return [
        {
            **{name: getattr(run, name) for name in _RUN},
            "asked_by_bn": asker.name_bn if (asker := askers.get(run.asked_by)) else None,
            "asked_by_en": asker.name_en if asker else None,
        }
        for run in runs
    ]


def list_classes(books: Books, office_id: str, month: date) -> dict[str, Any]:
    """Return the totals of an office and all below it at a month's end.

    Raises:
        NotFound: the office is not in the caller's scope.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    first = first_of_month(month)
    totals = books.ageing.totals(office.path, first)
    summed = ("loans", "outstanding", "overdue", "at_risk", "provision")
    return {
        "office_id": office.id,
        "month": first,
        "value_on": month_end(first),
        "branches": books.classes.finished_branches(office.path, first),
        **{name: sum(getattr(total, name) for total in totals) for name in summed},
        "par_bps": par_bps(totals),
        "items": [_total(total) for total in totals],
    }


def _total(total: ClassTotal) -> dict[str, Any]:
    names = ("product_code", "fund", "sex", "loans", "outstanding", "overdue", "at_risk", "provision")
    return {**{name: getattr(total, name) for name in names}, "loan_class": total.loan_class.word}


def list_overdue_loans(books: Books, office_id: str, on: date | None, after: str | None) -> dict[str, Any]:
    """Return a page of a branch's loans with anything overdue, the oldest first.

    Args:
        books: One open database transaction.
        office_id: Which branch.
        on: As of the end of which day; without one, of its newest day, be it closing.
        after: The cursor of the page before.

    Raises:
        NotFound: the office is not in the caller's scope.
        DayNotOpen: the branch has no day yet.
        ClassesTooEarly: the day is still to come.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    newest = books.days.newest(office.id)
    if newest is None:
        raise DayNotOpen(office_id=office.id)
    wanted = on or newest.on
    require_come(wanted, newest.on)
    found = books.overdue.page(office.id, wanted, after, PAGE + 1)
    page = found[:PAGE]
    classes = books.ageing.classes([loan.loan_id for loan in page], wanted)
    return {
        "items": [{**loan.shown, "on": wanted, "loan_class": classes[loan.loan_id].word} for loan in page],
        "next": page[-1].cursor if len(found) > PAGE else None,
    }


def list_class_data(books: Books) -> dict[str, Any]:
    """Return all dated rules and freezes, the newest first."""
    return {
        "rules": [_rules(kept) for kept in books.classes.rules()],
        "freezes": [
            {
                "id": kept.id,
                "from_on": kept.freeze.from_on,
                "to_on": kept.freeze.to_on,
                "reason": kept.reason,
                "proposed_by": kept.proposed_by,
                "approved_by": kept.approved_by,
            }
            for kept in books.classes.freezes()
        ],
    }


def _rules(kept: KeptRules) -> dict[str, Any]:
    return {
        "id": kept.id,
        "effective_on": kept.rules.effective_on,
        "classes": [
            {
                "loan_class": rule.loan_class.word,
                "from_days": rule.from_days,
                "provision_bps": rule.provision_bps,
            }
            for rule in kept.rules.rules
        ],
        "provision_months": list(kept.rules.provision_months),
        "proposed_by": kept.proposed_by,
        "approved_by": kept.approved_by,
    }

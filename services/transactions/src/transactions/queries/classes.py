"""Questions about the age of loans: runs, totals by class, the register of overdue loans, the dated rules."""

from datetime import date
from typing import Any

from transactions.domain.class_runs import month_end, require_come
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
    run = books.classes.run(run_id, Scope.of(books.work.actor))
    asker = books.people.names_of([run.asked_by]).get(run.asked_by)
    names = (
        "id", "office_id", "month", "value_on", "state", "total", "done", "provision_needed",
        "provision_booked", "advance_booked", "asked_by", "asked_at", "finished_at",
    )  # fmt: skip
    return {
        **{name: getattr(run, name) for name in names},
        "asked_by_bn": asker.name_bn if asker else None,
        "asked_by_en": asker.name_en if asker else None,
    }


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
        on: As of the end of which day; without one, of its open day.
        after: The cursor of the page before.

    Raises:
        NotFound: the office is not in the caller's scope.
        DayNotOpen, DayIsClosing: no day is given and none is open.
        ClassesTooEarly: the day is still to come.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    open_on = books.days.hold_open(office.id).on
    wanted = on or open_on
    require_come(wanted, open_on)
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

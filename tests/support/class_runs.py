"""Month-end runs over loans in tests: asked for, carried out, and looked at in the tables."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from contracts.transactions.classes import GET_CLASS_RUN, LIST_CLASSES, RUN_CLASSES
from tests.support.branch import new_id
from tests.support.loan_book import once
from transactions.batch.duties import TransactionsBatch
from transactions.domain.classes import ClassRule, ClassRules, LoanClass
from transactions.models.classes import loan_classes
from transactions.operations import class_runs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.support.branch import Branch
    from tests.support.loan_book import LoanBook

JUNE_END = date(2026, 6, 30)
LAKH = 100_000_00
LAW = ((0, 100), (1, 500), (31, 2500), (181, 7500), (366, 10_000))
"""From how many days, and how many basis points: domain 4.9."""


def rules_from(on: date, classes: Iterable[tuple[int, int]] = LAW) -> ClassRules:
    """Return classes in force from a day on."""
    each = (ClassRule(LoanClass(at), days, bps) for at, (days, bps) in enumerate(classes))
    return ClassRules(on, tuple(each))


def ask(branch: Branch, month: date, run_id: str | None = None) -> dict[str, Any]:
    return branch.ask(
        RUN_CLASSES,
        branch.accountant,
        id=run_id or new_id(),
        office_id=branch.id,
        month=month.isoformat(),
    )


def run(branch: Branch, month: date = JUNE_END) -> dict[str, Any]:
    """Ask for a month and let the batch process carry it out."""
    asked = ask(branch, month)
    assert branch.harness.take_steps("run_classes", by=TransactionsBatch) == 1
    return branch.ask(GET_CLASS_RUN, branch.accountant, id=asked["id"])


def classes_of(branch: Branch, month: date = JUNE_END) -> dict[str, Any]:
    return branch.ask(LIST_CLASSES, branch.manager, office_id=branch.id, month=month.isoformat())


def snapshot(branch: Branch, loan_id: str, month: date = JUNE_END) -> Any:
    with branch.harness.service().books() as books:
        where = (loan_classes.c.loan_id == loan_id, loan_classes.c.month == month.replace(day=1))
        return books.work.session.execute(sa.select(loan_classes).where(*where)).one()


def aged(days: int, principal: int, at: date = JUNE_END) -> Any:
    """A loan whose only instalment is that many days old; 0 is not due yet."""
    return once(at - timedelta(days=days) if days else at + timedelta(days=15), principal)


def lend_the_worked_example(book: LoanBook) -> None:
    """100 lakh regular, 4 watchful, 2 sub-standard, 1 doubtful, half a lakh bad (domain 4.9)."""
    for days, principal in ((0, 100 * LAKH), (10, 4 * LAKH), (100, 2 * LAKH), (300, LAKH), (400, LAKH // 2)):
        book.lend(aged(days, principal))


def go_on(branch: Branch, run_id: str) -> bool:
    with branch.harness.service().books() as books:
        return class_runs.advance(books, run_id, limit=2)


def progress(branch: Branch, run_id: str) -> tuple[str, int, int]:
    told = branch.ask(GET_CLASS_RUN, branch.accountant, id=run_id)
    return told["state"], told["done"], told["total"]


def rows_of(branch: Branch, question: str, **values: Any) -> list[Any]:
    with branch.harness.service().books() as books:
        return list(books.work.session.execute(sa.text(question), values))


def entries_of(branch: Branch, kind: str) -> list[Any]:
    return rows_of(branch, "SELECT * FROM entries WHERE kind = :kind ORDER BY value_on, id", kind=kind)


def income_of(branch: Branch, on: date) -> int:
    """Return the branch's service charge by value date, in paisa."""
    (row,) = rows_of(
        branch,
        "SELECT sum(CASE side WHEN 'credit' THEN amount ELSE -amount END) AS income FROM postings"
        " JOIN accounts ON accounts.id = account_id WHERE ledger = '4110' AND value_on <= :on",
        on=on,
    )
    return int(row.income)

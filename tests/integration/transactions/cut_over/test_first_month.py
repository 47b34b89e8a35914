"""The month of a cut-over: what was brought came in, and only what is paid since then was recovered (P13)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from contracts.transactions.months import CLOSE_MONTH
from contracts.transactions.reports import READ_REPORT
from contracts.transactions.savings import MEMBER_DORMANT
from contracts.transactions.snapshots import READ_MONTH_SNAPSHOT
from tests.support.branch import id_of
from tests.support.loans import repay
from tests.support.memory import remembered
from tests.support.old_books import TERMS, begin, hand_over, loan, post, savings
from tests.support.purse import batch_of, pass_days, work_on_few_days
from tests.support.recomputed_reports import table
from tests.support.soundness import faults_of
from transactions.batch.duties import TransactionsBatch

if TYPE_CHECKING:
    from tests.support.branch import Branch

pytestmark = pytest.mark.rule("P13")
LAST = "2026-11-30"


def monthly_plan(name: str) -> dict[str, Any]:
    """500 a month since 5 September: two instalments are paid, that of November is not."""
    terms = TERMS | {"product_code": "DPS", "amount": "500.00", "months": 36, "late_penalty": "5.00"}
    paid = [{"on": on, "amount": "500.00"} for on in ("2026-09-05", "2026-10-05")]
    told = {"id": id_of(f"plan of {name}"), "code": f"DPS.B001.{name}.1", "ledger": "term_savings"}
    return savings(name, "1000.00") | told | {"opened_on": "2026-09-05", "terms": terms, "carried": paid}


@remembered
def ended(branches: tuple[Branch, Branch]) -> Branch:
    """Rahima pays one instalment of her loan on the first day after the cut-over; then November is closed."""
    here = branches[0]
    here.open_samity("Jhumka", active=False)
    for name in ("Rahima", "Salma"):
        here.admit(name, "Jhumka")
    begin(here, accounts=4, savings="2500.00")
    hand_over(
        here, savings=[savings("Rahima", "1000.00"), savings("Salma", "500.00"), monthly_plan("Rahima")]
    )
    post(here)
    work_on_few_days(here, date(2026, 12, 10))
    here.count_vault("opening", {})
    repay(here, loan("Rahima")["id"], "2750.00")
    pass_days(here, date(2026, 12, 1))
    here.ask(CLOSE_MONTH, here.manager, office_id=here.id, month="2026-11-01")
    here.harness.take_steps("close_month", by=TransactionsBatch)
    return here


def nonzero(row: dict[str, Any]) -> dict[str, Any]:
    words = {"product_code", "fund", "sex", "kind"}
    return {name: said for name, said in row.items() if name not in words and said not in {0, "0.00"}}


def test_counts_what_was_brought_as_moved_in_and_no_old_payment_as_recovered(ended: Branch) -> None:
    """7,500 is brought; 5,500 falls due in November, and 2,750 of it is paid: 2,500 and 250 of charge."""
    asked = {"office_id": ended.id, "month": "2026-11-01"}
    told = ended.ask(READ_MONTH_SNAPSHOT, ended.manager, **asked)

    (lent,) = told["loans"]
    assert nonzero(lent) == {
        "loans": 1,
        "borrowers": 1,
        "late": 1,
        "moved_in": "7500.00",
        "recovered_principal": "2500.00",
        "recovered_charge": "250.00",
        "outstanding": "5000.00",
        "recoverable": "5500.00",
        "regular_recovered": "2750.00",
        "due": "2750.00",
    }
    saved = {one["product_code"]: nonzero(one) for one in told["savings"]}
    assert saved["GS"] == {"accounts": 2, "savers": 2, "moved_in": "1500.00", "closing": "1500.00"}
    assert saved["DPS"] == {"accounts": 1, "savers": 1, "moved_in": "1000.00", "closing": "1000.00"}
    assert faults_of(ended.harness.process) == ()


def test_asks_of_a_monthly_plan_only_what_the_old_books_did_not_take(ended: Branch) -> None:
    asked = {"report": "dps", "office_id": ended.id, "on": LAST}
    (plan,) = table(ended.ask(READ_REPORT, ended.manager, **asked))

    assert (plan["instalments_due"], plan["due_until_then"]) == (3, "1500.00")
    assert (plan["paid_until_then"], plan["due"], plan["advance"]) == ("1000.00", "500.00", "0.00")


def test_leaves_nobody_dormant_for_what_the_old_books_did_not_say(ended: Branch) -> None:
    """Salma has nothing but savings opened in 2024, and the file names no day of a later deposit."""
    batch_of(ended).look_for_dormant()

    assert ended.harness.told(MEMBER_DORMANT) == []

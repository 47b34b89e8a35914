"""The law as dated data: set by two administrators, and read by whatever it concerns."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import ProgrammingError

from accounts.service import AccountsService
from chassis.testing import ServiceHarness
from contracts.accounts import DECIDE_APPROVAL, LIST_APPROVALS
from contracts.accounts.laws import LIST_LAWS, PROPOSE_LAW
from contracts.accounts.loan_products import PROPOSE_LOAN_PRODUCT
from contracts.accounts.product_errors import CompulsoryRateTooLow, EffectiveDatePassed, ProductBreaksLaw
from contracts.accounts.quotes import QUOTE_LOAN
from contracts.accounts.savings_products import PROPOSE_SAVINGS_PRODUCT
from contracts.errors import Forbidden, IdConflict, MakerIsChecker
from tests.support.accounts import Branch, an_id
from tests.support.products import administrators, general, household, plan, proposal

Harness = ServiceHarness[AccountsService]
MAKER, CHECKER = administrators()
LAW = {
    "id": an_id(77),
    "effective_on": "2026-12-01",
    "cap_percent": "20",
    "first_due_days": 21,
    "compulsory_savings_bps": 650,
    "allowed_fees": ["risk_fund"],
    "reason": "এমআরএ সার্কুলার",
}
QUOTE = {
    "principal": "10000.00",
    "annual_rate_percent": "24",
    "instalments": 46,
    "frequency": "WEEKLY",
    "disbursed_on": "2026-12-01",
    "first_due_on": "2026-12-16",
}


def propose(harness: Harness, **changes: Any) -> dict[str, Any]:
    return harness.ask(PROPOSE_LAW, LAW | changes, actor=MAKER)


def enact(harness: Harness, **changes: Any) -> None:
    waiting = propose(harness, **changes)
    harness.ask(DECIDE_APPROVAL, {"id": waiting["approval_id"], "approve": True}, actor=CHECKER)


@pytest.mark.rule("L2")
def test_a_new_installation_knows_the_law_of_2010_and_of_2019(harness: Harness, branch: Branch):
    items = harness.ask(LIST_LAWS, {}, actor=branch.officer)["items"]
    assert [(one["effective_on"], one["cap_percent"], one["state"]) for one in items] == [
        ("2010-11-10", "27", "approved"),
        ("2019-07-01", "24", "approved"),
    ]
    assert {one["maker_id"] for one in items} == {None}


@pytest.mark.rule("L2")
def test_a_quote_is_held_against_the_law_of_its_day(harness: Harness, branch: Branch):
    assert harness.ask(QUOTE_LOAN, QUOTE, actor=branch.officer)["within_cap"] is True
    propose(harness)
    assert harness.ask(QUOTE_LOAN, QUOTE, actor=branch.officer)["within_cap"] is True
    enact(harness)
    assert harness.ask(QUOTE_LOAN, QUOTE, actor=branch.officer)["within_cap"] is False
    before = QUOTE | {"disbursed_on": "2026-11-30"}
    assert harness.ask(QUOTE_LOAN, before, actor=branch.officer)["within_cap"] is True


@pytest.mark.rule("L2")
def test_products_are_held_against_the_law_of_their_first_day(harness: Harness):
    enact(harness)
    with pytest.raises(CompulsoryRateTooLow) as low:
        harness.ask(
            PROPOSE_SAVINGS_PRODUCT, proposal("GS", general(), effective_on="2026-12-01"), actor=MAKER
        )
    assert low.value.facts["least_percent"] == "6.50"
    hasty = proposal("JAG", household(plans=[plan(grace_days=15)]), effective_on="2026-12-01")
    with pytest.raises(ProductBreaksLaw) as early:
        harness.ask(PROPOSE_LOAN_PRODUCT, hasty, actor=MAKER)
    assert early.value.facts == {"breach": "first_due", "figure": "15", "limit": "21"}
    charging = household(plans=[plan(grace_days=21)], form_fee="50.00")
    with pytest.raises(ProductBreaksLaw) as fee:
        harness.ask(PROPOSE_LOAN_PRODUCT, proposal("JAG", charging, effective_on="2026-12-01"), actor=MAKER)
    assert fee.value.facts["breach"] == "fee_not_allowed"


@pytest.mark.rule("P7")
def test_two_administrators_set_it_and_never_backwards(harness: Harness, branch: Branch):
    waiting = propose(harness)
    assert (waiting["state"], waiting["maker_id"]) == ("waiting", MAKER.person_id)
    assert propose(harness) == waiting
    with pytest.raises(IdConflict):
        propose(harness, cap_percent="22")
    with pytest.raises(MakerIsChecker):
        harness.ask(DECIDE_APPROVAL, {"id": waiting["approval_id"], "approve": True}, actor=MAKER)
    with pytest.raises(Forbidden):
        harness.ask(PROPOSE_LAW, LAW | {"id": an_id(78)}, actor=branch.manager)
    with pytest.raises(EffectiveDatePassed):
        propose(harness, id=an_id(79), effective_on="2026-11-22")
    (one,) = harness.ask(LIST_APPROVALS, {}, actor=CHECKER)["items"]
    assert (one["kind"], one["facts"]["cap_percent"]) == ("law", "20")
    harness.watch.advance(timedelta(days=9))
    with pytest.raises(EffectiveDatePassed):
        harness.ask(DECIDE_APPROVAL, {"id": waiting["approval_id"], "approve": True}, actor=CHECKER)


def test_the_runtime_role_cannot_change_it(harness: Harness):
    for statement in ("UPDATE laws SET cap_percent = 99", "DELETE FROM laws"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            harness.process.database.transaction() as session,
        ):
            session.execute(sa.text(statement))

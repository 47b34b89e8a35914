"""From her death on nothing is begun with a member: no loan, no guarantee, no savings account (rule L5)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from contracts.accounts import DECIDE_APPROVAL
from contracts.accounts.deaths import REPORT_DEATH
from contracts.accounts.errors import NotAMember
from contracts.accounts.loan_errors import BorrowerNotActive, GuarantorNotActive
from contracts.accounts.product_errors import NoActiveMember
from contracts.accounts.savings import OPEN_SAVINGS
from contracts.accounts.transfers import PROPOSE_TRANSFER
from tests.support.products import lump, offer, voluntary

if TYPE_CHECKING:
    from tests.support.accounts import Branch
    from tests.support.loan_desk import Lending

pytestmark = pytest.mark.rule("L5")


def report_death(branch: Branch, member_id: str) -> None:
    said = {
        "id": str(uuid4()),
        "member_id": member_id,
        "whose": "member",
        "died_on": "2026-11-20",
        "reported_by": "স্বামী করিম শেখ",
        "certificate": "UP-2026-0451",
    }
    branch.harness.ask(REPORT_DEATH, said, actor=branch.actor("accountant"))


def test_she_gets_no_loan_and_stands_in_for_nobody(
    lending: Lending, branch: Branch, member: str, guarantor: str
) -> None:
    report_death(branch, guarantor)

    with pytest.raises(GuarantorNotActive):
        lending.propose(lending.wish(member, lending.guarantor(guarantor)))
    with pytest.raises(BorrowerNotActive):
        lending.propose(lending.wish(guarantor, lending.guarantor(member)))


def test_a_loan_that_was_approved_before_is_not_paid_out(
    lending: Lending, branch: Branch, member: str, guarantor: str
) -> None:
    loan_id = lending.approved(lending.wish(member, lending.guarantor(guarantor)))
    report_death(branch, member)

    with pytest.raises(BorrowerNotActive):
        lending.disburse(lending.payout(loan_id))

    assert lending.file(loan_id)["state"] == "approved"
    assert lending.paid_out == []


def test_no_savings_account_is_opened_nor_approved(branch: Branch, member: str) -> None:
    offer(branch, "VS", voluntary())
    offer(branch, "FDR", lump())
    wish = {
        "id": str(uuid4()),
        "member_id": member,
        "product_code": "FDR",
        "amount": "25000.00",
        "months": 84,
    }
    agreed = branch.harness.ask(OPEN_SAVINGS, wish, actor=branch.officer)
    report_death(branch, member)

    another = {"id": str(uuid4()), "member_id": member, "product_code": "VS"}
    with pytest.raises(NoActiveMember):
        branch.harness.ask(OPEN_SAVINGS, another, actor=branch.officer)
    decision = {"id": agreed["approval_id"], "approve": True}
    with pytest.raises(NoActiveMember):
        branch.harness.ask(DECIDE_APPROVAL, decision, actor=branch.manager)

    no = {"id": agreed["approval_id"], "approve": False, "reason": "সদস্য মারা গেছেন"}
    branch.harness.ask(DECIDE_APPROVAL, no, actor=branch.manager)
    assert branch.harness.ask(OPEN_SAVINGS, wish, actor=branch.officer)["status"] == "declined"
    assert branch.harness.planned("open_savings") == []


def test_she_is_moved_to_no_other_samity(branch: Branch, samity: str, member: str) -> None:
    target = str(branch.open_samity()["id"])
    said = {"id": str(uuid4()), "member_id": member, "to_samity_id": target, "reason": "বিয়ের পর গ্রাম বদল"}
    waiting = branch.harness.ask(PROPOSE_TRANSFER, said, actor=branch.actor("accountant"))
    report_death(branch, member)

    decision = {"id": waiting["id"], "approve": True}
    with pytest.raises(NotAMember):
        branch.harness.ask(DECIDE_APPROVAL, decision, actor=branch.manager)
    no = decision | {"approve": False, "reason": "সদস্য মারা গেছেন"}
    branch.harness.ask(DECIDE_APPROVAL, no, actor=branch.manager)
    with pytest.raises(NotAMember):
        branch.harness.ask(PROPOSE_TRANSFER, said | {"id": str(uuid4())}, actor=branch.actor("accountant"))

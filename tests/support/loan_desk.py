"""Loans of one branch: a product, a member with her guarantor, and each step from proposal to payout."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from accounts.batch.duties import AccountsBatch
from accounts.domain.lending.products import InstalmentPlan, LoanProduct
from accounts.domain.lending.terms import Frequency, Method
from contracts.accounts import DECIDE_APPROVAL, GET_MEMBER
from contracts.accounts.laws import PROPOSE_LAW
from contracts.accounts.loan_errors import TelephoneMissing
from contracts.accounts.loan_products import PROPOSE_LOAN_PRODUCT, LoanProductTermsShown
from contracts.accounts.loans import (
    APPROVE_LOAN,
    CANCEL_LOAN,
    DISBURSE_LOAN,
    GET_LOAN,
    PAYOUT_CODE_SENT,
    PROPOSE_LOAN,
    RECOMMEND_LOAN,
    SEND_PAYOUT_CODE,
)
from contracts.calls import dump
from contracts.money import NOTHING, Paisa
from contracts.sealed import unseal
from contracts.transactions.lending import LOAN_STANDINGS, PAY_OUT_LOAN
from contracts.transactions.standing import MEMBER_STANDING
from tests.support.accounts import TODAY, an_id
from tests.support.products import administrators

if TYPE_CHECKING:
    from contracts.actor import Actor
    from contracts.calls import Method as Promise
    from tests.support.accounts import Branch

PLANNED = date(2026, 12, 1)
"""A Tuesday, eight days after the harness's midday; the samities of the tests meet on Mondays."""
A_THOUSAND_TAKA = Paisa(1_000_00)
WEEKLY = InstalmentPlan(
    code="W46", frequency=Frequency.WEEKLY, instalments=46, annual_rate_percent=Decimal(24)
)
FLAT = replace(WEEKLY, code="F46", method=Method.FLAT, annual_rate_percent=Decimal("12.5"))
MONTHLY = InstalmentPlan(
    code="M12", frequency=Frequency.MONTHLY, instalments=12, annual_rate_percent=Decimal(24)
)
JAGORON = LoanProduct(
    code="JAG",
    version=1,
    effective_on=TODAY,
    name_bn="জাগরণ ঋণ",
    name_en="Jagoron loan",
    category="jagoron",
    fund="own",
    least=Paisa(5_000_00),
    most=Paisa(50_000_00),
    plans=(WEEKLY, FLAT, MONTHLY),
    savings_share_bps=500,
    savings_share_later_bps=1000,
    cycle_growth_bps=5000,
    form_fee=Paisa(10_00),
    risk_fund_bps=100,
)


@dataclass(slots=True)
class Shelf:
    """The loan products of the institution, each version set by two administrators."""

    branch: Branch
    versions: list[LoanProduct] = field(default_factory=list)

    def offer(self, **changes: Any) -> LoanProduct:
        """Offer a version of JAGORON, other in what is said, from today on unless a day is."""
        version = len(self.versions) + 1
        product = replace(JAGORON, version=version, **{"effective_on": TODAY} | changes)
        self.versions.append(product)
        said = {
            "id": str(uuid4()),
            "code": product.code,
            "effective_on": product.effective_on.isoformat(),
            "reason": "পরিচালনা পর্ষদের সিদ্ধান্ত",
            "terms": dump(LoanProductTermsShown, product),
        }
        self._decide(PROPOSE_LOAN_PRODUCT, said)
        return product

    def enact(self, **changes: Any) -> None:
        """Let another law hold from the planned day on."""
        law = {
            "id": str(uuid4()),
            "effective_on": PLANNED.isoformat(),
            "cap_percent": "24",
            "first_due_days": 15,
            "compulsory_savings_bps": 600,
            "allowed_fees": ["form", "risk_fund"],
            "reason": "এমআরএ সার্কুলার",
        }
        self._decide(PROPOSE_LAW, law | changes)

    def _decide(self, method: Promise, said: dict[str, Any]) -> None:
        first, second = administrators()
        asked = self.branch.harness.ask(method, said, actor=first)
        decision = {"id": asked["approval_id"], "approve": True}
        self.branch.harness.ask(DECIDE_APPROVAL, decision, actor=second)


@dataclass(slots=True)
class Lending:
    """What the people of one branch do about loans; `savings` and `overdue` are transactions' answers."""

    branch: Branch
    savings: Paisa = A_THOUSAND_TAKA
    overdue: Paisa = NOTHING
    paid_out: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        answers = self.branch.harness.others.answers
        answers[MEMBER_STANDING] = self.standing
        answers[LOAN_STANDINGS] = self.loan_standings
        answers[PAY_OUT_LOAN] = self.pay

    def standing(self, command: dict[str, Any]) -> dict[str, Any]:
        """All of hers in the book: her savings, and an account that is none, which never counts."""
        asked = {"id": command["member_id"]}
        file = self.branch.harness.ask(GET_MEMBER, asked, actor=self.branch.manager)
        beside = {
            "account_id": an_id(7777),
            "ledger": "2999",
            "code": "X",
            "product_name_bn": "সঞ্চয়",
            "product_name_en": "Savings",
            "balance": Paisa(1_000_000_00),
            "pending_in": NOTHING,
            "pending_out": NOTHING,
            "closed": False,
        }
        promised = Paisa(300_00)
        hers = beside | {
            "account_id": file["savings"][0]["account_id"] if file["savings"] else an_id(7778),
            "balance": Paisa(self.savings + promised),
            "pending_out": promised,
        }
        return {
            "member_id": command["member_id"],
            "business_on": None,
            "accounts": [hers, beside],
            "loans": [],
            "unallocated": NOTHING,
            "waiting": 0,
            "has_pending": False,
        }

    def loan_standings(self, command: dict[str, Any]) -> dict[str, Any]:
        nothing = ("principal", "charge", "paid_principal", "paid_charge", "outstanding", "due", "advance")
        one = {
            "member_id": an_id(1),
            "office_id": self.branch.id,
            "status": "running",
            "on": PLANNED,
            "schedule_version": 1,
            "oldest_unpaid_on": None,
            "days": 0,
            "has_pending": False,
            "payoff": NOTHING,
            **dict.fromkeys(nothing, NOTHING),
        }
        items = [one | {"loan_id": loan_id, "overdue": self.overdue} for loan_id in command["loan_ids"]]
        return {"items": items}

    def pay(self, command: dict[str, Any]) -> dict[str, Any]:
        self.paid_out.append(command)
        return {
            "loan_id": command["id"],
            "account_id": str(uuid4()),
            "entry_id": command["id"],
            "receipt_number": "B001-2026-000042",
            "business_on": command["on"],
        }

    @property
    def area(self) -> Actor:
        return self.branch.actor("area_manager", office_path="/HO/A01/", office_id=str(uuid4()))

    @property
    def accountant(self) -> Actor:
        return self.branch.actor("accountant")

    def guarantor(self, member_id: str, **changes: Any) -> dict[str, Any]:
        return {"role": "guarantor", "relation": "প্রতিবেশী", "member_id": member_id} | changes

    def stranger(self, **changes: Any) -> dict[str, Any]:
        consent = {
            "text_version": "2026-07",
            "language": "bn",
            "read_aloud_by": "Rafiqul",
            "mark": "signature",
            "witness": "করিম শেখ",
            "at": "2026-11-23T04:30:00Z",
        }
        named = {"role": "guarantor", "relation": "স্বামী", "name": "করিম শেখ", "consent": consent}
        return named | changes

    def wish(self, member_id: str, *people: dict[str, Any], **changes: Any) -> dict[str, Any]:
        return {
            "id": str(uuid4()),
            "member_id": member_id,
            "product_code": "JAG",
            "plan_code": "W46",
            "principal": "10000.00",
            "purpose": "গাভী পালন",
            "planned_on": PLANNED.isoformat(),
            "people": list(people),
        } | changes

    def propose(self, wish: dict[str, Any], actor: Actor | None = None) -> dict[str, Any]:
        return self.branch.harness.ask(PROPOSE_LOAN, wish, actor=actor or self.branch.officer)

    def recommend(self, loan_id: str, actor: Actor | None = None, **changes: Any) -> dict[str, Any]:
        said = {
            "id": loan_id,
            "recommend": True,
            "visited_on": self.branch.harness.watch.now().date().isoformat(),
            "finding": "ঘরে দুটি গাভী আছে, গোয়ালঘর পাকা",
        }
        return self.branch.harness.ask(RECOMMEND_LOAN, said | changes, actor=actor or self.accountant)

    def approve(
        self, loan_id: str, principal: str = "10000.00", actor: Actor | None = None, **said: Any
    ) -> dict[str, Any]:
        command = {"id": loan_id, "principal": principal} | said
        return self.branch.harness.ask(APPROVE_LOAN, command, actor=actor or self.branch.manager)

    def payout(self, loan_id: str, **changes: Any) -> dict[str, Any]:
        evidence = {"mark": "thumb", "witness_id": self.branch.person_id("field_officer"), "photo": "P-0042"}
        said = {
            "id": loan_id,
            "on": PLANNED.isoformat(),
            "how": "cash",
            "evidence": evidence | changes.pop("evidence", {}),
            "called_back_by": self.branch.person_id("branch_manager"),
        }
        return said | changes

    def disburse(self, payout: dict[str, Any], actor: Actor | None = None) -> dict[str, Any]:
        return self.branch.harness.ask(DISBURSE_LOAN, payout, actor=actor or self.accountant)

    def take_steps(self) -> int:
        return self.branch.harness.take_steps("pay_out_loan", by=AccountsBatch)

    def file(self, loan_id: str, actor: Actor | None = None, **asked: Any) -> dict[str, Any]:
        command = {"id": loan_id} | asked
        return self.branch.harness.ask(GET_LOAN, command, actor=actor or self.branch.manager)

    def cancel(self, loan_id: str, actor: Actor | None = None) -> dict[str, Any]:
        command = {"id": loan_id, "reason": "তিনি আর ঋণ চান না"}
        return self.branch.harness.ask(CANCEL_LOAN, command, actor=actor or self.branch.officer)

    def approved(self, wish: dict[str, Any]) -> str:
        """A loan that everybody agreed to, its code sent to who has a telephone; paid out by nobody."""
        loan_id = str(self.propose(wish)["id"])
        self.recommend(loan_id)
        self.approve(loan_id, wish["principal"])
        with suppress(TelephoneMissing):
            self.send_code(loan_id)
        return loan_id

    def send_code(self, loan_id: str, actor: Actor | None = None) -> dict[str, Any]:
        return self.branch.harness.ask(SEND_PAYOUT_CODE, {"id": loan_id}, actor=actor or self.accountant)

    def codes(self) -> list[dict[str, Any]]:
        """What notifications was told of codes, opened with its own key."""
        keys = self.branch.harness.process.keys.unsealing("notifications")
        return [
            told | {name: unseal(told[name], keys) for name in ("mobile", "code")}
            for told in self.branch.harness.told(PAYOUT_CODE_SENT)
        ]

    def by_code(self, loan_id: str, code: str | None = None, **changes: Any) -> dict[str, Any]:
        """A payout that she proves with the code; unless another one is said, the last that went to her."""
        said = self.branch.sealed(code or self.codes()[-1]["code"])
        return self.payout(loan_id, called_back_by=None, code=said) | changes

    def disbursed(self, wish: dict[str, Any], **changes: Any) -> str:
        """A loan that is in the book."""
        loan_id = self.approved(wish)
        self.disburse(self.payout(loan_id, **changes))
        self.take_steps()
        return loan_id

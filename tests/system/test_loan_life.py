"""A loan's life over HTTP on the real parts: product, proposal, home visit, approval, payout (L2, L4, M8)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, Any

import pytest

from demo.client import Refused
from demo.town import Branch, Town, eventually, new_id, savings_of, today
from tests.support.postbox import codes

if TYPE_CHECKING:
    from bench.installation import Installation
    from demo.client import Person

ASKED, APPROVED = 12_000, 10_000
INSTALMENTS, WEEKS_A_YEAR = 46, 52
SAVED = 15_000


@dataclass(slots=True)
class Life:
    """One member on her way to a loan, and the people who take each step."""

    branch: Branch
    product: str
    samity: str
    member: str
    guarantor: str
    loan: str

    @classmethod
    def begin(cls, town: Town) -> Life:
        branch = town.open_branch()
        samity = branch.open_samity()
        member, guarantor = branch.admit(samity), branch.admit(samity)
        eventually(lambda: is_in_the_book(branch, member))
        return cls(branch, offer_product(town, branch), samity, member, guarantor, new_id())

    def save(self) -> None:
        """Her savings at the counter: the share that the loan asks for, and cash in the vault."""
        self.branch.count_vault("opening")
        account = savings_of(self.branch.manager, self.member)["account_id"]
        said = {"account_id": account, "amount": f"{SAVED}.00", "paid_by": "self"}
        self.branch.accountant.put(f"/deposits/{new_id()}", said)

    def wish(self, **changes: Any) -> dict[str, Any]:
        guarantor = {"role": "guarantor", "relation": "প্রতিবেশী", "member_id": self.guarantor}
        return {
            "member_id": self.member,
            "product_code": self.product,
            "plan_code": "W46",
            "principal": f"{ASKED}.00",
            "purpose": "গাভী পালন",
            "planned_on": self.branch.on.isoformat(),
            "people": [guarantor],
        } | changes

    def propose(self, **changes: Any) -> dict[str, Any]:
        return self.branch.officer.put(f"/loan-proposals/{self.loan}", self.wish(**changes))

    def recommend(self) -> dict[str, Any]:
        seen = {
            "recommend": True,
            "visited_on": self.file()["proposed_on"],
            "finding": "ঘরে দুটি গাভী আছে",
        }
        return self.branch.accountant.put(f"/loan-proposals/{self.loan}/recommendation", seen)

    def approve(self, taka: int, **said: Any) -> dict[str, Any]:
        body = {"principal": f"{taka}.00"} | said
        return self.branch.manager.put(f"/loan-proposals/{self.loan}/approval", body)

    def send_code(self) -> dict[str, Any]:
        return self.branch.accountant.post(f"/loan-proposals/{self.loan}/payout-code", {})

    def pay(self, on: date, code: str | None = None, **evidence: Any) -> dict[str, Any]:
        """Proved by the code that she said; without one, by the manager's call."""
        ids = self.branch.ids
        proof = {"mark": "thumb", "witness_id": ids["field_officer"], "photo": "P-0001"} | evidence
        body = {
            "on": on.isoformat(),
            "how": "cash",
            "evidence": proof,
            "code": code,
            "called_back_by": None if code else ids["branch_manager"],
        }
        return self.branch.accountant.put(f"/loan-proposals/{self.loan}/payout", body)

    def file(self, person: Person | None = None) -> dict[str, Any]:
        return (person or self.branch.manager).get(f"/loan-proposals/{self.loan}")

    def state(self) -> str:
        return str(self.file()["state"])


def is_in_the_book(branch: Branch, member: str) -> bool:
    """Whether the news of her has reached transactions: her account may be there before."""
    try:
        return bool(branch.manager.get(f"/members/{member}/passbook")["accounts"])
    except Refused:
        return False


def offer_product(town: Town, branch: Branch) -> str:
    """A product of this test alone, set by two administrators. Rule P7."""
    code = f"J{branch.code}"
    terms = {
        "name_bn": "জাগরণ ঋণ",
        "name_en": "Jagoron loan",
        "category": "jagoron",
        "fund": "own",
        "least": "5000.00",
        "most": "50000.00",
        "savings_share_bps": 1000,
        "first_loan_after_days": 0,
        "plans": [
            {"code": "W46", "frequency": "WEEKLY", "instalments": INSTALMENTS, "annual_rate_percent": "24"}
        ],
    }
    said = {
        "code": code,
        "effective_on": today().isoformat(),
        "reason": "পরিচালনা পর্ষদের সিদ্ধান্ত",
        "terms": terms,
    }
    asked = town.administrator.put(f"/loan-products/{new_id()}", said)
    town.second.post(f"/approvals/accounts/{asked['approval_id']}/decision", {"approve": True})
    return code


def level_instalment(taka: int) -> int:
    """What each week costs in whole taka: P·i ÷ (1 − (1+i)^−N), i = 24 % ÷ 52, rounded up (domain 4.4)."""
    rate = Fraction(24, 100 * WEEKS_A_YEAR)
    return ceil(taka * rate / (1 - (1 + rate) ** -INSTALMENTS))


def refused(code: str, deed: Any) -> dict[str, Any]:
    with pytest.raises(Refused) as refusal:
        deed()
    assert refusal.value.code == code
    return refusal.value.problem


@pytest.mark.rule("L2")
@pytest.mark.rule("L4")
@pytest.mark.rule("M8")
def test_from_her_wish_to_the_money_in_her_hand(mikrof: Installation, town: Town) -> None:
    life = Life.begin(town)
    her = life.branch.issue_login(life.member)

    agree_on(life)
    code = pay_out(life, mikrof)

    check_agreement(life.file()["agreement"], life.branch.on)
    check_book(life)
    told = eventually(
        lambda: [one for one in her.get("/me/messages")["items"] if one["kind"] == "loan_paid_out"]
    )
    assert len(told) == 1
    assert code not in json.dumps([life.branch.manager.get("/messages", member_id=life.member), life.file()])


def agree_on(life: Life) -> None:
    """Her wish, the visit at her home, and the manager's word for less than she asked."""
    branch = life.branch
    refused("SAVINGS_BELOW_SHARE", life.propose)
    life.save()
    assert eventually(life.propose)["state"] == "proposed"
    assert life.propose() == life.file()
    refused("ID_CONFLICT", lambda: life.propose(purpose="মুদি দোকান"))

    assert life.recommend()["state"] == "recommended"
    waiting = branch.manager.get("/approvals")["items"]
    [loan] = [one for one in waiting if one["subject_id"] == life.loan]
    assert (loan["kind"], loan["facts"]["amount"], loan["may_decide"]) == ("loan", f"{ASKED}.00", True)
    refused("AMOUNT_CONSENT_MISSING", lambda: life.approve(APPROVED))
    consent = {"mark": "thumb", "witness_id": branch.ids["field_officer"]}
    assert life.approve(APPROVED, consent=consent)["state"] == "approved"


def pay_out(life: Life, mikrof: Installation) -> str:
    """Once for a day that is not the branch's, which gives it back; then for the open one, by her code."""
    branch = life.branch
    another_day = branch.on + timedelta(days=1)
    refused("PAYOUT_CODE_NOT_SENT", lambda: life.pay(another_day))
    before = codes(mikrof, "proof_of_payout")
    life.send_code()
    [code] = eventually(lambda: codes(mikrof, "proof_of_payout")[len(before) :])
    life.pay(another_day)
    eventually(lambda: life.state() == "approved" and life.file()["refusal"])
    assert life.file()["refusal"]["code"] == "NOT_ITS_DAY"

    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    assert refused("PAYOUT_CODE_WRONG", lambda: life.pay(branch.on, wrong))["facts"]["tries_left"] == 4
    refused("WITNESS_UNFIT", lambda: life.pay(branch.on, code, witness_id=branch.ids["branch_manager"]))
    paid = life.pay(branch.on, code)
    assert paid["payout"]["proved_by"] == "code"
    assert life.pay(branch.on, code)["payout"] | {"receipt_number": None} == paid["payout"] | {
        "receipt_number": None
    }
    eventually(lambda: life.state() == "disbursed")

    shown = life.file()
    assert (shown["disbursed_on"], shown["principal"]) == (branch.on.isoformat(), f"{APPROVED}.00")
    assert shown["payout"]["receipt_number"]
    refused("LOAN_PAID_OUT_ALREADY", lambda: life.pay(another_day))
    return code


def check_agreement(agreement: dict[str, Any], on: date) -> None:
    """The schedule that was handed over, against the arithmetic of the domain."""
    rows, level = agreement["rows"], level_instalment(APPROVED)
    days = [date.fromisoformat(row["due_on"]) for row in rows]
    assert not agreement["is_estimate"]
    assert [row["total"] for row in rows[:-1]] == [f"{level}.00"] * (INSTALMENTS - 1)
    assert sum(paisa(row["principal"]) for row in rows) == APPROVED * 100
    assert rows[-1]["balance"] == "0.00"
    assert (days[0] - on).days in range(15, 15 + 7)
    assert {(later - earlier).days for earlier, later in pairwise(days)} == {7}
    assert {day.weekday() for day in days} == {on.weekday()}


def check_book(life: Life) -> None:
    """The money: out of the vault, onto her loan, nothing kept back, and the books agree."""
    branch = life.branch
    passbook = branch.manager.get(f"/members/{life.member}/passbook")
    balances = {one["code"]: one["balance"] for one in passbook["accounts"]}
    assert balances[life.file()["code"]] == f"{APPROVED}.00"
    assert branch.manager.get(f"/offices/{branch.id}/day")["vault"] == f"{SAVED - APPROVED}.00"
    trial = branch.trial_balance()
    assert trial["balanced"]
    assert trial["debit_total"] == trial["credit_total"] == f"{SAVED}.00"


def paisa(taka: str) -> int:
    whole, _, part = taka.partition(".")
    return int(whole) * 100 + int(part)

"""Weeks of a branch lived through HTTP: loans agreed and paid out, meetings, evenings, day after day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from demo.client import Refused
from demo.forms import receipt_number, row_form, submission_form
from demo.town import Branch, Town, eventually, new_id, right_now, savings_of, today

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.recomputed import Rows

NOT_FOUND = 404
FOUR_WEEKS = {"code": "W4", "frequency": "WEEKLY", "instalments": 4, "annual_rate_percent": "24"}
BOOK = ("outstanding", "due", "advance", "overdue", "paid_principal", "paid_charge", "payoff", "earned")
"""What a loan's card says in taka, as the recomputation calls it too."""


def offer_loans(town: Town, code: str, plan: dict[str, Any]) -> str:
    """A loan product with one way of repaying, set by two administrators."""
    terms = {
        "name_bn": "জাগরণ ঋণ",
        "name_en": "Jagoron loan",
        "category": "jagoron",
        "fund": "own",
        "least": "1000.00",
        "most": "50000.00",
        "first_loan_after_days": 0,
        "plans": [plan],
    }
    return offer(town, "loan-products", code, terms)


def offer(town: Town, address: str, code: str, terms: dict[str, Any]) -> str:
    """A product set by two administrators."""
    said = {"code": code, "effective_on": today().isoformat(), "reason": "পর্ষদের সিদ্ধান্ত", "terms": terms}
    asked = town.administrator.put(f"/{address}/{new_id()}", said)
    town.second.post(f"/approvals/accounts/{asked['approval_id']}/decision", {"approve": True})
    return code


@dataclass
class Weeks:
    """A branch with one samity whose members borrow and save, day by day."""

    branch: Branch
    product: str
    samity: str
    members: list[str]
    loans: dict[str, str] = field(default_factory=dict)

    @classmethod
    def begin(cls, town: Town, members: int, plan: dict[str, Any], *, below: str | None = None) -> Weeks:
        branch = town.open_branch(below=below)
        samity = branch.open_samity()
        people = [branch.admit(samity) for _ in range(members)]
        return cls(branch, offer_loans(town, f"L{branch.code}", plan), samity, people)

    def on(self) -> date:
        """The branch's business day."""
        return date.fromisoformat(self.branch.manager.get(f"/offices/{self.branch.id}/day")["on"])

    def save(self, member: str, taka: int, paid_by: str = "self") -> None:
        """Money at the counter for her savings."""
        account = savings_of(self.branch.manager, member)["account_id"]
        said = {"account_id": account, "amount": f"{taka}.00", "paid_by": paid_by}
        self.branch.accountant.put(f"/deposits/{new_id()}", said)

    def lend(self, member: str, guarantor: str, taka: int) -> str:
        """A loan from her wish to the money in her hand, each step by another person."""
        loan = self.agree(member, guarantor, taka)
        self.pay_out(member, loan)
        return loan

    def agree(self, member: str, guarantor: str, taka: int, **wishes: Any) -> str:
        """Her wish, the visit at her home and the manager's word; a bank account that she names is seen."""
        loan, branch = new_id(), self.branch
        path = f"/loan-proposals/{loan}"
        stands_in = {"role": "guarantor", "relation": "প্রতিবেশী", "member_id": guarantor}
        wish = {
            "member_id": member,
            "product_code": self.product,
            "plan_code": "W4",
            "principal": f"{taka}.00",
            "purpose": "গাভী পালন",
            "planned_on": branch.on.isoformat(),
            "people": [stands_in],
        } | wishes
        proposed = eventually(lambda: branch.officer.put(path, wish))
        visit = {"recommend": True, "visited_on": proposed["proposed_on"], "finding": "ঘরে গাভী আছে"}
        seen = {"bank_account_seen": "bank_account" in wishes}
        branch.accountant.put(f"{path}/recommendation", visit | seen)
        branch.manager.put(f"{path}/approval", {"principal": f"{taka}.00"})
        branch.accountant.post(f"{path}/payout-code", {})
        return loan

    def pay_out(self, member: str, loan: str, how: str = "cash", account_last4: str | None = None) -> None:
        """The money of an agreed loan: into her hand, or to her own account."""
        branch, path = self.branch, f"/loan-proposals/{loan}"
        proof = {"mark": "thumb", "witness_id": branch.ids["field_officer"], "photo": "P-0001"}
        called = {
            "on": branch.on.isoformat(),
            "how": how,
            "evidence": proof | {"account_last4": account_last4},
        }
        branch.accountant.put(f"{path}/payout", called | {"called_back_by": branch.ids["branch_manager"]})
        eventually(lambda: branch.manager.get(path)["state"] == "disbursed")
        self.loans[member] = loan

    def repay(self, member: str, taka: int) -> dict[str, Any]:
        """A repayment at the counter."""
        said = {"loan_id": self.loans[member], "amount": f"{taka}.00", "paid_by": "self"}
        return self.branch.accountant.put(f"/repayments/{new_id()}", said)

    def settle(self, member: str) -> None:
        """She ends her loan at once, and the manager agrees (M11)."""
        settlement = new_id()
        said = {"loan_id": self.loans[member], "evidence": "টিপসই ১", "reason": "একবারে শোধ"}
        self.branch.accountant.put(f"/settlements/{settlement}", said)
        self.approve(settlement)

    def approve(self, approval_id: str) -> None:
        """The manager's word in the books."""
        decision = f"/approvals/transactions/{approval_id}/decision"
        self.branch.manager.post(decision, {"approve": True})

    def meet(self, paid: dict[str, int]) -> None:
        """The samity's meeting, into the book: loans are paid by member, all else is nothing received."""
        branch, on = self.branch, self.on().isoformat()
        sheets = branch.officer.get("/sheets", on=on)["items"]
        found = next(one for one in sheets if one["samity_id"] == self.samity)
        sheet = branch.officer.get(f"/sheets/{found['id']}")
        holding = branch.officer.post(f"/sheets/{found['id']}/holding", {"take_over": False})
        rows: list[dict[str, Any]] = []
        for line in sheet["rows"]:
            for account in line["accounts"]:
                amount = paid.get(line["member_id"]) if account["loan"] else None
                receipt = receipt_number(holding, len(rows))
                said = {"row_id": new_id(), "receipt": receipt, "amount": amount and f"{amount}.00"}
                nothing = None if amount else "no_money"
                rows.append(row_form(line, account["account_id"], right_now(), **said, nothing=nothing))
        branch.officer.put(f"/sheets/{found['id']}/submissions/{new_id()}", submission_form(holding, rows))
        total = sum(paid.values())
        handover = branch.hand_over([found["id"]], f"{total}.00")
        branch.authorise(handover, total)
        branch.manager.post(f"/sheets/{found['id']}/check")

    def stay_away(self) -> None:
        """The samity does not meet: claimed by the officer, agreed to by the manager."""
        branch, on = self.branch, self.on().isoformat()
        sheets = branch.officer.get("/sheets", on=on)["items"]
        found = next(one for one in sheets if one["samity_id"] == self.samity)
        claim = branch.officer.post(f"/sheets/{found['id']}/not-held", {"reason": "বন্যা"})
        self.approve(claim["approval_id"])

    def close(self) -> None:
        """The evening: the vault counted by two, the day closed, and the next one begun with its count."""
        branch = self.branch
        vault = int(branch.manager.get(f"/offices/{branch.id}/day")["vault"].split(".")[0])
        branch.on = self.on()
        branch.count_vault("closing", vault)
        branch.manager.post(f"/offices/{branch.id}/days/{branch.on.isoformat()}/closing")
        before = branch.on
        eventually(lambda: self.on() != before)
        branch.on = self.on()
        branch.count_vault("opening", vault)

    def pass_days(self, until: date, meeting_on: int) -> None:
        """Close day after day; a meeting on the way is not held."""
        while self.on() < until:
            if self.on().weekday() == meeting_on:
                self.stay_away()
            self.close()

    def rest_until(self, until: date, meeting_on: int) -> None:
        """The branch is shut from tomorrow on, so that its next working day lies far ahead (L3).

        The manager declares it, the area agrees: of a branch below an area only.
        """
        branch, flood, tomorrow, last = self.branch, new_id(), days_after(self.on(), 1), days_after(until, -1)
        days = {"on": tomorrow.isoformat(), "until_on": last.isoformat()}
        names = {"name_bn": "বন্যার ছুটি", "name_en": "Flood", "reason": "বন্যা"}
        said = {"set": "branch", "office_id": branch.id}
        branch.manager.put(f"/holidays/{flood}", said | days | names)
        branch.area_manager.post(f"/approvals/accounts/{flood}/decision", {"approve": True})
        asked = {"from_on": days["on"], "to_on": days["until_on"]}
        path = f"/offices/{branch.id}/holidays"
        free = (until - tomorrow).days
        eventually(lambda: len(branch.manager.get(path, **asked)["items"]) == free)
        self.pass_days(until, meeting_on)

    def card(self, member: str, on: date | None = None) -> dict[str, Any]:
        """How the product says that her loan stands."""
        asked = {"on": on.isoformat()} if on else {}
        return self.branch.manager.get(f"/loans/{self.loans[member]}/book", **asked)

    def disagreements(self, rows: Rows, on: date) -> list[str]:
        """Where a card says something else than the rows of the ledger, counted again."""
        found = []
        for member, loan in self.loans.items():
            card, counted = self.card(member, on), rows.standing(loan, on)
            if card["status"] != "running":
                continue
            said = {name: paisa(card[name]) for name in BOOK}
            told = {name: getattr(counted, name) for name in BOOK}
            oldest = counted.oldest_unpaid_on
            said |= {"days": card["days"], "oldest": card["oldest_unpaid_on"]}
            told |= {"days": counted.days, "oldest": oldest.isoformat() if oldest else None}
            wrong = [name for name in said if said[name] != told[name]]
            found += [f"{loan} {on}: {name} {said[name]} {told[name]}" for name in wrong]
        return found


def when_heard(deed: Callable[[], Any]) -> Any:
    """Try again while the news has not reached who is asked."""

    def tried() -> Any:
        try:
            return deed()
        except Refused as refusal:
            if refusal.status != NOT_FOUND:
                raise
        return None

    return eventually(tried)


def paisa(taka: str) -> int:
    """What a decimal string of taka is in paisa."""
    whole, _, part = taka.partition(".")
    return int(whole) * 100 + int(part)


def days_after(day: date, days: int) -> date:
    return day + timedelta(days=days)

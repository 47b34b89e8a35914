"""What a branch writes into its book by hand, and what two branches send and charge each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from demo.client import Refused
from demo.town import PASSWORD, eventually, new_id
from tests.support.desk import Desk

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from demo.client import Person
    from demo.town import Branch, Town

VAULT, BANK, TRANSIT, FUND, NEWSPAPERS = "1110", "1130", "1410", "3110", "5491"
FURNITURE = "1620"


def agree(person: Person, approval_id: str) -> None:
    person.post(f"/approvals/transactions/{approval_id}/decision", {"approve": True})


def keep_ledger(town: Town, on: str) -> None:
    ledger = new_id()
    said = {"ledger": NEWSPAPERS, "parent": "5400", "name_bn": "পত্রিকা", "name_en": "Newspapers"}
    town.administrator.put(
        f"/chart/ledgers/{ledger}", said | {"effective_on": on, "reason": "asked for by the auditor"}
    )
    agree(town.second, ledger)


def keep_account(town: Town, branch: Branch) -> str:
    account = new_id()
    said = {"bank_bn": "সোনালী ব্যাংক", "bank_en": "Sonali Bank", "branch": "Natore"}
    said |= {"office_id": branch.id, "number": f"0042-{branch.code}", "reason": "letter of the bank"}
    eventually(lambda: town.administrator.put(f"/bank-accounts/{account}", said))
    agree(town.second, account)
    return account


def line(ledger: str, side: str, amount: str, account: str | None = None) -> dict[str, Any]:
    return {"ledger": ledger, "side": side, "amount": amount, "bank_account_id": account}


def write(branch: Branch, kind: str, *lines: dict[str, Any]) -> str:
    voucher = new_id()
    said = {"office_id": branch.id, "kind": kind, "narration": "বিল অনুযায়ী", "reference": "bill 7"}
    branch.accountant.put(f"/manual-vouchers/{voucher}", said | {"lines": list(lines)})
    return voucher


def book(branch: Branch, kind: str, *lines: dict[str, Any]) -> str:
    voucher = write(branch, kind, *lines)
    agree(branch.manager, voucher)
    return voucher


def send(here: Branch, there: Branch, amount: str, **place: Any) -> str:
    sent = new_id()
    said = {"from_office_id": here.id, "to_office_id": there.id, "amount": amount}
    here.accountant.put(f"/remittances/{sent}", said | place | {"narration": "fund", "reference": "memo 1"})
    agree(here.manager, sent)
    return sent


def take(there: Branch, remittance: str, **place: Any) -> None:
    taking = new_id()
    said = {"remittance_id": remittance, "office_id": there.id, "reference": "memo 1"}
    there.accountant.put(f"/remittance-takings/{taking}", said | place)
    agree(there.manager, taking)


def balances(branch: Branch) -> dict[str, str]:
    """What stands under each ledger, more than nothing on the debit side."""
    told = branch.trial_balance()["rows"]
    return {
        row["code"]: row["debit"] if row["credit"] == "0.00" else f"-{row['credit']}"
        for row in told
        if (row["debit"], row["credit"]) != ("0.00", "0.00")
    }


def flows(person: Person, office_id: str) -> dict[str, str]:
    """The sums of the cash flow statement of an office and all below it, of the open month."""
    page = person.get("/reports/cash_flow", office_id=office_id)
    keys = [column["key"] for column in page["columns"]]
    rows = [dict(zip(keys, row["cells"], strict=True)) for row in page["rows"] if row["kind"] == "row"]
    return {row["part"]: row["amount"] for row in rows if row["ledger"] is None}


@pytest.mark.rule("M8")
@pytest.mark.rule("L6")
@pytest.mark.rule("P7")
def test_a_branch_writes_vouchers_and_two_send_each_other_money(town: Town, browser: Browser) -> None:
    area = town.open_area()
    here, there = town.open_branch(below=area), town.open_branch(below=area)
    keep_ledger(town, here.on.isoformat())
    mine, theirs = (keep_account(town, branch) for branch in (here, there))

    book(here, "receipt", line(VAULT, "debit", "10000.00"), line(FUND, "credit", "10000.00"))
    book(here, "contra", line(BANK, "debit", "6000.00", mine), line(VAULT, "credit", "6000.00"))
    book(here, "payment", line(FURNITURE, "debit", "1500.00"), line(VAULT, "credit", "1500.00"))
    wrong = book(here, "payment", line(NEWSPAPERS, "debit", "40.00"), line(VAULT, "credit", "40.00"))
    waiting = write_at_a_desk(browser, here)
    with pytest.raises(Refused) as refused:
        agree(here.accountant, waiting)
    assert refused.value.status == 403
    decide_at_a_desk(browser, here)
    undoing = new_id()
    asked = {"id": undoing, "reason": "paid by the owner"}
    here.accountant.post(f"/manual-vouchers/{wrong}/undoing", asked)
    agree(here.manager, undoing)

    money = send(here, there, "2500.00", held_in="bank", bank_account_id=mine)
    take(there, money, held_in="bank", bank_account_id=theirs)
    charge = send(here, there, "12.50", held_in="ledger", ledger=NEWSPAPERS)
    take(there, charge, held_in="ledger", ledger=NEWSPAPERS)
    send(here, there, "500.00", held_in="vault")

    assert balances(here) == {
        VAULT: "1970.00",
        BANK: "3500.00",
        TRANSIT: "3012.50",
        FURNITURE: "1500.00",
        FUND: "-10000.00",
        NEWSPAPERS: "17.50",
    }
    assert balances(there) == {BANK: "2500.00", TRANSIT: "-2512.50", NEWSPAPERS: "12.50"}
    (on_its_way,) = there.manager.get(f"/offices/{there.id}/remittances")["items"]
    assert (on_its_way["amount"], on_its_way["state"]) == ("500.00", "in_transit")
    assert flows(here.area_manager, area) == {
        "opening_in_all": "0.00",
        "operating_in_all": "-30.00",
        "investing_in_all": "-1500.00",
        "financing_in_all": "10000.00",
        "between_in_all": "-500.00",
        "net_change": "7970.00",
        "closing_in_all": "7970.00",
    }


def write_at_a_desk(browser: Browser, branch: Branch) -> str:
    """The accountant writes a voucher for newspapers at the portal, and finds that it waits."""
    desk = Desk(browser, branch.town.base_url).sign_in(branch.usernames["accountant"], PASSWORD)
    desk.go_to("place.vouchers")
    desk.look()
    desk.follow("voucher.new")
    desk.choose(**{"kind": desk.t("voucher_kind.payment"), "place-0": "পত্রিকা", "place-1": "ভল্টে নগদ"})
    desk.fill(**{"narration": "পত্রিকার বিল", "reference": "bill 7", "debit-0": "৩০", "credit-1": "৩০"})
    desk.look()
    desk.press("form.ask")
    desk.sees("voucher.proposed")
    desk.sees("voucher_state.waiting")
    desk.context.close()
    assert desk.faults == []
    newest = branch.accountant.get(f"/offices/{branch.id}/manual-vouchers")["items"][0]
    return str(newest["id"])


def decide_at_a_desk(browser: Browser, branch: Branch) -> None:
    """The manager reads in his inbox what waits, with both of its sides, and agrees."""
    desk = Desk(browser, branch.town.base_url).sign_in(branch.usernames["branch_manager"], PASSWORD)
    desk.go_to("place.approvals")
    desk.look()
    desk.row(desk.t("approval_kind.voucher")).get_by_role("link", name=desk.t("approval.decide")).click()
    for told in ("৫৪৯১ পত্রিকা ৳৩০", "১১১০ ভল্টে নগদ ৳৩০", "bill 7"):
        desk.sees_text(told)
    desk.look()
    desk.press("approval.approve")
    desk.sees("approval.approved")
    desk.context.close()

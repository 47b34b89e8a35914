"""How members leave, die and come: leaving for good, a death, an applicant's money (L5, L7, L8)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from demo.client import Refused
from demo.town import admission, eventually, new_id, savings_of
from tests.support.invariants import LEDGER, broken
from tests.support.lives import FOUR_WEEKS, Weeks, days_after, paisa, when_heard
from tests.support.recomputed import Rows

if TYPE_CHECKING:
    from datetime import date

    from psycopg2.extensions import connection

    from bench.installation import Installation
    from demo.client import Person
    from demo.town import Branch, Town

SAVED, LENT, PREMIUM, LATER = 5_001, 4_000, 40, 500
APPLICANTS, RISK_FUND, NOMINEES = "2250", "2330", "2260"
HUSBAND = {"name": "করিম শেখ", "relation": "স্বামী", "birth_on": "1988-05-01", "guardian": None}
CHILD = {
    "name": "সুমাইয়া",
    "relation": "মেয়ে",
    "birth_on": "2020-04-01",
    "guardian": {"name": "করিম শেখ", "relation": "বাবা"},
}


@pytest.mark.rule("L7")
def test_leaving_for_good_and_joining_again(mikrof: Installation, town: Town) -> None:
    weeks, nid = Weeks.begin(town, 1, FOUR_WEEKS), f"1990{uuid4().int % 10**13:013d}"
    branch, member = weeks.branch, weeks.branch.admit(weeks.samity, nid=nid)
    her = branch.issue_login(member)
    borrow(weeks, member)
    assert in_the_way(branch, member) == {"no_running_loan", "savings_closed", "passbook_returned"}
    with pytest.raises(Refused) as refusal:
        leave(branch, member)
    assert (refusal.value.status, refusal.value.code) == (422, "EXIT_BLOCKED")

    weeks.settle(member)
    give_book_back(branch, member)
    eventually(lambda: "no_running_loan" not in in_the_way(branch, member))
    assert in_the_way(branch, member) == {"savings_closed"}
    paid = close_savings(weeks, member)
    leave(branch, member)
    eventually(lambda: branch.manager.get(f"/members/{member}")["status"] == "closed")

    statement = branch.accountant.get(f"/members/{member}/final-statement")
    assert (paisa(statement["paid_out"]), statement["still_open"]) == (paid, [])
    eventually(lambda: is_shut_out(her))
    books = mikrof.database("transactions")
    check(books, weeks)
    call_off(weeks, member, Rows.read(books))
    assert close_savings(weeks, member) == paid
    leave(branch, member)
    eventually(lambda: branch.manager.get(f"/members/{member}")["status"] == "closed")
    check(books, weeks)
    again = branch.admit(weeks.samity, nid=nid)
    both = branch.manager.get(f"/members/{again}")["memberships"]
    assert [one["status"] for one in both] == ["active", "closed"]
    assert both[0]["code"] != both[1]["code"]
    assert branch.manager.get(f"/members/{member}")["memberships"] == both


@pytest.mark.rule("L5")
def test_a_death_ends_the_loan_and_pays_the_nominees(mikrof: Installation, town: Town) -> None:
    weeks, books = Weeks.begin(town, 1, FOUR_WEEKS, below=town.open_area()), mikrof.database("transactions")
    branch = weeks.branch
    nominees = [HUSBAND | {"share_percent": 60}, CHILD | {"share_percent": 40}]
    member = branch.admit(weeks.samity, nominees=nominees)
    died_on = borrow(weeks, member)
    weeks.repay(member, LATER)
    case = report(branch, member, died_on)
    with pytest.raises(Refused) as refusal:
        weeks.save(member, 10)
    assert refusal.value.code == "MEMBER_DECEASED"

    pay_back(weeks, member, died_on)
    assert Rows.read(books).standing(weeks.loans[member], weeks.on()).outstanding == LENT * 100
    check(books, weeks)
    charge = waive(weeks, member, died_on, Rows.read(books))
    assert fund(Rows.read(books), branch) == (PREMIUM - LENT) * 100 - charge
    claim = when_heard(lambda: branch.accountant.get(f"/nominee-claims/{case}"))
    assert claim["state"] == "agreed"
    closed = branch.accountant.post(f"/nominee-claims/{case}/closing")
    left = whole_taka(Fraction(SAVED * 100 + earned(SAVED, (weeks.on() - died_on).days)))
    shares = [whole_taka(Fraction(left * percent, 100)) for percent in (60, 40)]
    assert paisa(closed["total"]) == left
    assert [paisa(one["amount"]) for one in closed["shares"]] == shares
    assert held(Rows.read(books), branch, NOMINEES) == sum(shares)
    pay_nominees(branch, case)

    eventually(lambda: branch.manager.get(f"/members/{member}")["status"] == "closed")
    assert branch.manager.get("/death-cases")["items"] == []
    assert held(Rows.read(books), branch, NOMINEES) == 0
    check(books, weeks)


@pytest.mark.rule("L8")
def test_an_applicants_money_goes_onto_her_savings_or_back(mikrof: Installation, town: Town) -> None:
    weeks, books = Weeks.begin(town, 0, FOUR_WEEKS), mikrof.database("transactions")
    branch = weeks.branch
    branch.count_vault("opening")
    joins, approval = apply(branch, weeks.samity)
    stays_out, _ = apply(branch, weeks.samity)
    receive(branch, joins, 500)
    receive(branch, joins, 200)
    receive(branch, stays_out, 300)
    assert held(Rows.read(books), branch, APPLICANTS) == 1_000_00

    branch.manager.post(f"/approvals/accounts/{approval}/decision", {"approve": True})
    account = eventually(lambda: savings_of(branch.manager, joins)["account_id"])
    eventually(lambda: held(Rows.read(books), branch, APPLICANTS) == 300_00)
    rows = Rows.read(books)
    assert rows.balance(account) == 700_00
    book = branch.manager.get(f"/members/{joins}/passbook")["accounts"]
    assert [paisa(one["balance"]) for one in book] == [700_00]
    back = branch.accountant.put(f"/applicants/{stays_out}/refunds/{new_id()}", refund(branch))

    assert (back["amount"], back["held"]) == ("300.00", "0.00")
    assert branch.accountant.get(f"/offices/{branch.id}/applicants-money")["items"] == []
    assert held(Rows.read(books), branch, APPLICANTS) == 0
    assert branch.manager.get(f"/offices/{branch.id}/day")["vault"] == "700.00"
    check(books, weeks)


def borrow(weeks: Weeks, member: str) -> date:
    """Savings, the premium for the risk fund, a loan, and two days on; answers the day of it all."""
    first, branch = weeks.branch.on, weeks.branch
    branch.count_vault("opening")
    weeks.save(member, SAVED)
    weeks.save(weeks.members[0], LENT)
    premium = {"member_id": member, "kind": "risk_premium", "amount": f"{PREMIUM}.00", "paid_by": "self"}
    branch.accountant.put(f"/fees/{new_id()}", premium)
    weeks.lend(member, weeks.members[0], LENT)
    weeks.meet({})
    weeks.close()
    weeks.pass_days(days_after(first, 2), first.weekday())
    return first


def in_the_way(branch: Branch, member: str) -> set[str]:
    """What keeps her from leaving, as the checklist says it."""
    shown = branch.manager.get(f"/members/{member}/exit")
    found = {one["code"] for one in shown["items"] if not one["clear"]}
    assert shown["may_leave"] is not bool(found)
    return found


def leave(branch: Branch, member: str) -> None:
    """She leaves for good: her mark, and the manager's word."""
    wish = {"reason": "গ্রাম ছেড়ে যাচ্ছেন", "mark": "thumb", "witness": "করিম শেখ"}
    leaving = new_id()
    branch.accountant.put(f"/members/{member}/exits/{leaving}", wish)
    branch.manager.post(f"/approvals/accounts/{leaving}/decision", {"approve": True})


def call_off(weeks: Weeks, member: str, rows: Rows) -> None:
    """She stays after all: her leaving of today is undone, and the cash comes back onto her account."""
    branch, undoing, account = weeks.branch, new_id(), savings_of(weeks.branch.manager, member)["account_id"]
    hers = [one for one in rows.postings if one["account"] == account and one["kind"] == "closing"]
    [payout] = [one for one in hers if one["receipt"]]
    before, vault = rows.balance(account), branch.manager.get(f"/offices/{branch.id}/day")["vault"]
    branch.accountant.put(f"/members/{member}/exit-undoings/{undoing}", {"reason": "থেকে যাচ্ছেন"})
    branch.manager.post(f"/approvals/accounts/{undoing}/decision", {"approve": True})
    eventually(lambda: branch.manager.get(f"/members/{member}")["status"] == "active")
    back = new_id()
    said = {"entry_id": payout["entry"], "kind": "money_returned"}
    words = {"reason": "থেকে যাচ্ছেন", "evidence": "টিপসই ৫"}
    branch.accountant.put(f"/reversals/{back}", said | words)
    weeks.approve(back)
    book = branch.manager.get(f"/members/{member}/passbook")["accounts"]
    [shown] = [one for one in book if one["account_id"] == account]
    assert (before, shown["closed"], paisa(shown["balance"])) == (0, False, SAVED * 100)
    returned = paisa(branch.manager.get(f"/offices/{branch.id}/day")["vault"]) - paisa(vault)
    assert returned == payout["amount"]
    assert in_the_way(branch, member) == {"savings_closed"}


def give_book_back(branch: Branch, member: str) -> None:
    [book] = branch.accountant.get(f"/members/{member}/paper-books")["items"]
    branch.accountant.post(f"/paper-books/{book['id']}/surrender", {"reason": "হিসাব বন্ধ"})


def close_savings(weeks: Weeks, member: str) -> int:
    """All of her savings paid out with interest to the day; answers how much, in paisa."""
    account, closing = savings_of(weeks.branch.manager, member)["account_id"], new_id()
    said = {"account_id": account, "evidence": "টিপসই ৩", "reason": "চলে যাচ্ছেন"}
    terms = weeks.branch.accountant.put(f"/closings/{closing}", said)["terms"]
    interest = earned(SAVED, 2)
    assert paisa(terms["interest"]) == interest
    assert paisa(terms["payout"]) == whole_taka(Fraction(SAVED * 100 + interest))
    weeks.approve(closing)
    return paisa(terms["payout"])


def is_shut_out(her: Person) -> bool:
    """Whether her login opens nothing any more."""
    try:
        her.get("/me/passbook")
    except Refused as refusal:
        return refusal.status == 401
    return False


def report(branch: Branch, member: str, died_on: date) -> str:
    """The death: brought in, verified by the manager, agreed to by the area; answers the case."""
    case = new_id()
    said = {
        "member_id": member,
        "whose": "member",
        "died_on": died_on.isoformat(),
        "reported_by": "স্বামী করিম শেখ",
        "certificate": "UP-2026-0451",
    }
    branch.accountant.put(f"/death-cases/{case}", said)
    for person, kind in ((branch.manager, "death"), (branch.area_manager, "death_area")):
        [asked] = [one for one in person.get("/approvals")["items"] if one["kind"] == kind]
        person.post(f"/approvals/accounts/{asked['id']}/decision", {"approve": True})
    [shown] = branch.manager.get("/death-cases")["items"]
    assert (shown["id"], shown["state"]) == (case, "approved")
    return case


def pay_back(weeks: Weeks, member: str, died_on: date) -> None:
    """What was paid on her loan after her death goes back out of the vault, before anything is waived."""
    loan, branch, refund_id = weeks.loans[member], weeks.branch, new_id()
    vault = paisa(branch.manager.get(f"/offices/{branch.id}/day")["vault"])
    said = {"loan_id": loan, "died_on": died_on.isoformat(), "kind": "with_charge"}
    with pytest.raises(Refused) as refusal:
        branch.manager.put(f"/waivers/{new_id()}", said | {"certificate": "UP-2026-0451", "reason": "মৃত্যু"})
    assert refusal.value.code == "PAID_AFTER_DEATH"
    said = {"loan_id": loan, "died_on": died_on.isoformat(), "paid_to": "করিম শেখ"}
    branch.accountant.put(f"/death-refunds/{refund_id}", said | {"evidence": "টিপসই ৬", "reason": "মৃত্যু"})
    weeks.approve(refund_id)
    assert vault - paisa(branch.manager.get(f"/offices/{branch.id}/day")["vault"]) == LATER * 100


def waive(weeks: Weeks, member: str, died_on: date, rows: Rows) -> int:
    """The risk fund bears all that is left of her loan; answers the charge in it, by the schedule."""
    loan, branch, waiver = weeks.loans[member], weeks.branch, new_id()
    charge = sum(row.charge for row in rows.instalments(loan))
    said = {
        "loan_id": loan,
        "died_on": died_on.isoformat(),
        "kind": "with_charge",
        "certificate": "UP-2026-0451",
        "reason": "সদস্য মারা গেছেন",
    }
    asked = {"died_on": said["died_on"], "kind": "with_charge"}
    quote = branch.manager.get(f"/loans/{loan}/waiver", **asked)
    assert paisa(quote["from_risk_fund"]) == LENT * 100 + charge
    branch.manager.put(f"/waivers/{waiver}", said)
    branch.area_manager.post(f"/approvals/transactions/{waiver}/decision", {"approve": True})
    assert weeks.card(member)["status"] == "waived"
    return charge


def pay_nominees(branch: Branch, case: str) -> None:
    evidence = {"mark": "thumb", "witness_id": branch.ids["branch_manager"]}
    for number in (1, 2):
        said = {"number": number, "evidence": evidence}
        branch.accountant.put(f"/nominee-claims/{case}/payments/{new_id()}", said)


def apply(branch: Branch, samity: str) -> tuple[str, str]:
    """An applicant and the approval that she waits for."""
    applicant = new_id()
    said = branch.officer.put(f"/members/{applicant}", admission(samity, branch.on))
    return applicant, str(said["approval_id"])


def receive(branch: Branch, applicant: str, taka: int) -> None:
    """Her cash at the counter, once the book has heard of her."""
    path, said = f"/applicants/{applicant}/receipts/{new_id()}", {"amount": f"{taka}.00"}
    when_heard(lambda: branch.accountant.put(path, said))


def refund(branch: Branch) -> dict[str, Any]:
    evidence = {"mark": "thumb", "witness_id": branch.ids["branch_manager"]}
    return {"reason": "ভর্তি হবেন না", "evidence": evidence}


def earned(taka: int, days: int) -> int:
    """What savings at 6 % a year earn in so many days, in paisa, a half upwards (domain §3)."""
    return whole(Fraction(taka * 100 * days * 6, 100 * 365))


def whole(paisa_and_parts: Fraction) -> int:
    return int(paisa_and_parts + Fraction(1, 2))


def whole_taka(paisa_and_parts: Fraction) -> int:
    """In paisa, but whole taka, a half upwards (M11)."""
    return whole(paisa_and_parts / 100) * 100


def held(rows: Rows, branch: Branch, ledger: str) -> int:
    """What a branch's accounts under a ledger hold, from its postings."""
    return sum(
        rows.balance(account)
        for account, row in rows.accounts.items()
        if row["ledger"] == ledger and str(row["office_id"]) == branch.id
    )


def fund(rows: Rows, branch: Branch) -> int:
    return held(rows, branch, RISK_FUND)


def check(books: connection, weeks: Weeks) -> None:
    """The ledger is whole, by its rows and by the product's own word."""
    assert Rows.read(books).faults() == []
    assert broken(books, LEDGER) == {}
    assert weeks.branch.trial_balance()["balanced"]

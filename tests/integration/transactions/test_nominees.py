"""A member who died: frozen from that day, her nominees paid by shares in whole taka (rules L5, M11)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import psycopg2
import pytest

from contracts.accounts import MEMBER_CHANGED
from contracts.errors import IdConflict, MakerIsChecker, NotFound, PersonExcluded
from contracts.transactions.classes import LIST_OVERDUE_LOANS
from contracts.transactions.ledger import GET_RECEIPT
from contracts.transactions.nominee_errors import (
    ClaimNotClosed,
    ClaimNotFound,
    EstateOwesLoans,
    MemberDeceased,
    NomineePaid,
)
from contracts.transactions.nominees import AGREE_CLAIM, CLOSE_ESTATE, GET_CLAIM, NOMINEES_PAID, PAY_NOMINEE
from contracts.transactions.savings import PROPOSE_CLOSING
from contracts.transactions.savings_errors import MoneyOnItsWay
from tests.support.branch import MONDAY, id_of, new_id
from tests.support.invariants import LEDGER, broken
from tests.support.loans import lend
from tests.support.memory import remembered
from tests.support.purse import ask_for, decide, deposit, open_account, pay, rest_until

if TYPE_CHECKING:
    from launcher.database import DatabaseUrls
    from tests.support.branch import Branch

pytestmark = pytest.mark.rule("L5")
DEAD = MONDAY.isoformat()
NOMINEES = "2260"


@remembered
def branch(branches: tuple[Branch, Branch]) -> Branch:
    """A branch with an open day and three members who save; no sheet keeps its days from closing."""
    here = branches[0]
    here.open_samity("Jhumka", active=False)
    for name in ("Rahima", "Salma", "Fatema"):
        here.admit(name, "Jhumka")
        here.open_savings(name)
    here.open_day()
    return here


def die(branch: Branch, name: str = "Rahima", on: str | None = DEAD) -> None:
    """Let the service hear that a member has died, or that she has not."""
    branch.harness.hear(MEMBER_CHANGED, branch.member_state(name, "Jhumka") | {"deceased_on": on})


def heirs(*shares: int) -> list[dict[str, Any]]:
    return [
        {"number": number, "name": f"ওয়ারিশ {number}", "relation": "ছেলে", "share_percent": share}
        for number, share in enumerate(shares, start=1)
    ]


def agree(branch: Branch, *shares: int, **more: Any) -> str:
    claim = {"id": new_id(), "member_id": id_of("Rahima"), "died_on": DEAD, "nominees": heirs(*shares)} | more
    branch.ask(AGREE_CLAIM, branch.manager, **claim)
    return str(claim["id"])


def close(branch: Branch, claim_id: str) -> dict[str, Any]:
    return branch.ask(CLOSE_ESTATE, branch.accountant, id=claim_id)


def give(branch: Branch, claim_id: str, number: int, **more: Any) -> dict[str, Any]:
    evidence = {"mark": "thumb", "witness_id": branch.manager.person_id}
    command = {"id": new_id(), "claim_id": claim_id, "number": number, "evidence": evidence} | more
    return branch.ask(PAY_NOMINEE, branch.accountant, **command)


def amounts(claim: dict[str, Any]) -> list[str | None]:
    return [share["amount"] for share in claim["shares"]]


class TestFreeze:
    def test_nothing_goes_in_or_out_at_the_counter(self, branch: Branch) -> None:
        account_id = open_account(branch, "Rahima", "voluntary_savings")
        deposit(branch, account_id, "500.00")
        asked = ask_for(branch, account_id, "100.00")
        decide(branch, branch.manager, asked["approval_id"])
        die(branch)

        with pytest.raises(MemberDeceased) as refused:
            deposit(branch, account_id, "10.00")
        assert refused.value.facts == {"deceased_on": DEAD}
        with pytest.raises(MemberDeceased):
            ask_for(branch, account_id, "10.00")
        with pytest.raises(MemberDeceased):
            pay(branch, asked["id"])
        with pytest.raises(MemberDeceased):
            branch.ask(
                PROPOSE_CLOSING,
                branch.accountant,
                id=new_id(),
                account_id=account_id,
                evidence="her thumb",
                reason="leaves",
            )

    def test_a_death_that_was_not_so_frees_her(self, branch: Branch) -> None:
        die(branch)
        die(branch, on=None)

        branch.deposit("Rahima", "10.00")
        assert branch.balance_of("Rahima") == "10.00"

    def test_no_sheet_expects_her(self, branch: Branch) -> None:
        die(branch)

        with branch.harness.service().books() as books:
            savers = {account.member_id for account in books.ledger.savings_of_samity(id_of("Jhumka"))}
        assert savers == {id_of("Salma"), id_of("Fatema")}

    def test_her_loan_gets_no_older(self, branch: Branch) -> None:
        """Due first on 8 December: 25 days late on 2 January, and 4 for ever when she died on the 12th."""
        lend(branch)
        rest_until(branch, date(2027, 1, 2))
        (late,) = branch.ask(LIST_OVERDUE_LOANS, branch.manager, office_id=branch.id)["items"]
        assert (late["oldest_unpaid_on"], late["days"]) == ("2026-12-08", 25)

        die(branch, on="2026-12-12")

        (frozen,) = branch.ask(LIST_OVERDUE_LOANS, branch.manager, office_id=branch.id)["items"]
        assert (frozen["days"], frozen["outstanding"]) == (4, late["outstanding"])
        assert frozen["overdue"] != late["overdue"]


class TestClaim:
    def test_is_named_once(self, branch: Branch) -> None:
        claim = {"id": new_id(), "member_id": id_of("Rahima"), "died_on": DEAD, "nominees": heirs(60, 40)}
        first = branch.ask(AGREE_CLAIM, branch.manager, **claim)

        assert (first["state"], first["total"], amounts(first)) == ("agreed", None, [None, None])
        assert branch.ask(AGREE_CLAIM, branch.manager, **claim) == first
        with pytest.raises(IdConflict):
            branch.ask(AGREE_CLAIM, branch.manager, **claim | {"nominees": heirs(40, 60)})

    def test_closes_every_account_for_her_nominees(self, branch: Branch) -> None:
        branch.deposit("Rahima", "701.00")
        deposit(branch, open_account(branch, "Rahima", "voluntary_savings"), "300.00")
        die(branch)
        claim_id = agree(branch, 60, 40)

        closed = close(branch, claim_id)

        assert (closed["state"], closed["total"], closed["closed_on"]) == ("closed", "1001.00", DEAD)
        assert amounts(closed) == ["601.00", "400.00"]
        assert [account["closed"] for account in branch.passbook("Rahima")["accounts"]] == [True, True]
        assert branch.trial_balance()[NOMINEES] == ("0.00", "1001.00")
        assert branch.trial_balance()["1110"] == ("1001.00", "0.00")
        assert close(branch, claim_id) == closed

    @pytest.mark.rule("M11")
    @pytest.mark.parametrize(
        ("total", "shares", "paid", "ledger", "difference"),
        [
            ("100.00", (33, 33, 34), ["33.00", "33.00", "34.00"], None, None),
            ("50.00", (33, 33, 34), ["17.00", "17.00", "17.00"], "5910", ("1.00", "0.00")),
            ("10.00", (33, 33, 34), ["3.00", "3.00", "3.00"], "4910", ("0.00", "1.00")),
        ],
    )
    def test_pays_whole_taka_and_books_the_difference(
        self,
        branch: Branch,
        total: str,
        shares: tuple[int, ...],
        paid: list[str],
        ledger: str | None,
        difference: tuple[str, str] | None,
    ) -> None:
        branch.deposit("Rahima", total)
        branch.deposit("Fatema", "10.00")
        die(branch)
        claim_id = agree(branch, *shares)

        assert amounts(close(branch, claim_id)) == paid
        for number in range(1, len(shares) + 1):
            give(branch, claim_id, number)
        assert branch.trial_balance()[NOMINEES] == ("0.00", "0.00")
        if ledger is not None:
            assert branch.trial_balance()[ledger] == difference

    def test_is_refused_while_a_loan_of_hers_runs(self, branch: Branch) -> None:
        lend(branch)
        die(branch)
        claim_id = agree(branch, 100)

        with pytest.raises(EstateOwesLoans) as refused:
            close(branch, claim_id)
        assert [code[:8] for code in refused.value.facts["loans"]] == ["JAG.B001"]

    def test_is_refused_while_something_is_on_its_way(self, branch: Branch) -> None:
        account_id = open_account(branch, "Rahima", "voluntary_savings")
        deposit(branch, account_id, "500.00")
        asked = ask_for(branch, account_id, "100.00")
        decide(branch, branch.manager, asked["approval_id"])
        die(branch)

        with pytest.raises(MoneyOnItsWay):
            close(branch, agree(branch, 100))

    def test_of_nothing_is_settled_at_once(self, branch: Branch) -> None:
        die(branch)

        assert close(branch, agree(branch, 100))["state"] == "paid"
        assert len(branch.harness.told(NOMINEES_PAID)) == 1


class TestPayment:
    @pytest.fixture
    def claim_id(self, branch: Branch) -> str:
        branch.deposit("Rahima", "1000.00")
        die(branch)
        claim_id = agree(branch, 60, 40)
        close(branch, claim_id)
        return claim_id

    def test_gives_each_his_share_with_a_receipt(
        self, branch: Branch, claim_id: str, database: DatabaseUrls
    ) -> None:
        first = give(branch, claim_id, 1)
        assert (first["state"], first["shares"][0]["receipt_number"]) == ("closed", "B001-2026-000002")
        assert branch.harness.told(NOMINEES_PAID) == []

        last = give(branch, claim_id, 2)

        assert last["state"] == "paid"
        assert branch.trial_balance()["1110"] == ("0.00", "0.00")
        (told,) = branch.harness.told(NOMINEES_PAID)
        assert (told["claim_id"], told["member_id"], told["on"]) == (claim_id, id_of("Rahima"), MONDAY)
        with psycopg2.connect(database.owner.replace("+psycopg2", "")) as books:
            assert broken(books, LEDGER) == {}

    def test_asked_twice_is_made_once(self, branch: Branch, claim_id: str) -> None:
        payment_id = new_id()
        first = give(branch, claim_id, 1, id=payment_id)

        assert give(branch, claim_id, 1, id=payment_id) == first
        with pytest.raises(IdConflict):
            give(branch, claim_id, 2, id=payment_id)
        with pytest.raises(NomineePaid):
            give(branch, claim_id, 1)
        with pytest.raises(NomineePaid):
            give(branch, claim_id, 3)

    def test_needs_a_witness_and_no_kin(self, branch: Branch, claim_id: str) -> None:
        myself = {"mark": "thumb", "witness_id": branch.accountant.person_id}
        with pytest.raises(MakerIsChecker):
            give(branch, claim_id, 1, evidence=myself)
        with pytest.raises(NotFound):
            give(branch, claim_id, 1, evidence={"mark": "thumb", "witness_id": id_of("nobody")})
        kin = replace(branch.accountant, excluded_members=(id_of("Rahima"),))
        evidence = {"mark": "thumb", "witness_id": branch.manager.person_id}
        with pytest.raises(PersonExcluded):
            branch.ask(PAY_NOMINEE, kin, id=new_id(), claim_id=claim_id, number=1, evidence=evidence)

    def test_comes_after_the_closing(self, branch: Branch) -> None:
        branch.deposit("Rahima", "1000.00")
        die(branch)

        with pytest.raises(ClaimNotClosed):
            give(branch, agree(branch, 100), 1)

    def test_another_branch_sees_nothing(
        self, branch: Branch, branches: tuple[Branch, Branch], claim_id: str
    ) -> None:
        assert branch.code == "B001"
        with pytest.raises(ClaimNotFound):
            branches[1].ask(GET_CLAIM, branches[1].manager, id=claim_id)
        with pytest.raises(ClaimNotFound):
            close(branches[1], claim_id)

    def test_is_printed_for_the_nominee(self, branch: Branch, claim_id: str) -> None:
        entry_id = new_id()
        give(branch, claim_id, 1, id=entry_id)

        printed = branch.ask(GET_RECEIPT, branch.accountant, entry_id=entry_id)

        assert (printed["kind"], printed["amount"], printed["duplicate"]) == (
            "nominee_payout",
            "600.00",
            False,
        )
        assert printed["member_name_en"] == "Rahima"

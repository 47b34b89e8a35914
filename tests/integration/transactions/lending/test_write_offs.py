"""Writing off, recovering, and fees at the counter (domain 4.9 and §6)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import IdConflict
from contracts.money import Paisa
from contracts.transactions.ledger import ENTRY_REVERSED, GET_RECEIPT
from contracts.transactions.ledger_errors import NotReversible
from contracts.transactions.lending_endings import (
    COUNTER_MONEY_TAKEN,
    LIST_ENDED_LOANS,
    POST_RECOVERY,
    QUOTE_WRITE_OFF,
)
from contracts.transactions.lending_endings_errors import (
    NotBadLongEnough,
    NotProvided,
    NotWriteOffDay,
    NotWrittenOff,
    OverTheClaim,
)
from contracts.transactions.savings import CORRECTION_POSTED
from contracts.transactions.savings_errors import NotCorrectable, ValueDateOutside
from tests.support import invariants
from tests.support.agreed import declining
from tests.support.branch import MONDAY, id_of, new_id
from tests.support.class_runs import rules_from
from tests.support.endings import correct, lend_earlier, pay, write_off
from tests.support.loans import standing
from tests.support.memory import remembered
from tests.support.purse import area_manager, decide, pass_days
from transactions.domain.chart import Ledgers, OfficeAccount, Side
from transactions.domain.ledger import Entry, EntryKind, Posting
from transactions.repository.classes import KeptRules

if TYPE_CHECKING:
    from psycopg2.extensions import connection

    from tests.support.branch import Branch

LONG_AGO = declining(date(2022, 1, 4))
"""Example A, paid out on 4 January 2022; its fourth instalment fell due on 9 February."""
NEW_YEARS_EVE = date(2026, 12, 31)
EVE_OF_IT = date(2026, 12, 30)


def provide(branch: Branch, paisa: int) -> None:
    """Set money aside for loan losses, as a month's run does."""
    with branch.harness.service().books() as books:
        day = books.days.hold_open(branch.id)
        expense = OfficeAccount(Ledgers.LOAN_LOSS_EXPENSE, branch.id)
        provision = OfficeAccount(Ledgers.LOAN_LOSS_PROVISION, branch.id)
        books.ledger.ensure([expense, provision])
        entry = Entry(
            id=new_id(),
            office_id=branch.id,
            kind=EntryKind.LOAN_LOSS,
            business_on=day.on,
            value_on=day.on,
            maker_id=branch.manager.person_id,
            postings=(
                Posting(expense.id, Side.DEBIT, Paisa(paisa)),
                Posting(provision.id, Side.CREDIT, Paisa(paisa)),
            ),
        )
        books.ledger.post([entry])


@remembered
def branch(branches: tuple[Branch, Branch]) -> Branch:
    """A branch whose book begins a day before the half-year's end."""
    here = branches[0]
    here.harness.watch.advance(timedelta(days=(EVE_OF_IT - MONDAY).days))
    here.open_samity("Jhumka", active=False)
    for name in ("Rahima", "Salma", "Fatema"):
        here.admit(name, "Jhumka")
        here.open_savings(name)
    here.post_staff(area_manager(here), "Area manager")
    here.open_day(EVE_OF_IT)
    return here


@remembered
def bad_loan(branch: Branch) -> str:
    """Three instalments of 2022 paid, then nothing: bad since 9 February 2023; 9,409.74 outstanding."""
    loan_id = lend_earlier(branch, LONG_AGO)
    pay(branch, loan_id, *LONG_AGO.due_by(LONG_AGO.rows[2][0]))
    provide(branch, 940_974)
    return loan_id


@remembered
def written_off(branch: Branch, bad_loan: str) -> str:
    pass_days(branch, NEW_YEARS_EVE)
    decide(branch, area_manager(branch), write_off(branch, bad_loan)["id"])
    return bad_loan


def recover(branch: Branch, loan_id: str, amount: str, **more: Any) -> dict[str, Any]:
    asked = {"entry_id": new_id(), "loan_id": loan_id, "amount": amount, "paid_by": "self", **more}
    return branch.ask(POST_RECOVERY, branch.accountant, **asked)


class TestWritingOff:
    def test_takes_the_loan_out_against_its_provision(
        self, branch: Branch, written_off: str, book: connection
    ) -> None:
        """The claim is all that was not paid: 11,121 − 3 × 242."""
        after = branch.trial_balance()

        assert after["1310"] == ("0.00", "0.00")
        assert after["2410"] == ("0.00", "0.00")
        assert standing(branch, written_off)["status"] == "written_off"
        listed = branch.ask(LIST_ENDED_LOANS, branch.manager, office_id=branch.id)["items"]
        assert [(item["kind"], item["claim"], item["principal"]) for item in listed] == [
            ("written_off", "10395.00", "9409.74")
        ]
        assert listed[0]["evidence"] == "Board 14/2026"
        assert invariants.broken(book, invariants.LEDGER) == {}

    def test_is_for_the_end_of_a_half_year_only(self, branch: Branch, bad_loan: str) -> None:
        with pytest.raises(NotWriteOffDay):
            write_off(branch, bad_loan)

    def test_may_be_booked_on_the_business_day_right_after(
        self, branch: Branch, bad_loan: str, book: connection
    ) -> None:
        """Friday 1 January is no business day; Saturday the 2nd is the first after."""
        pass_days(branch, date(2027, 1, 2))
        decide(branch, area_manager(branch), write_off(branch, bad_loan)["id"])

        with book.cursor() as rows:
            rows.execute("SELECT business_on, value_on FROM entries WHERE kind = 'write_off'")
            assert rows.fetchall() == [(date(2027, 1, 2), NEW_YEARS_EVE)]

    def test_not_on_the_second_business_day_after(self, branch: Branch, bad_loan: str) -> None:
        pass_days(branch, date(2027, 1, 3))
        with pytest.raises(NotWriteOffDay):
            write_off(branch, bad_loan)

    def test_needs_two_years_in_the_class_bad(self, branch: Branch) -> None:
        """Bad since 10 January 2025 at the earliest: on 31 December 2026 not for two years."""
        agreed = declining(date(2023, 12, 26))
        loan_id = lend_earlier(branch, agreed)
        provide(branch, 1_000_000)
        pass_days(branch, NEW_YEARS_EVE)

        with pytest.raises(NotBadLongEnough) as refusal:
            write_off(branch, loan_id)
        assert refusal.value.facts == {"bad_since": "2025-01-09", "years": 2}

    def test_goes_by_the_classes_in_force_on_its_day(self, branch: Branch, bad_loan: str) -> None:
        """From the new year on a loan is bad after 180 days: since 8 August 2022."""
        stricter = rules_from(date(2027, 1, 1), ((0, 200), (1, 1250), (16, 2500), (91, 7500), (181, 10_000)))
        with branch.harness.service().books() as books:
            books.classes.add_rules(KeptRules(id=new_id(), rules=stricter, reason="circular 12"))
        older = lend_earlier(branch, declining(date(2021, 6, 1)), "Salma")
        before = branch.ask(QUOTE_WRITE_OFF, branch.manager, loan_id=bad_loan)
        pass_days(branch, date(2027, 1, 2))
        after = branch.ask(QUOTE_WRITE_OFF, branch.manager, loan_id=bad_loan)

        assert (before["bad_since"], before["older"]) == ("2023-02-09", 1)
        assert (after["bad_since"], after["older"]) == ("2022-08-08", 1)
        assert branch.ask(QUOTE_WRITE_OFF, branch.manager, loan_id=older)["older"] == 0

    def test_needs_the_whole_provision(self, branch: Branch) -> None:
        loan_id = lend_earlier(branch, LONG_AGO)
        provide(branch, 999_999)
        pass_days(branch, NEW_YEARS_EVE)

        with pytest.raises(NotProvided):
            write_off(branch, loan_id)

    def test_tells_that_older_cases_wait(self, branch: Branch, bad_loan: str) -> None:
        lend_earlier(branch, declining(date(2021, 6, 1)), "Salma")

        quote = branch.ask(QUOTE_WRITE_OFF, branch.manager, loan_id=bad_loan)

        assert (quote["older"], quote["provided"], quote["outstanding"]) == (1, "9409.74", "9409.74")
        assert (quote["bad_since"], quote["allowed_from"]) == ("2023-02-09", "2025-02-09")

    def test_stands(self, branch: Branch, bad_loan: str) -> None:
        pass_days(branch, NEW_YEARS_EVE)
        proposed = write_off(branch, bad_loan)
        decide(branch, area_manager(branch), proposed["id"])

        with pytest.raises(NotReversible):
            branch.propose_reversal(proposed["id"], "money_returned")


class TestRecovering:
    def test_is_income_and_never_revives_the_loan(
        self, branch: Branch, written_off: str, book: connection
    ) -> None:
        before = branch.trial_balance()

        recovered = recover(branch, written_off, "395.00")

        after = branch.trial_balance()
        assert after["4210"] == ("0.00", "395.00")
        assert float(after["1110"][0]) - float(before["1110"][0]) == 395
        assert after["1310"] == ("0.00", "0.00")
        assert recovered["claim_left"] == "10000.00"
        assert recovered["receipt_number"].startswith("B001-2026-")
        assert standing(branch, written_off)["status"] == "written_off"
        (told,) = branch.harness.told(COUNTER_MONEY_TAKEN)
        assert (told["what"], told["left"], told["member_id"]) == ("recovery", 1_000_000, id_of("Rahima"))
        (item,) = branch.ask(LIST_ENDED_LOANS, branch.manager, office_id=branch.id)["items"]
        assert (item["claim"], item["recovered"]) == ("10395.00", "395.00")
        assert invariants.broken(book, invariants.LEDGER) == {}

    def test_goes_up_to_the_claim(self, branch: Branch, written_off: str) -> None:
        recover(branch, written_off, "10394.00")

        with pytest.raises(OverTheClaim) as refusal:
            recover(branch, written_off, "2.00")
        assert refusal.value.facts == {"left": "1.00"}
        assert recover(branch, written_off, "1.00")["claim_left"] == "0.00"

    def test_asked_twice_is_taken_once(self, branch: Branch, written_off: str) -> None:
        entry_id = new_id()
        first = recover(branch, written_off, "10395.00", entry_id=entry_id)

        assert recover(branch, written_off, "10395.00", entry_id=entry_id) == first
        with pytest.raises(IdConflict):
            recover(branch, written_off, "10.00", entry_id=entry_id)

    def test_of_a_running_loan_is_refused(self, branch: Branch, bad_loan: str) -> None:
        with pytest.raises(NotWrittenOff):
            recover(branch, bad_loan, "10.00")

    @pytest.mark.rule("M14")
    def test_by_mobile_money_has_the_providers_date(self, branch: Branch, written_off: str) -> None:
        the_day_before = (NEW_YEARS_EVE - timedelta(days=1)).isoformat()
        taken = recover(branch, written_off, "100.00", paid_by="mobile_money", value_on=the_day_before)

        assert taken["value_on"] == the_day_before
        assert branch.trial_balance()["1140"] == ("100.00", "0.00")
        with pytest.raises(ValueDateOutside):
            recover(branch, written_off, "100.00", value_on=the_day_before)


@pytest.mark.rule("M1")
def test_a_recovery_is_in_her_passbook_and_so_is_its_undoing(branch: Branch, written_off: str) -> None:
    taken = recover(branch, written_off, "395.00")

    [line] = lines_of(branch, "recovery")
    assert (line["amount"], line["direction"], line["status"]) == ("395.00", "deposit", "confirmed")
    assert (line["account_id"], line["balance_after"], line["service_charge"]) == (written_off, "0.00", None)
    assert line["receipt_number"] == taken["receipt_number"]
    branch.approve(branch.propose_reversal(taken["entry_id"], "money_returned"))
    assert [line["status"] for line in lines_of(branch, "recovery")] == ["reversed"]
    assert [(line["amount"], line["direction"]) for line in lines_of(branch, "reversal")] == [
        ("395.00", "withdrawal")
    ]


def lines_of(branch: Branch, kind: str) -> list[dict[str, Any]]:
    return [line for line in branch.passbook("Rahima")["lines"] if line["kind"] == kind]


@pytest.mark.rule("M12")
class TestUndoing:
    def test_a_recovery_that_was_savings_raises_the_claim_again(
        self, branch: Branch, written_off: str, book: connection
    ) -> None:
        taken = recover(branch, written_off, "395.00")
        savings = id_of("savings of Rahima")

        asked = branch.propose_reversal(taken["entry_id"], "wrong_account", to_account_id=savings)
        branch.approve(asked)

        assert branch.balance_of("Rahima") == "395.00"
        lines = branch.harness.told(ENTRY_REVERSED)[-1]["lines"]
        assert {(line["direction"], line["balance"]) for line in lines} == {
            ("withdrawal", 1_039_500),
            ("deposit", 39_500),
        }
        assert recover(branch, written_off, "10395.00")["claim_left"] == "0.00"
        assert invariants.broken(book, invariants.LEDGER) == {}


def test_a_recovery_prints_a_receipt_over_the_loan(branch: Branch, written_off: str) -> None:
    taken = recover(branch, written_off, "395.00")

    receipt = branch.ask(GET_RECEIPT, branch.accountant, entry_id=taken["entry_id"])

    assert (receipt["kind"], receipt["amount"], receipt["product_name_en"]) == (
        "recovery",
        "395.00",
        "Jagoron",
    )


@pytest.mark.rule("M13")
def test_a_recovery_of_an_earlier_day_put_right_raises_the_claim_again(
    branch: Branch, written_off: str, book: connection
) -> None:
    taken = recover(branch, written_off, "395.00")
    pass_days(branch, NEW_YEARS_EVE + timedelta(days=4))

    correct(branch, taken["entry_id"], to_account_id=id_of("savings of Salma"))

    assert branch.balance_of("Salma") == "395.00"
    lines = branch.harness.told(CORRECTION_POSTED)[-1]["lines"]
    assert {(line["member_id"], line["direction"], line["balance"]) for line in lines} == {
        (id_of("Rahima"), "withdrawal", 1_039_500),
        (id_of("Salma"), "deposit", 39_500),
    }
    assert recover(branch, written_off, "10395.00")["claim_left"] == "0.00"
    assert invariants.broken(book, invariants.LEDGER) == {}


@pytest.mark.rule("M12")
def test_a_write_off_stands_as_it_was_decided(branch: Branch, written_off: str) -> None:
    """Domain 4.9 knows no way back, and no money moved that could be returned: not on its day, not later."""
    (ended,) = branch.ask(LIST_ENDED_LOANS, branch.manager, office_id=branch.id)["items"]
    assert (ended["loan_id"], ended["kind"]) == (written_off, "written_off")
    for kind in ("money_returned", "never_received"):
        with pytest.raises(NotReversible) as refusal:
            branch.propose_reversal(ended["entry_id"], kind)
        assert refusal.value.facts == {"why": "BY_DECISION"}
    pass_days(branch, NEW_YEARS_EVE + timedelta(days=4))
    with pytest.raises(NotCorrectable) as later:
        correct(branch, ended["entry_id"])
    assert later.value.facts == {"why": "NOT_MONEY_RECEIVED"}

"""A branch's interest is put aside by the month and credited twice a year, each account once (rule M15)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import Forbidden, IdConflict, NotFound, ServiceError
from contracts.transactions.interest import (
    CANCEL_INTEREST_RUN,
    GET_INTEREST_RUN,
    LIST_INTEREST_RUNS,
    RUN_INTEREST,
)
from contracts.transactions.interest_errors import (
    InterestRunAsked,
    InterestRunEnded,
    InterestRunNotFound,
    MonthNotOver,
)
from contracts.transactions.savings import QUOTE_CLOSING
from tests.support.branch import MONDAY, id_of, new_id
from tests.support.memory import remembered
from tests.support.purse import (
    close,
    decide,
    deposit,
    open_account,
    pass_days,
    withdraw,
    work_on_few_days,
)
from transactions.batch.duties import TransactionsBatch
from transactions.operations import interest

if TYPE_CHECKING:
    from tests.support.branch import Branch

pytestmark = pytest.mark.rule("M15")
NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
NEW_YEAR = date(2027, 1, 2)
RATES = (("01", 600), ("12", 0))
RATE = Decimal(6) / 100
DAYS_OF_NOVEMBER = 8
"""From Monday the 23rd to the 30th, both included."""


def taka(exact: Decimal) -> str:
    return str(taka_of(exact))


def taka_of(exact: Decimal) -> Decimal:
    """To the paisa, halves away from nothing."""
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def by_days(amount: int, days: int) -> Decimal:
    """So many days at 6 % of 365."""
    return amount * RATE * days / 365


def ask(branch: Branch, kind: str, month: date, **more: Any) -> dict[str, Any]:
    branch.harness.watch.advance(timedelta(seconds=1))
    request = {"id": new_id(), "office_id": branch.id, "kind": kind, "month": month.isoformat()}
    return branch.ask(RUN_INTEREST, branch.accountant, **{**request, **more})


def carry_out(branch: Branch) -> None:
    branch.harness.take_steps("run_interest", by=TransactionsBatch)


def run(branch: Branch, kind: str, month: date) -> dict[str, Any]:
    """Ask for a run and let the batch process carry it out."""
    asked = ask(branch, kind, month)
    carry_out(branch)
    return get(branch, asked["id"])


def get(branch: Branch, run_id: str) -> dict[str, Any]:
    return branch.ask(GET_INTEREST_RUN, branch.manager, id=run_id)


def account_of(branch: Branch, name: str, account_id: str) -> dict[str, Any]:
    accounts = branch.passbook(name)["accounts"]
    return next(account for account in accounts if account["account_id"] == account_id)


def advance(branch: Branch, run_id: str, *, limit: int) -> bool:
    with branch.harness.service().books() as books:
        return interest.advance(books, run_id, limit=limit)


@remembered
def branch(branch: Branch) -> Branch:
    """The branch works on few days of a month only, so that a year passes in some closings."""
    work_on_few_days(branch, date(2027, 8, 1))
    return branch


@remembered
def savers(branch: Branch) -> Branch:
    """Three members with 1,000, 2,000 and 3,000 taka since Monday."""
    for number, name in enumerate(("Rahima", "Salma", "Fatema"), start=1):
        deposit(branch, id_of(f"savings of {name}"), f"{number}000.00")
    return branch


@remembered
def december(savers: Branch) -> Branch:
    """Their branch on the first day after November."""
    pass_days(savers, DECEMBER)
    return savers


@remembered
def january(savers: Branch) -> Branch:
    """Their branch on the first day of the new year, when nothing of the old one was put aside."""
    pass_days(savers, NEW_YEAR)
    return savers


class TestPuttingAside:
    def test_books_the_month_by_its_end_on_the_open_day(self, december: Branch) -> None:
        done = run(december, "provision", NOVEMBER)

        each = [taka(by_days(amount, DAYS_OF_NOVEMBER)) for amount in (1000, 2000, 3000)]
        total = str(sum(map(Decimal, each)))
        assert (done["state"], done["accounts"], done["looked_at"], done["moved"]) == ("finished", 3, 3, 3)
        assert (done["amount"], done["value_on"]) == (total, "2026-11-30")
        book = december.trial_balance()
        assert (book["5110"], book["2310"]) == ((total, "0.00"), ("0.00", total))
        assert december.balance_of("Rahima") == "1000.00"

    @pytest.mark.parametrize("month", [NOVEMBER, DECEMBER, date(9999, 12, 1)])
    def test_waits_for_the_months_last_working_day(self, savers: Branch, month: date) -> None:
        with pytest.raises(MonthNotOver) as refusal:
            ask(savers, "provision", month)
        assert refusal.value.facts == {"month": f"{month:%Y-%m}", "on": MONDAY.isoformat()}

    def test_a_branch_has_one_run_of_a_kind_and_month(self, december: Branch) -> None:
        first = ask(december, "provision", NOVEMBER)

        with pytest.raises(InterestRunAsked) as refusal:
            ask(december, "provision", NOVEMBER)
        assert refusal.value.facts == {"run_id": first["id"], "state": "running"}
        carry_out(december)
        before = december.trial_balance()
        assert ask(december, "provision", NOVEMBER, id=first["id"])["state"] == "finished"
        carry_out(december)
        assert december.trial_balance() == before
        with pytest.raises(IdConflict):
            ask(december, "posting", NOVEMBER, id=first["id"])

    def test_a_deposit_for_a_term_is_put_aside_for_too(self, branch: Branch) -> None:
        terms = {"amount": "500.00", "months": 12, "annual_rate_bps": 700}
        account = open_account(branch, "Fatema", "term_savings", **terms)
        deposit(branch, account, "500.00")
        pass_days(branch, NEW_YEAR)

        aside = run(branch, "provision", DECEMBER)
        credited = run(branch, "posting", DECEMBER)

        days = DAYS_OF_NOVEMBER + 31
        assert aside["amount"] == taka(500 * Decimal(7) / 100 * days / 365)
        assert credited["amount"] == "0.00"
        assert account_of(branch, "Fatema", account)["balance"] == "500.00"


class TestCrediting:
    def test_of_a_month_before_an_account_was_opened_leaves_it_alone(self, january: Branch) -> None:
        early = run(january, "posting", date(1, 1, 1))
        done = run(january, "posting", DECEMBER)

        assert (early["looked_at"], early["moved"], done["moved"]) == (3, 0, 3)

    def test_pays_what_was_put_aside_and_the_rest_from_expense(self, january: Branch) -> None:
        run(january, "provision", NOVEMBER)

        done = run(january, "posting", DECEMBER)

        each = [taka(by_days(amount, DAYS_OF_NOVEMBER + 31)) for amount in (1000, 2000, 3000)]
        total = str(sum(map(Decimal, each)))
        assert (done["amount"], done["moved"]) == (total, 3)
        book = january.trial_balance()
        assert (book["5110"], book["2310"]) == ((total, "0.00"), ("0.00", "0.00"))
        line = january.passbook("Rahima")["lines"][0]
        assert (line["amount"], line["value_on"]) == (each[0], "2026-12-31")
        assert line["kind"] == "interest"
        assert january.balance_of("Rahima") == str(1000 + Decimal(each[0]))

    def test_months_put_aside_make_up_what_is_credited(self, january: Branch) -> None:
        aside = [run(january, "provision", month)["amount"] for month in (NOVEMBER, DECEMBER)]

        done = run(january, "posting", DECEMBER)

        assert sum(map(Decimal, aside)) == Decimal(done["amount"])
        assert january.trial_balance()["2310"] == ("0.00", "0.00")

    def test_credits_nobody_twice_for_the_same_days(self, january: Branch) -> None:
        run(january, "posting", DECEMBER)
        before = january.trial_balance()

        assert run(january, "provision", NOVEMBER)["amount"] == "0.00"
        assert run(january, "provision", DECEMBER)["amount"] == "0.00"

        assert january.trial_balance() == before

    def test_only_in_the_months_of_the_terms(self, branch: Branch) -> None:
        often = open_account(branch, "Rahima", "voluntary_savings", interest_posting_months=[11])
        deposit(branch, often, "1000.00")
        deposit(branch, id_of("savings of Salma"), "1000.00")
        pass_days(branch, DECEMBER)

        done = run(branch, "posting", NOVEMBER)

        assert done["amount"] == taka(by_days(1000, DAYS_OF_NOVEMBER))
        assert branch.balance_of("Salma") == "1000.00"

    def test_the_trades_example_makes_seventy_eight_taka(self, branch: Branch) -> None:
        """Opening 2,000 and 200 more each month from July to December, by the average: domain 3."""
        account = open_account(branch, "Rahima", "voluntary_savings", interest_method="average_open_close")
        deposit(branch, account, "2000.00")
        pass_days(branch, NEW_YEAR)
        run(branch, "posting", DECEMBER)
        opening = Decimal(account_of(branch, "Rahima", account)["balance"])
        for month in range(1, 7):
            pass_days(branch, date(2027, month, 1))
            deposit(branch, account, "200.00")
            pass_days(branch, date(2027, month + 1, 1))
            run(branch, "provision", date(2027, month, 1))

        done = run(branch, "posting", date(2027, 6, 1))

        # What November and December earned stands in every month's opening and closing: half a year of 6 %.
        assert Decimal(done["amount"]) == taka_of(78 + (opening - 2000) * RATE / 2)
        assert branch.trial_balance()["2310"] == ("0.00", "0.00")

    @pytest.mark.parametrize(
        ("terms", "earned"),
        [
            ({"interest_minimum_balance": "1000.01"}, Decimal(0)),
            ({"interest_minimum_age_months": 2}, Decimal(0)),
            ({"interest_withdrawal_stops": True}, by_days(1000, DAYS_OF_NOVEMBER)),
            (
                {"interest_rates": [{"from_on": f"2026-{month}-01", "bps": bps} for month, bps in RATES]},
                by_days(1000, DAYS_OF_NOVEMBER),
            ),
            ({"interest_method": "monthly_last"}, 1000 * RATE / 12 + 900 * RATE / 12),
        ],
    )
    def test_is_what_the_terms_say(self, branch: Branch, terms: dict[str, Any], earned: Decimal) -> None:
        account = open_account(branch, "Rahima", "voluntary_savings", **terms)
        deposit(branch, account, "1000.00")
        pass_days(branch, date(2026, 12, 10))
        withdraw(branch, account, "100.00")
        pass_days(branch, NEW_YEAR)

        assert run(branch, "posting", DECEMBER)["amount"] == taka(earned)


class TestAKilledRun:
    def test_goes_on_where_it_was_and_pays_nobody_twice(self, january: Branch) -> None:
        asked = ask(january, "posting", DECEMBER)
        assert advance(january, asked["id"], limit=1)
        assert (get(january, asked["id"])["looked_at"], get(january, asked["id"])["state"]) == (1, "running")
        with pytest.raises(RuntimeError, match="killed"):
            _advance_and_die(january, asked["id"])

        while advance(january, asked["id"], limit=1):
            pass

        done = get(january, asked["id"])
        each = [taka(by_days(amount, DAYS_OF_NOVEMBER + 31)) for amount in (1000, 2000, 3000)]
        assert (done["state"], done["looked_at"]) == ("finished", 3)
        assert done["amount"] == str(sum(map(Decimal, each)))
        assert january.balance_of("Fatema") == str(3000 + Decimal(each[2]))

    def test_is_carried_on_by_two_at_once_as_by_one(self, january: Branch) -> None:
        asked = ask(january, "posting", DECEMBER)

        def carry_on(_: int) -> None:
            while advance(january, asked["id"], limit=1):
                pass

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(carry_on, range(4)))

        done = get(january, asked["id"])
        assert (done["state"], done["moved"], done["looked_at"]) == ("finished", 3, 3)
        each = [taka(by_days(amount, DAYS_OF_NOVEMBER + 31)) for amount in (1000, 2000, 3000)]
        assert done["amount"] == str(sum(map(Decimal, each)))

    def test_is_asked_for_once_however_many_ask(self, january: Branch) -> None:
        def asked(_: int) -> str:
            try:
                return str(ask(january, "posting", DECEMBER)["state"])
            except ServiceError as refusal:
                return refusal.code

        with ThreadPoolExecutor(4) as pool:
            ended = sorted(pool.map(asked, range(4)))

        assert ended == ["INTEREST_RUN_ASKED"] * 3 + ["running"]

    def test_cancelled_stays_as_far_as_it_came_and_another_goes_on(self, january: Branch) -> None:
        asked = ask(january, "posting", DECEMBER)
        advance(january, asked["id"], limit=2)

        cancelled = january.ask(CANCEL_INTEREST_RUN, january.accountant, id=asked["id"])
        assert not advance(january, asked["id"], limit=2)
        second = run(january, "posting", DECEMBER)

        each = [taka(by_days(amount, DAYS_OF_NOVEMBER + 31)) for amount in (1000, 2000, 3000)]
        assert (cancelled["state"], cancelled["looked_at"]) == ("cancelled", 2)
        assert Decimal(cancelled["amount"]) + Decimal(second["amount"]) == sum(map(Decimal, each))
        assert second["moved"] == 1
        with pytest.raises(InterestRunEnded):
            january.ask(CANCEL_INTEREST_RUN, january.accountant, id=second["id"])
        listed = january.ask(LIST_INTEREST_RUNS, january.manager, office_id=january.id)["items"]
        assert [each["id"] for each in listed] == [second["id"], asked["id"]]


def _advance_and_die(branch: Branch, run_id: str) -> None:
    with branch.harness.service().books() as books:
        interest.advance(books, run_id, limit=1)
        raise RuntimeError("killed")


class TestWhoMay:
    def test_the_accountant_asks_and_the_manager_reads(self, december: Branch) -> None:
        with pytest.raises(Forbidden):
            december.ask(
                RUN_INTEREST,
                december.manager,
                id=new_id(),
                office_id=december.id,
                kind="provision",
                month="2026-11-01",
            )

    def test_only_in_their_own_office(self, december: Branch, branches: tuple[Branch, Branch]) -> None:
        asked = ask(december, "provision", NOVEMBER)
        stranger = branches[1].accountant

        with pytest.raises(NotFound):
            december.ask(
                RUN_INTEREST, stranger, id=new_id(), office_id=december.id, kind="posting", month="2026-11-01"
            )
        for method in (GET_INTEREST_RUN, CANCEL_INTEREST_RUN):
            with pytest.raises(InterestRunNotFound):
                december.ask(method, stranger, id=asked["id"])


@pytest.mark.rule("M11")
class TestClosingAfterwards:
    def test_takes_from_what_was_put_aside(self, january: Branch) -> None:
        for month in (NOVEMBER, DECEMBER):
            run(january, "provision", month)
        put_aside = Decimal(january.trial_balance()["2310"][1])
        expense = Decimal(january.trial_balance()["5110"][0])
        account = id_of("savings of Rahima")
        interest_to_the_day = taka(by_days(1000, DAYS_OF_NOVEMBER + 31 + 1))

        quote = january.ask(QUOTE_CLOSING, january.manager, account_id=account)
        proposed = close(january, account)
        decide(january, january.manager, proposed["id"])

        assert quote["interest"] == interest_to_the_day
        book = january.trial_balance()
        hers = Decimal(taka(by_days(1000, DAYS_OF_NOVEMBER + 31)))
        assert Decimal(book["2310"][1]) == put_aside - hers
        assert Decimal(book["5110"][0]) == expense + Decimal(interest_to_the_day) - hers
        january.approve(january.propose_reversal(proposed["id"], "money_returned"))
        book = january.trial_balance()
        assert (Decimal(book["2310"][1]), Decimal(book["5110"][0])) == (put_aside, expense)

    def test_gives_back_to_expense_what_a_broken_term_does_not_earn(self, branch: Branch) -> None:
        terms = {"amount": "500.00", "months": 12, "annual_rate_bps": 700}
        account = open_account(branch, "Fatema", "term_savings", **terms)
        deposit(branch, account, "500.00")
        pass_days(branch, DECEMBER)
        run(branch, "provision", NOVEMBER)

        decide(branch, branch.manager, close(branch, account)["id"])

        book = branch.trial_balance()
        assert (book["2310"], book["5110"]) == (("0.00", "0.00"), ("0.00", "0.00"))

    def test_after_crediting_earns_from_the_next_day_on(self, january: Branch) -> None:
        run(january, "posting", DECEMBER)
        pass_days(january, NEW_YEAR + timedelta(days=8))
        balance = Decimal(january.balance_of("Rahima"))

        quote = january.ask(QUOTE_CLOSING, january.manager, account_id=id_of("savings of Rahima"))

        on = date.fromisoformat(quote["on"])
        days = (on - date(2027, 1, 1)).days
        assert quote["interest"] == taka(balance * RATE * days / 365)

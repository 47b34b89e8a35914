"""How loans end: figures of domain.md, and any day of any loan (domain 4.8, 4.9; rules L1, L5, M11)."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.errors import InvalidPayload
from contracts.money import Paisa
from contracts.transactions.lending_endings_errors import (
    NotBadLongEnough,
    NotProvided,
    NotWriteOffDay,
    OverSavings,
    OverTheClaim,
    OverTheLoan,
    PaidAfterDeath,
    SettledAlready,
)
from contracts.transactions.lending_endings_words import FeeKind, WaiverKind
from contracts.transactions.lending_errors import LoanEnded
from contracts.transactions.lending_words import LoanStatus, Split
from tests.support.class_runs import rules_from
from transactions.domain.accounts import MemberAccount
from transactions.domain.chart import Ledgers, OfficeAccount, Side
from transactions.domain.days import OpenDay
from transactions.domain.ledger import EntryKind
from transactions.domain.lending.counter import CounterMoney, entry_of_counter_money
from transactions.domain.lending.loans import Loan
from transactions.domain.lending.requests import require_not_ended
from transactions.domain.lending.schedules import Amounts, Schedule
from transactions.domain.lending.settlements import (
    amounts_from_savings,
    entry_from_savings,
    entry_of_settlement,
    require_savings,
    settlement_accounts,
    settlement_terms,
)
from transactions.domain.lending.waivers import (
    Payment,
    entry_of_refund,
    entry_of_waiver,
    require_nothing_paid_after,
    waiver_terms,
    with_payments,
)
from transactions.domain.lending.write_offs import (
    Claim,
    bad_since,
    entry_of_write_off,
    half_year_end,
    require_within_claim,
    require_write_off,
    require_write_off_day,
    write_off_terms,
)
from transactions.domain.savings.closing import Signed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from transactions.domain.ledger import Entry, Posting

BY_LAW = rules_from(date(2010, 11, 10))
ENOUGH, TOO_LITTLE = Paisa(10**9), Paisa(940_973)
HERE = "00000000-0000-4000-8000-00000000b001"
LOAN = "00000000-0000-4000-8000-0000000010a0"
PAID_OUT = date(2025, 1, 7)
FIRST_DUE = date(2025, 1, 22)
SIGNED = Signed(
    id="00000000-0000-4000-8000-0000000e0001", maker_id="maker", checker_id="checker", reason="she asks"
)


def example_a() -> Schedule:
    """10,000 at 24 % declining in 46 weeks of 242, the last one 231 (domain 4.5), computed anew here."""
    rows, balance, rate = [], 1_000_000, Fraction(24, 5_200)
    for number in range(46):
        charge = int(balance * rate + Fraction(1, 2))
        principal = balance if number == 45 else 24_200 - charge
        charge = 23_100 - principal if number == 45 else charge
        balance -= principal
        rows.append((FIRST_DUE + timedelta(weeks=number), Amounts(Paisa(principal), Paisa(charge))))
    return Schedule.of_rows(PAID_OUT, Split.BY_INSTALMENT, rows)


def example_c() -> Schedule:
    """10,000 flat at 12.5 %: 45 weeks of 245 and one of 225, told apart in proportion (domain 4.7)."""
    totals = [24_500] * 45 + [22_500]
    rows, paid = [], 0
    for number, total in enumerate(totals):
        before = int(Fraction(paid * 1_000_000, 1_125_000) + Fraction(1, 2))
        paid += total
        principal = int(Fraction(paid * 1_000_000, 1_125_000) + Fraction(1, 2)) - before
        rows.append(
            (FIRST_DUE + timedelta(weeks=number), Amounts(Paisa(principal), Paisa(total - principal)))
        )
    return Schedule.of_rows(PAID_OUT, Split.PROPORTIONAL, rows)


def loan_of(schedule: Schedule, status: LoanStatus = LoanStatus.RUNNING) -> Loan:
    return Loan(
        id=LOAN,
        account_id=LOAN,
        member_id="member",
        office_id=HERE,
        code="L1",
        product_code="JAG",
        fund="own",
        sex="female",
        split=schedule.split,
        principal=schedule.whole.principal,
        charge=schedule.whole.charge,
        disbursed_on=PAID_OUT,
        matures_on=schedule.matures_on,
        schedule_version=1,
        fingerprint="1:x",
        terms={},
        status=status,
    )


def day(on: date) -> OpenDay:
    return OpenDay(HERE, on)


def moved(entry: Entry, account_id: str) -> int:
    """Return what an entry adds to an account's credit, less its debit."""
    return sum_on(entry.postings, account_id)


def sum_on(postings: Iterable[Posting], account_id: str) -> int:
    return sum(
        posting.amount if posting.side is Side.CREDIT else -posting.amount
        for posting in postings
        if posting.account_id == account_id
    )


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """Any loan: up to thirty instalments, any gaps, any amounts, told apart in either way."""
    rows, on = [], PAID_OUT
    for _ in range(draw(st.integers(1, 30))):
        on += timedelta(days=draw(st.integers(1, 60)))
        principal, charge = draw(st.integers(1, 500_000)), draw(st.integers(0, 60_000))
        rows.append((on, Amounts(Paisa(principal), Paisa(charge))))
    return Schedule.of_rows(PAID_OUT, draw(st.sampled_from(Split)), rows)


def of(ledger_account: OfficeAccount) -> str:
    return ledger_account.id


VAULT = of(OfficeAccount(Ledgers.VAULT, HERE))
GAIN = of(OfficeAccount(Ledgers.ROUNDING_GAIN, HERE))
LOSS = of(OfficeAccount(Ledgers.ROUNDING_LOSS, HERE))


@pytest.mark.rule("L1")
@pytest.mark.rule("M11")
class TestSettlement:
    def test_of_example_a_on_its_twentieth_due_date(self) -> None:
        schedule = example_a()
        on = schedule.due_on[19]

        terms = settlement_terms(schedule, schedule.due_by(on), on)

        assert (terms.payoff, terms.rebate) == (590_648, 37_452)
        assert (terms.cash, terms.rounding, terms.charge) == (590_600, -48, 0)
        entry = entry_of_settlement(terms, loan_of(schedule), day(on), SIGNED, receipt="B001-2025-000001")
        assert entry is not None
        assert {(each.account_id, each.side, each.amount) for each in entry.postings} == {
            (LOAN, Side.CREDIT, 590_648),
            (VAULT, Side.DEBIT, 590_600),
            (LOSS, Side.DEBIT, 48),
        }

    def test_asks_by_days_within_a_period(self) -> None:
        """Three of seven days of the twenty-first charge, 27.26 (5,906.48 × 24 % / 52): 11.68."""
        schedule = example_a()
        on = schedule.due_on[19] + timedelta(days=3)

        terms = settlement_terms(schedule, schedule.due_by(on), on)

        assert terms.charge == int(Fraction(2_726 * 3, 7) + Fraction(1, 2)) == 1_168
        assert (terms.payoff, terms.cash, terms.rounding) == (591_816, 591_800, -16)

    def test_of_the_flat_example_gives_back_charge_that_is_not_earned(self) -> None:
        """Two instalments on the first due date: charge of 54.44 is paid and 27.22 earned."""
        schedule = example_c()
        paid = schedule.due[1]

        terms = settlement_terms(schedule, paid, FIRST_DUE)

        assert (paid.charge, schedule.due[0].charge) == (5_444, 2_722)
        assert terms.charge == -2_722
        assert terms.payoff == 1_000_000 - 43_556 - 2_722 == terms.outstanding - 2_722
        assert terms.rebate == 125_000 - 2_722

    def test_pays_her_where_more_was_paid_than_is_owed(self) -> None:
        """All but the last taka paid on the day of the payout: nothing of the charge is earned."""
        schedule = example_c()
        paid = schedule.told_apart(Paisa(1_125_000 - 10_000))

        terms = settlement_terms(schedule, paid, PAID_OUT)

        assert terms.payoff == 1_000_000 - (1_125_000 - 10_000) == -115_000
        entry = entry_of_settlement(terms, loan_of(schedule), day(PAID_OUT), SIGNED, receipt="r")
        assert entry is not None
        assert moved(entry, VAULT) == 115_000

    def test_without_a_rebate_asks_for_the_whole_charge(self) -> None:
        schedule = example_a()
        on = schedule.due_on[19]

        terms = settlement_terms(schedule, schedule.due_by(on), on, allows_rebate=False)

        assert (terms.payoff, terms.rebate) == (590_648 + 37_452, 0)

    def test_after_maturity_rebates_nothing(self) -> None:
        schedule = example_a()

        terms = settlement_terms(schedule, schedule.due[9], date(2027, 1, 1))

        assert terms.rebate == 0
        assert terms.payoff == 1_112_100 - 242_000

    @given(
        schedule=schedules(),
        share=st.fractions(0, 1),
        days=st.integers(0, 1_500),
        allows_rebate=st.booleans(),
    )
    @settings(max_examples=500)
    def test_of_any_loan_on_any_day_leaves_nothing_and_balances(
        self, schedule: Schedule, share: Fraction, days: int, *, allows_rebate: bool
    ) -> None:
        on = PAID_OUT + timedelta(days=days)
        paid = schedule.told_apart(Paisa(int(schedule.whole.total * share)))
        terms = settlement_terms(schedule, paid, on, allows_rebate=allows_rebate)
        loan = loan_of(schedule)

        entry = entry_of_settlement(terms, loan, day(on), SIGNED, receipt="r")

        postings = entry.postings if entry else ()
        assert paid.principal + sum_on(postings, LOAN) == schedule.whole.principal
        charged = paid.charge + sum_on(postings, loan.charge_account.id)
        assert charged + terms.rebate == schedule.whole.charge
        assert terms.rebate >= 0
        assert terms.cash % 100 == 0
        assert abs(terms.rounding) <= 50
        touched = {of(account) for account in settlement_accounts(loan)} | {LOAN}
        assert {posting.account_id for posting in postings} <= touched
        assert sum(sum_on(postings, account_id) for account_id in touched) == 0

    def test_happens_once(self) -> None:
        require_not_ended(loan_of(example_a()))
        with pytest.raises(SettledAlready):
            require_not_ended(loan_of(example_a(), LoanStatus.SETTLED))
        with pytest.raises(LoanEnded):
            require_not_ended(loan_of(example_a(), LoanStatus.REPAID))


def savings(balance: int, promised: int = 0) -> MemberAccount:
    return MemberAccount(
        id="savings",
        member_id="member",
        office_id=HERE,
        code="S1",
        ledger="2110",
        product_name_bn="সাধারণ সঞ্চয়",
        product_name_en="General savings",
        balance=Paisa(balance),
        pending_in=Paisa(0),
        pending_out=Paisa(promised),
        closed=False,
    )


@pytest.mark.rule("L7")
class TestSavingsToLoan:
    def test_pay_like_any_payment(self) -> None:
        """A week of example A is 46.15 of charge, then 195.85 of principal; the rest begins the second."""
        schedule = example_a()
        terms = settlement_terms(schedule, Amounts(), FIRST_DUE)

        amounts = amounts_from_savings(schedule, Amounts(), terms, Paisa(26_000))

        assert (amounts.charge, amounts.principal) == (4_615 + 1_800, 19_585)
        entry = entry_from_savings(amounts, savings(30_000), loan_of(schedule), day(FIRST_DUE), SIGNED)
        assert moved(entry, "savings") == -26_000
        assert moved(entry, LOAN) == 19_585

    def test_settle_to_the_paisa(self) -> None:
        schedule = example_a()
        on = schedule.due_on[19]
        terms = settlement_terms(schedule, schedule.due_by(on), on)

        amounts = amounts_from_savings(schedule, schedule.due_by(on), terms, None)

        assert amounts == Amounts(Paisa(590_648), Paisa(0))

    def test_give_up_to_their_balance_and_not_what_is_promised(self) -> None:
        require_savings(savings(10_000), Paisa(10_000))
        with pytest.raises(OverSavings) as refusal:
            require_savings(savings(10_000, promised=4_000), Paisa(6_001))
        assert refusal.value.facts == {"withdrawable": "60.00", "wanted": "60.01"}

    def test_pay_no_more_than_the_loan(self) -> None:
        schedule = example_a()
        terms = settlement_terms(schedule, Amounts(), FIRST_DUE)

        with pytest.raises(OverTheLoan):
            amounts_from_savings(schedule, Amounts(), terms, Paisa(1_112_101))

    def test_have_nothing_to_settle_where_the_loan_owes_her(self) -> None:
        schedule = example_c()
        paid = schedule.told_apart(Paisa(1_124_000))
        terms = settlement_terms(schedule, paid, PAID_OUT)

        with pytest.raises(OverSavings):
            amounts_from_savings(schedule, paid, terms, None)


DIED = date(2025, 6, 10)


@pytest.mark.rule("L5")
class TestWaiver:
    def test_with_charge_bears_all_that_is_left(self) -> None:
        """Example A after twenty instalments: 5,906.48 and 374.52."""
        schedule = example_a()
        terms = waiver_terms(
            schedule, schedule.due[19], died_on=DIED, on=date(2025, 7, 1), kind=WaiverKind.WITH_CHARGE
        )

        assert (terms.principal, terms.charge, terms.rebate) == (590_648, 37_452, 0)
        assert terms.from_risk_fund == 628_100
        loan = loan_of(schedule)
        entry = entry_of_waiver(terms, loan, day(terms.on), SIGNED)
        assert entry is not None
        assert moved(entry, of(OfficeAccount(Ledgers.RISK_FUND, HERE))) == -628_100
        assert moved(entry, LOAN) == 590_648
        assert moved(entry, loan.charge_account.id) == 37_452

    def test_of_the_principal_only_rebates_the_charge(self) -> None:
        schedule = example_a()
        terms = waiver_terms(
            schedule, schedule.due[19], died_on=DIED, on=date(2025, 7, 1), kind=WaiverKind.PRINCIPAL_ONLY
        )

        assert (terms.principal, terms.charge, terms.rebate) == (590_648, 0, 37_452)

    def test_of_a_loan_that_owes_nothing_more_books_nothing(self) -> None:
        schedule = example_a()
        terms = waiver_terms(
            schedule, schedule.whole, died_on=DIED, on=date(2025, 7, 1), kind=WaiverKind.WITH_CHARGE
        )

        assert entry_of_waiver(terms, loan_of(schedule), day(terms.on), SIGNED) is None

    def test_waits_until_what_was_paid_since_is_refunded(self) -> None:
        schedule = example_a()
        terms = waiver_terms(
            schedule, schedule.due[20], died_on=DIED, on=date(2025, 7, 1), kind=WaiverKind.WITH_CHARGE
        )
        before = Payment(entry_id="e1", row_id="r1", value_on=DIED, amounts=Amounts(Paisa(1)))
        after = Payment(
            entry_id="e2",
            row_id="r2",
            value_on=DIED + timedelta(days=1),
            amounts=Amounts(Paisa(21_474), Paisa(2_726)),
        )
        require_nothing_paid_after(with_payments(terms, [before]))

        with pytest.raises(PaidAfterDeath) as refusal:
            require_nothing_paid_after(with_payments(terms, [before, after]))
        assert refusal.value.facts == {"payments": 1, "amount": "242.00", "died_on": "2025-06-10"}
        entry = entry_of_refund(after, loan_of(schedule), day(date(2025, 7, 1)), SIGNED)
        assert (entry.kind, entry.value_on) == (EntryKind.REVERSAL, after.value_on)
        assert (moved(entry, LOAN), moved(entry, VAULT)) == (-21_474, 24_200)

    def test_is_of_no_death_to_come(self) -> None:
        schedule = example_a()
        with pytest.raises(InvalidPayload):
            waiver_terms(schedule, Amounts(), died_on=DIED, on=PAID_OUT, kind=WaiverKind.WITH_CHARGE)


class TestWriteOff:
    """Example A with nothing paid after its third instalment, which fell due on 5 February 2025."""

    OLDEST = date(2025, 2, 12)
    BAD = date(2026, 2, 12)

    def test_counts_from_a_year_after_the_oldest_unpaid_instalment(self) -> None:
        schedule, paid = example_a(), example_a().due[2]

        assert bad_since(schedule, paid.principal, self.BAD, BY_LAW) is None
        assert bad_since(schedule, paid.principal, self.BAD + timedelta(days=1), BY_LAW) == self.BAD

    def test_is_bad_when_the_classes_in_force_say_so(self) -> None:
        """Stricter classes, invented for the test: bad from the 181st day on."""
        stricter = rules_from(date(2025, 7, 1), ((0, 200), (1, 1250), (16, 2500), (91, 7500), (181, 10_000)))
        schedule, paid = example_a(), example_a().due[2]
        terms = write_off_terms(schedule, paid, date(2027, 12, 31), stricter)

        assert (terms.bad_since, terms.allowed_from) == (date(2025, 8, 11), date(2027, 8, 11))

    def test_leaves_a_claim_of_all_that_is_owed(self) -> None:
        schedule, paid = example_a(), example_a().due[2]
        terms = write_off_terms(schedule, paid, date(2028, 6, 30), BY_LAW)

        assert (terms.bad_since, terms.allowed_from) == (self.BAD, date(2028, 2, 12))
        assert terms.outstanding == 940_974
        assert terms.claim == 1_112_100 - 3 * 24_200
        require_write_off(terms, provided=Paisa(940_974))
        entry = entry_of_write_off(
            terms, loan_of(schedule), day(date(2028, 7, 1)), SIGNED, value_on=date(2028, 6, 30)
        )
        assert moved(entry, LOAN) == 940_974
        assert moved(entry, of(OfficeAccount(Ledgers.LOAN_LOSS_PROVISION, HERE))) == -940_974

    def test_waits_for_two_years_and_the_whole_provision(self) -> None:
        schedule, paid = example_a(), example_a().due[2]

        with pytest.raises(NotBadLongEnough):
            require_write_off(write_off_terms(schedule, paid, date(2028, 2, 11), BY_LAW), provided=ENOUGH)
        with pytest.raises(NotBadLongEnough):
            require_write_off(write_off_terms(schedule, paid, FIRST_DUE, BY_LAW), provided=ENOUGH)
        with pytest.raises(NotProvided):
            require_write_off(
                write_off_terms(schedule, paid, date(2028, 2, 12), BY_LAW), provided=Paisa(940_973)
            )

    @pytest.mark.parametrize(
        ("on", "end"),
        [
            (date(2028, 6, 30), date(2028, 6, 30)),
            (date(2028, 7, 1), date(2028, 6, 30)),
            (date(2028, 12, 30), date(2028, 6, 30)),
            (date(2028, 12, 31), date(2028, 12, 31)),
            (date(2028, 1, 1), date(2027, 12, 31)),
        ],
    )
    def test_is_for_the_end_of_a_half_year(self, on: date, end: date) -> None:
        assert half_year_end(on) == end

    def test_is_on_that_day_or_the_next_that_opens(self) -> None:
        july = date(2028, 7, 2)
        assert require_write_off_day(day(date(2028, 6, 30)), first_since=None) == date(2028, 6, 30)
        assert require_write_off_day(day(july), first_since=july) == date(2028, 6, 30)
        with pytest.raises(NotWriteOffDay):
            require_write_off_day(day(date(2028, 7, 3)), first_since=july)
        with pytest.raises(NotWriteOffDay):
            require_write_off_day(day(date(2028, 7, 11)), first_since=date(2028, 7, 11))

    def test_is_recovered_up_to_the_claim(self) -> None:
        claim = Claim(claimed=Paisa(100_048), recovered=Paisa(50_000))

        assert claim.left == 50_048
        require_within_claim(claim, Paisa(50_100))
        with pytest.raises(OverTheClaim):
            require_within_claim(claim, Paisa(50_200))


class TestCounter:
    @pytest.mark.parametrize(
        ("what", "ledger"),
        [
            (FeeKind.FORM, "4310"),
            (FeeKind.PASSBOOK, "4310"),
            (FeeKind.ADDITIONAL, "4310"),
            (FeeKind.RISK_PREMIUM, "2330"),
            (None, "4210"),
        ],
    )
    def test_money_stands_where_it_belongs(self, what: FeeKind | None, ledger: str) -> None:
        money = CounterMoney(
            entry_id="e", subject_id="s", what=what, amount=Paisa(5_000), paid_by="self", taken_by="t"
        )

        entry = entry_of_counter_money(money, HERE, day(PAID_OUT), "r")

        assert money.credited_to(HERE).ledger.code == ledger
        assert moved(entry, money.credited_to(HERE).id) == 5_000
        assert moved(entry, VAULT) == -5_000

    def test_mobile_money_is_in_no_vault(self) -> None:
        money = CounterMoney(
            entry_id="e",
            subject_id="s",
            what=None,
            amount=Paisa(5_000),
            paid_by="mobile_money",
            taken_by="t",
            value_on=PAID_OUT - timedelta(days=2),
        )

        entry = entry_of_counter_money(money, HERE, day(PAID_OUT), "r")

        assert entry.value_on == PAID_OUT - timedelta(days=2)
        assert moved(entry, of(OfficeAccount(Ledgers.MOBILE_MONEY, HERE))) == -5_000

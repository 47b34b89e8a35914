"""Every report of the product, counted by hand from the book in `hand_book.py`: figures, days and codes.

Of the book itself they are in `hand_statements.py`.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from tests.support.hand_asked import ALL_CASH, Row, Wanted, about, of_loan, rate, taka
from tests.support.hand_book import A_DAY, CHARGE, LOANS, LUMP, MONTHLY, RECOVERED, SAVINGS, HandBook, Loan
from tests.support.hand_statements import STATEMENTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support.hand_book import Account, Woman

BY_HER = {"collection", "repayment", "settlement", "mobile_money"}
"""By which deeds a borrower pays; a waiver and a write-off are none of hers."""
HERS = {SAVINGS, MONTHLY, LUMP, LOANS, CHARGE, RECOVERED}
SAVED_BY = {"collection", "deposit", "mobile_money"}

# The collection.


def daily_collection(wanted: Wanted) -> Iterator[Row]:
    for samity, branch in wanted.book.samities.items():
        hers = [loan for loan in wanted.loans() if loan.her.samity == samity]
        days = [_day_of(wanted.book, loan, wanted.on) for loan in hers if _lives(loan, wanted.on)]
        saved = _saved_on(wanted, samity)
        if branch in wanted.branches and (days or saved):
            sums = {key: sum(day[key] for day in days) for key in _DAY}
            yield {
                "branch": branch,
                "samity_code": samity,
                "borrowers": len(days),
                **{key: taka(value) for key, value in sums.items()},
                "collected_savings": taka(saved),
                "collected_in_all": taka(sums["collected_loan"] + saved),
                "recovery_rate": rate(sums["collected_regular"], sums["recoverable"]),
            }


_DAY = (
    "overdue_before",
    "recoverable",
    "collected_overdue",
    "collected_regular",
    "collected_advance",
    "collected_loan",
)


def _lives(loan: Loan, on: date) -> bool:
    return loan.on <= on and (loan.ended is None or loan.ended[0] >= on)


def _by_her(book: HandBook, loan: Loan, begin: date, end: date) -> int:
    return -sum(
        line.amount
        for ledger in (LOANS, CHARGE)
        for entry, line in book.lines(ledger, loan.code)
        if begin <= entry.value_on <= end and entry.deed in BY_HER
    )


def _day_of(book: HandBook, loan: Loan, on: date) -> dict[str, int]:
    """The oldest debt first, then the day's, the rest ahead (domain 4.8)."""
    rows, until = loan.rows(on), loan.until(on)
    asked, with_today = sum(rows.due_by(until - A_DAY)), sum(rows.due_by(until))
    before, came = _by_her(book, loan, date.min, on - A_DAY), _by_her(book, loan, on, on)
    old = max(0, asked - before)
    of_today = max(0, with_today - asked - max(0, before - asked))
    to_old = min(came, old)
    to_today = min(came - to_old, of_today)
    return dict(zip(_DAY, (old, of_today, to_old, to_today, came - to_old - to_today, came), strict=True))


def _saved_on(wanted: Wanted, samity: str) -> int:
    return -sum(
        line.amount
        for her in wanted.women()
        if her.samity == samity
        for account in her.accounts
        for entry, line in wanted.book.lines(account.ledger, account.code)
        if entry.value_on == wanted.on and entry.deed in SAVED_BY
    )


def samity_sheet(wanted: Wanted) -> Iterator[Row]:
    book, on = wanted.book, wanted.on
    for her in book.women.values():
        if her.samity != wanted.samity or her.left or her.died_on:
            continue
        loan = book.loans.get(her.name)
        if loan and loan.runs(on):
            rows, paid = loan.rows(on), sum(book.paid(loan, on))
            old = max(0, sum(rows.due_by(on - A_DAY)) - paid)
            fallen = sum(1 for due_on, _, _ in rows.rows if due_on <= on)
            yield {
                **about(her),
                "account_code": loan.code,
                "instalment_number": min(len(rows.rows), max(1, fallen)),
                "overdue_before": taka(old),
                "recoverable": taka(max(0, loan.due(on) - paid) - old),
                "balance": taka(book.held(LOANS, loan.code, on)),
            }
        nothing = dict.fromkeys(("instalment_number", "overdue_before", "recoverable"))
        for account in her.accounts:
            if account.opened_on <= on:
                balance = taka(-book.held(account.ledger, account.code, on))
                yield {**about(her), "account_code": account.code, "balance": balance, **nothing}


# Loans.


def disbursements(wanted: Wanted) -> Iterator[Row]:
    for loan in wanted.loans():
        if wanted.begin <= loan.on <= wanted.end:
            yield {
                **of_loan(loan),
                "disbursed_on": loan.on.isoformat(),
                "principal": taka(loan.agreed.principal),
                "charge": taka(loan.agreed.charge),
                "payable": taka(loan.agreed.principal + loan.agreed.charge),
                "instalments": len(loan.agreed.rows),
                "first_due_on": loan.agreed.rows[0][0].isoformat(),
                "matures_on": loan.agreed.rows[-1][0].isoformat(),
                "payout_how": loan.how,
            }


def _standing(wanted: Wanted, figure: str, sign: int) -> Iterator[Row]:
    for loan in wanted.loans():
        paid, due = sum(wanted.book.paid(loan, wanted.on)), loan.due(wanted.on)
        if loan.runs(wanted.on) and sign * (due - paid) > 0:
            rows, until = loan.rows(wanted.on).rows, loan.until(wanted.on)
            yield {
                **of_loan(loan),
                "samity_code": loan.her.samity,
                "instalments_due": sum(1 for due_on, _, _ in rows if due_on <= until),
                "due_until_then": taka(due),
                "paid_until_then": taka(paid),
                figure: taka(abs(due - paid)),
                "outstanding": taka(wanted.book.held(LOANS, loan.code, wanted.on)),
            }


def dues(wanted: Wanted) -> Iterator[Row]:
    return _standing(wanted, "due", 1)


def advances(wanted: Wanted) -> Iterator[Row]:
    return _standing(wanted, "advance", -1)


def _late(book: HandBook, loan: Loan, on: date) -> tuple[int, int]:
    """Principal overdue, and all that is overdue, at the end of a day."""
    fallen, paid = loan.rows(on).due_by(loan.until(on) - A_DAY), book.paid(loan, on)
    principal = max(0, fallen[0] - paid[0])
    return principal, max(principal, sum(fallen) - sum(paid))


def overdue(wanted: Wanted) -> Iterator[Row]:
    book, on = wanted.book, wanted.on
    for loan in wanted.loans():
        oldest = book.oldest_unpaid(loan, on) if loan.runs(on) else None
        if oldest:
            principal, in_all = _late(book, loan, on)
            agreed = _agreed_day(loan, oldest, on)
            yield {
                **of_loan(loan),
                "samity_code": loan.her.samity,
                "disbursed_on": loan.on.isoformat(),
                "oldest_unpaid_on": oldest.isoformat(),
                "days_late": (loan.until(on) - oldest).days,
                "agreed_due_on": agreed.isoformat(),
                "days_late_as_agreed": (loan.until(on) - agreed).days,
                "outstanding": taka(book.held(LOANS, loan.code, on)),
                "overdue_principal": taka(principal),
                "overdue_in_all": taka(in_all),
            }


def _agreed_day(loan: Loan, due_on: date, on: date) -> date:
    """The day that was agreed for an instalment, before holidays moved it (L3)."""
    days = [day for day, _, _ in loan.rows(on).rows]
    return loan.agreed.rows[days.index(due_on)][0]


def _ended(wanted: Wanted, *how: str) -> Iterator[tuple[Loan, Row]]:
    for loan in wanted.loans():
        if loan.ended and loan.ended[1] in how and wanted.begin <= loan.ended[0] <= wanted.end:
            days = {"ended_on": loan.ended[0].isoformat(), "disbursed_on": loan.on.isoformat()}
            yield loan, of_loan(loan) | days


def fully_paid(wanted: Wanted) -> Iterator[Row]:
    for loan, row in _ended(wanted, "repaid", "settled"):
        whole = {"principal": taka(loan.agreed.principal), "charge": taka(loan.agreed.charge)}
        yield row | whole | {"ended_how": (loan.ended or (0, ""))[1]}


def rebates(wanted: Wanted) -> Iterator[Row]:
    for loan, row in _ended(wanted, "settled"):
        yield row | {
            "principal": taka(loan.agreed.principal),
            "settled_principal": taka(loan.settled[0]),
            "settled_charge": taka(loan.settled[1]),
            "rebate": taka(loan.rebate),
        }


def waivers(wanted: Wanted) -> Iterator[Row]:
    for loan, row in _ended(wanted, "waived"):
        borne = {"waived_principal": taka(loan.settled[0]), "waived_charge": taka(loan.settled[1])}
        yield row | borne | {"died_on": str(loan.her.died_on)}


def write_offs(wanted: Wanted) -> Iterator[Row]:
    for loan, row in _ended(wanted, "written_off"):
        recovered = -wanted.book.held(RECOVERED, loan.code)
        yield row | {
            "written_off": taka(loan.settled[0]),
            "claim": taka(loan.claim),
            "recovered": taka(recovered),
            "claim_left": taka(loan.claim - recovered),
        }


def write_off_collections(wanted: Wanted) -> Iterator[Row]:
    for loan in wanted.loans():
        for entry, line in wanted.book.lines(RECOVERED, loan.code):
            if wanted.begin <= entry.on <= wanted.end:
                collected = {"collected_on": entry.on.isoformat(), "collected": taka(-line.amount)}
                yield of_loan(loan) | collected


# Savings and a member's book.


def _accounts(wanted: Wanted) -> Iterator[tuple[Woman, Account]]:
    return ((her, account) for her in wanted.women() for account in her.accounts)


def savings_refunds(wanted: Wanted) -> Iterator[Row]:
    for her, account in _accounts(wanted):
        for entry, line in wanted.book.lines(account.ledger, account.code):
            if wanted.begin <= entry.on <= wanted.end and entry.deed in {"withdrawal", "closing"}:
                yield {
                    **about(her),
                    "account_code": account.code,
                    "paid_on": entry.on.isoformat(),
                    "entry_kind": entry.deed,
                    "refunded": taka(line.amount),
                }


def interest_provisions(wanted: Wanted) -> Iterator[Row]:
    owners = {account.code: her for her, account in _accounts(wanted)}
    for one in wanted.book.accruals:
        if one.account in owners and wanted.begin.replace(day=1) <= one.month <= wanted.end:
            told = {"month": one.month.isoformat(), "provided": taka(one.amount)}
            yield about(owners[one.account]) | {"account_code": one.account} | told


def dormant(wanted: Wanted) -> Iterator[Row]:
    """Who has moved nothing for twelve months, as all stands now (domain §2)."""
    for her in wanted.women():
        loan = wanted.book.loans.get(her.name)
        codes = {her.savings, loan.code if loan else ""}
        moved = [
            one.value_on
            for one in wanted.book.entries
            if any(line.whose in codes for line in one.lines)
            and one.kind in {"deposit", "withdrawal", "disbursement", *BY_HER}
        ]
        if not her.left and (wanted.on - max(moved)).days > 366:
            yield {
                **about(her),
                "samity_code": her.samity,
                "account_code": her.savings,
                "dormant_since": max(moved).isoformat(),
                "savings_balance": taka(-wanted.book.held(SAVINGS, her.savings)),
            }


def member_ledger(wanted: Wanted) -> Iterator[Row]:
    her, loan = wanted.book.women[wanted.member], wanted.book.loans.get(wanted.member)
    accounts = [(one.code, one.ledger, -1) for one in her.accounts]
    accounts += [(loan.code, LOANS, 1)] if loan else []
    for code, ledger, grows in accounts:
        balance = 0
        for entry in wanted.entries(wanted.end):
            hers = [line for line in entry.lines if line.whose == code and line.ledger in HERS]
            if not hers:
                continue
            own = sum(line.amount for line in hers if line.ledger == ledger)
            balance += grows * own
            if entry.on >= wanted.begin:
                yield {
                    "account_code": code,
                    "value_on": entry.value_on.isoformat(),
                    "business_on": entry.on.isoformat(),
                    "entry_kind": entry.kind,
                    "received": taka(-sum(min(0, line.amount) for line in hers)),
                    "paid_out": taka(sum(max(0, line.amount) for line in hers)),
                    "of_it_charge": taka(-sum(line.amount for line in hers if line.ledger == CHARGE)),
                    "balance": taka(balance) if any(line.ledger == ledger for line in hers) else None,
                }


# How a branch is led.


def cash_position(wanted: Wanted) -> Iterator[Row]:
    moved: dict[tuple[str, str, str], list[tuple[date, int]]] = defaultdict(list)
    for entry in wanted.entries():
        for line in entry.lines:
            if line.ledger in ALL_CASH:
                moved[entry.branch, line.ledger, line.whose].append((entry.on, line.amount))
    for (branch, ledger, _), amounts in moved.items():
        opening = sum(amount for on, amount in amounts if on < wanted.on)
        cash_in = sum(amount for on, amount in amounts if on == wanted.on and amount > 0)
        cash_out = -sum(amount for on, amount in amounts if on == wanted.on and amount < 0)
        yield {
            "branch": branch,
            "cash_kind": ledger,
            "opening": taka(opening),
            "cash_in": taka(cash_in),
            "cash_out": taka(cash_out),
            "closing": taka(opening + cash_in - cash_out),
        }


def _pots(women: list[Woman]) -> Iterator[tuple[str, str]]:
    return ((account.ledger, account.code) for her in women for account in her.accounts)


def officer_performance(wanted: Wanted) -> Iterator[Row]:
    """One officer a branch looks after all of its samities."""
    book, on = wanted.book, wanted.on
    for branch in wanted.branches:
        loans = [one for one in book.of(branch) if one.runs(on) and book.held(LOANS, one.code, on)]
        late = [one for one in loans if book.oldest_unpaid(one, on)]
        outstanding, at_risk = (sum(book.held(LOANS, one.code, on) for one in some) for some in (loans, late))
        behind = sum(_late(book, one, on)[0] for one in loans)
        women = [her for her in book.women.values() if her.branch == branch]
        yield {
            "branch": branch,
            "samities": sum(1 for where in book.samities.values() if where == branch),
            "members": sum(1 for her in women if not her.left),
            "borrowers": len(loans),
            "outstanding": taka(outstanding),
            "loans_late": len(late),
            "overdue_principal": taka(behind),
            "at_risk": taka(at_risk),
            "par": rate(at_risk, outstanding),
            "delinquency": rate(behind, outstanding),
            "savings_balance": taka(-sum(book.held(*whose, on) for whose in _pots(women))),
        }


def none(_wanted: Wanted) -> Iterator[Row]:
    """What did not happen: transfers and remittances; and in the end no sheet waits for authorisation."""
    return iter(())


RATES = {
    "recovery_rate": ("collected_regular", "recoverable"),
    "par": ("at_risk", "outstanding"),
    "delinquency": ("overdue_principal", "outstanding"),
}
"""What is divided by what."""
BY_HAND: dict[str, Callable[[Wanted], Iterator[Row]]] = {
    "daily_collection": daily_collection,
    "samity_sheet": samity_sheet,
    "disbursements": disbursements,
    "dues": dues,
    "overdue": overdue,
    "advances": advances,
    "fully_paid": fully_paid,
    "rebates": rebates,
    "waivers": waivers,
    "write_offs": write_offs,
    "write_off_collections": write_off_collections,
    "savings_refunds": savings_refunds,
    "interest_provisions": interest_provisions,
    "dormant": dormant,
    "member_ledger": member_ledger,
    "cash_position": cash_position,
    "officer_performance": officer_performance,
    "transfers": none,
    "unauthorised": none,
    "remittances": none,
    **STATEMENTS,
}
"""Each report, and how it is counted by hand; others are counted by tests with `@pytest.mark.counts`."""

"""Taking a provider's statement, and putting onto an account what waits of it (rule M14)."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from contracts.errors import NotFound, PersonExcluded
from contracts.money import Paisa
from contracts.transactions.ledger import DEPOSIT_POSTED
from contracts.transactions.lending import LOAN_REPAID
from contracts.transactions.mobile_money_errors import AccountTakesNoMoney
from contracts.transactions.mobile_money_words import LineState, Unmatched
from transactions.domain import mobile_money as rules
from transactions.domain.accounts import MemberAccount
from transactions.domain.days import OpenDay
from transactions.domain.ledger import Entry
from transactions.domain.mobile_money import Line, OpenLoan, Placed
from transactions.domain.nominees import require_alive
from transactions.domain.rows import COLLECTED_LEDGERS
from transactions.domain.value_dates import PROVIDER_DAYS
from transactions.operations import dormancy
from transactions.operations.lending import crediting
from transactions.repository import Books
from transactions.repository.scope import Scope


def import_statement(
    books: Books, import_id: str, office_id: str, lines: Sequence[Line], file_name: str
) -> dict[str, Any]:
    """Take a provider's statement: every line once, whoever brings it and however often.

    Money that names an open account of the branch is put onto it with the provider's date; what a counter
    or a sheet told of before is known and not booked again; all else waits in suspense.

    Raises:
        NotFound: the office is not in the caller's scope.
        DayNotOpen, DayIsClosing: the branch posts nothing now.
        StatementAhead, StatementOfAnother: as the rules; nothing is taken.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    day = books.days.hold_open(office.id)
    books.collection.mobile_money.wait_for_others(office.id)
    rules.require_not_ahead(lines, day)
    fresh = rules.new_lines(lines, books.collection.mobile_money.known({line.id for line in lines}))
    placed = _placed(books, fresh)
    _post(books, placed, day)
    books.collection.mobile_money.add((one.line for one in placed), import_id, file_name)
    counts = Counter(one.line.state for one in placed)
    total = Paisa(sum(line.amount for line in lines))
    books.work.audit("import_statement", "office", office.id, {"file": file_name, "lines": len(fresh)})
    return {
        "id": import_id,
        "office_id": office.id,
        "provider": lines[0].provider,
        "total": total,
        "repeated": len(lines) - len(fresh),
        "posted": counts[LineState.POSTED],
        "known": counts[LineState.KNOWN],
        "suspense": counts[LineState.SUSPENSE],
    }


def match_line(books: Books, line_id: str, account_id: str, reason: str) -> None:
    """Put a waiting line onto an account of the branch, with the provider's date.

    Raises:
        LineNotFound: there is no such line for this caller.
        LineNotWaiting: it has another account already.
        NotFound: the branch has no such account.
        AccountTakesNoMoney: it is closed, or nothing is collected on it.
        PersonExcluded: it is the caller's own, or of declared kin (rule M8).
        MemberDeceased: she has died; her money is her nominees' (rule L5).
        DayNotOpen, DayIsClosing: the branch posts nothing now.
        InvalidPayload: it is more than all that remains of the loan.
    """
    actor = books.work.actor
    scope = Scope.of(actor)
    day = books.days.hold_open(books.collection.mobile_money.find(line_id, scope).office_id)
    line = books.collection.mobile_money.lock(line_id, scope)
    if (line.state, line.account_id) == (LineState.MATCHED, account_id):
        return
    rules.require_waiting(line)
    to = _require_takes(books, line, account_id)
    loans = books.loans.hold_by_account([to.id])
    given = crediting.credits_on(books, to, line.amount, line.id, line.receipt)
    entry = rules.entry_of_match(line, given, day, actor.person_id, reason)
    folded = books.ledger.post([entry])
    dormancy.wake(books, folded, day.on)
    _tell(books, line, entry)
    crediting.end_what_is_repaid(books, loans, day.on, entry.id)
    books.collection.mobile_money.match(line.id, account_id=to.id, by=actor.person_id, reason=reason)
    books.work.audit("match_statement_line", "statement_line", line.id, {"account_id": to.id})


def _require_takes(books: Books, line: Line, account_id: str) -> MemberAccount:
    account = books.ledger.find_accounts([account_id]).get(account_id)
    if account is None or account.office_id != line.office_id:
        raise NotFound
    if account.member_id in books.work.actor.excluded_members:
        raise PersonExcluded
    require_alive(books.nominees.deceased_on(account.member_id))
    if account.closed or account.ledger not in COLLECTED_LEDGERS:
        raise AccountTakesNoMoney
    return account


def _placed(books: Books, lines: Sequence[Line]) -> tuple[Placed, ...]:
    """Return what becomes of new lines; the loans that they may pay are held from now on."""
    if not lines:
        return ()
    called = books.collection.mobile_money.accounts_called(
        {line.reference for line in lines if line.reference}
    )
    near = timedelta(days=PROVIDER_DAYS)
    first, last = min(line.paid_on for line in lines), max(line.paid_on for line in lines)
    claims = books.collection.mobile_money.claims(lines[0].office_id, first - near, last + near)
    loans = _held(books, [account for account in called.values() if account.is_loan])
    refused = _refused(books, {account.member_id for account in called.values()})
    placed = []
    for line in sorted(lines, key=lambda line: (line.paid_on, line.provider_id)):
        account = called.get(line.reference or "")
        claim = rules.told_before(line, account.id if account else None, claims)
        if claim is None:
            placed.append(rules.place(line, account, refused, loans))
            continue
        claims = rules.without(claims, claim)
        placed.append(Placed(rules.known_by(line, claim), ()))
    return tuple(placed)


def _held(books: Books, accounts: Sequence[MemberAccount]) -> dict[str, OpenLoan]:
    held = books.loans.hold_by_account([account.id for account in accounts]).values()
    if not held:
        return {}
    schedules, paid = books.loans.schedules(held), books.loans.paid(held)
    return {loan.account_id: OpenLoan(loan, schedules[loan.id], paid[loan.id]) for loan in held}


def _refused(books: Books, member_ids: set[str]) -> dict[str, Unmatched]:
    """Return whose accounts take nothing without a second look: who has died, the caller's own and kin."""
    own = member_ids & set(books.work.actor.excluded_members)
    dead = books.collection.mobile_money.deceased(member_ids)
    return dict.fromkeys(own, Unmatched.OWN_OR_KIN) | dict.fromkeys(dead, Unmatched.MEMBER_DECEASED)


def _post(books: Books, placed: Sequence[Placed], day: OpenDay) -> None:
    unknown = [one for one in placed if one.line.state is not LineState.KNOWN]
    if not unknown:
        return
    entries = {one.line.id: rules.entry_of_line(one, day, books.work.actor.person_id) for one in unknown}
    office_id = unknown[0].line.office_id
    ended = rules.last_entries(unknown)
    loans = books.loans.by_accounts(ended)
    charges = [loan.charge_account for loan in loans.values()]
    books.ledger.ensure([*rules.office_accounts_of(office_id), *charges])
    folded = books.ledger.post(list(entries.values()))
    dormancy.wake(books, folded, day.on)
    dormancy.wake_owners(books, set(loans), day.on)
    for one in unknown:
        if one.credits:
            _tell(books, one.line, entries[one.line.id])
    for account_id, loan in loans.items():
        crediting.end_what_is_repaid(books, {loan.id}, day.on, ended[account_id])


def _tell(books: Books, line: Line, entry: Entry) -> None:
    """Tell her what came by telephone, as she is told of money at the counter (rule P2)."""
    moved = crediting.amounts_by_account(books, entry.postings)
    for account in books.ledger.find_accounts(moved).values():
        told = {
            "entry_id": entry.id,
            "office_id": entry.office_id,
            "member_id": account.member_id,
            "receipt_number": line.receipt,
            "business_on": entry.business_on,
            "value_on": entry.value_on,
        }
        shown = {
            "account_code": account.code,
            "product_name_bn": account.product_name_bn,
            "product_name_en": account.product_name_en,
            "amount": Paisa(moved[account.id]),
            "balance": account.balance,
        }
        if account.is_loan:
            loan = books.loans.by_accounts([account.id])[account.id]
            lines = [shown | {"owed": True}]
            books.work.tell(LOAN_REPAID, told | {"loan_id": loan.id, "lines": lines})
        else:
            books.work.tell(DEPOSIT_POSTED, told | shown | {"account_id": account.id})

"""The ledger as other services meet it: load, act in one transaction, answer."""

from typing import Any

from chassis.serving import serve
from contracts.errors import IdConflict
from contracts.transactions import PING
from contracts.transactions.ledger import (
    CLOSE_DAY,
    CONFIRM_VAULT_COUNT,
    DECIDE_APPROVAL,
    GET_DAY,
    GET_RECEIPT,
    LIST_APPROVALS,
    LIST_DAYS,
    LIST_ENTRIES,
    OPEN_ACCOUNT,
    OPEN_DAY,
    POST_DEPOSIT,
    PROPOSE_REVERSAL,
    READ_LINES,
    READ_OWN_LINES,
    READ_OWN_PASSBOOK,
    READ_PASSBOOK,
    RECORD_VAULT_COUNT,
    TRIAL_BALANCE,
)
from transactions.domain.days import DayStatus
from transactions.operations import accounts, approvals, counts, days, deposits, reversals
from transactions.queries import passbook, statements
from transactions.queries.approvals import list_approvals
from transactions.queries.books import read_trial_balance
from transactions.queries.days import closing_answer, count_answer, get_day, list_days, open_day_of
from transactions.repository import Books
from transactions.schemas.ledger import account_of, deposit_of, reversal_of
from transactions.service.base import Entrypoints
from transactions.service.books import opened_by

Command = dict[str, Any]


class Ledger(Entrypoints):
    """Accounts, days, deposits, corrections, statements and passbooks."""

    @serve(PING)
    def ping(self, command: Command) -> Command:
        """Answer that the service is there."""
        del command
        return {"service": "transactions"}

    @serve(OPEN_ACCOUNT)
    def open_account(self, command: Command) -> Command:
        """Open a member's account with a snapshot of its terms."""
        with self.books() as books:
            opened_on = accounts.open_account(books, account_of(command))
        return {"account_id": command["id"], "business_on": opened_on}

    @serve(OPEN_DAY)
    def open_day(self, command: Command) -> Command:
        """Open the first business day of an office."""
        with self.books() as books:
            days.open_day(books, command["office_id"], command["on"])
            return _day(books, command["office_id"])

    @serve(GET_DAY)
    def get_day(self, command: Command) -> Command:
        """Tell where an office's day stands, and what is missing to close it."""
        with self.books() as books:
            return _day(books, command["office_id"])

    @serve(CLOSE_DAY)
    def close_day(self, command: Command) -> Command:
        """Take on the closing of the open day, or say everything that is missing."""
        with self.books() as books:
            closing = days.close_day(books, self.ids.new(), command["office_id"], command["on"])
            return closing_answer(closing, DayStatus.CLOSING if closing.next_stage else DayStatus.CLOSED)

    @serve(LIST_DAYS)
    def list_days(self, command: Command) -> Command:
        """List an office's days."""
        with self.books() as books:
            return list_days(books, command["office_id"], command["before"])

    @serve(RECORD_VAULT_COUNT)
    def record_vault_count(self, command: Command) -> Command:
        """Save a count of the vault."""
        with self.books() as books:
            count = counts.record_vault_count(
                books,
                command["id"],
                office_id=command["office_id"],
                on=command["on"],
                moment=command["moment"],
                denominations=command["denominations"],
            )
            return count_answer(books, count)

    @serve(CONFIRM_VAULT_COUNT)
    def confirm_vault_count(self, command: Command) -> Command:
        """Let a second person confirm a count."""
        with self.books() as books:
            count = counts.confirm_vault_count(
                books, command["id"], book_difference=command["book_difference"]
            )
            return count_answer(books, count)

    @serve(POST_DEPOSIT)
    def post_deposit(self, command: Command) -> Any:
        """Post a counter deposit; the same one again gives the same answer."""
        deposit = deposit_of(command, self.call.actor.person_id)
        try:
            with self.books() as books:
                return deposits.post_deposit(books, deposit)
        except IdConflict:
            with self.books() as books:
                return deposits.answer_again(books, deposit)

    @serve(GET_RECEIPT)
    def get_receipt(self, command: Command) -> Command:
        """Return a receipt for the printer."""
        with self.books() as books:
            return deposits.print_receipt(books, command["entry_id"])

    @serve(PROPOSE_REVERSAL)
    def propose_reversal(self, command: Command) -> Command:
        """Ask for the correction of a row."""
        request = reversal_of(command, self.call.actor.person_id)
        with self.books() as books:
            return {"id": request.id, "state": reversals.propose_reversal(books, request)}

    @serve(LIST_APPROVALS)
    def list_approvals(self, command: Command) -> Command:
        """List what waits for a second person."""
        with self.books() as books:
            return list_approvals(books, command.get("after"))

    @serve(DECIDE_APPROVAL)
    def decide_approval(self, command: Command) -> Command:
        """Approve or decline."""
        with self.books() as books:
            state = approvals.decide_approval(
                books, command["id"], approve=command["approve"], reason=command["reason"]
            )
        return {"id": command["id"], "state": state, "secret": None}

    @serve(TRIAL_BALANCE)
    def trial_balance(self, command: Command) -> Command:
        """Return an office's trial balance."""
        with self.books() as books:
            return read_trial_balance(opened_by(books, command))

    @serve(LIST_ENTRIES)
    def list_entries(self, command: Command) -> Command:
        """Return an office's day book."""
        with self.books() as books:
            return statements.list_entries(
                books, command["office_id"], command["on"], command["after"], command["known_at"]
            )

    @serve(READ_OWN_PASSBOOK)
    def read_own_passbook(self, command: Command) -> Command:
        """Return the caller's own passbook."""
        del command
        with self.books() as books:
            return passbook.read_passbook(books, passbook.own_member_id(books))

    @serve(READ_PASSBOOK)
    def read_passbook(self, command: Command) -> Command:
        """Return a member's passbook for staff."""
        with self.books() as books:
            return passbook.read_passbook(books, command["member_id"])

    @serve(READ_OWN_LINES)
    def read_own_lines(self, command: Command) -> Command:
        """Return older lines of an account of the caller."""
        with self.books() as books:
            return passbook.read_lines(books, command["account_id"], command["before"])

    @serve(READ_LINES)
    def read_lines(self, command: Command) -> Command:
        """Return older lines of a member's account for staff."""
        with self.books() as books:
            return passbook.read_lines(books, command["account_id"], command["before"])


def _day(books: Books, office_id: str) -> Command:
    on = open_day_of(books, office_id)
    return get_day(books, office_id, days.missing(books, office_id, on) if on else ())

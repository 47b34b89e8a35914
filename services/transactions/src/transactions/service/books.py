"""The book as a whole as other processes call it: load, read in one transaction, answer."""

from typing import Any

from chassis.serving import serve
from contracts.transactions import books as promised
from contracts.transactions.snapshots import READ_MONTH_SNAPSHOT
from transactions.domain.periods import Asked
from transactions.queries import books as statements
from transactions.queries import entries, ledgers
from transactions.queries.snapshots import read_month_snapshot
from transactions.repository import Books
from transactions.service.base import Entrypoints

Command = dict[str, Any]


def opened_by(books: Books, command: Command) -> statements.Opened:
    """Return the books that a command means, within the caller's scope.

    Raises:
        NotFound, InvalidPayload: as `statements.open_books_of`.
    """
    asked = Asked(from_on=command.get("from_on"), on=command.get("on"), known_at=command.get("known_at"))
    return statements.open_books_of(books, command["office_id"], own=command.get("own", False), asked=asked)


class WholeBook(Entrypoints):
    """Statements, ledgers, registers, and the way from any figure to what led to it."""

    @serve(promised.INCOME_STATEMENT)
    def income_statement(self, command: Command) -> Command:
        """Answer what a period earned and spent."""
        with self.books() as books:
            return statements.read_income_statement(opened_by(books, command))

    @serve(promised.BALANCE_SHEET)
    def balance_sheet(self, command: Command) -> Command:
        """Answer what is owned and owed."""
        with self.books() as books:
            return statements.read_balance_sheet(opened_by(books, command))

    @serve(promised.RECEIPTS_AND_PAYMENTS)
    def receipts_and_payments(self, command: Command) -> Command:
        """Answer the cash that came and went."""
        with self.books() as books:
            return statements.read_receipts_and_payments(opened_by(books, command))

    @serve(promised.READ_LEDGER)
    def read_ledger(self, command: Command) -> Command:
        """Answer a ledger day by day."""
        with self.books() as books:
            return ledgers.read_ledger(opened_by(books, command), command["ledger"])

    @serve(promised.READ_LEDGER_BY_OFFICE)
    def read_ledger_by_office(self, command: Command) -> Command:
        """Answer a page of a ledger office by office."""
        with self.books() as books:
            opened = opened_by(books, command)
            return ledgers.read_ledger_by_office(books, opened, command["ledger"], command["after"])

    @serve(promised.READ_CASH_BOOK)
    def read_cash_book(self, command: Command) -> Command:
        """Answer a cash book day by day."""
        with self.books() as books:
            return ledgers.read_cash_book(opened_by(books, command), command["book"])

    @serve(promised.LIST_LEDGER_LINES)
    def list_ledger_lines(self, command: Command) -> Command:
        """Answer a page of one office's lines of a ledger or a cash book."""
        with self.books() as books:
            opened = opened_by(books, {**command, "own": True})
            wanted = ledgers.wanted_of(opened, command["ledger"], command["book"])
            return ledgers.list_ledger_lines(books, opened, wanted, command["after"])

    @serve(promised.LIST_VOUCHERS)
    def list_vouchers(self, command: Command) -> Command:
        """Answer a page of the voucher register."""
        with self.books() as books:
            opened = opened_by(books, command)
            return ledgers.list_vouchers(books, opened, command["kind"], command["after"])

    @serve(READ_MONTH_SNAPSHOT)
    def read_month_snapshot(self, command: Command) -> Command:
        """Answer what a closed month was."""
        with self.books() as books:
            return read_month_snapshot(books, command["office_id"], command["month"])

    @serve(promised.READ_ENTRY)
    def read_entry(self, command: Command) -> Command:
        """Answer an entry with everything that led to it."""
        with self.books() as books:
            return entries.read_entry(books, command["entry_id"], command["after"])

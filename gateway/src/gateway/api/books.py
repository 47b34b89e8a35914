"""The book as a whole: statements, ledgers, registers, and the way from any figure to what led to it."""

from typing import Any

from contracts.transactions.books import (
    BALANCE_SHEET,
    INCOME_STATEMENT,
    LIST_LEDGER_LINES,
    LIST_VOUCHERS,
    READ_CASH_BOOK,
    READ_ENTRY,
    READ_LEDGER,
    READ_LEDGER_BY_OFFICE,
    RECEIPTS_AND_PAYMENTS,
)
from contracts.transactions.snapshots import READ_MONTH_SNAPSHOT
from gateway.api.resource import Resource
from gateway.asking import ask

books = Resource(
    "books",
    "The book as a whole: statements, ledgers, registers, and the way from any figure to what led to it.",
)


@books.get("/offices/<uuid:office_id>/income-statement", INCOME_STATEMENT)
def income_statement(command: dict[str, Any]) -> dict[str, Any]:
    """Read what a period earned and spent, beside its fiscal year so far."""
    return ask(INCOME_STATEMENT, command)


@books.get("/offices/<uuid:office_id>/balance-sheet", BALANCE_SHEET)
def balance_sheet(command: dict[str, Any]) -> dict[str, Any]:
    """Read what is owned and owed at the end of a day."""
    return ask(BALANCE_SHEET, command)


@books.get("/offices/<uuid:office_id>/receipts-and-payments", RECEIPTS_AND_PAYMENTS)
def receipts_and_payments(command: dict[str, Any]) -> dict[str, Any]:
    """Read the cash that came and went in a period, by what it was for."""
    return ask(RECEIPTS_AND_PAYMENTS, command)


@books.get("/offices/<uuid:office_id>/ledgers/<ledger>", READ_LEDGER)
def read_ledger(command: dict[str, Any]) -> dict[str, Any]:
    """Read a ledger day by day."""
    return ask(READ_LEDGER, command)


@books.get("/offices/<uuid:office_id>/ledgers/<ledger>/offices", READ_LEDGER_BY_OFFICE)
def read_ledger_by_office(command: dict[str, Any]) -> dict[str, Any]:
    """Read a ledger office by office: from a figure of the institution to whose it is."""
    return ask(READ_LEDGER_BY_OFFICE, command)


@books.get("/offices/<uuid:office_id>/ledger-lines", LIST_LEDGER_LINES)
def list_ledger_lines(command: dict[str, Any]) -> dict[str, Any]:
    """Read what entries of one office moved on a ledger or a cash book, with the balance after each."""
    return ask(LIST_LEDGER_LINES, command)


@books.get("/offices/<uuid:office_id>/cash-books/<book>", READ_CASH_BOOK)
def read_cash_book(command: dict[str, Any]) -> dict[str, Any]:
    """Read the cash book, the bank book or that of mobile money day by day."""
    return ask(READ_CASH_BOOK, command)


@books.get("/offices/<uuid:office_id>/vouchers", LIST_VOUCHERS)
def list_vouchers(command: dict[str, Any]) -> dict[str, Any]:
    """Read the register of vouchers in a period."""
    return ask(LIST_VOUCHERS, command)


@books.get("/offices/<uuid:office_id>/month-snapshots/<month>", READ_MONTH_SNAPSHOT)
def read_month_snapshot(command: dict[str, Any]) -> dict[str, Any]:
    """Read what a closed month was: loans, dues, classes, savings and members by product, sex and fund."""
    return ask(READ_MONTH_SNAPSHOT, command)


@books.get("/entries/<uuid:entry_id>", READ_ENTRY)
def read_entry(command: dict[str, Any]) -> dict[str, Any]:
    """Read an entry with its sheet, receipt, voucher, officer and approvals."""
    return ask(READ_ENTRY, command)

"""What transactions promises about the book as a whole: statements, ledgers, registers, and drill-down."""

from contracts.calls import Method
from contracts.transactions import books_answers as answers
from contracts.transactions import books_commands as commands
from contracts.transactions.ledger import SERVICE

STATEMENT_TIMEOUT = 30
"""Seconds: the whole institution takes longer than a branch."""
PERMISSION = "book:read"

INCOME_STATEMENT = Method(
    service=SERVICE,
    name="income_statement",
    command=commands.StatementOf,
    answer=answers.IncomeStatement,
    permission=PERMISSION,
    timeout=STATEMENT_TIMEOUT,
)
BALANCE_SHEET = Method(
    service=SERVICE,
    name="balance_sheet",
    command=commands.StatementAt,
    answer=answers.BalanceSheet,
    permission=PERMISSION,
    timeout=STATEMENT_TIMEOUT,
)
RECEIPTS_AND_PAYMENTS = Method(
    service=SERVICE,
    name="receipts_and_payments",
    command=commands.StatementOf,
    answer=answers.ReceiptsAndPayments,
    permission=PERMISSION,
    timeout=STATEMENT_TIMEOUT,
)
READ_LEDGER = Method(
    service=SERVICE,
    name="read_ledger",
    command=commands.LedgerOf,
    answer=answers.LedgerDays,
    permission=PERMISSION,
    timeout=STATEMENT_TIMEOUT,
)
READ_LEDGER_BY_OFFICE = Method(
    service=SERVICE,
    name="read_ledger_by_office",
    command=commands.LedgerByOffice,
    answer=answers.LedgerOffices,
    permission=PERMISSION,
    timeout=STATEMENT_TIMEOUT,
)
READ_CASH_BOOK = Method(
    service=SERVICE,
    name="read_cash_book",
    command=commands.CashBookOf,
    answer=answers.CashBook,
    permission=PERMISSION,
    timeout=STATEMENT_TIMEOUT,
)
LIST_LEDGER_LINES = Method(
    service=SERVICE,
    name="list_ledger_lines",
    command=commands.ListLedgerLines,
    answer=answers.LedgerLinePage,
    permission=PERMISSION,
)
LIST_VOUCHERS = Method(
    service=SERVICE,
    name="list_vouchers",
    command=commands.ListVouchers,
    answer=answers.VoucherPage,
    permission=PERMISSION,
)
READ_ENTRY = Method(
    service=SERVICE,
    name="read_entry",
    command=commands.ReadEntry,
    answer=answers.EntryDetail,
    permission=PERMISSION,
)

METHODS: tuple[Method, ...] = (
    INCOME_STATEMENT,
    BALANCE_SHEET,
    RECEIPTS_AND_PAYMENTS,
    READ_LEDGER,
    READ_LEDGER_BY_OFFICE,
    READ_CASH_BOOK,
    LIST_LEDGER_LINES,
    LIST_VOUCHERS,
    READ_ENTRY,
)

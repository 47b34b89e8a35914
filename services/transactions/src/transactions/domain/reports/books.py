"""Reports of the book: statements, cash books, ledgers, vouchers. Pure."""

from contracts.transactions.reports_words import ReportSubject
from transactions.domain.reports.definitions import (
    BRANCH_COLUMN,
    KNOWN_AT,
    ON,
    PERIOD,
    Definition,
    code,
    day,
    money,
    name,
    text,
    word,
)

BOOK = ReportSubject.BOOK
PERMISSION = "book:read"
_LISTED = (
    "income",
    "expense",
    "assets",
    "liabilities",
    "funds",
    "opening",
    "receipts",
    "payments",
    "closing",
    "operating",
    "investing",
    "financing",
    "between",
)
PARTS = (*_LISTED, *(f"{part}_in_all" for part in _LISTED), "surplus", "unclosed", "owed", "net_change")
"""The parts of statements, and the lines that sum them up."""
_BY_POSITION = {"position": "bigint"}

TRIAL_BALANCE = Definition(
    code="trial_balance",
    subject=BOOK,
    permission=PERMISSION,
    columns=(
        code("ledger"),
        name("ledger_name"),
        money("opening", summed=False),
        money("debits"),
        money("credits"),
        money("debit"),
        money("credit"),
    ),
    key=_BY_POSITION,
    parameters=(PERIOD,),
    by_branch=False,
)
INCOME_STATEMENT = Definition(
    code="income_statement",
    subject=BOOK,
    permission=PERMISSION,
    columns=(
        word("part"),
        code("ledger"),
        name("ledger_name"),
        money("amount", summed=False),
        money("of_year", summed=False),
    ),
    key=_BY_POSITION,
    parameters=(PERIOD,),
    by_branch=False,
)
BALANCE_SHEET = Definition(
    code="balance_sheet",
    subject=BOOK,
    permission=PERMISSION,
    columns=(word("part"), code("ledger"), name("ledger_name"), money("amount", summed=False)),
    key=_BY_POSITION,
    parameters=(ON,),
    by_branch=False,
)
RECEIPTS_AND_PAYMENTS = Definition(
    code="receipts_and_payments",
    subject=BOOK,
    permission=PERMISSION,
    columns=(word("part"), code("ledger"), name("ledger_name"), money("amount", summed=False)),
    key=_BY_POSITION,
    parameters=(PERIOD,),
    by_branch=False,
)

CASH_FLOW = Definition(
    code="cash_flow",
    subject=BOOK,
    permission=PERMISSION,
    columns=(word("part"), code("ledger"), name("ledger_name"), money("amount", summed=False)),
    key=_BY_POSITION,
    parameters=(PERIOD,),
    by_branch=False,
)


def _cash_book(book: str) -> Definition:
    return Definition(
        code=book,
        subject=BOOK,
        permission=PERMISSION,
        columns=(day("booked_on"), money("received"), money("paid"), money("balance", summed=False)),
        key=_BY_POSITION,
        parameters=(PERIOD,),
        by_branch=False,
    )


CASH_BOOK, BANK_BOOK = _cash_book("cash_book"), _cash_book("bank_book")

GENERAL_LEDGER = Definition(
    code="general_ledger",
    subject=BOOK,
    permission=PERMISSION,
    columns=(
        code("ledger", of_group=True),
        name("ledger_name", of_group=True),
        day("booked_on"),
        money("debits"),
        money("credits"),
        money("balance", summed=False),
    ),
    key={"ledger": "text", **_BY_POSITION},
    group="ledger",
    parameters=(PERIOD,),
    by_branch=False,
)
VOUCHERS = Definition(
    code="voucher_register",
    subject=BOOK,
    permission=PERMISSION,
    columns=(
        BRANCH_COLUMN,
        day("booked_on"),
        code("voucher"),
        word("voucher_kind"),
        word("entry_kind"),
        code("debited"),
        code("credited"),
        name("samity"),
        name("maker"),
        name("checker"),
        text("reason"),
        money("amount"),
    ),
    key={"booked_on": "date", "voucher": "text"},
    parameters=(PERIOD, KNOWN_AT),
    lead={"entry_id": "entry_id"},
)

REPORTS: tuple[Definition, ...] = (
    TRIAL_BALANCE,
    INCOME_STATEMENT,
    BALANCE_SHEET,
    RECEIPTS_AND_PAYMENTS,
    CASH_FLOW,
    CASH_BOOK,
    BANK_BOOK,
    GENERAL_LEDGER,
    VOUCHERS,
)

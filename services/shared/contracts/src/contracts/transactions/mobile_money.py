"""What transactions promises about mobile money: a provider's statement, and what waits of it (M14)."""

from marshmallow import fields, validate

from contracts.calls import Method
from contracts.fields import CodeField, CountField, DateField, TakaField, TextField, UuidField
from contracts.schemas import Answer, Command
from contracts.transactions.ledger import POSTING_TIMEOUT, SERVICE
from contracts.transactions.mobile_money_words import LineState, Provider, Unmatched

LINES = 1_000
"""How many lines one command brings at most; a longer file is sent in parts."""


class StatedPayment(Command):
    """One line of a provider's statement; the provider's id of a payment is never used twice."""

    provider_id = TextField(40, required=True)
    paid_on = DateField(required=True)
    amount = TakaField(minimum=1, required=True)
    reference = TextField(40, load_default=None, allow_none=True)
    payer = TextField(20, load_default=None, allow_none=True)


class ImportStatement(Command):
    """A provider's statement of a branch's wallet, or a part of it; taken whole or not at all."""

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    provider = CodeField(*Provider, required=True)
    file_name = TextField(120, required=True)
    lines = fields.List(
        fields.Nested(StatedPayment), required=True, validate=validate.Length(min=1, max=LINES)
    )


class ListStatementLines(Command):
    """Lines of an office's statements, the newest first; a state narrows them."""

    office_id = UuidField(required=True)
    state = CodeField(*LineState, load_default=None, allow_none=True)
    after = UuidField(load_default=None, allow_none=True)


class MatchStatementLine(Command):
    """Put a waiting line onto an account of the branch, with the provider's date."""

    id = UuidField(required=True)
    account_id = UuidField(required=True)
    reason = TextField(300, shortest=3, required=True)


class ReconcileMobileMoney(Command):
    """What the statements and the book say of one day's mobile money."""

    office_id = UuidField(required=True)
    on = DateField(required=True)


class StatementImported(Answer):
    """What became of the lines; those that were known before count as `repeated` and change nothing."""

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    provider = CodeField(*Provider, required=True)
    total = TakaField(required=True)
    repeated = CountField(required=True)
    posted = CountField(required=True)
    known = CountField(required=True)
    suspense = CountField(required=True)


class StatementLine(Answer):
    """One line with what it is in the book; without an account, why it has none."""

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    provider = CodeField(*Provider, required=True)
    provider_id = fields.String(required=True)
    paid_on = DateField(required=True)
    amount = TakaField(required=True)
    reference = fields.String(required=True, allow_none=True)
    payer = fields.String(required=True, allow_none=True)
    state = CodeField(*LineState, required=True)
    why = CodeField(*Unmatched, required=True, allow_none=True)
    account_id = UuidField(required=True, allow_none=True)
    account_code = fields.String(required=True, allow_none=True)
    member_bn = fields.String(required=True, allow_none=True)
    member_en = fields.String(required=True, allow_none=True)
    entry_id = UuidField(required=True, allow_none=True)


class StatementLines(Answer):
    """A page of lines."""

    items = fields.List(fields.Nested(StatementLine), required=True)
    next = UuidField(required=True, allow_none=True)


class Claimed(Answer):
    """Money that the counter or a sheet calls mobile money, and no statement knows."""

    row_id = UuidField(required=True)
    account_id = UuidField(required=True)
    account_code = fields.String(required=True, allow_none=True)
    amount = TakaField(required=True)
    value_on = DateField(required=True)
    pending = fields.Boolean(required=True)


class MobileMoneyDay(Answer):
    """One day by its value date: what providers state, what is in the book, and what no statement knows.

    `difference` is the book less the statements: more than nothing is money that no provider confirms.
    """

    office_id = UuidField(required=True)
    on = DateField(required=True)
    stated = TakaField(required=True)
    booked = TakaField(required=True)
    difference = TakaField(required=True)
    suspense = TakaField(required=True)
    claims = fields.List(fields.Nested(Claimed), required=True)


IMPORT_STATEMENT = Method(
    service=SERVICE,
    name="import_statement",
    command=ImportStatement,
    answer=StatementImported,
    permission="mobile_money:import",
    timeout=POSTING_TIMEOUT,
    changes=True,
)
LIST_STATEMENT_LINES = Method(
    service=SERVICE,
    name="list_statement_lines",
    command=ListStatementLines,
    answer=StatementLines,
    permission="book:read",
)
MATCH_STATEMENT_LINE = Method(
    service=SERVICE,
    name="match_statement_line",
    command=MatchStatementLine,
    answer=StatementLine,
    permission="mobile_money:match",
    timeout=POSTING_TIMEOUT,
    changes=True,
)
RECONCILE_MOBILE_MONEY = Method(
    service=SERVICE,
    name="reconcile_mobile_money",
    command=ReconcileMobileMoney,
    answer=MobileMoneyDay,
    permission="book:read",
)

METHODS: tuple[Method, ...] = (
    IMPORT_STATEMENT,
    LIST_STATEMENT_LINES,
    MATCH_STATEMENT_LINE,
    RECONCILE_MOBILE_MONEY,
)

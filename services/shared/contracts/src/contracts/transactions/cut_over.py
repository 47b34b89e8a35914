"""What transactions promises of a branch that is brought over: balances, and who has confirmed them (P13)."""

from marshmallow import fields, validate

from contracts.accounts.members import MARKS
from contracts.calls import Event, Method
from contracts.fields import CodeField, CountField, DateField, NameField, TakaField, TextField, UuidField
from contracts.schemas import Answer, Command, EventData, page_of
from contracts.transactions.ledger import POSTING_TIMEOUT, SERVICE
from contracts.transactions.ledger_answers import text
from contracts.transactions.ledger_commands import Terms
from contracts.transactions.ledger_words import SAVINGS_FAMILIES
from contracts.transactions.lending_commands import LoanSnapshot, rows_field

ACCOUNTS_A_CHUNK = 30
"""So many accounts with their terms and schedules stay far below what crosses the broker (mechanics T7)."""
CUT_OVER_STATES = ("waiting", "posting", "posted", "let_go")
DISPUTED_MOST = 200


class BeginCutOver(Command):
    """Let nobody open a day in a branch until its members' balances are in its book.

    The id is the cut-over's.
    What is handed over must come to these sums: accounts, what savings hold, what is outstanding of loans.
    """

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    on = DateField(required=True)
    accounts = CountField(required=True)
    savings = TakaField(minimum=0, required=True)
    loans = TakaField(minimum=0, required=True)
    reference = TextField(200, required=True)
    maker_id = UuidField(required=True)
    checker_id = UuidField(required=True)


class OldPayment(Command):
    """An instalment of a deposit for a term that the old books took; `amount` in taka."""

    on = DateField(required=True)
    amount = TakaField(minimum=1, required=True)


class BroughtSavings(Command):
    """A savings account with what the old books say of it; `carried` are its plan's payments so far."""

    id = UuidField(required=True)
    member_id = UuidField(required=True)
    samity_id = UuidField(required=True)
    code = fields.String(required=True, validate=validate.Length(1, 40))
    ledger = CodeField(*SAVINGS_FAMILIES, required=True)
    opened_on = DateField(required=True)
    terms = fields.Nested(Terms, required=True)
    deposited = TakaField(minimum=0, required=True)
    withdrawn = TakaField(minimum=0, required=True)
    interest = TakaField(minimum=0, required=True)
    balance = TakaField(minimum=0, required=True)
    last_receipt = TextField(40, load_default=None, allow_none=True)
    carried = fields.List(fields.Nested(OldPayment), load_default=list, validate=validate.Length(0, 600))


class BroughtLoan(Command):
    """A running loan with its schedule and what was paid of it in the old books."""

    id = UuidField(required=True)
    member_id = UuidField(required=True)
    samity_id = UuidField(required=True)
    code = fields.String(required=True, validate=validate.Length(1, 40))
    disbursed_on = DateField(required=True)
    principal = TakaField(minimum=1, required=True)
    principal_paid = TakaField(minimum=0, required=True)
    charge_paid = TakaField(minimum=0, required=True)
    last_receipt = TextField(40, load_default=None, allow_none=True)
    terms = fields.Nested(LoanSnapshot, required=True)
    rows = rows_field()


class HandOverBalances(Command):
    """A chunk of a branch's accounts, by its number; the same number again must say the same."""

    id = UuidField(required=True)
    number = CountField(minimum=1, required=True)
    savings = fields.List(
        fields.Nested(BroughtSavings), load_default=list, validate=validate.Length(0, ACCOUNTS_A_CHUNK)
    )
    loans = fields.List(
        fields.Nested(BroughtLoan), load_default=list, validate=validate.Length(0, ACCOUNTS_A_CHUNK)
    )


class CutOverOnly(Command):
    """Which cut-over."""

    id = UuidField(required=True)


class BookedCutOver(Answer):
    """Where the balances of a branch stand."""

    id = UuidField(required=True)
    state = CodeField(*CUT_OVER_STATES, required=True)


class ProductBooked(Answer):
    """What the book took in of a product: savings by balance, loans by principal outstanding."""

    kind = CodeField("savings", "loans", required=True)
    product_code = text()
    accounts = CountField(required=True)
    amount = TakaField(required=True)


class CutOverTotals(Answer):
    """What the book took in, by product, and what stands in the branch's opening suspense since then.

    `suspense` is more than nothing where more stands on the debit side.
    """

    id = UuidField(required=True)
    state = CodeField(*CUT_OVER_STATES, required=True)
    products = fields.List(fields.Nested(ProductBooked), required=True)
    suspense = TakaField(required=True)


class CutOverPostedTold(EventData):
    """All balances of a branch are in its book."""

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    on = DateField(required=True)
    accounts = CountField(required=True)


class ConfirmSamityList(Command):
    """A samity has heard its list of balances and agrees, but for members whose paper says otherwise (P13).

    The id is the confirmation's; `paper` names the signed list. Who is disputed stays unchecked, and may be
    confirmed by another list once her case is settled.
    """

    id = UuidField(required=True)
    samity_id = UuidField(required=True)
    read_out_on = DateField(required=True)
    mark = CodeField(*MARKS, required=True)
    witness = NameField(100, required=True)
    paper = TextField(60, required=True)
    disputed = fields.List(UuidField(), load_default=list, validate=validate.Length(0, DISPUTED_MOST))


class SamityListConfirmed(Answer):
    """How many of the list are confirmed, and how many are not."""

    id = UuidField(required=True)
    samity_id = UuidField(required=True)
    confirmed = CountField(required=True)
    unconfirmed = CountField(required=True)


class ListUnconfirmed(Command):
    """The samities of an office, and of those below it, with members who have not confirmed; oldest first."""

    office_id = UuidField(required=True)
    after = UuidField(load_default=None, allow_none=True)


class UnconfirmedSamity(Answer):
    """A samity with members whose opening balances nobody has checked; overdue after `due_on`."""

    samity_id = UuidField(required=True)
    office_id = UuidField(required=True)
    code = text()
    name_bn = NameField(required=True)
    name_en = NameField(required=True)
    cut_over_on = DateField(required=True)
    due_on = DateField(required=True)
    overdue = fields.Boolean(required=True)
    members = CountField(required=True)
    savings = TakaField(required=True)
    loans = TakaField(required=True)


UnconfirmedPage = page_of(UnconfirmedSamity, "UnconfirmedPage")

_FROM_ACCOUNTS = frozenset({"accounts"})

BEGIN_CUT_OVER = Method(
    service=SERVICE,
    name="begin_cut_over",
    command=BeginCutOver,
    answer=BookedCutOver,
    callers=_FROM_ACCOUNTS,
    changes=True,
)
HAND_OVER_BALANCES = Method(
    service=SERVICE,
    name="hand_over_balances",
    command=HandOverBalances,
    answer=BookedCutOver,
    callers=_FROM_ACCOUNTS,
    timeout=POSTING_TIMEOUT,
    changes=True,
)
LET_CUT_OVER_GO = Method(
    service=SERVICE,
    name="let_cut_over_go",
    command=CutOverOnly,
    answer=BookedCutOver,
    callers=_FROM_ACCOUNTS,
    changes=True,
)
POST_CUT_OVER = Method(
    service=SERVICE,
    name="post_cut_over",
    command=CutOverOnly,
    answer=BookedCutOver,
    callers=_FROM_ACCOUNTS,
    changes=True,
)
READ_CUT_OVER_TOTALS = Method(
    service=SERVICE,
    name="read_cut_over_totals",
    command=CutOverOnly,
    answer=CutOverTotals,
    permission="cut_over:read",
)
CONFIRM_SAMITY_LIST = Method(
    service=SERVICE,
    name="confirm_samity_list",
    command=ConfirmSamityList,
    answer=SamityListConfirmed,
    permission="cut_over:confirm",
    changes=True,
)
LIST_UNCONFIRMED = Method(
    service=SERVICE,
    name="list_unconfirmed",
    command=ListUnconfirmed,
    answer=UnconfirmedPage,
    permission="cut_over:read",
)
CUT_OVER_POSTED = Event(
    service=SERVICE,
    name="cut_over_posted",
    data=CutOverPostedTold,
    consumers=("accounts.record_cut_over_posted",),
)

METHODS: tuple[Method, ...] = (
    BEGIN_CUT_OVER,
    HAND_OVER_BALANCES,
    LET_CUT_OVER_GO,
    POST_CUT_OVER,
    READ_CUT_OVER_TOTALS,
    CONFIRM_SAMITY_LIST,
    LIST_UNCONFIRMED,
)
EVENTS: tuple[Event, ...] = (CUT_OVER_POSTED,)

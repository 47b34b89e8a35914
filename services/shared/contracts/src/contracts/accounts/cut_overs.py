"""What accounts promises about a branch that is brought over from its old books (rule P13).

Rows come as texts by column, because every wrong cell is to be named; identity and telephone numbers come
sealed, a chunk's together (mechanics T1).
"""

from marshmallow import fields, validate

from contracts.accounts.cut_over_words import COLUMNS, ROWS_A_CHUNK, CutOverSheet, CutOverState
from contracts.accounts.pages import PageCommand
from contracts.calls import Method
from contracts.fields import (
    CodeField,
    CountField,
    DateField,
    InstantField,
    SealedField,
    TakaField,
    TextField,
    UuidField,
)
from contracts.schemas import Answer, Command

CELL_LONGEST = 300
LEDGER_LINES_MOST = 60
FAULTS_A_PAGE = 200
_KINDS = (CutOverSheet.SAVINGS, CutOverSheet.LOANS)
_WIDEST = max(len(columns) for columns in COLUMNS.values())


class OldLedgerLine(Command):
    """What the old general ledger says that a product's accounts come to."""

    sheet = CodeField(*_KINDS, required=True)
    product_code = fields.String(required=True, validate=validate.Length(1, 20))
    amount = TakaField(minimum=0, required=True)


class OpenCutOver(Command):
    """Begin to bring a branch over, as of a day that is over; `reference` names the old books."""

    id = UuidField(required=True)
    branch_id = UuidField(required=True)
    on = DateField(required=True)
    reference = TextField(200, required=True)
    ledger = fields.List(
        fields.Nested(OldLedgerLine), load_default=list, validate=validate.Length(0, LEDGER_LINES_MOST)
    )


class OldRow(Command):
    """A row of a file, by its number as a spreadsheet counts; its cells by column."""

    sheet = CodeField(*CutOverSheet, required=True)
    row = CountField(minimum=2, required=True)
    cells = fields.Dict(
        keys=fields.String(validate=validate.Length(1, 40)),
        values=fields.String(validate=validate.Length(0, CELL_LONGEST, error=f"LENGTH:0:{CELL_LONGEST}")),
        required=True,
        validate=validate.Length(0, _WIDEST),
    )


class AddCutOverRows(Command):
    """Some rows of a file; the same row again must say the same.

    `row_numbers` are the identity and telephone numbers of its members, sealed together: a line for each,
    with the row, the identity number and the telephone number between tabs. What has no number is empty.
    """

    id = UuidField(required=True)
    row_numbers = SealedField(to="accounts", load_default=None, allow_none=True)
    rows = fields.List(fields.Nested(OldRow), required=True, validate=validate.Length(1, ROWS_A_CHUNK))


class CutOverAsked(Command):
    """Which cut-over."""

    id = UuidField(required=True)


class ComparedProduct(Answer):
    """A product in the file, in the old general ledger, and the difference, which stays in suspense."""

    sheet = CodeField(*_KINDS, required=True)
    product_code = fields.String(required=True)
    accounts = CountField(required=True)
    file = TakaField(required=True)
    ledger = TakaField(required=True, allow_none=True)
    difference = TakaField(required=True, allow_none=True)


class CutOverRefusal(Answer):
    """Why a cut-over could not be done after all: the code of the refusal and its facts."""

    code = fields.String(required=True)
    facts = fields.Dict(keys=fields.String(), required=True)


class CutOver(Answer):
    """Where a cut-over stands: `done` of `total` of what is being done; `faults` after a check."""

    id = UuidField(required=True)
    branch_id = UuidField(required=True)
    on = DateField(required=True)
    reference = fields.String(required=True)
    state = CodeField(*CutOverState, required=True)
    done = CountField(required=True)
    total = CountField(required=True)
    samities = CountField(required=True)
    members = CountField(required=True)
    faults = CountField(required=True)
    products = fields.List(fields.Nested(ComparedProduct), required=True)
    refusal = fields.Nested(CutOverRefusal, required=True, allow_none=True)
    made_at = InstantField(required=True)


class ListCutOvers(PageCommand):
    """The cut-overs of branches in the actor's scope, the newest first."""

    branch_id = UuidField(load_default=None, allow_none=True)


class CutOvers(Answer):
    """A page of cut-overs."""

    items = fields.List(fields.Nested(CutOver), required=True)
    next = UuidField(required=True, allow_none=True)


class ListCutOverFaults(Command):
    """What is wrong with a file, as somebody mends it; `after` is the number of the last fault seen."""

    id = UuidField(required=True)
    after = CountField(load_default=0)


class CutOverFault(Answer):
    """One wrong cell: `code` says why, with figures after colons where it needs some."""

    number = CountField(required=True)
    sheet = CodeField(*CutOverSheet, required=True)
    row = CountField(required=True)
    column = fields.String(required=True)
    code = fields.String(required=True)


class CutOverFaults(Answer):
    """A page of faults."""

    items = fields.List(fields.Nested(CutOverFault), required=True)
    next = CountField(required=True, allow_none=True)


def _prepared(name: str, command: type[Command]) -> Method:
    return Method(
        service="accounts",
        name=name,
        command=command,
        answer=CutOver,
        permission="cut_over:prepare",
        changes=True,
    )


OPEN_CUT_OVER = _prepared("open_cut_over", OpenCutOver)
ADD_CUT_OVER_ROWS = _prepared("add_cut_over_rows", AddCutOverRows)
CHECK_CUT_OVER = _prepared("check_cut_over", CutOverAsked)
PROPOSE_CUT_OVER = _prepared("propose_cut_over", CutOverAsked)
GET_CUT_OVER = Method(
    service="accounts",
    name="get_cut_over",
    command=CutOverAsked,
    answer=CutOver,
    permission="cut_over:read",
)
LIST_CUT_OVERS = Method(
    service="accounts",
    name="list_cut_overs",
    command=ListCutOvers,
    answer=CutOvers,
    permission="cut_over:read",
)
LIST_CUT_OVER_FAULTS = Method(
    service="accounts",
    name="list_cut_over_faults",
    command=ListCutOverFaults,
    answer=CutOverFaults,
    permission="cut_over:read",
)

METHODS = (
    OPEN_CUT_OVER,
    ADD_CUT_OVER_ROWS,
    CHECK_CUT_OVER,
    PROPOSE_CUT_OVER,
    GET_CUT_OVER,
    LIST_CUT_OVERS,
    LIST_CUT_OVER_FAULTS,
)

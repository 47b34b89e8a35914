"""What is asked about the book as a whole: the commands' schemas.

All of them are of an office and everything below it; `own` asks for its own book alone. A business day that
is not said is the newest one; a period that is not said begins with its month. `known_at` asks what the book
said at an instant (rule P12).
"""

from marshmallow import fields, validate

from contracts.fields import CodeField, CountField, DateField, InstantField, TextField, UuidField
from contracts.schemas import Command
from contracts.transactions.books_words import CashBookKind, VoucherKind

LONGEST_CODE = 10


class StatementAt(Command):
    """A statement at the end of a business day."""

    office_id = UuidField(required=True)
    own = fields.Boolean(load_default=False)
    on = DateField(load_default=None, allow_none=True)
    known_at = InstantField(load_default=None, allow_none=True)


class StatementOf(StatementAt):
    """A statement of a period, both days included."""

    from_on = DateField(load_default=None, allow_none=True)


class LedgerOf(StatementOf):
    """One ledger in a period."""

    ledger = TextField(LONGEST_CODE, required=True)


class LedgerByOffice(LedgerOf):
    """One ledger in a period, office by office; `after` is the `next` of the page before."""

    after = TextField(200, load_default=None, allow_none=True)


class CashBookOf(Command):
    """The cash book, the bank book, or that of mobile money, day by day."""

    office_id = UuidField(required=True)
    own = fields.Boolean(load_default=False)
    book = CodeField(*CashBookKind, required=True)
    from_on = DateField(load_default=None, allow_none=True)
    on = DateField(load_default=None, allow_none=True)


class ListLedgerLines(Command):
    """What entries of one office moved on a ledger, or on the ledgers of a cash book; `ledger` or `book`."""

    office_id = UuidField(required=True)
    ledger = TextField(LONGEST_CODE, load_default=None, allow_none=True)
    book = CodeField(*CashBookKind, load_default=None, allow_none=True)
    from_on = DateField(load_default=None, allow_none=True)
    on = DateField(load_default=None, allow_none=True)
    known_at = InstantField(load_default=None, allow_none=True)
    after = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 120))


class ListVouchers(Command):
    """The register of vouchers in a period, of all kinds or one."""

    office_id = UuidField(required=True)
    own = fields.Boolean(load_default=False)
    from_on = DateField(load_default=None, allow_none=True)
    on = DateField(load_default=None, allow_none=True)
    kind = CodeField(*VoucherKind, load_default=None, allow_none=True)
    after = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 320))


class ReadEntry(Command):
    """One entry with everything that led to it; `after` is the number of the last posting that was read."""

    entry_id = UuidField(required=True)
    after = CountField(load_default=0)

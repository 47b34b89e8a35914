"""What is asked about the end of a loan, and fees at the counter: the commands' schemas."""

from marshmallow import fields, validate

from contracts.fields import CodeField, DateField, TakaField, TextField, UuidField
from contracts.money import PAISA_PER_TAKA
from contracts.schemas import Command
from contracts.transactions.collection_words import PaidBy
from contracts.transactions.lending_endings_words import EndingKind, FeeKind, WaiverKind
from contracts.transactions.savings_words import Mark


class LoanOnly(Command):
    """Which loan."""

    loan_id = UuidField(required=True)


class ProposeSettlement(Command):
    """She ends her loan today with a rebate; the id becomes the entry's."""

    id = UuidField(required=True)
    loan_id = UuidField(required=True)
    evidence = TextField(300, shortest=3, required=True)
    reason = TextField(300, shortest=3, required=True)


class ProposeSavingsToLoan(Command):
    """Her savings pay her loan, against her mark (rule L7); without an amount they settle it.

    The id becomes the entry's.
    """

    id = UuidField(required=True)
    loan_id = UuidField(required=True)
    account_id = UuidField(required=True)
    amount = TakaField(minimum=1, load_default=None, allow_none=True)
    mark = CodeField(*Mark, required=True)
    evidence = TextField(300, shortest=3, required=True)
    reason = TextField(300, shortest=3, required=True)


class QuoteWaiver(Command):
    """What waiving a dead member's loan would cost the risk fund."""

    loan_id = UuidField(required=True)
    died_on = DateField(required=True)
    kind = CodeField(*WaiverKind, load_default=WaiverKind.WITH_CHARGE)


class ProposeWaiver(Command):
    """Let the risk fund bear a dead member's loan (rule L5); the id becomes the entry's."""

    id = UuidField(required=True)
    loan_id = UuidField(required=True)
    died_on = DateField(required=True)
    kind = CodeField(*WaiverKind, required=True)
    certificate = TextField(120, shortest=3, required=True)
    reason = TextField(300, shortest=3, required=True)


class ProposeDeathRefund(Command):
    """Pay back what was paid on a loan after her death, to who comes for it (rule L5)."""

    id = UuidField(required=True)
    loan_id = UuidField(required=True)
    died_on = DateField(required=True)
    paid_to = TextField(120, shortest=3, required=True)
    evidence = TextField(300, shortest=3, required=True)
    reason = TextField(300, shortest=3, required=True)


class ProposeWriteOff(Command):
    """Take a loan that has long been bad out of the portfolio; `resolution` is the board's."""

    id = UuidField(required=True)
    loan_id = UuidField(required=True)
    resolution = TextField(120, shortest=3, required=True)
    reason = TextField(300, shortest=3, required=True)


class PostRecovery(Command):
    """Money for a loan that was written off, at the counter; the id is the client's and the entry's."""

    entry_id = UuidField(required=True)
    loan_id = UuidField(required=True)
    amount = TakaField(minimum=PAISA_PER_TAKA, whole=True, required=True)
    paid_by = CodeField(*PaidBy, required=True)
    value_on = DateField(load_default=None, allow_none=True)


class PostFee(Command):
    """A fee or a premium at the counter; the id is the client's and the entry's."""

    entry_id = UuidField(required=True)
    member_id = UuidField(required=True)
    kind = CodeField(*FeeKind, required=True)
    amount = TakaField(minimum=PAISA_PER_TAKA, whole=True, required=True)
    paid_by = CodeField(*PaidBy, required=True)


class ListFees(Command):
    """The fees a member paid, the newest first."""

    member_id = UuidField(required=True)
    after = UuidField(load_default=None, allow_none=True)


class ListEndedLoans(Command):
    """The loans of an office that ended in some time, the newest first; `kind` leaves the others out."""

    office_id = UuidField(required=True)
    kind = CodeField(*EndingKind, load_default=None, allow_none=True)
    from_on = DateField(load_default=None, allow_none=True)
    to_on = DateField(load_default=None, allow_none=True)
    after = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 80))

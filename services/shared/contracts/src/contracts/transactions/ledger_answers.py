"""What the ledger answers and tells: the answers' and the events' schemas."""

from marshmallow import fields

from contracts.fields import CodeField, CountField, DateField, InstantField, TakaField, UuidField
from contracts.money import NOTHING
from contracts.schemas import Answer, EventData, page_of
from contracts.transactions.collection_words import PaidBy
from contracts.transactions.ledger_words import (
    SAVINGS_FAMILIES,
    DayPhase,
    DayState,
    Direction,
    LineStatus,
    Moment,
    ReversalKind,
)
from contracts.transactions.lending_endings_words import FeeKind


def text(*, optional: bool = False) -> fields.String:
    """Return the field of a plain text."""
    return fields.String(required=True, allow_none=optional)


class AccountOpened(Answer):
    """The account is in the ledger; the day is null where its branch had none open."""

    account_id = UuidField(required=True)
    business_on = DateField(required=True, allow_none=True)


class MissingItem(Answer):
    """One thing that stands in a closing's way; the gateway adds where it is put right."""

    code = text()
    facts = fields.Dict(keys=fields.String(), required=True)
    links = fields.Dict(keys=fields.String(), values=fields.String(), load_default=dict)


class VaultCount(Answer):
    """One count of the vault, beside what the book held at that moment."""

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    on = DateField(required=True)
    moment = CodeField(*Moment, required=True)
    denominations = fields.Dict(keys=fields.String(), values=CountField(), required=True)
    total = TakaField(required=True)
    booked = TakaField(required=True)
    counted_by = UuidField(required=True)
    counted_by_bn = text(optional=True)
    counted_by_en = text(optional=True)
    counted_at = InstantField(required=True)
    confirmed_by = UuidField(required=True, allow_none=True)
    confirmed_by_bn = text(optional=True)
    confirmed_by_en = text(optional=True)
    confirmed_at = InstantField(required=True, allow_none=True)


class ClosingJob(Answer):
    """How far the closing of a day has come: `done` of `stages`."""

    id = UuidField(required=True)
    stage = text()
    done = CountField(required=True)
    stages = CountField(required=True)


class SealSummary(Answer):
    """What a closed day was sealed with: the root in hexadecimal."""

    root = text()
    at = InstantField(required=True)


class Day(Answer):
    """An office's business day, and all that is missing to close it.

    `supplement` counts reopenings (M16); `in_field` is cash on sheets that is not in the book yet; warnings
    keep nothing from being done (M7).
    """

    office_id = UuidField(required=True)
    on = DateField(required=True, allow_none=True)
    status = CodeField(*DayState, required=True)
    checklist = fields.List(fields.Nested(MissingItem), required=True)
    opening_count = fields.Nested(VaultCount, required=True, allow_none=True)
    closing_count = fields.Nested(VaultCount, required=True, allow_none=True)
    vault = TakaField(required=True)
    job = fields.Nested(ClosingJob, required=True, allow_none=True)
    sealed = fields.Nested(SealSummary, required=True, allow_none=True)
    supplement = CountField(load_default=None, allow_none=True)
    phase = CodeField(*DayPhase, load_default=DayPhase.NONE.value)
    in_field = TakaField(load_default=NOTHING)
    cash_limit = TakaField(load_default=None, allow_none=True)
    warnings = fields.List(fields.Nested(MissingItem), load_default=list)


class DayClosing(Answer):
    """The closing was taken on; the batch process does it."""

    office_id = UuidField(required=True)
    on = DateField(required=True)
    status = CodeField(*DayState, required=True)
    job_id = UuidField(required=True)


class DayItem(Answer):
    """One business day of an office."""

    on = DateField(required=True)
    status = CodeField(*DayState, required=True)
    opened_at = InstantField(required=True)
    closed_at = InstantField(required=True, allow_none=True)
    sealed = fields.Nested(SealSummary, required=True, allow_none=True)


class Deposit(Answer):
    """A counter deposit as it stands in the book."""

    entry_id = UuidField(required=True)
    account_id = UuidField(required=True)
    amount = TakaField(required=True)
    paid_by = CodeField(*PaidBy, required=True)
    business_on = DateField(required=True)
    value_on = DateField(required=True)
    balance_after = TakaField(required=True)
    receipt_number = text()


class Receipt(Answer):
    """A counter receipt for the printer; every print but the first says DUPLICATE (rule P3).

    `kind` says which way the money went: `deposit` came in, `withdrawal` and `closing` were paid out.
    """

    entry_id = UuidField(required=True)
    kind = fields.String(load_default="deposit")
    number = text()
    duplicate = fields.Boolean(required=True)
    printed_times = CountField(required=True)
    office_name_bn = text()
    office_name_en = text()
    member_code = text(optional=True)
    member_name_bn = text()
    member_name_en = text()
    account_code = text()
    product_name_bn = text()
    product_name_en = text()
    amount = TakaField(required=True)
    balance_after = TakaField(required=True)
    paid_by = CodeField(*PaidBy, required=True)
    business_on = DateField(required=True)
    value_on = DateField(required=True)
    recorded_at = InstantField(required=True)
    taken_by_bn = text(optional=True)
    taken_by_en = text(optional=True)


class Proposed(Answer):
    """It waits for its second person."""

    id = UuidField(required=True)
    state = text()


class TrialBalanceRow(Answer):
    """One ledger; its balance stands on one side.

    `opening` is what stood before the period, more than nothing on the debit side; `debits` and `credits` are
    what the period moved.
    """

    code = text()
    name_bn = text()
    name_en = text()
    opening = TakaField(load_default=NOTHING)
    debits = TakaField(load_default=NOTHING)
    credits = TakaField(load_default=NOTHING)
    debit = TakaField(required=True)
    credit = TakaField(required=True)


class TrialBalance(Answer):
    """All ledgers of an office and all below it: the two sides are equal to the paisa.

    `offices` is how many books were read together; in `unclosed` of them the last day is not closed yet.
    """

    office_id = UuidField(required=True)
    office_name_bn = text()
    office_name_en = text()
    own = fields.Boolean(load_default=False)
    from_on = DateField(load_default=None, allow_none=True)
    on = DateField(required=True, allow_none=True)
    known_at = InstantField(load_default=None, allow_none=True)
    offices = CountField(load_default=1)
    unclosed = CountField(load_default=0)
    rows = fields.List(fields.Nested(TrialBalanceRow), required=True)
    debit_total = TakaField(required=True)
    credit_total = TakaField(required=True)
    balanced = fields.Boolean(required=True)


class EntryLine(Answer):
    """What an entry moved on one ledger."""

    code = text()
    name_bn = text()
    name_en = text()
    debit = TakaField(required=True)
    credit = TakaField(required=True)


class EntryItem(Answer):
    """One entry of the day book; its voucher number comes with the closing of the day."""

    entry_id = UuidField(required=True)
    kind = text()
    voucher = text(optional=True)
    business_on = DateField(required=True)
    value_on = DateField(required=True)
    recorded_at = InstantField(required=True)
    maker_bn = text(optional=True)
    maker_en = text(optional=True)
    checker_bn = text(optional=True)
    checker_en = text(optional=True)
    samity_bn = text(optional=True)
    samity_en = text(optional=True)
    reason = text(optional=True)
    reverses_entry_id = UuidField(required=True, allow_none=True)
    total = TakaField(required=True)
    lines = fields.List(fields.Nested(EntryLine), required=True)


class EntryPage(Answer):
    """A page of the day book of one office and day."""

    office_id = UuidField(required=True)
    on = DateField(required=True, allow_none=True)
    items = fields.List(fields.Nested(EntryItem), required=True)
    next = text(optional=True)


class PassbookMember(Answer):
    """Whose passbook it is."""

    id = UuidField(required=True)
    code = text(optional=True)
    name_bn = text()
    name_en = text()
    samity_id = UuidField(required=True)
    samity_code = text()
    samity_name_bn = text()
    samity_name_en = text()
    office_name_bn = text()
    office_name_en = text()


class PassbookAccount(Answer):
    """One account: its balance, and apart from it what is on its way (rule M1).

    The balance of a `loan` is the principal that she owes; `read_own_loan` of its id tells what is due.
    `unchecked` is an opening balance that she has not confirmed yet (rule P13).
    """

    account_id = UuidField(required=True)
    code = text()
    kind = CodeField(*SAVINGS_FAMILIES, "loan", load_default=SAVINGS_FAMILIES[0])
    product_name_bn = text()
    product_name_en = text()
    balance = TakaField(required=True)
    pending_in = TakaField(required=True)
    pending_out = TakaField(required=True)
    closed = fields.Boolean(required=True)
    unchecked = fields.Boolean(load_default=False)


class PassbookLine(Answer):
    """One line: pending, in the book, struck, reversed, or the note that nothing was received.

    `kind` says by which deed a line came into the book, for example `interest`; null for one that is not.
    On a loan a `deposit` lowers what is owed, and the amount is told apart into principal and charge. A fee,
    which `fee` names, is on no account of hers.
    """

    line_id = text()
    account_id = UuidField(required=True, allow_none=True)
    entry_id = UuidField(required=True, allow_none=True)
    row_id = UuidField(required=True, allow_none=True)
    status = CodeField(*LineStatus, required=True)
    direction = CodeField(*Direction, required=True)
    amount = TakaField(required=True, allow_none=True)
    balance_after = TakaField(required=True, allow_none=True)
    business_on = DateField(required=True, allow_none=True)
    value_on = DateField(required=True)
    recorded_at = InstantField(required=True)
    officer_name_bn = text(optional=True)
    officer_name_en = text(optional=True)
    receipt_number = text(optional=True)
    receipt_final = fields.Boolean(required=True)
    reason = text(optional=True)
    related_line_id = text(optional=True)
    kind = text(optional=True)
    principal = TakaField(load_default=None, allow_none=True)
    service_charge = TakaField(load_default=None, allow_none=True)
    fee = CodeField(*FeeKind, load_default=None, allow_none=True)


class Passbook(Answer):
    """A member's accounts and the latest lines of all of them; `next` continues each account's own."""

    member = fields.Nested(PassbookMember, required=True)
    as_of = InstantField(required=True)
    business_on = DateField(required=True, allow_none=True)
    accounts = fields.List(fields.Nested(PassbookAccount), required=True)
    lines = fields.List(fields.Nested(PassbookLine), required=True)


class DepositPosted(EventData):
    """A counter deposit is in the book."""

    entry_id = UuidField(required=True)
    office_id = UuidField(required=True)
    member_id = UuidField(required=True)
    account_id = UuidField(required=True)
    account_code = text()
    product_name_bn = text()
    product_name_en = text()
    amount = TakaField(required=True)
    balance = TakaField(required=True)
    receipt_number = text()
    business_on = DateField(required=True)
    value_on = DateField(required=True)


class ReversedLine(EventData):
    """What the correction did to one member's account."""

    member_id = UuidField(required=True)
    account_id = UuidField(required=True)
    account_code = text()
    product_name_bn = text()
    product_name_en = text()
    amount = TakaField(required=True)
    direction = CodeField(*Direction, required=True)
    balance = TakaField(required=True)


class EntryReversed(EventData):
    """A row was corrected; `first_receipt` is the number she holds of it (rules M12, P2)."""

    entry_id = UuidField(required=True)
    reversed_id = UuidField(required=True)
    row_id = UuidField(required=True)
    office_id = UuidField(required=True)
    kind = CodeField(*ReversalKind, required=True)
    lines = fields.List(fields.Nested(ReversedLine), required=True)
    business_on = DateField(required=True)
    value_on = DateField(required=True)
    first_receipt = text(optional=True)
    reason = text()


class DayClosed(EventData):
    """An office's day is sealed, and the next one open."""

    office_id = UuidField(required=True)
    on = DateField(required=True)
    next_on = DateField(required=True)


DayPage = page_of(DayItem, "DayPage")
LinePage = page_of(PassbookLine, "LinePage")

"""What the collection answers and tells: the answers' and the events' schemas."""

from marshmallow import fields

from contracts.fields import DateField, InstantField, TakaField, UuidField
from contracts.money import NOTHING
from contracts.schemas import Answer, EventData, page_of
from contracts.transactions.collection_words import (
    ChangeKind,
    HandoverStatus,
    NothingReceived,
    Outcome,
    RowCode,
    RowKind,
    SheetKind,
    SheetStatus,
    Verdict,
)
from contracts.transactions.sheet_answers import MissingRow, SheetMember, text, words


class SheetItem(Answer):
    """One sheet in a list; `waiting` until its day is open (M4), `deferred` if a day closed past it (M3).

    `total` is all money received on it, `paid_out` what members were paid, and `cash` what the officer holds:
    with his float, without mobile money (rules M9, M14).
    """

    id = UuidField(required=True)
    samity_id = UuidField(required=True)
    samity_code = text()
    samity_name_bn = text()
    samity_name_en = text()
    office_id = UuidField(required=True)
    officer_id = UuidField(required=True, allow_none=True)
    officer_name_bn = text(optional=True)
    officer_name_en = text(optional=True)
    meeting_on = DateField(required=True)
    kind = words(SheetKind)
    status = words(SheetStatus)
    waiting = fields.Boolean(required=True)
    deferred = fields.Boolean(load_default=False)
    epoch = fields.Integer(required=True)
    holder_device = text(optional=True)
    handover_id = UuidField(required=True, allow_none=True)
    members = fields.Integer(required=True)
    total = TakaField(required=True)
    paid_out = TakaField(load_default=NOTHING)
    float_amount = TakaField(load_default=NOTHING)
    cash = TakaField(load_default=None, allow_none=True)
    comparisons = fields.Integer(required=True)
    checked = fields.Boolean(required=True)


class Sheet(SheetItem):
    """A sheet with its rows; `missing` are the accounts that nobody touched yet (rule M10)."""

    rows = fields.List(fields.Nested(SheetMember), required=True)
    missing = fields.List(fields.Nested(MissingRow), required=True)


class SheetHolding(Answer):
    """The device holds the sheet in this epoch, and continues this series of receipts (rules M4, P3)."""

    epoch = fields.Integer(required=True)
    receipt_series = text()
    receipt_next = fields.Integer(required=True)


class RowAnswer(Answer):
    """What became of one row."""

    row_id = UuidField(required=True)
    version = fields.Integer(required=True)
    outcome = words(Outcome)
    code = words(RowCode, optional=True)


class SubmissionAnswer(Answer):
    """What became of a submission; the same submission is answered with the same words for ever."""

    sheet_id = UuidField(required=True)
    submission_id = UuidField(required=True)
    epoch = fields.Integer(required=True)
    status = words(SheetStatus)
    total = TakaField(required=True)
    rows = fields.List(fields.Nested(RowAnswer), required=True)
    missing = fields.List(fields.Nested(MissingRow), required=True)


class SheetState(Answer):
    """Where the sheet stands now; `approval_id` names what waits for a decision."""

    sheet_id = UuidField(required=True)
    status = words(SheetStatus)
    epoch = fields.Integer(required=True)
    checked = fields.Boolean(required=True)
    approval_id = UuidField(required=True, allow_none=True)


class Comparison(Answer):
    """A row from a device that did not hold the sheet, beside what stands for her (rule M4)."""

    id = UuidField(required=True)
    row_id = UuidField(required=True)
    version = fields.Integer(required=True)
    member_id = UuidField(required=True)
    member_code = text(optional=True)
    name_bn = text(optional=True)
    name_en = text(optional=True)
    account_id = UuidField(required=True)
    kind = words(RowKind)
    amount = TakaField(required=True, allow_none=True)
    nothing_received = words(NothingReceived, optional=True)
    receipt_number = text(optional=True)
    recorded_at = InstantField(required=True)
    received_at = InstantField(required=True)
    epoch = fields.Integer(required=True)
    device_id = text(optional=True)
    person_id = UuidField(required=True)
    person_name_bn = text(optional=True)
    person_name_en = text(optional=True)
    code = words(RowCode)
    standing = TakaField(required=True)
    verdict = words(Verdict, optional=True)
    verdict_reason = text(optional=True)


SheetPage = page_of(SheetItem, "SheetPage")
ComparisonPage = page_of(Comparison, "ComparisonPage")


class HandoverSheet(Answer):
    """One sheet of a hand-over: what was received and paid, and the `cash` that comes with it (M9, M14)."""

    sheet_id = UuidField(required=True)
    samity_code = text()
    samity_name_bn = text()
    samity_name_en = text()
    meeting_on = DateField(required=True)
    status = words(SheetStatus)
    total = TakaField(required=True)
    paid_out = TakaField(load_default=NOTHING)
    float_amount = TakaField(load_default=NOTHING)
    cash = TakaField(load_default=None, allow_none=True)
    rows = fields.Integer(required=True)


class HandoverCount(Answer):
    """A saved count; `difference` is counted less expected: negative is short (rule M7)."""

    count_id = UuidField(required=True)
    counted_by = UuidField(required=True)
    counted_by_name_bn = text(optional=True)
    counted_by_name_en = text(optional=True)
    counted_at = InstantField(required=True)
    denominations = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    total = TakaField(required=True)
    expected = TakaField(required=True)
    difference = TakaField(required=True)


class Handover(Answer):
    """Cash of several sheets on its way to the vault, with its counts (rule M7)."""

    id = UuidField(required=True)
    officer_id = UuidField(required=True)
    officer_name_bn = text(optional=True)
    officer_name_en = text(optional=True)
    office_id = UuidField(required=True)
    on = DateField(required=True)
    number = fields.Integer(required=True)
    status = words(HandoverStatus)
    declared_total = TakaField(required=True)
    expected = TakaField(required=True)
    sheets = fields.List(fields.Nested(HandoverSheet), required=True)
    counts = fields.List(fields.Nested(HandoverCount), required=True)
    difference = TakaField(required=True, allow_none=True)
    authorised_count_id = UuidField(required=True, allow_none=True)
    approval_id = UuidField(required=True, allow_none=True)


class HandoverItem(Answer):
    """A hand-over in a list."""

    id = UuidField(required=True)
    officer_id = UuidField(required=True)
    officer_name_bn = text(optional=True)
    officer_name_en = text(optional=True)
    office_id = UuidField(required=True)
    on = DateField(required=True)
    number = fields.Integer(required=True)
    status = words(HandoverStatus)
    declared_total = TakaField(required=True)
    expected = TakaField(required=True)
    sheets_count = fields.Integer(required=True)
    difference = TakaField(required=True, allow_none=True)


HandoverPage = page_of(HandoverItem, "HandoverPage")


class Unallocated(Answer):
    """Money of hers that has no account yet; `id` is the row's (rule M5).

    Without a sheet where it came at the counter or was found in an excess; that names no account either.
    """

    id = UuidField(required=True)
    member_id = UuidField(required=True)
    member_code = text(optional=True)
    name_bn = text(optional=True)
    name_en = text(optional=True)
    account_id = UuidField(required=True, allow_none=True)
    sheet_id = UuidField(required=True, allow_none=True)
    samity_name_bn = text()
    samity_name_en = text()
    amount = TakaField(required=True)
    code = words(RowCode)
    receipt_number = text(optional=True)
    value_on = DateField(required=True)
    state = text()
    entry_id = UuidField(required=True, allow_none=True)


UnallocatedPage = page_of(Unallocated, "UnallocatedPage")


class RowChangeItem(Answer):
    """One change after the server had seen the row (rule M6)."""

    id = UuidField(required=True)
    row_id = UuidField(required=True)
    sheet_id = UuidField(required=True)
    member_id = UuidField(required=True)
    member_code = text(optional=True)
    name_bn = text(optional=True)
    name_en = text(optional=True)
    officer_id = UuidField(required=True)
    officer_name_bn = text(optional=True)
    officer_name_en = text(optional=True)
    kind = words(ChangeKind)
    before = TakaField(required=True, allow_none=True)
    after = TakaField(required=True, allow_none=True)
    reason = text()
    meeting_on = DateField(required=True)
    changed_at = InstantField(required=True)


class OfficerChanges(Answer):
    """How often and by how much an officer's rows went down (rule M6)."""

    officer_id = UuidField(required=True)
    officer_name_bn = text(optional=True)
    officer_name_en = text(optional=True)
    count = fields.Integer(required=True)
    value = TakaField(required=True)


class RowChangePage(page_of(RowChangeItem, "RowChangeItems")):  # type: ignore[misc] # a class made by a function is a base here
    """A page of changes, with the sums of the whole period by officer."""

    officers = fields.List(fields.Nested(OfficerChanges), required=True)


class AuthorisedLine(Answer):
    """One member's line of a posted sheet; `balance` is what her book shows after it: `owed`, if a loan."""

    row_id = UuidField(required=True)
    member_id = UuidField(required=True)
    account_code = text(optional=True)
    product_name_bn = text(optional=True)
    product_name_en = text(optional=True)
    amount = TakaField(required=True, allow_none=True)
    nothing_received = words(NothingReceived, optional=True)
    balance = TakaField(required=True, allow_none=True)
    owed = fields.Boolean(load_default=False)
    receipt_number = text(optional=True)


class SheetAuthorised(EventData):
    """A sheet is in the book; where the account is null the money is unallocated (rules M1, M5)."""

    sheet_id = UuidField(required=True)
    office_id = UuidField(required=True)
    samity_id = UuidField(required=True)
    business_on = DateField(required=True)
    value_on = DateField(required=True)
    lines = fields.List(fields.Nested(AuthorisedLine), required=True)


class RowChanged(EventData):
    """A row went down, away, or to another account after the server had seen it (rule M6)."""

    row_id = UuidField(required=True)
    version = fields.Integer(required=True)
    sheet_id = UuidField(required=True)
    office_id = UuidField(required=True)
    member_id = UuidField(required=True)
    kind = words(ChangeKind)
    before = TakaField(required=True, allow_none=True)
    after = TakaField(required=True, allow_none=True)
    reason = text()
    meeting_on = DateField(required=True)
    receipt_number = text(optional=True)

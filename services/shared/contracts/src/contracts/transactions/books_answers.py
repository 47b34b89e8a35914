"""What the book as a whole answers: the answers' schemas.

Amounts of a ledger stand on the side on which its class grows; less than nothing is on the other side.
"""

from marshmallow import fields

from contracts.fields import CodeField, CountField, DateField, InstantField, TakaField, UuidField
from contracts.schemas import Answer
from contracts.transactions.books_words import CashBookKind
from contracts.transactions.ledger_answers import text


class Head(Answer):
    """Whose books were read, until which day, as known when.

    `offices` is how many books were read together; in `unclosed` of them the last day is not closed yet, so
    that what stands here may still change.
    """

    office_id = UuidField(required=True)
    office_name_bn = text()
    office_name_en = text()
    own = fields.Boolean(required=True)
    from_on = DateField(required=True, allow_none=True)
    on = DateField(required=True, allow_none=True)
    known_at = InstantField(required=True, allow_none=True)
    offices = CountField(required=True)
    unclosed = CountField(required=True)


class StatementRow(Answer):
    """One ledger in a statement."""

    code = text()
    name_bn = text()
    name_en = text()
    amount = TakaField(required=True)


class IncomeRow(StatementRow):
    """One ledger of income or expense; `year` is since 1 July of the fiscal year."""

    year = TakaField(required=True)


class IncomeStatement(Head):
    """What a period earned and spent; what closed a year takes nothing away from it."""

    fiscal_year = text(optional=True)
    income = fields.List(fields.Nested(IncomeRow), required=True)
    expense = fields.List(fields.Nested(IncomeRow), required=True)
    income_total = TakaField(required=True)
    expense_total = TakaField(required=True)
    surplus = TakaField(required=True)
    surplus_of_year = TakaField(required=True)


class BalanceSheet(Head):
    """What is owned and owed; `unclosed_surplus` is income less expense that no year-end has closed yet."""

    assets = fields.List(fields.Nested(StatementRow), required=True)
    liabilities = fields.List(fields.Nested(StatementRow), required=True)
    funds = fields.List(fields.Nested(StatementRow), required=True)
    unclosed_surplus = TakaField(required=True)
    owned = TakaField(required=True)
    owed = TakaField(required=True)
    balanced = fields.Boolean(required=True)


class ReceiptsAndPayments(Head):
    """Cash that came and went, by what it was for, between what was there before and after."""

    opening = fields.List(fields.Nested(StatementRow), required=True)
    receipts = fields.List(fields.Nested(StatementRow), required=True)
    payments = fields.List(fields.Nested(StatementRow), required=True)
    closing = fields.List(fields.Nested(StatementRow), required=True)
    opening_total = TakaField(required=True)
    receipts_total = TakaField(required=True)
    payments_total = TakaField(required=True)
    closing_total = TakaField(required=True)
    agrees = fields.Boolean(required=True)


class LedgerHead(Head):
    """A ledger in a period."""

    code = text()
    name_bn = text()
    name_en = text()
    opening = TakaField(required=True)
    debits = TakaField(required=True)
    credits = TakaField(required=True)
    closing = TakaField(required=True)


class LedgerDay(Answer):
    """What a ledger moved on a day, of all offices together."""

    on = DateField(required=True)
    debit = TakaField(required=True)
    credit = TakaField(required=True)
    balance = TakaField(required=True)


class LedgerDays(LedgerHead):
    """A ledger day by day; days on which nothing moved are left out."""

    days = fields.List(fields.Nested(LedgerDay), required=True)


class LedgerOffice(Answer):
    """What a ledger moved in one office's book."""

    office_id = UuidField(required=True)
    code = text()
    name_bn = text()
    name_en = text()
    opening = TakaField(required=True)
    debit = TakaField(required=True)
    credit = TakaField(required=True)
    closing = TakaField(required=True)


class LedgerOffices(LedgerHead):
    """A page of a ledger office by office; its head is of all of them."""

    items = fields.List(fields.Nested(LedgerOffice), required=True)
    next = text(optional=True)


class CashBookDay(Answer):
    """What came and went on a day; what only changed places within the book is left out."""

    on = DateField(required=True)
    received = TakaField(required=True)
    paid = TakaField(required=True)
    balance = TakaField(required=True)


class CashBook(Head):
    """A cash book day by day."""

    book = CodeField(*CashBookKind, required=True)
    opening = TakaField(required=True)
    received = TakaField(required=True)
    paid = TakaField(required=True)
    closing = TakaField(required=True)
    days = fields.List(fields.Nested(CashBookDay), required=True)


class EntryReference(Answer):
    """An entry as a line of a book names it, with who stands behind it."""

    entry_id = UuidField(required=True)
    kind = text()
    voucher = text(optional=True)
    receipt = text(optional=True)
    business_on = DateField(required=True)
    value_on = DateField(required=True)
    recorded_at = InstantField(required=True)
    maker_id = UuidField(required=True)
    maker_bn = text(optional=True)
    maker_en = text(optional=True)
    checker_id = UuidField(required=True, allow_none=True)
    checker_bn = text(optional=True)
    checker_en = text(optional=True)
    officer_id = UuidField(required=True, allow_none=True)
    officer_bn = text(optional=True)
    officer_en = text(optional=True)
    samity_id = UuidField(required=True, allow_none=True)
    reason = text(optional=True)


class LedgerLine(EntryReference):
    """What one entry moved on the ledger, and what stood there after it."""

    debit = TakaField(required=True)
    credit = TakaField(required=True)
    balance = TakaField(required=True)


class LedgerLinePage(Answer):
    """A page of a ledger or a cash book, in posting order; `opening` is what stood before its first line."""

    office_id = UuidField(required=True)
    from_on = DateField(required=True, allow_none=True)
    on = DateField(required=True, allow_none=True)
    opening = TakaField(required=True)
    items = fields.List(fields.Nested(LedgerLine), required=True)
    next = text(optional=True)


class RegisteredVoucher(EntryReference):
    """One voucher: an entry of a closed day with its number."""

    voucher_kind = text()
    office_id = UuidField(required=True)
    office_code = text()
    office_bn = text()
    office_en = text()
    total = TakaField(required=True)


class VoucherPage(Answer):
    """A page of the voucher register, by office, day, kind and number."""

    from_on = DateField(required=True, allow_none=True)
    on = DateField(required=True, allow_none=True)
    items = fields.List(fields.Nested(RegisteredVoucher), required=True)
    next = text(optional=True)


class EntryPosting(Answer):
    """One posting: on whose account, by which row, against which receipt she holds."""

    number = CountField(required=True)
    code = text()
    name_bn = text()
    name_en = text()
    account_id = UuidField(required=True)
    account_code = text(optional=True)
    owner_id = UuidField(required=True, allow_none=True)
    member_id = UuidField(required=True, allow_none=True)
    member_code = text(optional=True)
    member_bn = text(optional=True)
    member_en = text(optional=True)
    row_id = UuidField(required=True, allow_none=True)
    receipt = text(optional=True)
    debit = TakaField(required=True)
    credit = TakaField(required=True)
    balance_after = TakaField(required=True)


class EntrySheet(Answer):
    """A sheet on which rows of the entry were collected, and who collected, authorised and checked it."""

    sheet_id = UuidField(required=True)
    meeting_on = DateField(required=True)
    kind = text()
    status = text()
    samity_id = UuidField(required=True)
    samity_bn = text(optional=True)
    samity_en = text(optional=True)
    handover_id = UuidField(required=True, allow_none=True)
    collected_by = UuidField(required=True, allow_none=True)
    collected_by_bn = text(optional=True)
    collected_by_en = text(optional=True)
    authorised_by = UuidField(required=True, allow_none=True)
    authorised_by_bn = text(optional=True)
    authorised_by_en = text(optional=True)
    checked_by = UuidField(required=True, allow_none=True)
    checked_by_bn = text(optional=True)
    checked_by_en = text(optional=True)


class EntryApproval(Answer):
    """What was asked about the entry or a row of it, and who decided."""

    approval_id = UuidField(required=True)
    kind = text()
    state = text()
    maker_id = UuidField(required=True)
    maker_bn = text(optional=True)
    maker_en = text(optional=True)
    checker_id = UuidField(required=True, allow_none=True)
    checker_bn = text(optional=True)
    checker_en = text(optional=True)
    made_at = InstantField(required=True)
    decided_at = InstantField(required=True, allow_none=True)
    reason = text(optional=True)
    amount = TakaField(required=True, allow_none=True)


class EntryUndone(Answer):
    """An entry that undid a row of this one."""

    entry_id = UuidField(required=True)
    row_id = UuidField(required=True)
    kind = text()
    business_on = DateField(required=True)


class EntryDetail(EntryReference):
    """An entry with its postings and everything that led to it; `next` continues the postings."""

    office_id = UuidField(required=True)
    total = TakaField(required=True)
    reverses_entry_id = UuidField(required=True, allow_none=True)
    reverses_row_id = UuidField(required=True, allow_none=True)
    handover_id = UuidField(required=True, allow_none=True)
    postings = fields.List(fields.Nested(EntryPosting), required=True)
    next = CountField(required=True, allow_none=True)
    sheets = fields.List(fields.Nested(EntrySheet), required=True)
    approvals = fields.List(fields.Nested(EntryApproval), required=True)
    undone_by = fields.List(fields.Nested(EntryUndone), required=True)

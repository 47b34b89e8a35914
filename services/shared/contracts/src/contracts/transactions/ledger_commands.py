"""What the ledger is asked: the commands' schemas."""

from marshmallow import fields, validate

from contracts.fields import (
    CodeField,
    CountField,
    DateField,
    InstantField,
    NameField,
    TakaField,
    TextField,
    UuidField,
)
from contracts.money import PAISA_PER_TAKA
from contracts.schemas import Command
from contracts.transactions.collection_commands import denominations_field, flag_field
from contracts.transactions.collection_words import PaidBy
from contracts.transactions.interest_words import INTEREST_METHODS
from contracts.transactions.ledger_words import SAVINGS_FAMILIES, Moment, ReversalKind

RATE_MAX_BPS = 10_000


class PrematureSlab(Command):
    """From how many whole months on a deposit that is closed early earns which rate."""

    from_month = CountField(required=True)
    rate_bps = CountField(maximum=RATE_MAX_BPS, required=True)


class DatedRate(Command):
    """From which day on which yearly rate holds."""

    from_on = DateField(required=True)
    bps = CountField(maximum=RATE_MAX_BPS, required=True)


class Terms(Command):
    """What money rules and reports need of an agreement: a versioned snapshot (mechanics B1).

    What is left out was not agreed. `floor` is what withdrawals must leave; `counter_limit` what the counter
    pays without an approval. Term and lump deposits: `amount` is the monthly instalment or the deposit,
    `months` the term, `maturity_value` the table's; without one, `formula` and the annual rate make it.
    Interest is a daily product at the annual rate, credited in June and December, where nothing else is said.
    """

    version = CountField(minimum=1, required=True)
    product_code = fields.String(required=True, validate=validate.Length(1, 20))
    product_name_bn = NameField(required=True)
    product_name_en = NameField(required=True)
    floor = TakaField(minimum=0, required=True)
    annual_rate_bps = CountField(maximum=RATE_MAX_BPS, required=True)
    sex = fields.String(required=True, validate=validate.Length(1, 10))
    fund = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 40))
    withdraw_max_bps_with_loan = CountField(maximum=RATE_MAX_BPS, load_default=None, allow_none=True)
    withdraw_max_bps_without_loan = CountField(maximum=RATE_MAX_BPS, load_default=None, allow_none=True)
    counter_limit = TakaField(minimum=0, load_default=None, allow_none=True)
    dormant_after_months = CountField(minimum=1, load_default=None, allow_none=True)
    closing_charge = TakaField(minimum=0, load_default=None, allow_none=True)
    amount = TakaField(minimum=1, load_default=None, allow_none=True)
    months = CountField(minimum=1, load_default=None, allow_none=True)
    late_penalty = TakaField(minimum=0, load_default=None, allow_none=True)
    missing_limit = CountField(load_default=None, allow_none=True)
    maturity_value = TakaField(minimum=0, load_default=None, allow_none=True)
    formula = CodeField("annuity_due", "simple", load_default=None, allow_none=True)
    premature = fields.List(fields.Nested(PrematureSlab), load_default=None, allow_none=True)
    interest_method = CodeField(*INTEREST_METHODS, load_default=None, allow_none=True)
    interest_rates = fields.List(fields.Nested(DatedRate), load_default=None, allow_none=True)
    interest_minimum_balance = TakaField(minimum=0, load_default=None, allow_none=True)
    interest_minimum_age_months = CountField(load_default=None, allow_none=True)
    interest_withdrawal_stops = fields.Boolean(load_default=None, allow_none=True)
    interest_dormant_eligible = fields.Boolean(load_default=None, allow_none=True)
    interest_posting_months = fields.List(
        CountField(minimum=1, maximum=12), load_default=None, allow_none=True
    )


class OpenAccount(Command):
    """Open a ledger account for a member, with her code on it; the id is the account's in accounts too."""

    id = UuidField(required=True)
    member_id = UuidField(required=True)
    office_id = UuidField(required=True)
    code = fields.String(required=True, validate=validate.Length(1, 40))
    ledger = CodeField(*SAVINGS_FAMILIES, required=True)
    terms = fields.Nested(Terms, required=True)


class OfficeOnly(Command):
    """Which office."""

    office_id = UuidField(required=True)


class OfficeDay(Command):
    """Which business day of which office."""

    office_id = UuidField(required=True)
    on = DateField(required=True)


class ListDays(Command):
    """The business days of an office before a date, the newest first."""

    office_id = UuidField(required=True)
    before = DateField(load_default=None, allow_none=True)


class RecordVaultCount(Command):
    """What the vault holds, by denomination (rule M7)."""

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    on = DateField(required=True)
    moment = CodeField(*Moment, required=True)
    denominations = denominations_field()


class ConfirmVaultCount(Command):
    """The second person saw the same notes, and lets what is short or in excess be booked (rule M7)."""

    id = UuidField(required=True)
    book_difference = flag_field()


class PostDeposit(Command):
    """Money that a member brings to the counter; the id of its entry is the client's.

    `value_on` is the provider's date of mobile money; cash is valued on its day (rules M2, M14).
    """

    entry_id = UuidField(required=True)
    account_id = UuidField(required=True)
    amount = TakaField(minimum=PAISA_PER_TAKA, whole=True, required=True)
    paid_by = CodeField(*PaidBy, load_default=PaidBy.SELF)
    note = TextField(200, load_default=None, allow_none=True)
    value_on = DateField(load_default=None, allow_none=True)


class EntryOnly(Command):
    """Which entry."""

    entry_id = UuidField(required=True)


class ProposeReversal(Command):
    """Undo one row of today (rule M12); without a row, the entry has only one."""

    id = UuidField(required=True)
    entry_id = UuidField(required=True)
    row_id = UuidField(load_default=None, allow_none=True)
    kind = CodeField(*ReversalKind, required=True)
    to_account_id = UuidField(load_default=None, allow_none=True)
    reason = TextField(300, shortest=3, required=True)
    evidence = TextField(300, shortest=3, required=True)


class TrialBalanceOf(Command):
    """The trial balance of an office and all below it, at the end of any day or as it stands now.

    `own` asks for its own book alone; `from_on` for what moved since; `known_at` for what the book said at an
    instant (rule P12).
    """

    office_id = UuidField(required=True)
    own = fields.Boolean(load_default=False)
    from_on = DateField(load_default=None, allow_none=True)
    on = DateField(load_default=None, allow_none=True)
    known_at = InstantField(load_default=None, allow_none=True)


class ListEntries(Command):
    """The day book of an office; without a date, of its newest day.

    `known_at` asks for it as it was at an instant: without what was written or numbered later (rule P12).
    """

    office_id = UuidField(required=True)
    on = DateField(load_default=None, allow_none=True)
    known_at = InstantField(load_default=None, allow_none=True)
    after = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 80))


class ReadOwnPassbook(Command):
    """The caller's own passbook."""


class ReadPassbook(Command):
    """A member's passbook, for staff in whose scope she is."""

    member_id = UuidField(required=True)


class ReadLines(Command):
    """Older lines of one account; `before` is the `next` of the page before."""

    account_id = UuidField(required=True)
    before = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 80))

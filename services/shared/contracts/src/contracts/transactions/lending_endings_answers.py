"""What the end of a loan answers and tells: the answers' and the events' schemas."""

from marshmallow import fields

from contracts.fields import CodeField, CountField, DateField, InstantField, TakaField, UuidField
from contracts.schemas import Answer, EventData, page_of
from contracts.transactions.collection_words import PaidBy
from contracts.transactions.ledger_answers import text
from contracts.transactions.lending_endings_words import EndingKind, FeeKind, WaiverKind


class SettlementTerms(Answer):
    """What ends a loan today: outstanding + charge = payoff, payoff + rounding = cash (rules L1, M11).

    Amounts below nothing go to her: charge paid in advance, and cash where that is more than she owes.
    """

    loan_id = UuidField(required=True)
    on = DateField(required=True)
    outstanding = TakaField(required=True)
    charge = TakaField(required=True)
    payoff = TakaField(required=True)
    rebate = TakaField(required=True)
    rounding = TakaField(required=True)
    cash = TakaField(required=True)


class SettlementProposed(Answer):
    """The settlement waits for its second person, at these terms."""

    id = UuidField(required=True)
    state = text()
    terms = fields.Nested(SettlementTerms, required=True)


class SavingsToLoanProposed(Answer):
    """Her savings pay so much of the loan, once a second person agrees."""

    id = UuidField(required=True)
    state = text()
    principal = TakaField(required=True)
    charge = TakaField(required=True)
    amount = TakaField(required=True)
    rebate = TakaField(required=True)


class PaidAfter(Answer):
    """A payment that is valued after the death."""

    entry_id = UuidField(required=True)
    row_id = UuidField(required=True)
    value_on = DateField(required=True)
    amount = TakaField(required=True)


class WaiverTerms(Answer):
    """What the risk fund would bear, and what is refunded before (rule L5)."""

    loan_id = UuidField(required=True)
    on = DateField(required=True)
    died_on = DateField(required=True)
    kind = CodeField(*WaiverKind, required=True)
    principal = TakaField(required=True)
    charge = TakaField(required=True)
    rebate = TakaField(required=True)
    from_risk_fund = TakaField(required=True)
    paid_after = fields.List(fields.Nested(PaidAfter), required=True)


class WriteOffTerms(Answer):
    """What writing a loan off would book, and whether it may be.

    `older` is how many loans of the branch have been bad for longer: the oldest go first.
    """

    loan_id = UuidField(required=True)
    on = DateField(required=True)
    bad_since = DateField(required=True, allow_none=True)
    allowed_from = DateField(required=True, allow_none=True)
    outstanding = TakaField(required=True)
    claim = TakaField(required=True)
    provided = TakaField(required=True)
    older = CountField(required=True)


class EndingProposed(Answer):
    """It waits for its second person; `amount` is what is at stake."""

    id = UuidField(required=True)
    state = text()
    amount = TakaField(required=True)


class RecoveryReceipt(Answer):
    """Money for a written-off loan is in the book, with its receipt (rule P3)."""

    entry_id = UuidField(required=True)
    loan_id = UuidField(required=True)
    amount = TakaField(required=True)
    paid_by = CodeField(*PaidBy, required=True)
    business_on = DateField(required=True)
    value_on = DateField(required=True)
    receipt_number = text()
    claim_left = TakaField(required=True)


class FeeReceipt(Answer):
    """A fee or premium is in the book, with its receipt (rule P3)."""

    entry_id = UuidField(required=True)
    member_id = UuidField(required=True)
    kind = CodeField(*FeeKind, required=True)
    amount = TakaField(required=True)
    paid_by = CodeField(*PaidBy, required=True)
    business_on = DateField(required=True)
    receipt_number = text()


class Fee(Answer):
    """One fee that a member paid."""

    entry_id = UuidField(required=True)
    kind = CodeField(*FeeKind, required=True)
    amount = TakaField(required=True)
    business_on = DateField(required=True)
    recorded_at = InstantField(required=True)
    receipt_number = text()
    reversed = fields.Boolean(required=True)


FeePage = page_of(Fee, "FeePage")


class RegisteredEnding(Answer):
    """One line of the registers of loans that are fully paid, settled, waived or written off.

    `claim` and `recovered` are of written-off loans only; `rebate` and `charge` of those that ended by a
    decision: what was booked at the end.
    """

    loan_id = UuidField(required=True)
    code = text()
    member_id = UuidField(required=True)
    member_code = text(optional=True)
    member_bn = text()
    member_en = text()
    kind = CodeField(*EndingKind, required=True)
    ended_on = DateField(required=True)
    disbursed_on = DateField(required=True)
    lent = TakaField(required=True)
    principal = TakaField(required=True)
    charge = TakaField(required=True)
    rebate = TakaField(required=True)
    claim = TakaField(required=True)
    recovered = TakaField(required=True)
    evidence = text(optional=True)
    entry_id = UuidField(required=True, allow_none=True)


RegisteredEndingPage = page_of(RegisteredEnding, "RegisteredEndingPage")


class SavingsMovedToLoan(EventData):
    """Her savings paid her loan: they went down, so she is told whatever she chose (rules L7, P2)."""

    entry_id = UuidField(required=True)
    office_id = UuidField(required=True)
    member_id = UuidField(required=True)
    account_id = UuidField(required=True)
    account_code = text()
    product_name_bn = text()
    product_name_en = text()
    amount = TakaField(required=True)
    balance = TakaField(required=True)
    loan_id = UuidField(required=True)
    loan_code = text()
    loan_balance = TakaField(required=True)
    business_on = DateField(required=True)


class CounterMoneyTaken(EventData):
    """A fee, a premium, or money for a written-off loan is in the book, from the counter or from a sheet.

    `what` is a kind of fee, or `recovery`; `left` is what is left of the claim then. `value_on` is the day of
    the meeting at which it was taken (rule M3); null at the counter.
    """

    entry_id = UuidField(required=True)
    office_id = UuidField(required=True)
    member_id = UuidField(required=True)
    what = CodeField(*FeeKind, "recovery", required=True)
    amount = TakaField(required=True)
    left = TakaField(required=True, allow_none=True)
    receipt_number = text()
    business_on = DateField(required=True)
    value_on = DateField(load_default=None, allow_none=True)

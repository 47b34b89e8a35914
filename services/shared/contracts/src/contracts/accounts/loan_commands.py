"""What is asked of accounts about loans: the commands' schemas (rules L2, L4, M8, P10)."""

from marshmallow import fields, validate

from contracts.accounts.loan_words import CallBackOutcome, LoanRole, LoanState
from contracts.accounts.members import MARKS
from contracts.accounts.pages import PageCommand
from contracts.fields import (
    CodeField,
    DateField,
    InstantField,
    LanguageField,
    NameField,
    SealedField,
    TakaField,
    TextField,
    UuidField,
)
from contracts.money import PAISA_PER_TAKA
from contracts.schemas import Command
from contracts.transactions.lending_commands import PayoutMark
from contracts.transactions.lending_words import PayoutHow, SurplusTo

PEOPLE_MAX = 8
ACCOUNT_DIGITS = (6, 20)


class PersonConsent(Command):
    """That somebody who is no member agrees to being written down, and how it was obtained (rule P10)."""

    text_version = NameField(20, required=True)
    language = LanguageField(required=True)
    read_aloud_by = NameField(100, required=True)
    mark = CodeField(*MARKS, required=True)
    witness = NameField(100, required=True)
    at = InstantField(required=True)


class LoanPerson(Command):
    """Somebody beside the borrower: a member by her id, anybody else by name, number and consent.

    The birthday is needed for an identity number of 13 digits, which begins with its year elsewhere.
    """

    role = CodeField(*LoanRole, required=True)
    relation = NameField(50, required=True)
    member_id = UuidField(load_default=None, allow_none=True)
    name = NameField(100, load_default=None, allow_none=True)
    birth_on = DateField(load_default=None, allow_none=True)
    consent = fields.Nested(PersonConsent, load_default=None, allow_none=True)


class ProposeLoan(Command):
    """A loan that she asks for; the id is the client's, and the loan's for ever.

    `people_nids` are the identity numbers of those people who are no members, in the order of `people`,
    separated by blanks. `bank_account` is her own, for a payout that is not in cash.
    """

    id = UuidField(required=True)
    member_id = UuidField(required=True)
    product_code = fields.String(required=True, validate=validate.Length(1, 20))
    plan_code = fields.String(required=True, validate=validate.Length(1, 20))
    principal = TakaField(minimum=PAISA_PER_TAKA, whole=True, required=True)
    purpose = TextField(200, shortest=2, required=True)
    planned_on = DateField(required=True)
    people = fields.List(fields.Nested(LoanPerson), required=True, validate=validate.Length(0, PEOPLE_MAX))
    people_nids = SealedField(to="accounts", load_default=None, allow_none=True)
    bank_account = SealedField(to="accounts", load_default=None, allow_none=True)
    surplus_to = CodeField(*SurplusTo, load_default=SurplusTo.SAVINGS)
    cheque_security = TextField(200, load_default=None, allow_none=True)


class RecommendLoan(Command):
    """What somebody else than the officer found at her home; without `recommend`, the reason why not."""

    id = UuidField(required=True)
    recommend = fields.Boolean(required=True, truthy={True}, falsy={False})
    visited_on = DateField(required=True)
    finding = TextField(300, shortest=3, required=True)
    bank_account_seen = fields.Boolean(load_default=False, truthy={True}, falsy={False})


class AmountConsent(Command):
    """That she takes less than she asked for (rule L4): her mark, before a witness."""

    mark = CodeField(*MARKS, required=True)
    witness_id = UuidField(required=True)


class ApproveLoan(Command):
    """Approve a loan for an amount: what was asked, or less with her consent; never more."""

    id = UuidField(required=True)
    principal = TakaField(minimum=PAISA_PER_TAKA, whole=True, required=True)
    consent = fields.Nested(AmountConsent, load_default=None, allow_none=True)


class CancelLoan(Command):
    """She does not want it any more, or nobody will pay it."""

    id = UuidField(required=True)
    reason = TextField(300, shortest=3, required=True)


class SendPayoutCode(Command):
    """Send the borrower of an approved loan a code that she says when she gets the money (rule L4)."""

    id = UuidField(required=True)


class DisburseLoan(Command):
    """Pay an approved loan out on the branch's business day (mechanics B4).

    `code` is what she has read from her telephone. `called_back_by` is who, other than the payer, called her
    telephone before: it stands in for a code that was sent and did not arrive.
    """

    id = UuidField(required=True)
    on = DateField(required=True)
    how = CodeField(*PayoutHow, required=True)
    evidence = fields.Nested(PayoutMark, required=True)
    code = SealedField(to="accounts", load_default=None, allow_none=True)
    called_back_by = UuidField(load_default=None, allow_none=True)


class GetLoan(Command):
    """One loan; while it is not paid out, its schedule is an estimate for `on`, else for the planned day."""

    id = UuidField(required=True)
    on = DateField(load_default=None, allow_none=True)


class ListLoans(PageCommand):
    """The loans of the actor's scope, the newest proposal first."""

    member_id = UuidField(load_default=None, allow_none=True)
    samity_id = UuidField(load_default=None, allow_none=True)
    branch_id = UuidField(load_default=None, allow_none=True)
    state = CodeField(*LoanState, load_default=None, allow_none=True)


class RecordCallBack(Command):
    """What she said when the area called her back after the payout."""

    loan_id = UuidField(required=True)
    outcome = CodeField(*CallBackOutcome, required=True)
    note = TextField(300, load_default=None, allow_none=True)

"""Savings accounts as they are agreed: any product, for any member, under the version of the day."""

from marshmallow import fields

from contracts.accounts.product_words import SavingsState
from contracts.accounts.savings_products import MONTHS_MAX, product_code_field
from contracts.calls import Method
from contracts.fields import CodeField, CountField, TakaField, UuidField
from contracts.schemas import Answer, Command


class OpenSavings(Command):
    """She wants a savings account; the id becomes the account's, here and in the book.

    `amount` is the monthly instalment or the lump deposit, `months` the term; other savings have neither.
    """

    id = UuidField(required=True)
    member_id = UuidField(required=True)
    product_code = product_code_field()
    amount = TakaField(minimum=1, whole=True, load_default=None, allow_none=True)
    months = CountField(minimum=1, maximum=MONTHS_MAX, load_default=None, allow_none=True)


class AgreedSavings(Answer):
    """How the account stands: it waits for the manager, is being opened in the book, or is open."""

    account_id = UuidField(required=True)
    code = fields.String(required=True)
    status = CodeField(*SavingsState, required=True)
    approval_id = UuidField(required=True, allow_none=True)
    product_version = CountField(required=True)
    maturity_value = TakaField(required=True, allow_none=True)


OPEN_SAVINGS = Method(
    service="accounts",
    name="open_savings",
    command=OpenSavings,
    answer=AgreedSavings,
    permission="savings:open",
    changes=True,
)

METHODS: tuple[Method, ...] = (OPEN_SAVINGS,)

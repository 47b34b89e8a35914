"""What transactions promises about a member who moves to another branch with her accounts (rule L6)."""

from marshmallow import fields, validate

from contracts.calls import Event, Method
from contracts.fields import CodeField, DateField, TakaField, UuidField
from contracts.schemas import Answer, Command, EventData
from contracts.transactions.ledger import POSTING_TIMEOUT, SERVICE

ACCOUNTS_MAX = 60


class NewCode(Command):
    """What an account of hers is called from now on; the account of a loan may be named by the loan."""

    account_id = UuidField(required=True)
    code = fields.String(required=True, validate=validate.Length(1, 40))


class TransferAccounts(Command):
    """Move a member's open accounts and running loans into another branch's book; the id is the transfer's.

    `codes` names every one of them: one that is missing is refused, because it would be left behind.
    """

    id = UuidField(required=True)
    member_id = UuidField(required=True)
    from_office_id = UuidField(required=True)
    to_office_id = UuidField(required=True)
    codes = fields.List(fields.Nested(NewCode), required=True, validate=validate.Length(0, ACCOUNTS_MAX))


class MovedAccount(Answer):
    """One account that moved: in the new book it is another one. `loan_id` where a loan stands on it."""

    account_id = UuidField(required=True)
    new_account_id = UuidField(required=True)
    loan_id = UuidField(required=True, allow_none=True)
    code = fields.String(required=True)
    amount = TakaField(required=True)
    kind = CodeField("savings", "loan", required=True)


class AccountsTransferred(Answer):
    """Both legs are in the books, each on its own branch's day, with one value date."""

    id = UuidField(required=True)
    from_on = DateField(required=True)
    to_on = DateField(required=True)
    value_on = DateField(required=True)
    accounts = fields.List(fields.Nested(MovedAccount), required=True)


class MemberTransferredTold(EventData):
    """A member's accounts are in another branch's book."""

    transfer_id = UuidField(required=True)
    member_id = UuidField(required=True)
    from_office_id = UuidField(required=True)
    to_office_id = UuidField(required=True)
    savings = TakaField(required=True)
    loans = TakaField(required=True)
    value_on = DateField(required=True)


TRANSFER_ACCOUNTS = Method(
    service=SERVICE,
    name="transfer_accounts",
    command=TransferAccounts,
    answer=AccountsTransferred,
    callers=frozenset({"accounts"}),
    timeout=POSTING_TIMEOUT,
    changes=True,
)
ACCOUNTS_MOVED = Event(
    service=SERVICE,
    name="accounts_moved",
    data=MemberTransferredTold,
    consumers=("notifications.tell_accounts_moved",),
)

METHODS: tuple[Method, ...] = (TRANSFER_ACCOUNTS,)
EVENTS: tuple[Event, ...] = (ACCOUNTS_MOVED,)

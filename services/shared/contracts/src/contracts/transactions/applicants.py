"""What transactions promises about applicants' money: owed until she is a member, or has it back (L8)."""

from marshmallow import fields

from contracts.calls import Method
from contracts.fields import CodeField, DateField, TakaField, TextField, UuidField
from contracts.money import PAISA_PER_TAKA
from contracts.schemas import Answer, Command
from contracts.transactions.applicant_words import ApplicantMoneyState
from contracts.transactions.ledger import POSTING_TIMEOUT, SERVICE
from contracts.transactions.savings_commands import PayoutEvidence


class ReceiveApplicantMoney(Command):
    """Cash that an applicant brings to the counter; the id of its entry is the client's."""

    entry_id = UuidField(required=True)
    applicant_id = UuidField(required=True)
    amount = TakaField(minimum=PAISA_PER_TAKA, whole=True, required=True)
    note = TextField(200, load_default=None, allow_none=True)


class RefundApplicant(Command):
    """All that is held of an applicant goes back into her hand, against her mark (rule L8)."""

    id = UuidField(required=True)
    applicant_id = UuidField(required=True)
    reason = TextField(300, shortest=3, required=True)
    evidence = fields.Nested(PayoutEvidence, required=True)


class ListApplicantsMoney(Command):
    """Money of applicants that an office holds, what is to be refunded first at the head."""

    office_id = UuidField(required=True)
    after = UuidField(load_default=None, allow_none=True)
    overdue = fields.Boolean(load_default=False, truthy={True, "true"}, falsy={False, "false"})


class MoveApplicantMoney(Command):
    """She is a member now: what is held of her goes onto her account. Asked again, nothing is left."""

    applicant_id = UuidField(required=True)
    account_id = UuidField(required=True)


class ApplicantReceipt(Answer):
    """Money that crossed the counter; `held` is all that the branch holds of her afterwards."""

    entry_id = UuidField(required=True)
    applicant_id = UuidField(required=True)
    amount = TakaField(required=True)
    held = TakaField(required=True)
    receipt_number = fields.String(required=True)
    business_on = DateField(required=True)


class ApplicantMoney(Answer):
    """One receipt that is held; it is refunded by `refund_by` unless she becomes a member."""

    entry_id = UuidField(required=True)
    applicant_id = UuidField(required=True)
    applicant_bn = fields.String(required=True)
    applicant_en = fields.String(required=True)
    applicant_status = fields.String(required=True)
    amount = TakaField(required=True)
    receipt_number = fields.String(required=True)
    received_on = DateField(required=True)
    refund_by = DateField(required=True)
    overdue = fields.Boolean(required=True)


class ApplicantsMoney(Answer):
    """A page of what is held."""

    items = fields.List(fields.Nested(ApplicantMoney), required=True)
    next = UuidField(required=True, allow_none=True)


class ApplicantMoneyMoved(Answer):
    """What went onto her account, all in all."""

    applicant_id = UuidField(required=True)
    account_id = UuidField(required=True)
    amount = TakaField(required=True)
    state = CodeField(*ApplicantMoneyState, required=True)


RECEIVE_APPLICANT_MONEY = Method(
    service=SERVICE,
    name="receive_applicant_money",
    command=ReceiveApplicantMoney,
    answer=ApplicantReceipt,
    permission="deposit:post",
    timeout=POSTING_TIMEOUT,
    changes=True,
)
REFUND_APPLICANT = Method(
    service=SERVICE,
    name="refund_applicant",
    command=RefundApplicant,
    answer=ApplicantReceipt,
    permission="withdrawal:pay",
    timeout=POSTING_TIMEOUT,
    changes=True,
)
LIST_APPLICANTS_MONEY = Method(
    service=SERVICE,
    name="list_applicants_money",
    command=ListApplicantsMoney,
    answer=ApplicantsMoney,
    permission="savings:read",
)
MOVE_APPLICANT_MONEY = Method(
    service=SERVICE,
    name="move_applicant_money",
    command=MoveApplicantMoney,
    answer=ApplicantMoneyMoved,
    callers=frozenset({"accounts"}),
    timeout=POSTING_TIMEOUT,
    changes=True,
)

METHODS: tuple[Method, ...] = (
    RECEIVE_APPLICANT_MONEY,
    REFUND_APPLICANT,
    LIST_APPLICANTS_MONEY,
    MOVE_APPLICANT_MONEY,
)

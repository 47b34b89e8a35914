"""What transactions promises about a member who died: her savings go to her nominees by shares (rule L5)."""

from marshmallow import fields, validate

from contracts.calls import Event, Method
from contracts.fields import CodeField, CountField, DateField, NameField, TakaField, UuidField
from contracts.schemas import Answer, Command, EventData
from contracts.transactions.ledger import POSTING_TIMEOUT, SERVICE
from contracts.transactions.nominee_words import ClaimState
from contracts.transactions.savings_commands import PayoutEvidence


class NomineeNamed(Command):
    """One nominee of the admission form; who is under age has a guardian, who receives for him."""

    number = CountField(minimum=1, required=True)
    name = NameField(100, required=True)
    relation = NameField(50, required=True)
    share_percent = CountField(minimum=1, maximum=100, required=True)
    guardian = NameField(100, load_default=None, allow_none=True)


class AgreeClaim(Command):
    """The area has approved: her savings go to these nominees. The id is the case's in accounts."""

    id = UuidField(required=True)
    member_id = UuidField(required=True)
    died_on = DateField(required=True)
    nominees = fields.List(fields.Nested(NomineeNamed), required=True, validate=validate.Length(1, 10))


class ClaimOnly(Command):
    """Which claim."""

    id = UuidField(required=True)


class PayNominee(Command):
    """His share is in his hand, or his guardian's, before a witness; the id becomes the entry's."""

    id = UuidField(required=True)
    claim_id = UuidField(required=True)
    number = CountField(minimum=1, required=True)
    evidence = fields.Nested(PayoutEvidence, required=True)


class NomineeShare(Answer):
    """One nominee with his share; the amount is known when her accounts are closed."""

    number = CountField(required=True)
    name = fields.String(required=True)
    relation = fields.String(required=True)
    share_percent = CountField(required=True)
    guardian = fields.String(required=True, allow_none=True)
    amount = TakaField(required=True, allow_none=True)
    entry_id = UuidField(required=True, allow_none=True)
    receipt_number = fields.String(required=True, allow_none=True)


class NomineeClaim(Answer):
    """All that she leaves with the branch, and who gets which part of it."""

    id = UuidField(required=True)
    member_id = UuidField(required=True)
    office_id = UuidField(required=True)
    state = CodeField(*ClaimState, required=True)
    died_on = DateField(required=True)
    total = TakaField(required=True, allow_none=True)
    closed_on = DateField(required=True, allow_none=True)
    shares = fields.List(fields.Nested(NomineeShare), required=True)


class NomineesPaid(EventData):
    """Every nominee has his share."""

    claim_id = UuidField(required=True)
    member_id = UuidField(required=True)
    on = DateField(required=True)


AGREE_CLAIM = Method(
    service=SERVICE,
    name="agree_claim",
    command=AgreeClaim,
    answer=NomineeClaim,
    callers=frozenset({"accounts"}),
    changes=True,
)
GET_CLAIM = Method(
    service=SERVICE,
    name="get_claim",
    command=ClaimOnly,
    answer=NomineeClaim,
    permission="savings:read",
)
CLOSE_ESTATE = Method(
    service=SERVICE,
    name="close_estate",
    command=ClaimOnly,
    answer=NomineeClaim,
    permission="savings:close",
    timeout=POSTING_TIMEOUT,
    changes=True,
)
PAY_NOMINEE = Method(
    service=SERVICE,
    name="pay_nominee",
    command=PayNominee,
    answer=NomineeClaim,
    permission="withdrawal:pay",
    timeout=POSTING_TIMEOUT,
    changes=True,
)

NOMINEES_PAID = Event(
    service=SERVICE,
    name="nominees_paid",
    data=NomineesPaid,
    consumers=("accounts.record_nominees_paid",),
)

METHODS: tuple[Method, ...] = (AGREE_CLAIM, GET_CLAIM, CLOSE_ESTATE, PAY_NOMINEE)
EVENTS: tuple[Event, ...] = (NOMINEES_PAID,)

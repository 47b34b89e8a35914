"""What transactions promises about samples that the system draws for an auditor, and letters (P12)."""

from marshmallow import fields

from contracts.calls import Method
from contracts.fields import (
    CodeField,
    CountField,
    DateField,
    InstantField,
    LanguageField,
    TakaField,
    UuidField,
)
from contracts.schemas import Answer, Command, page_of
from contracts.transactions.audit_sample_words import SampleOf
from contracts.transactions.ledger import SERVICE
from contracts.transactions.sheet_answers import text, words

LARGEST = 200
"""How many things one sample has at most."""


class DrawSample(Command):
    """Of which office and period, of what, and how many; the system draws, nobody chooses."""

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    of = CodeField(*SampleOf, required=True)
    from_on = DateField(required=True)
    to_on = DateField(required=True)
    size = CountField(minimum=1, maximum=LARGEST, required=True)


class GetSample(Command):
    """Which sample."""

    id = UuidField(required=True)


class ListSamples(Command):
    """Of which office."""

    office_id = UuidField(required=True)
    after = UuidField(load_default=None, allow_none=True)


class PrintConfirmations(Command):
    """Letters to the drawn members of a sample, with their balances at the end of a day."""

    id = UuidField(required=True)
    on = DateField(required=True)


class ListedSample(Answer):
    """What was drawn; from the seed anybody can draw again the same of the `population` things."""

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    of = words(SampleOf)
    from_on = DateField(required=True)
    to_on = DateField(required=True)
    size = CountField(required=True)
    population = CountField(required=True)
    seed = text()
    drawn_by_bn = text(optional=True)
    drawn_by_en = text(optional=True)
    drawn_at = InstantField(required=True)


class DrawnThing(Answer):
    """An entry with its voucher's number, day, kind and total; or a member with her code, name and samity."""

    place = CountField(required=True)
    thing_id = UuidField(required=True)
    code = text(optional=True)
    name_bn = text(optional=True)
    name_en = text(optional=True)
    on = DateField(required=True, allow_none=True)
    kind = text(optional=True)
    total = TakaField(required=True, allow_none=True)


class Sample(ListedSample):
    """A sample with what was drawn, in the order in which it was."""

    items = fields.List(fields.Nested(DrawnThing), required=True)


class ConfirmedAccount(Answer):
    """What an account held at the end of the day: savings, or principal that she owed."""

    code = text()
    product_name_bn = text()
    product_name_en = text()
    is_loan = fields.Boolean(required=True)
    balance = TakaField(required=True)


class Confirmation(Answer):
    """A letter to one member, in her language."""

    member_id = UuidField(required=True)
    member_code = text(optional=True)
    member_name_bn = text()
    member_name_en = text()
    samity_name_bn = text()
    samity_name_en = text()
    language = LanguageField(required=True)
    accounts = fields.List(fields.Nested(ConfirmedAccount), required=True)


class Confirmations(Answer):
    """The letters of a sample."""

    sample_id = UuidField(required=True)
    office_id = UuidField(required=True)
    office_bn = text()
    office_en = text()
    on = DateField(required=True)
    letters = fields.List(fields.Nested(Confirmation), required=True)


SamplePage = page_of(ListedSample, "SamplePage")

DRAW_SAMPLE = Method(
    service=SERVICE,
    name="draw_sample",
    command=DrawSample,
    answer=Sample,
    permission="sample:draw",
    changes=True,
)
GET_SAMPLE = Method(
    service=SERVICE, name="get_sample", command=GetSample, answer=Sample, permission="sample:draw"
)
LIST_SAMPLES = Method(
    service=SERVICE, name="list_samples", command=ListSamples, answer=SamplePage, permission="sample:draw"
)
PRINT_CONFIRMATIONS = Method(
    service=SERVICE,
    name="print_confirmations",
    command=PrintConfirmations,
    answer=Confirmations,
    permission="sample:draw",
    changes=True,
)

METHODS: tuple[Method, ...] = (DRAW_SAMPLE, GET_SAMPLE, LIST_SAMPLES, PRINT_CONFIRMATIONS)

"""What transactions promises about counts that nobody was told of: of vaults and officers' cash (P12)."""

from marshmallow import fields

from contracts.calls import Method
from contracts.fields import CountField, DateField, InstantField, TakaField, TextField, UuidField
from contracts.schemas import Answer, Command, page_of
from contracts.transactions.collection_commands import denominations_field
from contracts.transactions.ledger import SERVICE
from contracts.transactions.ledger_answers import text


class RecordSurpriseCount(Command):
    """What was found in mid-day: in the vault, or where an officer is named, with him."""

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    officer_id = UuidField(load_default=None, allow_none=True)
    denominations = denominations_field()
    remark = TextField(200, load_default=None, allow_none=True)


class SeeSurpriseCount(Command):
    """Whose cash it is saw the same notes, and says what he has to say."""

    id = UuidField(required=True)
    reply = TextField(200, load_default=None, allow_none=True)


class ListSurpriseCounts(Command):
    """Of which offices; a field officer finds only those of his own cash."""

    office_id = UuidField(required=True)
    after = UuidField(load_default=None, allow_none=True)


class SurpriseCount(Answer):
    """One count: what was found, beside what the book says and what is with him from the field (rule M7).

    `in_field` stands on sheets and is not in the book yet; of a vault it is nothing. It posts nothing.
    """

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    on = DateField(required=True)
    officer_id = UuidField(required=True, allow_none=True)
    officer_bn = text(optional=True)
    officer_en = text(optional=True)
    denominations = fields.Dict(keys=fields.String(), values=CountField(), required=True)
    total = TakaField(required=True)
    booked = TakaField(required=True)
    in_field = TakaField(required=True)
    difference = TakaField(required=True)
    remark = text(optional=True)
    counted_by = UuidField(required=True)
    counted_by_bn = text(optional=True)
    counted_by_en = text(optional=True)
    counted_at = InstantField(required=True)
    seen_by = UuidField(required=True, allow_none=True)
    seen_by_bn = text(optional=True)
    seen_by_en = text(optional=True)
    seen_at = InstantField(required=True, allow_none=True)
    reply = text(optional=True)


SurpriseCountPage = page_of(SurpriseCount, "SurpriseCountPage")

RECORD_SURPRISE_COUNT = Method(
    service=SERVICE,
    name="record_surprise_count",
    command=RecordSurpriseCount,
    answer=SurpriseCount,
    permission="surprise_count:record",
    changes=True,
)
SEE_SURPRISE_COUNT = Method(
    service=SERVICE,
    name="see_surprise_count",
    command=SeeSurpriseCount,
    answer=SurpriseCount,
    permission="surprise_count:see",
    changes=True,
)
LIST_SURPRISE_COUNTS = Method(
    service=SERVICE,
    name="list_surprise_counts",
    command=ListSurpriseCounts,
    answer=SurpriseCountPage,
    permission="surprise_count:read",
)

METHODS: tuple[Method, ...] = (RECORD_SURPRISE_COUNT, SEE_SURPRISE_COUNT, LIST_SURPRISE_COUNTS)

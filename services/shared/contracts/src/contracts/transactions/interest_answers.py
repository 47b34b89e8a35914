"""What runs of interest answer: the answers' schemas."""

from contracts.fields import CodeField, CountField, DateField, InstantField, TakaField, UuidField
from contracts.schemas import Answer, page_of
from contracts.transactions.interest_words import InterestRunKind, InterestRunState
from contracts.transactions.ledger_answers import text


class InterestRun(Answer):
    """A run as it stands: of `accounts` it has looked at `looked_at`, and booked for `moved` of them."""

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    kind = CodeField(*InterestRunKind, required=True)
    month = DateField(required=True)
    value_on = DateField(required=True)
    state = CodeField(*InterestRunState, required=True)
    accounts = CountField(required=True)
    looked_at = CountField(required=True)
    moved = CountField(required=True)
    amount = TakaField(required=True)
    asked_by = UuidField(required=True)
    asked_by_bn = text(optional=True)
    asked_by_en = text(optional=True)
    asked_at = InstantField(required=True)
    finished_at = InstantField(required=True, allow_none=True)


InterestRunPage = page_of(InterestRun, "InterestRunPage")

"""What transactions promises about a day that is reopened: a supplement, numbered and sealed apart (M16)."""

from contracts.calls import Method
from contracts.fields import DateField, UuidField
from contracts.schemas import Command
from contracts.transactions.collection_commands import reason_field
from contracts.transactions.ledger import SERVICE
from contracts.transactions.ledger_answers import Proposed


class ProposeSupplement(Command):
    """Ask the area to let the last closed day be gone on with; nothing of it is unsealed."""

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    on = DateField(required=True)
    reason = reason_field()


PROPOSE_SUPPLEMENT = Method(
    service=SERVICE,
    name="propose_supplement",
    command=ProposeSupplement,
    answer=Proposed,
    permission="day:propose_supplement",
    changes=True,
)

METHODS: tuple[Method, ...] = (PROPOSE_SUPPLEMENT,)

"""What two people set for an office and all below it that have no setting of their own (P7). Pure."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeSetting:
    """A setting that is asked for, from a day on; what is set is each kind's own."""

    id: str
    office_id: str
    effective_on: date
    reason: str
    maker_id: str

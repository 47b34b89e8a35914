"""What the operations of accounts are judged and kept with, besides the register."""

from dataclasses import dataclass, field
from datetime import date

from accounts.domain.admission import AdmissionLimits
from accounts.domain.lending.loans import LendingLimits
from accounts.private_numbers import PrivateNumbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The day, the institution's limits, and the hands that may touch people's numbers."""

    numbers: PrivateNumbers
    limits: AdmissionLimits
    today: date
    lending: LendingLimits = field(default_factory=LendingLimits)

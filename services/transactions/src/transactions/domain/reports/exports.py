"""A report that leaves the system: as what, for what, to whom (rules P10, P12). Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from contracts.transactions.reports_words import (
    OWN_RECIPIENTS,
    ExportPurpose,
    ExportRecipient,
    ReportFormat,
)

BY_DUTY = frozenset({ExportPurpose.AUDIT, ExportPurpose.REGULATION})
"""What the institution owes to those who watch over it."""
WATCHERS = frozenset({ExportRecipient.AUDITOR, ExportRecipient.REGULATOR, ExportRecipient.AUTHORITY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """What the register keeps of a file, and what stands on it.

    Attributes:
        purpose_words: What the list of purposes does not say.
        recipient_words: Who it is; of somebody outside always.
    """

    as_what: ReportFormat
    purpose: ExportPurpose
    purpose_words: str | None
    recipient: ExportRecipient
    recipient_words: str | None

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "Export | None":
        """Read a command; None where the report is only read on the screen."""
        if said["export"] is None:
            return None
        return cls(
            as_what=ReportFormat(said["export"]),
            purpose=ExportPurpose(said["purpose"]),
            purpose_words=said["purpose_words"],
            recipient=ExportRecipient(said["recipient"]),
            recipient_words=said["recipient_words"],
        )

    def may_name_members(self, *, of_one: bool) -> bool:
        """Tell whether rows about members may go along: by their consent or a recorded duty (rule P10).

        The institution's own offices work with what members agreed to when they were admitted. Those who
        watch over it are owed what they ask for. A duty by law is recorded in words. What one member asks
        for is hers to give. For anything else nobody is asked, so nobody has agreed.

        Args:
            of_one: Whether the report is of one member alone.
        """
        if self.recipient in OWN_RECIPIENTS or self.purpose is ExportPurpose.LEGAL_DUTY:
            return True
        if self.purpose is ExportPurpose.HER_REQUEST:
            return of_one
        return self.purpose in BY_DUTY and self.recipient in WATCHERS

    def to_plain(self) -> dict[str, Any]:
        """Return it as rows and answers have it."""
        return asdict(self)

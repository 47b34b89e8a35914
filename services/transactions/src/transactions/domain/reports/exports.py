"""A report that leaves the system: as what, for what, to whom (rules P10, P12). Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from contracts.transactions.reports_words import ExportPurpose, ExportRecipient, ReportFormat


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

    def to_plain(self) -> dict[str, Any]:
        """Return it as rows and answers have it."""
        return asdict(self)

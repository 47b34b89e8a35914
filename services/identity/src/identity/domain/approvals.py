"""What waits for a second person, and who that may be. Rules P1, P7, M8."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

STAFF_CREATION = "staff_creation"
MEMBER_LOGIN = "member_login"
LIMIT_CHANGE = "limit_change"
ACTING = "acting"
CREDENTIAL_RESET = "credential_reset"
ACCESS_HOLD = "access_hold"
PERMISSIONS = {
    STAFF_CREATION: "staff:approve",
    MEMBER_LOGIN: "login:approve",
    LIMIT_CHANGE: "limit:approve",
    ACTING: "acting:approve",
    CREDENTIAL_RESET: "staff:approve",
    ACCESS_HOLD: "staff:switch",
}
"""The verb that decides each kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A deed that its maker proposed and another person decides.

    Attributes:
        subject_id: The person whom it concerns: of the staff, or the member; a limit is its own.
        office_id: The office in whose scope it lies.
        facts: What the checker reads before deciding.
    """

    id: str
    kind: str
    subject_id: str
    subject_bn: str
    subject_en: str
    office_id: str
    maker_id: str
    proposed_at: datetime
    state: str = "waiting"
    checker_id: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def permission(self) -> str:
        """The verb that decides it."""
        return PERMISSIONS[self.kind]

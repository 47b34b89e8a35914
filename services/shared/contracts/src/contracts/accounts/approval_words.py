"""The kinds of what waits for a second person in accounts, and the verb that decides each."""

from enum import StrEnum


class ApprovalKind(StrEnum):
    """What waits for a second person in accounts."""

    ADMISSION = "admission"


APPROVAL_PERMISSIONS = {
    ApprovalKind.ADMISSION: "member:approve",
}

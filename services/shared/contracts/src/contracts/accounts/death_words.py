"""The closed lists of words of a death, as they stand on the wire."""

from enum import StrEnum


class Whose(StrEnum):
    """Who died: a spouse's death is a case of its own, and the member goes on (rule L5)."""

    MEMBER = "member"
    SPOUSE = "spouse"


class DeathState(StrEnum):
    """Where a case stands: the manager verifies, the area approves, then the money is settled (rule L5)."""

    REPORTED = "reported"
    VERIFIED = "verified"
    APPROVED = "approved"
    SETTLED = "settled"
    REJECTED = "rejected"

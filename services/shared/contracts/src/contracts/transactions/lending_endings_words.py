"""The closed lists of words of how loans end and what fees there are, as they stand on the wire."""

from enum import StrEnum


class WaiverKind(StrEnum):
    """What the risk fund bears of a dead member's loan (domain 4.9); else the charge is rebated."""

    WITH_CHARGE = "with_charge"
    PRINCIPAL_ONLY = "principal_only"


class EndingKind(StrEnum):
    """How a loan came to its end by a decision; one that is fully paid needs none."""

    REPAID = "repaid"
    SETTLED = "settled"
    WAIVED = "waived"
    WRITTEN_OFF = "written_off"


class FeeKind(StrEnum):
    """What a member pays besides her savings and instalments (domain §6); it is never kept from a loan."""

    FORM = "form"
    PASSBOOK = "passbook"
    ADDITIONAL = "additional"
    RISK_PREMIUM = "risk_premium"

"""What a branch or a field officer is to reach in a month: set from above, the newest counts. Pure."""

from dataclasses import dataclass
from datetime import date

from contracts.actor import Actor
from contracts.money import Paisa
from contracts.permissions import Role
from contracts.transactions.targets_errors import TargetForNobody, TargetOutOfPlace
from transactions.domain.people import Office, Staff
from transactions.domain.requests import fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """Targets that somebody sets.

    Attributes:
        officer_id: For which officer; None is the branch as a whole.
        month: Its first day.
        members: How many are to be admitted.
        savings: What is to be collected as savings, in paisa.
        disbursement: What is to be lent, in paisa of principal.
        recovery: What is to be collected on loans, principal and charge, in paisa.
    """

    id: str
    office_id: str
    officer_id: str | None
    month: date
    members: int
    savings: Paisa
    disbursement: Paisa
    recovery: Paisa
    set_by: str

    @property
    def fingerprint(self) -> str:
        """By which a repeated request is known."""
        return fingerprint(
            "set_targets",
            office=self.office_id,
            officer=self.officer_id,
            month=self.month.isoformat(),
            members=self.members,
            savings=self.savings,
            disbursement=self.disbursement,
            recovery=self.recovery,
            by=self.set_by,
        )


def require_place(actor: Actor, office: Office, officer_id: str | None) -> None:
    """Let a branch's targets be set above it, and an officer's in the branch: nobody sets his own.

    Raises:
        TargetOutOfPlace: it is neither.
    """
    is_here = actor.office_path == office.path
    if office.level != "branch" or is_here != (officer_id is not None):
        raise TargetOutOfPlace


def require_officer(staff: Staff, office: Office) -> None:
    """Let officers' targets be those of active field officers of the branch.

    Raises:
        TargetForNobody: he is not one.
    """
    if not staff.active or staff.role != Role.FIELD_OFFICER or staff.office_id != office.id:
        raise TargetForNobody

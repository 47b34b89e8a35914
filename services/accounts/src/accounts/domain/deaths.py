"""A death: what is frozen, who agrees, and by when the money is settled (rule L5). Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from contracts.accounts.death_words import DeathState, Whose
from contracts.accounts.errors import DeathCaseNotApproved
from contracts.errors import InvalidPayload

SETTLED_WITHIN = timedelta(days=30)
"""Within how many days of the report the nominees have their money (rule L5)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeathReport:
    """What somebody says, with the certificate that he brings."""

    id: str
    member_id: str
    whose: Whose
    died_on: date
    reported_by: str
    certificate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeathCase:
    """A case as it stands.

    Attributes:
        asked_by: The staff person who took the report: the maker.
    """

    id: str
    member_id: str
    whose: Whose
    state: DeathState
    died_on: date
    certificate: str
    asked_by: str
    fingerprint: str

    @property
    def freezes(self) -> bool:
        """Whether the member herself is frozen: a spouse's death leaves her as she is."""
        return self.whose is Whose.MEMBER


def check_day(died_on: date, *, today: date) -> None:
    """Refuse a death that has not happened yet.

    Raises:
        InvalidPayload: it lies in the future.
    """
    if died_on > today:
        raise InvalidPayload.of(died_on="IN_THE_FUTURE")


def due_on(reported_on: date) -> date:
    """Return by when a case is to be settled."""
    return reported_on + SETTLED_WITHIN


def require_approved(case: DeathCase) -> None:
    """Let a case be settled that manager and area have agreed to.

    Raises:
        DeathCaseNotApproved: it stands otherwise.
    """
    if case.state is not DeathState.APPROVED:
        raise DeathCaseNotApproved(state=str(case.state))

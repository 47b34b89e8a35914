"""What other services tell, and accounts remembers."""

from accounts import projections
from accounts.operations import disbursement
from accounts.repository import Register
from accounts.service.base import Entrypoints
from chassis.hearing import Heard, hear
from contracts.identity import MEMBER_LOGIN_CHANGED, OFFICE_CHANGED, STAFF_POSTING_CHANGED
from contracts.transactions.lending import LOAN_CLOSED
from contracts.transactions.savings import ACCOUNT_STATE_CHANGED, MEMBER_DORMANT, MEMBER_WOKE


class Hearing(Entrypoints):
    """One method an event; the newer state wins."""

    @hear(OFFICE_CHANGED)
    def project_office(self, heard: Heard, register: Register) -> None:
        """Remember an office."""
        projections.project_office(register, heard.data)

    @hear(STAFF_POSTING_CHANGED)
    def project_staff(self, heard: Heard, register: Register) -> None:
        """Remember a staff person's posting, and the index of the number that members may not have."""
        projections.project_staff(register, heard.data, numbers=self._numbers())

    @hear(MEMBER_DORMANT)
    def mark_dormant(self, heard: Heard, register: Register) -> None:
        """Remember since when a member has moved no money."""
        projections.project_dormant(register, heard.data)

    @hear(MEMBER_WOKE)
    def mark_woken(self, heard: Heard, register: Register) -> None:
        """Remember that a dormant member moved money again."""
        projections.project_woken(register, heard.data)

    @hear(MEMBER_LOGIN_CHANGED)
    def project_login(self, heard: Heard, register: Register) -> None:
        """Remember how a member's login stands."""
        projections.project_login(register, heard.data)

    @hear(ACCOUNT_STATE_CHANGED)
    def record_account_state(self, heard: Heard, register: Register) -> None:
        """Remember that a savings account is closed in the book, or open again."""
        projections.project_account_state(register, heard.data)

    @hear(LOAN_CLOSED)
    def record_loan_closed(self, heard: Heard, register: Register) -> None:
        """Remember how a loan ended."""
        disbursement.record_closed(register, heard.data)

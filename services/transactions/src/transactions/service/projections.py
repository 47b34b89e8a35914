"""What the service hears from others."""

from chassis.hearing import Heard, hear
from contracts.accounts.events import (
    APPLICANT_CHANGED,
    MEMBER_CHANGED,
    MEMBER_CONTACT_CHANGED,
    SAMITY_CHANGED,
)
from contracts.accounts.holidays import HOLIDAY_DECLARED
from contracts.accounts.overrides import OVERRIDE_DECIDED
from contracts.identity.offices import OFFICE_CHANGED
from contracts.identity.staff import STAFF_POSTING_CHANGED
from transactions import projections
from transactions.repository import Books
from transactions.service.base import Entrypoints


class Projections(Entrypoints):
    """Names, places and postings that others keep, and the books only show."""

    @hear(OFFICE_CHANGED)
    def project_office(self, event: Heard, books: Books) -> None:
        """Keep an office."""
        projections.project_office(books, event.data)

    @hear(STAFF_POSTING_CHANGED)
    def project_staff(self, event: Heard, books: Books) -> None:
        """Keep a staff person."""
        projections.project_staff(books, event.data)

    @hear(SAMITY_CHANGED)
    def project_samity(self, event: Heard, books: Books) -> None:
        """Keep a samity."""
        projections.project_samity(books, event.data)

    @hear(MEMBER_CHANGED)
    def project_member(self, event: Heard, books: Books) -> None:
        """Keep a member."""
        projections.project_member(books, event.data)

    @hear(MEMBER_CONTACT_CHANGED)
    def project_contact(self, event: Heard, books: Books) -> None:
        """Keep when a member's number changed."""
        projections.project_contact(books, event.data)

    @hear(APPLICANT_CHANGED)
    def project_applicant(self, event: Heard, books: Books) -> None:
        """Keep an applicant."""
        projections.project_applicant(books, event.data)

    @hear(HOLIDAY_DECLARED)
    def project_holiday(self, event: Heard, books: Books) -> None:
        """Keep a declared holiday."""
        projections.project_holiday(books, event.data)

    @hear(OVERRIDE_DECIDED)
    def project_override(self, event: Heard, books: Books) -> None:
        """Keep a decided override."""
        projections.project_override(books, event.data)

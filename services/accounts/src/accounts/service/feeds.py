"""The feeds from which other services rebuild what they remember."""

from typing import Any

from accounts.queries import feeds
from accounts.service.base import Entrypoints
from chassis.serving import serve
from contracts.accounts import EXPORT_APPLICANTS, EXPORT_CONTACTS, EXPORT_MEMBERS, EXPORT_SAMITIES


class Feeds(Entrypoints):
    """Pages of the whole institution, for services only."""

    @serve(EXPORT_SAMITIES)
    def export_samities(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer a page of the feed of samities."""
        with self.books() as register:
            return feeds.export_samities(register, command)

    @serve(EXPORT_MEMBERS)
    def export_members(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer a page of the feed of members."""
        with self.books() as register:
            return feeds.export_members(register, command)

    @serve(EXPORT_APPLICANTS)
    def export_applicants(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer a page of the feed of applicants."""
        with self.books() as register:
            return feeds.export_applicants(register, command)

    @serve(EXPORT_CONTACTS)
    def export_contacts(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer a page of the feed of contacts."""
        with self.books() as register:
            return feeds.export_contacts(register, command, numbers=self._numbers())

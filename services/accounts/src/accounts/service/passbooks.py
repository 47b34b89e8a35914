"""The passbook register as other processes call it: load, act, answer."""

from dataclasses import asdict
from typing import Any

from accounts import schemas
from accounts.domain.scope import Scope
from accounts.operations import passbooks
from accounts.queries import passbooks as questions
from accounts.service.base import Entrypoints
from chassis.serving import serve
from contracts.accounts.passbooks import (
    ISSUE_PASSBOOK,
    LIST_PASSBOOKS,
    REPORT_PASSBOOK_LOST,
    SURRENDER_PASSBOOK,
    SURRENDERED,
)

Said = dict[str, Any]


class Passbooks(Entrypoints):
    """Paper books: issued, replaced, lost, given back."""

    @serve(LIST_PASSBOOKS)
    def list_passbooks(self, command: Said) -> Said:
        """Answer all books of a member."""
        with self.books() as register:
            return questions.list_passbooks(register, command["member_id"], scope=Scope.of(self.call.actor))

    @serve(ISSUE_PASSBOOK)
    def issue_passbook(self, command: Said) -> Said:
        """Give a member a book and answer with it."""
        issue, fingerprint = schemas.passbook_issue(command)
        with self.books() as register:
            book = passbooks.issue_passbook(
                register, issue, scope=Scope.of(self.call.actor), fingerprint=fingerprint
            )
        return asdict(book)

    @serve(REPORT_PASSBOOK_LOST)
    def report_passbook_lost(self, command: Said) -> Said:
        """Write that a book is lost."""
        return self._end(command, "lost")

    @serve(SURRENDER_PASSBOOK)
    def surrender_passbook(self, command: Said) -> Said:
        """Write that a member gave her book back."""
        return self._end(command, SURRENDERED)

    def _end(self, command: Said, how: str) -> Said:
        with self.books() as register:
            book = passbooks.end_passbook(
                register, command["id"], how=how, reason=command["reason"], scope=Scope.of(self.call.actor)
            )
        return asdict(book)

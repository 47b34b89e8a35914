"""Members as other processes call them: load, act, answer."""

from typing import Any

from accounts import schemas
from accounts.domain.scope import Scope
from accounts.operations import admissions, unmasking
from accounts.queries import members
from accounts.service.base import Entrypoints
from chassis.serving import serve
from contracts.accounts import ADMIT_MEMBER, GET_MEMBER, LIST_MEMBERS, UNMASK_MEMBER
from contracts.accounts.histories import LIST_MEMBER_HISTORY
from contracts.accounts.members import COUNT_ALIKE


class Members(Entrypoints):
    """Admissions, search, and the files of members."""

    @serve(ADMIT_MEMBER)
    def admit_member(self, command: dict[str, Any]) -> dict[str, Any]:
        """Take an admission form; the manager decides."""
        scope, desk = Scope.of(self.call.actor), self._desk()
        form = schemas.admission_form(command, desk.numbers)
        fingerprint = schemas.admission_fingerprint(command, form, desk.numbers)
        with self.books() as register:
            admissions.admit_member(register, form, desk, scope=scope, fingerprint=fingerprint)
            return members.show_applicant(register, form.id, scope=scope)

    @serve(LIST_MEMBERS)
    def list_members(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer a page of the actor's members."""
        numbers = self._numbers()
        search = schemas.member_search(command, numbers)
        with self.books() as register:
            return members.list_members(
                register, search, command, scope=Scope.of(self.call.actor), numbers=numbers
            )

    @serve(COUNT_ALIKE)
    def count_alike(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer how many have the numbers of an applicant, before her form is sent."""
        with self.books() as register:
            return members.count_alike(register, command, self._numbers())

    @serve(GET_MEMBER)
    def get_member(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer all that staff see of a member."""
        scope = Scope.of(self.call.actor)
        with self.books() as register:
            return members.get_member(register, command["id"], scope=scope, numbers=self._numbers())

    @serve(LIST_MEMBER_HISTORY)
    def list_member_history(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer a page of what was asked for and decided about a member."""
        scope = Scope.of(self.call.actor)
        with self.books() as register:
            return members.list_history(register, command["member_id"], command, scope=scope)

    @serve(UNMASK_MEMBER)
    def unmask_member(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer one whole number of a member, after logging why."""
        scope = Scope.of(self.call.actor)
        with self.books() as register:
            return unmasking.unmask_member(register, command, scope=scope, numbers=self._numbers())

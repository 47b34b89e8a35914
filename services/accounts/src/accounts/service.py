"""The accounts service, as others meet it: samities, admissions, members, savings agreed with them."""

from typing import Any

from accounts import projections, schemas
from accounts.domain.scope import Scope
from accounts.domain.tenures import Tenure
from accounts.operations import admissions, samities, unmasking
from accounts.operations.admissions import AdmissionDesk
from accounts.private_numbers import PrivateNumbers
from accounts.queries import approvals, feeds, members, quotes
from accounts.queries import samities as samity_questions
from accounts.repository import Register
from accounts.settings import admission_limits
from chassis.hearing import Heard, hear
from chassis.injection import CallContext, Clock, Keys
from chassis.serving import serve
from chassis.work import UnitOfWork
from contracts.accounts import (
    ADMIT_MEMBER,
    ASSIGN_SAMITY_OFFICER,
    DECIDE_APPROVAL,
    EXPORT_CONTACTS,
    EXPORT_MEMBERS,
    EXPORT_SAMITIES,
    GET_MEMBER,
    LIST_APPROVALS,
    LIST_MEMBERS,
    LIST_SAMITIES,
    MOVE_SAMITY_MEETING,
    OPEN_SAMITY,
    PING,
    UNMASK_MEMBER,
)
from contracts.accounts.quotes import QUOTE_LOAN
from contracts.identity import MEMBER_LOGIN_CHANGED, OFFICE_CHANGED, STAFF_POSTING_CHANGED
from contracts.transactions.savings import MEMBER_DORMANT, MEMBER_WOKE


class AccountsService:
    """What is agreed with members. Each method loads, acts in one unit of work, and answers."""

    name = "accounts"

    call = CallContext()
    books = UnitOfWork(Register)
    clock = Clock()
    keys = Keys()
    limits = admission_limits()

    @serve(PING)
    def ping(self, _command: dict[str, Any]) -> dict[str, Any]:
        """Answer that the service is there."""
        return {"service": self.name}

    @serve(OPEN_SAMITY)
    def open_samity(self, command: dict[str, Any]) -> dict[str, Any]:
        """Open a samity and answer with it."""
        scope = Scope.of(self.call.actor)
        with self.books() as register:
            samities.open_samity(
                register,
                schemas.samity_opening(command),
                scope=scope,
                fingerprint=schemas.samity_fingerprint(command),
            )
            return register.samities.show(scope, command["id"])

    @serve(ASSIGN_SAMITY_OFFICER)
    def assign_samity_officer(self, command: dict[str, Any]) -> dict[str, Any]:
        """Let another officer keep a samity from a day on."""
        scope = Scope.of(self.call.actor)
        change = Tenure(command["from_on"], command["officer_id"])
        samity_id, change_id = command["samity_id"], command["id"]
        with self.books() as register:
            samities.assign_officer(
                register, samity_id, change_id, change=change, scope=scope, today=self.clock.today()
            )
            return register.samities.show(scope, samity_id)

    @serve(MOVE_SAMITY_MEETING)
    def move_samity_meeting(self, command: dict[str, Any]) -> dict[str, Any]:
        """Let a samity meet on another weekday from a day on."""
        scope = Scope.of(self.call.actor)
        change = Tenure(command["from_on"], command["meeting_weekday"])
        samity_id, change_id = command["samity_id"], command["id"]
        with self.books() as register:
            samities.move_meeting(
                register, samity_id, change_id, change=change, scope=scope, today=self.clock.today()
            )
            return register.samities.show(scope, samity_id)

    @serve(LIST_SAMITIES)
    def list_samities(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer a page of the actor's samities."""
        with self.books() as register:
            return samity_questions.list_samities(register, command, scope=Scope.of(self.call.actor))

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

    @serve(GET_MEMBER)
    def get_member(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer all that staff see of a member."""
        scope = Scope.of(self.call.actor)
        with self.books() as register:
            return members.get_member(register, command["id"], scope=scope, numbers=self._numbers())

    @serve(UNMASK_MEMBER)
    def unmask_member(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer one whole number of a member, after logging why."""
        scope = Scope.of(self.call.actor)
        with self.books() as register:
            return unmasking.unmask_member(register, command, scope=scope, numbers=self._numbers())

    @serve(QUOTE_LOAN)
    def quote_loan(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer what a loan would cost; nothing is kept."""
        dates = {name: command[name] for name in ("disbursed_on", "first_due_on", "holidays")}
        return quotes.quote_loan(schemas.loan_terms(command), **dates)

    @serve(LIST_APPROVALS)
    def list_approvals(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer the admissions that wait in the actor's scope."""
        scope = Scope.of(self.call.actor)
        with self.books() as register:
            return approvals.list_approvals(register, after=command.get("after"), scope=scope)

    @serve(DECIDE_APPROVAL)
    def decide_approval(self, command: dict[str, Any]) -> dict[str, Any]:
        """Decide an admission; her account is then opened by a step of the batch process."""
        scope, verdict = Scope.of(self.call.actor), schemas.verdict(command)
        with self.books() as register:
            stage = admissions.decide_admission(register, command["id"], verdict, self._desk(), scope=scope)
        return {"id": command["id"], "state": stage, "secret": None}

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

    @serve(EXPORT_CONTACTS)
    def export_contacts(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer a page of the feed of contacts."""
        with self.books() as register:
            return feeds.export_contacts(register, command, numbers=self._numbers())

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

    def _numbers(self) -> PrivateNumbers:
        return PrivateNumbers.of(self.keys)

    def _desk(self) -> AdmissionDesk:
        return AdmissionDesk(numbers=self._numbers(), limits=self.limits, today=self.clock.today())

"""Offices, staff, members' logins and their approvals."""

from collections.abc import Mapping
from typing import Any

from chassis.serving import serve
from contracts.identity import (
    DECIDE_APPROVAL,
    EXPORT_LOGINS,
    EXPORT_OFFICES,
    EXPORT_STAFF,
    GET_MEMBER_LOGIN,
    HOLD_ACCESS,
    ISSUE_MEMBER_LOGIN,
    LIST_APPROVALS,
    LIST_OFFICES,
    LIST_STAFF,
    OPEN_OFFICE,
    PROPOSE_CREDENTIAL_RESET,
    PROPOSE_STAFF,
    REACTIVATE_MEMBER_LOGIN,
    SUSPEND_MEMBER_LOGIN,
    SWITCH_ACCESS,
)
from contracts.identity.devices import LIST_DEVICES, SWITCH_DEVICE
from contracts.identity.logins import CLOSE_MEMBER_LOGIN, LIST_LOGIN_SWITCHES
from identity.domain.offices import Office
from identity.operations import approvals, credentials, devices, holds, logins, offices, staff
from identity.queries import access, people
from identity.service.base import Room

Answer = Mapping[str, Any]


class PeopleRoom(Room):
    """Who is who, and who may work."""

    @serve(OPEN_OFFICE)
    def open_office(self, command: dict[str, Any]) -> Office:
        """Open an office."""
        with self.books() as books:
            return offices.open_office(books, command)

    @serve(LIST_OFFICES)
    def list_offices(self, command: dict[str, Any]) -> Answer:
        """List the actor's offices."""
        with self.books() as books:
            return people.list_offices(books, command)

    @serve(PROPOSE_STAFF)
    def propose_staff(self, command: dict[str, Any]) -> Answer:
        """Propose a person as staff."""
        with self.books() as books:
            return people.proposed(books, staff.propose_staff(books, command, self.vault))

    @serve(PROPOSE_CREDENTIAL_RESET)
    def propose_credential_reset(self, command: dict[str, Any]) -> Answer:
        """Propose a new one-time password for a person."""
        with self.books() as books:
            return people.proposed(books, credentials.propose_credential_reset(books, command))

    @serve(LIST_STAFF)
    def list_staff(self, command: dict[str, Any]) -> Answer:
        """List the staff of the actor's offices."""
        with self.books() as books:
            return people.list_staff(books, command)

    @serve(SWITCH_ACCESS)
    def switch_access(self, command: dict[str, Any]) -> Answer:
        """Switch a person's access on or off."""
        with self.books() as books:
            person = staff.switch_access(books, command, self.vault)
            holds.settle(books, person.id, on=command["on"], reason=command["reason"])
            return people.staff_person(books, person)

    @serve(HOLD_ACCESS)
    def hold_access(self, command: dict[str, Any]) -> Answer:
        """Hold a field officer's access for a day."""
        with self.books() as books:
            held = holds.hold_access(books, command["staff_id"], command["reason"])
            return people.staff_person(books, held)

    @serve(ISSUE_MEMBER_LOGIN)
    def issue_member_login(self, command: dict[str, Any]) -> Answer:
        """Propose an app account for a member."""
        with self.books() as books:
            return people.proposed(books, logins.issue_member_login(books, command))

    @serve(GET_MEMBER_LOGIN)
    def get_member_login(self, command: dict[str, Any]) -> Answer:
        """Say where a member's login stands."""
        with self.books() as books:
            return people.get_member_login(books, command["member_id"])

    @serve(SUSPEND_MEMBER_LOGIN)
    def suspend_member_login(self, command: dict[str, Any]) -> object:
        """Switch a member's login off for a while."""
        with self.books() as books:
            return logins.suspend_member_login(books, command, self.vault)

    @serve(REACTIVATE_MEMBER_LOGIN)
    def reactivate_member_login(self, command: dict[str, Any]) -> object:
        """Switch a member's login on again."""
        with self.books() as books:
            return logins.reactivate_member_login(books, command)

    @serve(CLOSE_MEMBER_LOGIN)
    def close_member_login(self, command: dict[str, Any]) -> object:
        """Close the app of somebody who stays a member."""
        with self.books() as books:
            return logins.close_member_login(books, command)

    @serve(LIST_LOGIN_SWITCHES)
    def list_login_switches(self, command: dict[str, Any]) -> Answer:
        """List who switched a member's login."""
        with self.books() as books:
            return access.list_login_switches(books, command["member_id"], self.vault)

    @serve(LIST_DEVICES)
    def list_devices(self, command: dict[str, Any]) -> Answer:
        """List a person's devices."""
        with self.books() as books:
            return access.list_devices(books, command["staff_id"])

    @serve(SWITCH_DEVICE)
    def switch_device(self, command: dict[str, Any]) -> Answer:
        """Switch a person's device off or on."""
        with self.books() as books:
            return access.list_devices(books, devices.switch_device(books, command))

    @serve(LIST_APPROVALS)
    def list_approvals(self, command: dict[str, Any]) -> Answer:
        """List what waits in the actor's scope."""
        with self.books() as books:
            return people.list_approvals(books, command.get("after"))

    @serve(DECIDE_APPROVAL)
    def decide_approval(self, command: dict[str, Any]) -> Answer:
        """Approve or decline; the secret of the slip leaves sealed to the gateway."""
        with self.books() as books:
            decided = approvals.decide_approval(books, command, self.vault)
        secret = None if decided.secret is None else self.vault.seal(decided.secret, to="gateway")
        return {"id": decided.approval.id, "state": decided.approval.state, "secret": secret}

    @serve(EXPORT_OFFICES)
    def export_offices(self, command: dict[str, Any]) -> Answer:
        """Answer a stretch of the feed of offices."""
        with self.books() as books:
            return people.export_offices(books, command)

    @serve(EXPORT_STAFF)
    def export_staff(self, command: dict[str, Any]) -> Answer:
        """Answer a stretch of the feed of staff."""
        with self.books() as books:
            return people.export_staff(books, command, self.vault)

    @serve(EXPORT_LOGINS)
    def export_logins(self, command: dict[str, Any]) -> Answer:
        """Answer a stretch of the feed of members' logins."""
        with self.books() as books:
            return people.export_logins(books, command)

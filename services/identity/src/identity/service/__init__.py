"""Identity, as the gateway and the other services meet it."""

from collections.abc import Mapping
from typing import Any

from chassis.replaying import keeps_parked
from chassis.serving import serve
from contracts.identity import PING
from identity.service.acting import ActingRoom
from identity.service.doors import DoorRoom
from identity.service.hearing import HearingRoom
from identity.service.limits import LimitRoom
from identity.service.people import PeopleRoom
from identity.service.sessions import SessionRoom


@keeps_parked
class IdentityService(PeopleRoom, ActingRoom, LimitRoom, DoorRoom, SessionRoom, HearingRoom):
    """Offices, staff, members' logins, sign-in and sessions."""

    name = "identity"

    @serve(PING)
    def ping(self, command: dict[str, Any]) -> Mapping[str, Any]:
        """Say that the service is there."""
        del command
        return {"service": self.name}

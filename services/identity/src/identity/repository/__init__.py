"""Identity's rows in one unit of work: the only package that queries."""

from chassis.work import Work
from identity.repository.acting import ActingRows
from identity.repository.approvals import ApprovalRows
from identity.repository.limits import LimitRows
from identity.repository.logins import LoginRows
from identity.repository.offices import OfficeRows
from identity.repository.scope import Scope
from identity.repository.sessions import DeviceSwitch, SessionRows
from identity.repository.staff import Password, StaffQuestion, StaffRows
from identity.repository.tries import TryRows


class Books:
    """What `with self.books() as books` gives: the rows by what they are about, and the work itself."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.offices = OfficeRows(work.session)
        self.staff = StaffRows(work.session, work.today)
        self.acting = ActingRows(work.session)
        self.approvals = ApprovalRows(work.session)
        self.limits = LimitRows(work.session)
        self.logins = LoginRows(work.session)
        self.sessions = SessionRows(work.session)
        self.tries = TryRows(work.session)


__all__ = ["Books", "DeviceSwitch", "Password", "Scope", "StaffQuestion"]

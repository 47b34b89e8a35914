"""The accounts service, as others meet it: what is agreed with members."""

from typing import Any

from accounts.service.approvals import Approvals
from accounts.service.calendar import Calendar
from accounts.service.cut_overs import CutOvers
from accounts.service.deaths import Deaths
from accounts.service.exits import Exits
from accounts.service.feeds import Feeds
from accounts.service.files import Files
from accounts.service.hearing import Hearing
from accounts.service.laws import Laws
from accounts.service.lending import Lending
from accounts.service.loans import Loans
from accounts.service.members import Members
from accounts.service.number_changes import NumberChanges
from accounts.service.passbooks import Passbooks
from accounts.service.products import Products
from accounts.service.reschedules import Reschedules
from accounts.service.samities import Samities
from accounts.service.savings import Savings
from accounts.service.transfers import Transfers
from chassis.replaying import keeps_parked
from chassis.serving import serve
from contracts.accounts import PING


@keeps_parked
class AccountsService(
    Samities,
    Members,
    Files,
    NumberChanges,
    Passbooks,
    Lending,
    Loans,
    Products,
    Laws,
    Savings,
    Approvals,
    Feeds,
    Hearing,
    Exits,
    Deaths,
    Calendar,
    Transfers,
    Reschedules,
    CutOvers,
):
    """One service, several rooms: each method loads, acts in one unit of work, and answers."""

    name = "accounts"

    @serve(PING)
    def ping(self, _command: dict[str, Any]) -> dict[str, Any]:
        """Answer that the service is there."""
        return {"service": self.name}

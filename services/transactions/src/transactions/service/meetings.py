"""What accounts asks about meetings before it changes the calendar."""

from typing import Any

from chassis.serving import serve
from contracts.transactions.meetings import FIND_MEETINGS
from transactions.service.base import Entrypoints


class Meetings(Entrypoints):
    """Meetings that took place."""

    @serve(FIND_MEETINGS)
    def find_meetings(self, command: dict[str, Any]) -> dict[str, Any]:
        """Tell who has collected for some days, and whether the books have begun the first of them."""
        office_id, on = command["office_id"], command["on"]
        days = (on, command["until_on"] or on)
        with self.books() as books:
            return {
                "samity_ids": books.meetings.collected(office_id, command["samity_id"], days),
                "day_begun": books.meetings.has_begun(office_id, on),
            }

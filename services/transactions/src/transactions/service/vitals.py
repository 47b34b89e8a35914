"""What must be true of a healthy process of this service."""

from chassis.clock import today
from chassis.injection import Injected
from chassis.process import Call, Process, process_of
from transactions.domain.days import first_of_month
from transactions.repository.partitions import has_room


class RoomInTheBooks(Injected[None]):
    """A process that has no partition for this month or the next one is not well (mechanics D3)."""

    def setup(self) -> None:
        """Ask for it whenever the health of the process is asked for."""
        process = process_of(self.container.config)
        process.vitals.watch("partitions", lambda: _has_room_ahead(process))

    def give(self, process: Process, call: Call) -> None:
        """Give nothing: it only watches."""


def _has_room_ahead(process: Process) -> bool:
    on = today(process.watch)
    if not process.database.answers():
        return False
    with process.database.transaction() as session:
        return has_room(session, on) and has_room(session, first_of_month(on, 1))

"""Sealed days as they are printed."""

from typing import Any

from chassis.serving import serve
from contracts.transactions.sealed_days import READ_SEALED_DAY
from transactions.queries.sealed_days import read_sealed_day
from transactions.service.base import Entrypoints


class SealedDays(Entrypoints):
    """Days with their totals and seals."""

    @serve(READ_SEALED_DAY)
    def read_sealed_day(self, command: dict[str, Any]) -> dict[str, Any]:
        """Return a day's totals and seals."""
        with self.books() as books:
            return read_sealed_day(books, command["office_id"], command["on"])

"""Moving members between branches as accounts asks for it: load, act in one transaction, answer."""

from typing import Any

from chassis.serving import serve
from contracts.transactions.transfers import TRANSFER_ACCOUNTS
from transactions.domain.transfers import Transfer
from transactions.operations import transfers
from transactions.service.base import Entrypoints


class Transfers(Entrypoints):
    """Members who move with their accounts."""

    @serve(TRANSFER_ACCOUNTS)
    def transfer_accounts(self, command: dict[str, Any]) -> dict[str, Any]:
        """Move a member's accounts into another branch's book; asked again, answer what was done."""
        asked = {name: command[name] for name in command if name != "codes"}
        codes = {each["account_id"]: each["code"] for each in command["codes"]}
        with self.books() as books:
            return transfers.transfer_accounts(books, Transfer(**asked, codes=codes))

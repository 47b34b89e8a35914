"""Opening ledger accounts by command of the accounts service (mechanics B1)."""

from datetime import date

from contracts.errors import IdConflict
from transactions.domain.accounts import NewAccount
from transactions.repository import Books


def open_account(books: Books, account: NewAccount) -> date | None:
    """Open a member's account, or find that it is open already.

    Returns:
        The branch's business day; None where it has none open.

    Raises:
        IdConflict: the id, or the code, belongs to another account.
    """
    day = books.days.find_open(account.office_id)
    opened_on = day.on if day else None
    known = books.ledger.find_opened(account.id)
    if known is None:
        books.ledger.open_account(account, opened_on)
        books.work.audit("open_account", "account", account.id, {"code": account.code})
        return opened_on
    same = (account.member_id, account.office_id, account.code, account.ledger)
    if (known["member_id"], known["office_id"], known["code"], known["ledger"]) != same:
        raise IdConflict
    stored: date | None = known["opened_on"]
    return stored

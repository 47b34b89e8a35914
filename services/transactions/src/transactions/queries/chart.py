"""The chart of accounts, and the accounts at banks with what the book says of them."""

from typing import Any

from transactions.domain.book.manual import takes_vouchers
from transactions.domain.book.mappings import EVENT_OF
from transactions.domain.chart import Ledgers, OfficeAccount
from transactions.repository import Books
from transactions.repository.scope import Scope


def read_chart(books: Books) -> dict[str, Any]:
    """Return the whole chart, by code."""
    begins = books.chart.begins()
    return {
        "ledgers": [
            {
                "ledger": ledger.code,
                "ledger_class": ledger.ledger_class.name.lower(),
                "parent": ledger.parent,
                "name_bn": ledger.name_bn,
                "name_en": ledger.name_en,
                "is_group": ledger.is_group,
                "is_control": ledger.is_control,
                "by_hand": takes_vouchers(ledger),
                "cash": ledger.cash,
                "effective_on": begins.get(ledger.code),
            }
            for ledger in books.chart.whole()
        ]
    }


def list_mappings(books: Books) -> dict[str, Any]:
    """Return all mappings of products to ledgers."""
    return {"mappings": [{**row, "event": EVENT_OF[row["control"]]} for row in books.mappings.all()]}


def list_bank_accounts(books: Books, office_id: str) -> dict[str, Any]:
    """Return an office's accounts at banks.

    Raises:
        NotFound: no such office for this caller.
    """
    office = books.people.office(office_id, Scope.of(books.work.actor))
    return {
        "office_id": office.id,
        "accounts": [
            {
                "id": account.id,
                "office_id": office.id,
                "bank_bn": account.bank_bn,
                "bank_en": account.bank_en,
                "branch": account.branch,
                "number": account.number,
                "balance": books.ledger.balance(OfficeAccount(Ledgers.BANK, office.id, account.id)),
            }
            for account in books.chart.banks(office.id)
        ],
        "unnamed": books.ledger.balance(OfficeAccount(Ledgers.BANK, office.id)),
    }

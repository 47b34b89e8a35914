"""How what is paid on a loan stands in an entry: principal on the loan, charge on its own income. Pure."""

from uuid import UUID, uuid5

from contracts.money import Paisa
from transactions.domain.chart import Side
from transactions.domain.ledger import Posting
from transactions.domain.lending.loans import Loan
from transactions.domain.lending.schedules import Amounts

_PARTS = UUID("c8f0b8a4-1a55-5d0e-9d6f-3a2f5a7c1e42")


def credited(loan: Loan, amounts: Amounts, row_id: str, receipt: str | None = None) -> tuple[Posting, ...]:
    """Return the postings of one row of a loan; an amount below nothing stands on the other side."""
    parts = ((loan.account_id, amounts.principal), (loan.charge_account.id, amounts.charge))
    return tuple(
        Posting(account_id, Side.CREDIT if amount > 0 else Side.DEBIT, Paisa(abs(amount)), row_id, receipt)
        for account_id, amount in parts
        if amount
    )


def part_id(entry_id: str, part: str) -> str:
    """Return the id of a row or an entry that belongs to a deed on a loan."""
    return str(uuid5(_PARTS, f"{entry_id}:{part}"))

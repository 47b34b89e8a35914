"""Withdrawals that were paid at samities, booked with their sheets; what was not comes back (rule M9)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from contracts.transactions.float_errors import FloatOutstanding
from contracts.transactions.float_words import FloatState
from contracts.transactions.savings import WITHDRAWAL_PAID
from contracts.transactions.savings_words import WithdrawalState
from transactions.domain.days import OpenDay
from transactions.domain.field_payouts import FieldPayout, payouts_of
from transactions.domain.floats import OUT, Float
from transactions.domain.handovers import SheetRows
from transactions.domain.ledger import Folded
from transactions.domain.savings.withdrawals import Withdrawal
from transactions.operations.floats import release
from transactions.operations.withdrawals import names_of_account
from transactions.repository import Books


def payouts_on(books: Books, sheets: Sequence[SheetRows]) -> tuple[FieldPayout, ...]:
    """Return what was paid on some sheets; all that their floats are for is held from now on."""
    floats = [one.id for one in books.floats.of_sheets([each.sheet.id for each in sheets])]
    carried = {each.id: each for each in books.withdrawals.lock_carried(floats)}
    return tuple(payouts_of(sheets, carried))


def carried_to(books: Books, sheet_id: str) -> tuple[Withdrawal, ...]:
    """Return the withdrawals for which the officer has the cash at a meeting; the caller holds the sheet."""
    taken = [one.id for one in books.floats.of_sheets([sheet_id]) if one.state is FloatState.ACCEPTED]
    return books.withdrawals.carried(taken) if taken else ()


def settle(books: Books, sheets: Sequence[SheetRows], payouts: Iterable[FieldPayout], by: str) -> None:
    """Keep what was paid, against which mark; the rest may be paid elsewhere, until it lapses."""
    for each in payouts:
        paid = replace(each.withdrawal, state=WithdrawalState.PAID)
        mark = each.row.row.mark
        assert mark is not None  # as for every row of money that went to her
        assert each.sheet.collected_by is not None  # who hands it over
        books.withdrawals.pay(paid, each.sheet.collected_by, {"mark": mark.value})
    floats = books.floats.of_sheets([each.sheet.id for each in sheets])
    release(books, books.withdrawals.lock_carried([one.id for one in floats]))
    taken = [one.id for one in floats if one.state is FloatState.ACCEPTED]
    if taken:
        books.floats.finish(taken, FloatState.SETTLED, by)


def tell(books: Books, payouts: Iterable[FieldPayout], day: OpenDay, folded: Folded) -> None:
    """Tell every member that she was paid, with what her book shows now (rule P2)."""
    paid = tuple(payouts)
    accounts = books.ledger.find_accounts({each.withdrawal.account_id for each in paid})
    for each in paid:
        account = accounts[each.withdrawal.account_id]
        books.work.tell(
            WITHDRAWAL_PAID,
            {
                **names_of_account(account),
                "entry_id": each.withdrawal.id,
                "account_id": account.id,
                "amount": each.withdrawal.amount,
                "balance": folded.balance_after(account.id),
                "receipt_number": each.row.row.receipt_number,
                "business_on": day.on,
                "value_on": each.sheet.meeting_on,
            },
        )


def require_none_out(books: Books, sheet_ids: Sequence[str]) -> None:
    """Let nothing that ends a sheet happen while a float for it is out.

    Raises:
        FloatOutstanding: one is.
    """
    _require_none(one for one in books.floats.of_sheets(sheet_ids) if one.state in OUT)


def require_all_taken(books: Books, sheet_ids: Sequence[str]) -> None:
    """Let a sheet be handed over when every float for it is taken, or is none any more.

    Raises:
        FloatOutstanding: one waits for the officer.
    """
    _require_none(one for one in books.floats.of_sheets(sheet_ids) if one.state is FloatState.ISSUED)


def _require_none(floats: Iterable[Float]) -> None:
    for one in floats:
        raise FloatOutstanding(float_id=one.id)

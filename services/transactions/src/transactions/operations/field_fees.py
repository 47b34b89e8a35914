"""Fees from collection sheets, told to who paid them once they are in the book (rules M1, P2)."""

from collections.abc import Iterable

from contracts.transactions.lending_endings import COUNTER_MONEY_TAKEN
from transactions.domain.days import OpenDay
from transactions.domain.field_fees import FieldFee
from transactions.repository import Books


def tell(books: Books, fees: Iterable[FieldFee], day: OpenDay) -> None:
    """Tell every member which fee of hers is in the book, under the receipt that she holds."""
    for fee in fees:
        said = fee.row.row
        books.work.tell(
            COUNTER_MONEY_TAKEN,
            {
                "entry_id": fee.entry_id,
                "office_id": fee.sheet.office_id,
                "member_id": said.member_id,
                "what": fee.kind,
                "amount": said.money,
                "left": None,
                "receipt_number": said.receipt_number,
                "business_on": day.on,
                "value_on": fee.sheet.meeting_on,
            },
        )

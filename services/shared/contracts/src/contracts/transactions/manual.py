"""What transactions promises about vouchers that are written by hand (domain §6)."""

from contracts.calls import Method
from contracts.transactions import manual_answers as answers
from contracts.transactions import manual_commands as commands
from contracts.transactions.ledger import SERVICE
from contracts.transactions.ledger_answers import Proposed

PROPOSE_VOUCHER = Method(
    service=SERVICE,
    name="propose_voucher",
    command=commands.ProposeVoucher,
    answer=Proposed,
    permission="voucher:propose",
    changes=True,
)
UNDO_VOUCHER = Method(
    service=SERVICE,
    name="undo_voucher",
    command=commands.UndoVoucher,
    answer=Proposed,
    permission="voucher:propose",
    changes=True,
)
GET_MANUAL_VOUCHER = Method(
    service=SERVICE,
    name="get_manual_voucher",
    command=commands.VoucherOnly,
    answer=answers.ManualVoucher,
    permission="book:read",
)
LIST_MANUAL_VOUCHERS = Method(
    service=SERVICE,
    name="list_manual_vouchers",
    command=commands.ListManualVouchers,
    answer=answers.ManualVoucherPage,
    permission="book:read",
)

METHODS: tuple[Method, ...] = (PROPOSE_VOUCHER, UNDO_VOUCHER, GET_MANUAL_VOUCHER, LIST_MANUAL_VOUCHERS)

"""What transactions promises about how loans end, and about fees at the counter (domain 4.8, 4.9)."""

from contracts.calls import Event, Method
from contracts.transactions import lending_endings_answers as answers
from contracts.transactions import lending_endings_commands as commands
from contracts.transactions.ledger import POSTING_TIMEOUT, SERVICE

QUOTE_SETTLEMENT = Method(
    service=SERVICE,
    name="quote_settlement",
    command=commands.LoanOnly,
    answer=answers.SettlementTerms,
    permission="loan:read",
)
PROPOSE_SETTLEMENT = Method(
    service=SERVICE,
    name="propose_settlement",
    command=commands.ProposeSettlement,
    answer=answers.SettlementProposed,
    permission="settlement:propose",
    changes=True,
)
PROPOSE_SAVINGS_TO_LOAN = Method(
    service=SERVICE,
    name="propose_savings_to_loan",
    command=commands.ProposeSavingsToLoan,
    answer=answers.SavingsToLoanProposed,
    permission="settlement:propose",
    changes=True,
)
QUOTE_WAIVER = Method(
    service=SERVICE,
    name="quote_waiver",
    command=commands.QuoteWaiver,
    answer=answers.WaiverTerms,
    permission="loan:read",
)
PROPOSE_WAIVER = Method(
    service=SERVICE,
    name="propose_waiver",
    command=commands.ProposeWaiver,
    answer=answers.EndingProposed,
    permission="loan:propose_change",
    changes=True,
)
PROPOSE_DEATH_REFUND = Method(
    service=SERVICE,
    name="propose_death_refund",
    command=commands.ProposeDeathRefund,
    answer=answers.EndingProposed,
    permission="settlement:propose",
    changes=True,
)
QUOTE_WRITE_OFF = Method(
    service=SERVICE,
    name="quote_write_off",
    command=commands.LoanOnly,
    answer=answers.WriteOffTerms,
    permission="loan:read",
)
PROPOSE_WRITE_OFF = Method(
    service=SERVICE,
    name="propose_write_off",
    command=commands.ProposeWriteOff,
    answer=answers.EndingProposed,
    permission="loan:propose_change",
    changes=True,
)
POST_RECOVERY = Method(
    service=SERVICE,
    name="post_recovery",
    command=commands.PostRecovery,
    answer=answers.RecoveryReceipt,
    permission="repayment:post",
    timeout=POSTING_TIMEOUT,
    changes=True,
)
POST_FEE = Method(
    service=SERVICE,
    name="post_fee",
    command=commands.PostFee,
    answer=answers.FeeReceipt,
    permission="fee:post",
    timeout=POSTING_TIMEOUT,
    changes=True,
)
LIST_FEES = Method(
    service=SERVICE,
    name="list_fees",
    command=commands.ListFees,
    answer=answers.FeePage,
    permission="passbook:read",
)
LIST_ENDED_LOANS = Method(
    service=SERVICE,
    name="list_ended_loans",
    command=commands.ListEndedLoans,
    answer=answers.RegisteredEndingPage,
    permission="loan:read",
)

SAVINGS_MOVED_TO_LOAN = Event(
    service=SERVICE,
    name="savings_moved_to_loan",
    data=answers.SavingsMovedToLoan,
    consumers=("notifications.tell_savings_moved",),
)
COUNTER_MONEY_TAKEN = Event(
    service=SERVICE,
    name="counter_money_taken",
    data=answers.CounterMoneyTaken,
    consumers=("notifications.tell_counter_money",),
)

METHODS: tuple[Method, ...] = (
    QUOTE_SETTLEMENT,
    PROPOSE_SETTLEMENT,
    PROPOSE_SAVINGS_TO_LOAN,
    QUOTE_WAIVER,
    PROPOSE_WAIVER,
    PROPOSE_DEATH_REFUND,
    QUOTE_WRITE_OFF,
    PROPOSE_WRITE_OFF,
    POST_RECOVERY,
    POST_FEE,
    LIST_FEES,
    LIST_ENDED_LOANS,
)
EVENTS: tuple[Event, ...] = (SAVINGS_MOVED_TO_LOAN, COUNTER_MONEY_TAKEN)

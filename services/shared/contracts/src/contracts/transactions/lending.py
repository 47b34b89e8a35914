"""What transactions promises accounts about loans: paid out once, re-dated, asked after (B1, B4)."""

from contracts.calls import Event, Method
from contracts.transactions import lending_answers as answers
from contracts.transactions import lending_commands as commands
from contracts.transactions.ledger import POSTING_TIMEOUT, SERVICE

_ACCOUNTS = frozenset({"accounts"})

PAY_OUT_LOAN = Method(
    service=SERVICE,
    name="pay_out_loan",
    command=commands.PayOutLoan,
    answer=answers.LoanPaidOutAnswer,
    callers=_ACCOUNTS,
    timeout=POSTING_TIMEOUT,
    changes=True,
)
REPLACE_SCHEDULE = Method(
    service=SERVICE,
    name="replace_schedule",
    command=commands.ReplaceSchedule,
    answer=answers.ScheduleReplaced,
    callers=_ACCOUNTS,
    changes=True,
)
LOAN_STANDINGS = Method(
    service=SERVICE,
    name="loan_standings",
    command=commands.LoansAsked,
    answer=answers.LoanStandings,
    callers=_ACCOUNTS,
)

LOAN_PAID_OUT = Event(
    service=SERVICE,
    name="loan_paid_out",
    data=answers.LoanPaidOut,
    consumers=("notifications.tell_loan_paid_out",),
)
LOAN_CLOSED = Event(
    service=SERVICE,
    name="loan_closed",
    data=answers.LoanClosed,
    consumers=("notifications.tell_loan_closed",),
)

METHODS: tuple[Method, ...] = (PAY_OUT_LOAN, REPLACE_SCHEDULE, LOAN_STANDINGS)
EVENTS: tuple[Event, ...] = (LOAN_PAID_OUT, LOAN_CLOSED)

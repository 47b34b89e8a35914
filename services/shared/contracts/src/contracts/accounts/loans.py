"""What accounts promises about a loan's agreement: from her wish to the payout (rules L2, L4, M8; B4)."""

from contracts.accounts import loan_answers as answers
from contracts.accounts import loan_commands as commands
from contracts.accounts.pages import PageCommand
from contracts.calls import Method
from contracts.schemas import Command

ASKS_THE_BOOK = 20
"""Seconds for what asks transactions first."""


def _changing(
    name: str, command: type[Command], permission: str, *, timeout: int = 10, answer: type = answers.LoanFile
) -> Method:
    return Method(
        service="accounts",
        name=name,
        command=command,
        answer=answer,
        permission=permission,
        timeout=timeout,
        changes=True,
    )


PROPOSE_LOAN = _changing("propose_loan", commands.ProposeLoan, "loan:propose", timeout=ASKS_THE_BOOK)
RECOMMEND_LOAN = _changing("recommend_loan", commands.RecommendLoan, "loan:recommend")
APPROVE_LOAN = _changing("approve_loan", commands.ApproveLoan, "loan:approve")
CANCEL_LOAN = _changing("cancel_loan", commands.CancelLoan, "loan:cancel")
DISBURSE_LOAN = _changing("disburse_loan", commands.DisburseLoan, "loan:disburse", timeout=ASKS_THE_BOOK)
GET_LOAN = Method(
    service="accounts",
    name="get_loan",
    command=commands.GetLoan,
    answer=answers.LoanFile,
    permission="loan:read",
)
LIST_LOANS = Method(
    service="accounts",
    name="list_loans",
    command=commands.ListLoans,
    answer=answers.Loans,
    permission="loan:read",
)
LIST_CALL_BACKS = Method(
    service="accounts",
    name="list_call_backs",
    command=PageCommand,
    answer=answers.CallBacks,
    permission="loan:call_back",
)
RECORD_CALL_BACK = _changing(
    "record_call_back", commands.RecordCallBack, "loan:call_back", answer=answers.CallBack
)

METHODS: tuple[Method, ...] = (
    PROPOSE_LOAN,
    RECOMMEND_LOAN,
    APPROVE_LOAN,
    CANCEL_LOAN,
    DISBURSE_LOAN,
    GET_LOAN,
    LIST_LOANS,
    LIST_CALL_BACKS,
    RECORD_CALL_BACK,
)

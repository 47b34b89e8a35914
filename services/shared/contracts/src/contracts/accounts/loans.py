"""What accounts promises about a loan's agreement: from her wish to the payout (rules L2, L4, M8; B4)."""

from contracts.accounts import loan_answers as answers
from contracts.accounts import loan_commands as commands
from contracts.accounts.pages import PageCommand
from contracts.calls import Event, Method
from contracts.fields import CountField, DateField, SealedField, TakaField, UuidField
from contracts.schemas import Command, EventData

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
SEND_PAYOUT_CODE = _changing(
    "send_payout_code", commands.SendPayoutCode, "loan:disburse", answer=answers.PayoutCode
)
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
    SEND_PAYOUT_CODE,
    DISBURSE_LOAN,
    GET_LOAN,
    LIST_LOANS,
    LIST_CALL_BACKS,
    RECORD_CALL_BACK,
)


class PayoutCodeSent(EventData):
    """A code for her telephone, to be said when she gets the money; `send` counts the codes of a payout."""

    loan_id = UuidField(required=True)
    member_id = UuidField(required=True)
    on = DateField(required=True)
    send = CountField(required=True)
    amount = TakaField(required=True)
    mobile = SealedField(to="notifications", required=True)
    code = SealedField(to="notifications", required=True)


PAYOUT_CODE_SENT = Event(
    service="accounts",
    name="payout_code_sent",
    data=PayoutCodeSent,
    consumers=("notifications.send_payout_code",),
)
EVENTS: tuple[Event, ...] = (PAYOUT_CODE_SENT,)

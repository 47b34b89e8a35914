"""What transactions promises about interest on savings: runs over a branch, and how far they have come."""

from contracts.calls import Method
from contracts.transactions import interest_answers as answers
from contracts.transactions import interest_commands as commands
from contracts.transactions.ledger import SERVICE

RUN_INTEREST = Method(
    service=SERVICE,
    name="run_interest",
    command=commands.RunInterest,
    answer=answers.InterestRun,
    permission="interest:run",
    changes=True,
)
CANCEL_INTEREST_RUN = Method(
    service=SERVICE,
    name="cancel_interest_run",
    command=commands.InterestRunOnly,
    answer=answers.InterestRun,
    permission="interest:run",
    changes=True,
)
GET_INTEREST_RUN = Method(
    service=SERVICE,
    name="get_interest_run",
    command=commands.InterestRunOnly,
    answer=answers.InterestRun,
    permission="interest:read",
)
LIST_INTEREST_RUNS = Method(
    service=SERVICE,
    name="list_interest_runs",
    command=commands.ListInterestRuns,
    answer=answers.InterestRunPage,
    permission="interest:read",
)

METHODS: tuple[Method, ...] = (RUN_INTEREST, CANCEL_INTEREST_RUN, GET_INTEREST_RUN, LIST_INTEREST_RUNS)

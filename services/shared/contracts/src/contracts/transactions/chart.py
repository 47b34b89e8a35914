"""What transactions promises about the chart of accounts and the accounts at banks (domain §6, P7)."""

from contracts.calls import Method
from contracts.schemas import Nothing
from contracts.transactions import chart_answers as answers
from contracts.transactions import chart_commands as commands
from contracts.transactions.ledger import SERVICE
from contracts.transactions.ledger_answers import Proposed
from contracts.transactions.ledger_commands import OfficeOnly

READ_CHART = Method(
    service=SERVICE,
    name="read_chart",
    command=Nothing,
    answer=answers.Chart,
    permission="chart:read",
)
PROPOSE_LEDGER = Method(
    service=SERVICE,
    name="propose_ledger",
    command=commands.ProposeLedger,
    answer=Proposed,
    permission="chart:propose",
    changes=True,
)
LIST_BANK_ACCOUNTS = Method(
    service=SERVICE,
    name="list_bank_accounts",
    command=OfficeOnly,
    answer=answers.BankAccounts,
    permission="chart:read",
)
PROPOSE_BANK_ACCOUNT = Method(
    service=SERVICE,
    name="propose_bank_account",
    command=commands.ProposeBankAccount,
    answer=Proposed,
    permission="chart:propose",
    changes=True,
)

LIST_MAPPINGS = Method(
    service=SERVICE,
    name="list_mappings",
    command=Nothing,
    answer=answers.LedgerMappings,
    permission="chart:read",
)
PROPOSE_MAPPING = Method(
    service=SERVICE,
    name="propose_mapping",
    command=commands.ProposeMapping,
    answer=Proposed,
    permission="chart:propose",
    changes=True,
)

METHODS: tuple[Method, ...] = (
    READ_CHART,
    PROPOSE_LEDGER,
    LIST_MAPPINGS,
    PROPOSE_MAPPING,
    LIST_BANK_ACCOUNTS,
    PROPOSE_BANK_ACCOUNT,
)

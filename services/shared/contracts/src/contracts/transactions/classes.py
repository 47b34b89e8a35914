"""What transactions promises about the age of loans: runs, totals, the register, and dated rules (4.9)."""

from contracts.calls import Method
from contracts.schemas import Nothing
from contracts.transactions import classes_answers as answers
from contracts.transactions import classes_commands as commands
from contracts.transactions.ledger import SERVICE
from contracts.transactions.ledger_answers import Proposed

RUN_CLASSES = Method(
    service=SERVICE,
    name="run_classes",
    command=commands.RunClasses,
    answer=answers.ClassRun,
    permission="class:run",
    changes=True,
)
CANCEL_CLASS_RUN = Method(
    service=SERVICE,
    name="cancel_class_run",
    command=commands.ClassRunOnly,
    answer=answers.ClassRun,
    permission="class:run",
    changes=True,
)
GET_CLASS_RUN = Method(
    service=SERVICE,
    name="get_class_run",
    command=commands.ClassRunOnly,
    answer=answers.ClassRun,
    permission="class:read",
)
LIST_CLASS_RUNS = Method(
    service=SERVICE,
    name="list_class_runs",
    command=commands.ListClassRuns,
    answer=answers.ClassRunPage,
    permission="class:read",
)
LIST_CLASSES = Method(
    service=SERVICE,
    name="list_classes",
    command=commands.ListClasses,
    answer=answers.Classes,
    permission="class:read",
)
LIST_OVERDUE_LOANS = Method(
    service=SERVICE,
    name="list_overdue_loans",
    command=commands.ListOverdueLoans,
    answer=answers.OverdueLoanPage,
    permission="class:read",
)
LIST_CLASS_DATA = Method(
    service=SERVICE,
    name="list_class_data",
    command=Nothing,
    answer=answers.ClassData,
    permission="class:read",
)
PROPOSE_CLASS_RULES = Method(
    service=SERVICE,
    name="propose_class_rules",
    command=commands.ProposeClassRules,
    answer=Proposed,
    permission="class:propose",
    changes=True,
)
PROPOSE_CLASS_FREEZE = Method(
    service=SERVICE,
    name="propose_class_freeze",
    command=commands.ProposeClassFreeze,
    answer=Proposed,
    permission="class:propose",
    changes=True,
)

METHODS: tuple[Method, ...] = (
    RUN_CLASSES,
    CANCEL_CLASS_RUN,
    GET_CLASS_RUN,
    LIST_CLASS_RUNS,
    LIST_CLASSES,
    LIST_OVERDUE_LOANS,
    LIST_CLASS_DATA,
    PROPOSE_CLASS_RULES,
    PROPOSE_CLASS_FREEZE,
)

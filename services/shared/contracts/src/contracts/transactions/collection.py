"""What transactions promises about the collection: sheets, hand-overs, and what became of the money."""

from contracts.calls import Event, Method
from contracts.transactions import collection_answers as answers
from contracts.transactions import collection_commands as commands

SERVICE = "transactions"
POSTING_TIMEOUT = 20
"""Seconds: posting a hand-over takes longer than a question."""

LIST_SHEETS = Method(
    service=SERVICE,
    name="list_sheets",
    command=commands.ListSheets,
    answer=answers.SheetPage,
    permission="sheet:read",
)
GET_SHEET = Method(
    service=SERVICE,
    name="get_sheet",
    command=commands.GetSheet,
    answer=answers.Sheet,
    permission="sheet:read",
)
HOLD_SHEET = Method(
    service=SERVICE,
    name="hold_sheet",
    command=commands.HoldSheet,
    answer=answers.SheetHolding,
    permission="sheet:hold",
    changes=True,
)
ASSIGN_SHEET = Method(
    service=SERVICE,
    name="assign_sheet",
    command=commands.AssignSheet,
    answer=answers.SheetState,
    permission="sheet:take_over",
    changes=True,
)
SUBMIT_SHEET = Method(
    service=SERVICE,
    name="submit_sheet",
    command=commands.SubmitSheet,
    answer=answers.SubmissionAnswer,
    permission="sheet:submit",
    timeout=POSTING_TIMEOUT,
    changes=True,
)
CLAIM_NOT_HELD = Method(
    service=SERVICE,
    name="claim_not_held",
    command=commands.ClaimNotHeld,
    answer=answers.SheetState,
    permission="sheet:submit",
    changes=True,
)
RETURN_ROWS = Method(
    service=SERVICE,
    name="return_rows",
    command=commands.ReturnRows,
    answer=answers.SheetState,
    permission="sheet:return",
    changes=True,
)
CHECK_SHEET = Method(
    service=SERVICE,
    name="check_sheet",
    command=commands.SheetOnly,
    answer=answers.SheetState,
    permission="sheet:check",
    changes=True,
)
ISSUE_SPECIAL_SHEET = Method(
    service=SERVICE,
    name="issue_special_sheet",
    command=commands.IssueSpecialSheet,
    answer=answers.SheetItem,
    permission="sheet:hold",
    changes=True,
)
LIST_COMPARE = Method(
    service=SERVICE,
    name="list_compare",
    command=commands.SheetOnly,
    answer=answers.ComparisonPage,
    permission="sheet:read",
)
SETTLE_COMPARISON = Method(
    service=SERVICE,
    name="settle_comparison",
    command=commands.SettleComparison,
    answer=answers.Comparison,
    permission="sheet:check",
    changes=True,
)
DECLARE_HANDOVER = Method(
    service=SERVICE,
    name="declare_handover",
    command=commands.DeclareHandover,
    answer=answers.Handover,
    permission="handover:declare",
    changes=True,
)
LIST_HANDOVERS = Method(
    service=SERVICE,
    name="list_handovers",
    command=commands.ListHandovers,
    answer=answers.HandoverPage,
    permission="handover:read",
)
GET_HANDOVER = Method(
    service=SERVICE,
    name="get_handover",
    command=commands.GetHandover,
    answer=answers.Handover,
    permission="handover:read",
)
COUNT_HANDOVER = Method(
    service=SERVICE,
    name="count_handover",
    command=commands.CountHandover,
    answer=answers.Handover,
    permission="handover:count",
    changes=True,
)
AUTHORISE_HANDOVER = Method(
    service=SERVICE,
    name="authorise_handover",
    command=commands.AuthoriseHandover,
    answer=answers.Handover,
    permission="handover:authorise",
    timeout=POSTING_TIMEOUT,
    changes=True,
)
LIST_UNALLOCATED = Method(
    service=SERVICE,
    name="list_unallocated",
    command=commands.ListUnallocated,
    answer=answers.UnallocatedPage,
    permission="sheet:read",
)
RESOLVE_UNALLOCATED = Method(
    service=SERVICE,
    name="resolve_unallocated",
    command=commands.ResolveUnallocated,
    answer=answers.Unallocated,
    permission="unallocated:resolve",
    timeout=POSTING_TIMEOUT,
    changes=True,
)
LIST_ROW_CHANGES = Method(
    service=SERVICE,
    name="list_row_changes",
    command=commands.ListRowChanges,
    answer=answers.RowChangePage,
    permission="sheet:read",
)

SHEET_AUTHORISED = Event(
    service=SERVICE,
    name="sheet_authorised",
    data=answers.SheetAuthorised,
    consumers=("notifications.tell_members",),
)
ROW_CHANGED = Event(
    service=SERVICE,
    name="row_changed",
    data=answers.RowChanged,
    consumers=("notifications.tell_row_changed",),
)

METHODS: tuple[Method, ...] = (
    LIST_SHEETS,
    GET_SHEET,
    HOLD_SHEET,
    ASSIGN_SHEET,
    SUBMIT_SHEET,
    CLAIM_NOT_HELD,
    RETURN_ROWS,
    CHECK_SHEET,
    ISSUE_SPECIAL_SHEET,
    LIST_COMPARE,
    SETTLE_COMPARISON,
    DECLARE_HANDOVER,
    LIST_HANDOVERS,
    GET_HANDOVER,
    COUNT_HANDOVER,
    AUTHORISE_HANDOVER,
    LIST_UNALLOCATED,
    RESOLVE_UNALLOCATED,
    LIST_ROW_CHANGES,
)
EVENTS: tuple[Event, ...] = (SHEET_AUTHORISED, ROW_CHANGED)

"""What waits for a second person in accounts: the kinds are in `approval_words`."""

from contracts.approvals import DecideApproval, Decision, ListApprovals, PendingApprovals
from contracts.calls import Method

LIST_APPROVALS = Method(
    service="accounts",
    name="list_approvals",
    command=ListApprovals,
    answer=PendingApprovals,
    permission="approval:read",
)
DECIDE_APPROVAL = Method(
    service="accounts",
    name="decide_approval",
    command=DecideApproval,
    answer=Decision,
    permission="approval:read",
    changes=True,
)

METHODS = (LIST_APPROVALS, DECIDE_APPROVAL)

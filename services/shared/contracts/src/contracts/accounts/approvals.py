"""What waits for a manager: admissions."""

from contracts.approvals import DecideApproval, Decision, ListApprovals, PendingApprovals
from contracts.calls import Method

ADMISSION = "admission"
PERMISSIONS = {ADMISSION: "member:approve"}
"""The verb that decides each kind."""

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

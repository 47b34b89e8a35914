"""What waits for a second person in identity: new staff, members' logins, limits, acting posts."""

from contracts.approvals import DecideApproval, Decision, ListApprovals, PendingApprovals
from contracts.calls import Method

STAFF_CREATION = "staff_creation"
MEMBER_LOGIN = "member_login"
LIMIT_CHANGE = "limit_change"
ACTING = "acting"
CREDENTIAL_RESET = "credential_reset"
ACCESS_HOLD = "access_hold"

LIST_APPROVALS = Method(
    service="identity",
    name="list_approvals",
    command=ListApprovals,
    answer=PendingApprovals,
    permission="approval:read",
)
DECIDE_APPROVAL = Method(
    service="identity",
    name="decide_approval",
    command=DecideApproval,
    answer=Decision,
    permission="approval:read",
    changes=True,
)
METHODS = (LIST_APPROVALS, DECIDE_APPROVAL)

"""What was asked for and decided about a member: every request that concerned her, and by whom (M8)."""

from marshmallow import fields

from contracts.accounts.approval_words import ApprovalKind
from contracts.accounts.pages import PageCommand
from contracts.approvals import STATES
from contracts.calls import Method
from contracts.fields import CodeField, InstantField, UuidField
from contracts.schemas import Answer


class ListMemberHistory(PageCommand):
    """Whose history; her requests come the newest first."""

    member_id = UuidField(required=True)


class HistoryItem(Answer):
    """One request about her: what was asked for, by whom, and what another person decided.

    `facts` is what the checker saw: plain JSON for the screen, without personal secrets.
    """

    id = UuidField(required=True)
    kind = CodeField(*ApprovalKind, required=True)
    state = CodeField(*STATES, required=True)
    subject_id = UuidField(required=True)
    maker_id = UuidField(required=True)
    maker_name_bn = fields.String(required=True, allow_none=True)
    maker_name_en = fields.String(required=True, allow_none=True)
    made_at = InstantField(required=True)
    checker_id = UuidField(required=True, allow_none=True)
    checker_name_bn = fields.String(required=True, allow_none=True)
    checker_name_en = fields.String(required=True, allow_none=True)
    decided_at = InstantField(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    facts = fields.Dict(keys=fields.String(), required=True)


class MemberHistory(Answer):
    """A page of a member's history."""

    items = fields.List(fields.Nested(HistoryItem), required=True)
    next = UuidField(required=True, allow_none=True)


LIST_MEMBER_HISTORY = Method(
    service="accounts",
    name="list_member_history",
    command=ListMemberHistory,
    answer=MemberHistory,
    permission="member:read",
)

METHODS = (LIST_MEMBER_HISTORY,)

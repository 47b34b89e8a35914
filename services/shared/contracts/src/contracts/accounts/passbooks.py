"""The passbook register: which paper book a member holds, and what became of those before (domain §2)."""

from marshmallow import fields

from contracts.calls import Method
from contracts.fields import CodeField, DateField, NameField, TextField, UuidField
from contracts.schemas import Answer, Command

OPEN = "open"
ENDS = ("full", "damaged", "lost")
"""Why a book was replaced by another one."""
SURRENDERED = "surrendered"
STATUSES = (OPEN, *ENDS, SURRENDERED)


class PaperBook(Answer):
    """One paper book; `status` is `open`, or why it ended."""

    id = UuidField(required=True)
    member_id = UuidField(required=True)
    number = fields.String(required=True)
    lot = fields.String(required=True, allow_none=True)
    status = CodeField(*STATUSES, required=True)
    started_on = DateField(required=True)
    ended_on = DateField(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)


class PaperBooks(Answer):
    """All books that a member ever had, the newest first."""

    items = fields.List(fields.Nested(PaperBook), required=True)


class ListPassbooks(Command):
    """Whose books."""

    member_id = UuidField(required=True)


class IssuePassbook(Command):
    """Give a member a new book; what became of the open one is said with it, and why."""

    id = UuidField(required=True)
    member_id = UuidField(required=True)
    number = NameField(20, required=True)
    lot = NameField(20, load_default=None, allow_none=True)
    before = CodeField(*ENDS, load_default=None, allow_none=True)
    reason = TextField(300, shortest=3, required=True)


class EndPassbook(Command):
    """A book is lost, or she gave it back."""

    id = UuidField(required=True)
    reason = TextField(300, shortest=3, required=True)


LIST_PASSBOOKS = Method(
    service="accounts",
    name="list_passbooks",
    command=ListPassbooks,
    answer=PaperBooks,
    permission="member:read",
)
ISSUE_PASSBOOK = Method(
    service="accounts",
    name="issue_passbook",
    command=IssuePassbook,
    answer=PaperBook,
    permission="passbook:issue",
    changes=True,
)
REPORT_PASSBOOK_LOST = Method(
    service="accounts",
    name="report_passbook_lost",
    command=EndPassbook,
    answer=PaperBook,
    permission="passbook:issue",
    changes=True,
)
SURRENDER_PASSBOOK = Method(
    service="accounts",
    name="surrender_passbook",
    command=EndPassbook,
    answer=PaperBook,
    permission="passbook:issue",
    changes=True,
)

METHODS = (LIST_PASSBOOKS, ISSUE_PASSBOOK, REPORT_PASSBOOK_LOST, SURRENDER_PASSBOOK)

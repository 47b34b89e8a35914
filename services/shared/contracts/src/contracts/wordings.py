"""The wording of messages to members: versions in both languages that two people set. Rules P2, P7.

A release brings a wording of each kind. The institution's own versions follow it; none is ever edited, and
none may leave out what the release's names: the receipt of a correction, both dates, the member's number.
"""

from marshmallow import fields, validate

from contracts.approvals import DecideApproval, Decision, ListApprovals, PendingApproval, PendingApprovals
from contracts.calls import Method
from contracts.fields import CodeField, CountField, InstantField, LanguageField, TextField, UuidField
from contracts.notifications import KINDS
from contracts.schemas import Answer, Command, Nothing, page_of

PARTS = ("title", "text", "line")
STATES = ("waiting", "approved", "declined")
FIRST_OWN = 1001
"""The institution's own versions begin here, so that no release ever brings a number that is taken."""

TEMPLATE = "message_template"
"""The kind of the approval that another wording is."""

SEE, ASK, AGREE = "template:read", "template:propose", "template:approve"
_LONGEST = 480
_MOST = 40


class GivenWording(Command):
    """One sentence of a kind of message, in both languages, with its placeholders in braces."""

    part = CodeField(*PARTS, required=True)
    variant = TextField(40, required=True)
    bn = TextField(_LONGEST, required=True)
    en = TextField(_LONGEST, required=True)


class Wording(Answer):
    """One sentence of a kind of message; `placeholders` are those that it must have, and no others."""

    part = CodeField(*PARTS, required=True)
    variant = fields.String(required=True)
    bn = fields.String(required=True)
    en = fields.String(required=True)
    placeholders = fields.List(fields.String(), required=True)


class TemplateProposal(Answer):
    """A wording of the institution's own, whatever became of it."""

    id = UuidField(required=True)
    version = CountField(required=True, allow_none=True)
    state = CodeField(*STATES, required=True)
    reason = fields.String(required=True)
    maker_id = fields.String(required=True)
    proposed_at = InstantField(required=True)
    decided_at = InstantField(required=True, allow_none=True)
    decline_reason = fields.String(required=True, allow_none=True)
    wordings = fields.List(fields.Nested(Wording), required=True)


class MessageTemplate(Answer):
    """How one kind of message reads now; `waits` tells whether another wording waits for a second person."""

    kind = CodeField(*KINDS, required=True)
    version = CountField(required=True)
    is_own = fields.Boolean(required=True)
    waits = fields.Boolean(required=True)
    title_bn = fields.String(required=True)
    title_en = fields.String(required=True)


class MessageTemplateFile(Answer):
    """One kind of message: how it reads now, and every wording of the institution's own, the newest first."""

    kind = CodeField(*KINDS, required=True)
    version = CountField(required=True)
    is_own = fields.Boolean(required=True)
    wordings = fields.List(fields.Nested(Wording), required=True)
    proposals = fields.List(fields.Nested(TemplateProposal), required=True)


class GetTemplate(Command):
    """Ask for one kind of message."""

    kind = CodeField(*KINDS, required=True)


class PreviewTemplate(Command):
    """Ask how a wording would read with sample facts; nothing is kept."""

    kind = CodeField(*KINDS, required=True)
    wordings = fields.List(
        fields.Nested(GivenWording), required=True, validate=validate.Length(min=1, max=_MOST)
    )


class PreviewedSentence(Answer):
    """One sentence with sample facts, and as how many short messages it would be sent."""

    part = CodeField(*PARTS, required=True)
    variant = fields.String(required=True)
    language = LanguageField(required=True)
    text = fields.String(required=True)
    parts = CountField(required=True)


class Preview(Answer):
    """A wording with sample facts."""

    items = fields.List(fields.Nested(PreviewedSentence), required=True)


class ProposeTemplate(Command):
    """Propose another wording of one kind; it counts from the moment another person agrees."""

    id = UuidField(required=True)
    kind = CodeField(*KINDS, required=True)
    wordings = fields.List(
        fields.Nested(GivenWording), required=True, validate=validate.Length(min=1, max=_MOST)
    )
    reason = TextField(300, required=True)


MessageTemplates = page_of(MessageTemplate, "MessageTemplates")

LIST_TEMPLATES = Method(
    service="notifications",
    name="list_templates",
    command=Nothing,
    answer=MessageTemplates,
    permission=SEE,
)
GET_TEMPLATE = Method(
    service="notifications",
    name="get_template",
    command=GetTemplate,
    answer=MessageTemplateFile,
    permission=SEE,
)
PREVIEW_TEMPLATE = Method(
    service="notifications",
    name="preview_template",
    command=PreviewTemplate,
    answer=Preview,
    permission=SEE,
)
PROPOSE_TEMPLATE = Method(
    service="notifications",
    name="propose_template",
    command=ProposeTemplate,
    answer=PendingApproval,
    permission=ASK,
    changes=True,
)
LIST_APPROVALS = Method(
    service="notifications",
    name="list_approvals",
    command=ListApprovals,
    answer=PendingApprovals,
    permission="approval:read",
)
DECIDE_APPROVAL = Method(
    service="notifications",
    name="decide_approval",
    command=DecideApproval,
    answer=Decision,
    permission="approval:read",
    changes=True,
)

METHODS = (
    LIST_TEMPLATES,
    GET_TEMPLATE,
    PREVIEW_TEMPLATE,
    PROPOSE_TEMPLATE,
    LIST_APPROVALS,
    DECIDE_APPROVAL,
)

"""One shape for everything that waits for a second person (mechanics B3), whichever service keeps it."""

from marshmallow import fields

from contracts.fields import CodeField, InstantField, NameField, SealedField, TextField, UuidField
from contracts.schemas import Answer, Command

STATES = ("waiting", "approved", "opening", "declined", "lapsed")
"""`opening` is approved, with a step in another service that a timer will finish (architecture §6.4)."""


class PendingApproval(Answer):
    """A deed that waits for its checker.

    `facts` is plain JSON for the screen, without personal secrets; `permission` is the verb that decides.
    """

    id = UuidField(required=True)
    service = fields.String(required=True)
    kind = fields.String(required=True)
    permission = fields.String(required=True)
    subject_id = UuidField(required=True)
    subject_bn = NameField(200, required=True)
    subject_en = NameField(200, required=True)
    office_id = UuidField(required=True, allow_none=True)
    maker_id = fields.String(required=True)
    maker_bn = NameField(required=True, allow_none=True)
    maker_en = NameField(required=True, allow_none=True)
    proposed_at = InstantField(required=True)
    state = CodeField(*STATES, required=True)
    may_decide = fields.Boolean(required=True)
    facts = fields.Dict(keys=fields.String(), required=True)


class ListApprovals(Command):
    """Ask for what waits in the caller's scope."""

    after = fields.String()


class PendingApprovals(Answer):
    """A page of what waits."""

    items = fields.List(fields.Nested(PendingApproval), required=True)
    next = fields.String(required=True, allow_none=True)


class DecideApproval(Command):
    """Approve or decline; declining needs a reason."""

    id = UuidField(required=True)
    approve = fields.Boolean(required=True, truthy={True}, falsy={False})
    reason = TextField(300, load_default=None, allow_none=True)


class Decision(Answer):
    """What became of it; a secret is sealed to the gateway and shown once, on a slip (rule P1)."""

    id = UuidField(required=True)
    state = CodeField(*STATES, required=True)
    secret = SealedField(to="gateway", required=True, allow_none=True)

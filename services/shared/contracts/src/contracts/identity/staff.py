"""Staff: proposing them, switching their access, and the event of their posting to an office."""

from marshmallow import fields, validate

from contracts.approvals import PendingApproval
from contracts.calls import Event, Method
from contracts.errors import Kind, ServiceError
from contracts.fields import CodeField, CountField, DateField, NameField, SealedField, TextField, UuidField
from contracts.permissions import Role
from contracts.schemas import Answer, Command, EventData, page_of

STAFF_ROLES = tuple(role for role in Role if role is not Role.MEMBER)
STATES = ("proposed", "active", "off", "held", "declined")


class UsernameTaken(ServiceError):
    """Another person signs in under this name."""

    kind = Kind.CONFLICT


class RoleNotOfOffice(ServiceError):
    """The role does not belong to an office of this level: an accountant works at a branch."""


class OwnAccess(ServiceError):
    """Nobody switches or holds his own access."""

    kind = Kind.FORBIDDEN


class StaffNotSwitchable(ServiceError):
    """The person was proposed or declined only: there is no access to switch or hold."""


class ProposeStaff(Command):
    """Propose a person as staff; a second person approves (P7)."""

    id = UuidField(required=True)
    username = fields.String(
        required=True, validate=validate.Regexp(r"\A[a-z][a-z0-9._-]{2,39}\Z", error="NOT_A_USERNAME")
    )
    name_bn = NameField(100, required=True)
    name_en = NameField(100, required=True)
    mobile = SealedField(to="identity", required=True)
    role = CodeField(*STAFF_ROLES, required=True)
    office_id = UuidField(required=True)
    from_on = DateField(required=True)
    declared_members = fields.List(
        UuidField(), load_default=list, validate=validate.Length(max=50, error="COUNT:0:50")
    )


class ListStaff(Command):
    """Ask for the staff of the actor's subtree, by username."""

    office_id = UuidField(load_default=None, allow_none=True)
    query = TextField(80, load_default=None, allow_none=True)
    after = TextField(60, load_default=None, allow_none=True)


class StaffPerson(Answer):
    """A person of the staff with the posting that counts today."""

    id = UuidField(required=True)
    username = fields.String(required=True)
    name_bn = fields.String(required=True)
    name_en = fields.String(required=True)
    role = fields.String(required=True)
    office_id = UuidField(required=True)
    office_name_bn = fields.String(required=True)
    office_name_en = fields.String(required=True)
    status = CodeField(*STATES, required=True)
    from_on = DateField(required=True)


StaffList = page_of(StaffPerson, "StaffList")


class ListColleagues(Command):
    """Ask who works at one's own office today."""


class Colleague(Answer):
    """A person of one's own office: enough to name him as a witness."""

    id = UuidField(required=True)
    name_bn = fields.String(required=True)
    name_en = fields.String(required=True)
    role = fields.String(required=True)


class Colleagues(Answer):
    """All who work at one's own office today."""

    items = fields.List(fields.Nested(Colleague), required=True)


class ProposeCredentialReset(Command):
    """Propose a new one-time password for a person who lost the old one; a second person approves (P7)."""

    id = UuidField(required=True)
    staff_id = UuidField(required=True)
    reason = TextField(300, shortest=3, required=True)


class SwitchAccess(Command):
    """Switch a person's access on or off (P6)."""

    staff_id = UuidField(required=True)
    on = fields.Boolean(required=True, truthy={True}, falsy={False})
    reason = TextField(300, shortest=3, required=True)


class HoldAccess(Command):
    """Hold a field officer's access for a day, until the administrator decides (P6)."""

    staff_id = UuidField(required=True)
    reason = TextField(300, shortest=3, required=True)


class StaffPosting(EventData):
    """Who works where in which role, and whether he may; the newer version wins."""

    staff_id = UuidField(required=True)
    name_bn = fields.String(required=True)
    name_en = fields.String(required=True)
    role = fields.String(required=True)
    office_id = UuidField(required=True)
    office_path = fields.String(required=True)
    active = fields.Boolean(required=True)
    from_on = DateField(required=True)
    to_on = DateField(required=True, allow_none=True)
    mobile = SealedField(to="accounts", required=True)
    version = CountField(required=True)


class ExportStaff(Command):
    """Ask for a stretch of the feed, after a staff id."""

    after = UuidField(load_default=None, allow_none=True)
    limit = CountField(load_default=200, minimum=1, maximum=200)


class StaffFeed(Answer):
    """A stretch of the feed; `next` is null at its end."""

    items = fields.List(fields.Nested(StaffPosting), required=True)
    next = UuidField(required=True, allow_none=True)


PROPOSE_STAFF = Method(
    service="identity",
    name="propose_staff",
    command=ProposeStaff,
    answer=PendingApproval,
    permission="staff:propose",
    changes=True,
)
PROPOSE_CREDENTIAL_RESET = Method(
    service="identity",
    name="propose_credential_reset",
    command=ProposeCredentialReset,
    answer=PendingApproval,
    permission="staff:propose",
    changes=True,
)
LIST_STAFF = Method(
    service="identity", name="list_staff", command=ListStaff, answer=StaffList, permission="staff:read"
)
LIST_COLLEAGUES = Method(
    service="identity",
    name="list_colleagues",
    command=ListColleagues,
    answer=Colleagues,
    permission="staff:names",
)
SWITCH_ACCESS = Method(
    service="identity",
    name="switch_access",
    command=SwitchAccess,
    answer=StaffPerson,
    permission="staff:switch",
    changes=True,
)
HOLD_ACCESS = Method(
    service="identity",
    name="hold_access",
    command=HoldAccess,
    answer=StaffPerson,
    permission="staff:hold",
    changes=True,
)
EXPORT_STAFF = Method(
    service="identity",
    name="export_staff",
    command=ExportStaff,
    answer=StaffFeed,
    callers=frozenset({"accounts", "transactions"}),
)
METHODS = (
    PROPOSE_STAFF,
    PROPOSE_CREDENTIAL_RESET,
    LIST_STAFF,
    LIST_COLLEAGUES,
    SWITCH_ACCESS,
    HOLD_ACCESS,
    EXPORT_STAFF,
)

STAFF_POSTING_CHANGED = Event(
    service="identity",
    name="staff_posting_changed",
    version=1,
    data=StaffPosting,
    consumers=("accounts.project_staff", "transactions.project_staff"),
)
EVENTS = (STAFF_POSTING_CHANGED,)

"""What accounts tells the other services, and the feeds from which they rebuild what they remember.

Each event carries the whole state with its version: the newer wins (mechanics T4).
"""

from marshmallow import fields

from contracts.accounts.pages import PageCommand
from contracts.calls import Event, Method
from contracts.fields import CountField, DateField, LanguageField, SealedField, UuidField
from contracts.schemas import Answer, EventData

READERS = frozenset({"transactions", "notifications", "identity"})


class SamityChanged(EventData):
    """A samity as it is now; weekday 1 is Saturday."""

    id = UuidField(required=True)
    code = fields.String(required=True)
    name_bn = fields.String(required=True)
    name_en = fields.String(required=True)
    branch_id = UuidField(required=True)
    meeting_weekday = CountField(required=True)
    officer_id = UuidField(required=True)
    active = fields.Boolean(required=True)
    version = CountField(required=True)


class MemberChanged(EventData):
    """A member as she is now; an applicant has no code and no day of admission.

    From `deceased_on` on her login, withdrawals, dues and ageing are frozen (rule L5).
    """

    id = UuidField(required=True)
    code = fields.String(required=True, allow_none=True)
    name_bn = fields.String(required=True)
    name_en = fields.String(required=True)
    samity_id = UuidField(required=True)
    branch_id = UuidField(required=True)
    status = fields.String(required=True)
    language = LanguageField(required=True)
    admitted_on = DateField(required=True, allow_none=True)
    version = CountField(required=True)
    deceased_on = DateField(load_default=None, allow_none=True)


class ApplicantChanged(EventData):
    """Somebody who asked to become a member, told to the book because money of hers may be there (L8)."""

    id = UuidField(required=True)
    name_bn = fields.String(required=True)
    name_en = fields.String(required=True)
    samity_id = UuidField(required=True)
    branch_id = UuidField(required=True)
    status = fields.String(required=True)
    version = CountField(required=True)


class MemberContactChanged(EventData):
    """Where messages reach her, and whether she agreed to them (rule P10).

    `mobile_changed_on` says when the number took another one's place; null for her first (rule M9).
    """

    member_id = UuidField(required=True)
    mobile = SealedField(to="notifications", required=True, allow_none=True)
    messages_consent = fields.Boolean(required=True)
    language = LanguageField(required=True)
    version = CountField(required=True)
    mobile_changed_on = DateField(load_default=None, allow_none=True)


class SavingsOpened(EventData):
    """Her savings account is in the ledger; the day is null where her branch had none open."""

    account_id = UuidField(required=True)
    member_id = UuidField(required=True)
    code = fields.String(required=True)
    opened_on = DateField(required=True, allow_none=True)


class MemberFeed(Answer):
    """A page of members, oldest first."""

    items = fields.List(fields.Nested(MemberChanged), required=True)
    next = UuidField(required=True, allow_none=True)


class ApplicantFeed(Answer):
    """A page of applicants, oldest first."""

    items = fields.List(fields.Nested(ApplicantChanged), required=True)
    next = UuidField(required=True, allow_none=True)


class SamityFeed(Answer):
    """A page of samities, oldest first."""

    items = fields.List(fields.Nested(SamityChanged), required=True)
    next = UuidField(required=True, allow_none=True)


class ContactFeed(Answer):
    """A page of members' contacts, oldest first."""

    items = fields.List(fields.Nested(MemberContactChanged), required=True)
    next = UuidField(required=True, allow_none=True)


EXPORT_MEMBERS = Method(
    service="accounts", name="export_members", command=PageCommand, answer=MemberFeed, callers=READERS
)
EXPORT_APPLICANTS = Method(
    service="accounts",
    name="export_applicants",
    command=PageCommand,
    answer=ApplicantFeed,
    callers=frozenset({"transactions"}),
)
EXPORT_SAMITIES = Method(
    service="accounts", name="export_samities", command=PageCommand, answer=SamityFeed, callers=READERS
)
EXPORT_CONTACTS = Method(
    service="accounts", name="export_contacts", command=PageCommand, answer=ContactFeed, callers=READERS
)

SAMITY_CHANGED = Event(
    service="accounts",
    name="samity_changed",
    data=SamityChanged,
    consumers=("transactions.project_samity", "identity.project_samity"),
)
MEMBER_CHANGED = Event(
    service="accounts",
    name="member_changed",
    data=MemberChanged,
    consumers=(
        "transactions.project_member",
        "notifications.project_member",
        "identity.project_member",
    ),
)
APPLICANT_CHANGED = Event(
    service="accounts",
    name="applicant_changed",
    data=ApplicantChanged,
    consumers=("transactions.project_applicant",),
)
MEMBER_CONTACT_CHANGED = Event(
    service="accounts",
    name="member_contact_changed",
    data=MemberContactChanged,
    consumers=("notifications.project_contact", "transactions.project_contact"),
)
SAVINGS_OPENED = Event(
    service="accounts",
    name="savings_opened",
    data=SavingsOpened,
    consumers=("notifications.welcome_member",),
)

METHODS = (EXPORT_MEMBERS, EXPORT_APPLICANTS, EXPORT_SAMITIES, EXPORT_CONTACTS)
EVENTS = (SAMITY_CHANGED, MEMBER_CHANGED, APPLICANT_CHANGED, MEMBER_CONTACT_CHANGED, SAVINGS_OPENED)

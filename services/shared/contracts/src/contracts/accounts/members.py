"""Members: their admission form, and what staff see of them.

Identity numbers and telephone numbers cross the wire sealed to their addressee (mechanics T1); lists show
them masked, and only `UNMASK_MEMBER` answers one, sealed to the gateway, after logging why.
"""

from marshmallow import Schema, fields, validate

from contracts.accounts.pages import PageCommand
from contracts.calls import Method
from contracts.fields import (
    CodeField,
    CountField,
    DateField,
    InstantField,
    LanguageField,
    NameField,
    SealedField,
    UuidField,
)
from contracts.schemas import Answer, Command

PURPOSES = ("membership", "messages", "credit_bureau", "photo")
SEXES = ("female", "male", "other")
STATUSES = ("applicant", "active", "closing", "rejected", "closed")
WARNINGS = (
    "mobile_on_many_members",
    "mobile_in_many_households",
    "household_has_members",
    "same_name_and_birth",
    "former_member",
)
MARKS = ("signature", "thumb")
CONSENT_VERSION = "2026-11"
"""Which wording of the consents is read aloud, to members and to who stands beside them."""


class Home(Schema):
    """Where she lives; `line` is the house, road or para, `union` may be a ward of a town."""

    village = NameField(100, required=True)
    post = NameField(100, required=True)
    upazila = NameField(100, required=True)
    district = NameField(100, required=True)
    line = NameField(200, load_default=None, allow_none=True)
    union = NameField(100, load_default=None, allow_none=True)


class Address(Home, Command):
    """The same, as the admission form says it."""


class GuardianWords(Schema):
    """Who receives the share of a nominee under age."""

    name = NameField(100, required=True)
    relation = NameField(50, required=True)


class Guardian(GuardianWords, Command):
    """The same, as the admission form says it."""


class NomineeWords(Schema):
    """Who receives her money after her death, and which part of it."""

    name = NameField(100, required=True)
    relation = NameField(50, required=True)
    birth_on = DateField(required=True)
    share_percent = CountField(minimum=1, maximum=100, required=True)


class Nominee(NomineeWords, Command):
    """A nominee on the admission form; one under age has a guardian."""

    guardian = fields.Nested(Guardian, load_default=None, allow_none=True)


class ConsentWords(Schema):
    """Her answer to one purpose, and how it was obtained. Rule P10."""

    purpose = CodeField(*PURPOSES, required=True)
    given = fields.Boolean(required=True, truthy={True}, falsy={False})
    text_version = NameField(20, required=True)
    language = LanguageField(required=True)
    read_aloud_by = NameField(100, required=True)
    mark = CodeField(*MARKS, required=True)
    witness = NameField(100, required=True)
    at = InstantField(required=True)


class Consent(ConsentWords, Command):
    """The same, as the admission form says it."""


class AdmitMember(Command):
    """The admission form, as the field officer enters it. Rules L8, P1, P10."""

    id = UuidField(required=True)
    samity_id = UuidField(required=True)
    name_bn = NameField(100, required=True)
    name_en = NameField(100, required=True)
    father_or_spouse_bn = NameField(100, load_default=None, allow_none=True)
    father_or_spouse_en = NameField(100, load_default=None, allow_none=True)
    sex = CodeField(*SEXES, required=True)
    birth_on = DateField(required=True)
    nid = SealedField(to="accounts", required=True)
    mobile = SealedField(to="accounts", required=True, allow_none=True)
    address = fields.Nested(Address, required=True)
    nominees = fields.List(fields.Nested(Nominee), required=True, validate=validate.Length(1, 10))
    consents = fields.List(fields.Nested(Consent), required=True, validate=validate.Length(max=len(PURPOSES)))
    language = LanguageField(required=True)
    passbook_number = NameField(20, required=True)
    warnings_seen = fields.List(CodeField(*WARNINGS), load_default=list)


class CountAlike(Command):
    """The numbers of an applicant, before her form is sent; they travel sealed and are written nowhere."""

    nid = SealedField(to="accounts", load_default=None, allow_none=True)
    mobile = SealedField(to="accounts", load_default=None, allow_none=True)


class Alike(Answer):
    """How many members and applicants of the institution have these numbers; nobody is named. Rule P1."""

    with_nid = CountField(required=True)
    with_mobile = CountField(required=True)


class Applicant(Answer):
    """An admission waiting for the manager; `warnings` are shown to maker and checker."""

    member_id = UuidField(required=True)
    approval_id = UuidField(required=True)
    status = fields.String(required=True)
    warnings = fields.List(fields.String(), required=True)


class ListMembers(PageCommand):
    """Members in the actor's scope, by name.

    `query` is a name in either script or (the beginning of) a code; `number` is a whole telephone or identity
    number, which travels sealed and is written nowhere.
    """

    samity_id = UuidField(load_default=None, allow_none=True)
    query = NameField(100, load_default=None, allow_none=True)
    number = SealedField(to="accounts", load_default=None, allow_none=True)
    status = CodeField(*STATUSES, load_default=None, allow_none=True)


class MemberSavings(Answer):
    """One savings account of a member; what is in it, transactions knows."""

    account_id = UuidField(required=True)
    code = fields.String(required=True)
    status = fields.String(required=True)
    product_code = fields.String(required=True)
    opened_on = DateField(required=True, allow_none=True)


class Member(Answer):
    """A member as lists show her; applicants have no code (rule L8)."""

    id = UuidField(required=True)
    code = fields.String(required=True, allow_none=True)
    name_bn = fields.String(required=True)
    name_en = fields.String(required=True)
    samity_id = UuidField(required=True)
    samity_name_bn = fields.String(required=True)
    samity_name_en = fields.String(required=True)
    status = fields.String(required=True)
    nid_masked = fields.String(required=True)
    mobile_masked = fields.String(required=True, allow_none=True)
    savings = fields.List(fields.Nested(MemberSavings), required=True)


class Members(Answer):
    """A page of members."""

    items = fields.List(fields.Nested(Member), required=True)
    next = UuidField(required=True, allow_none=True)


class GuardianShown(GuardianWords, Answer):
    """A guardian, as an answer shows him."""


class NomineeShown(NomineeWords, Answer):
    """A nominee, as an answer shows him."""

    guardian = fields.Nested(GuardianShown, required=True, allow_none=True)


class AddressShown(Home, Answer):
    """An address, as an answer shows it."""


class ConsentShown(ConsentWords, Answer):
    """A recorded consent, as an answer shows it."""


class Admission(Answer):
    """Who admitted her, who decided, and what both were warned of."""

    approval_id = UuidField(required=True)
    state = fields.String(required=True)
    warnings = fields.List(fields.String(), required=True)
    maker_id = UuidField(required=True)
    maker_name_bn = fields.String(required=True, allow_none=True)
    maker_name_en = fields.String(required=True, allow_none=True)
    made_at = InstantField(required=True)
    checker_id = UuidField(required=True, allow_none=True)
    checker_name_bn = fields.String(required=True, allow_none=True)
    checker_name_en = fields.String(required=True, allow_none=True)
    checked_at = InstantField(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)


class Membership(Answer):
    """One membership of a person: a rejoin is another one, under a code of its own (domain §2)."""

    member_id = UuidField(required=True)
    code = fields.String(required=True)
    status = fields.String(required=True)
    admitted_on = DateField(required=True)
    closed_on = DateField(required=True, allow_none=True)


class GetMember(Command):
    """One member in the actor's scope."""

    id = UuidField(required=True)


class MemberFile(Member):
    """Everything staff see of a member; numbers stay masked."""

    samity_code = fields.String(required=True)
    branch_id = UuidField(required=True)
    father_or_spouse_bn = fields.String(required=True, allow_none=True)
    father_or_spouse_en = fields.String(required=True, allow_none=True)
    sex = fields.String(required=True)
    birth_on = DateField(required=True)
    address = fields.Nested(AddressShown, required=True)
    nominees = fields.List(fields.Nested(NomineeShown), required=True)
    consents = fields.List(fields.Nested(ConsentShown), required=True)
    language = LanguageField(required=True)
    passbook_number = fields.String(required=True)
    admitted_on = DateField(required=True, allow_none=True)
    dormant_since = DateField(required=True, allow_none=True)
    memberships = fields.List(fields.Nested(Membership), required=True)
    admission = fields.Nested(Admission, required=True)
    photo_id = UuidField(required=True, allow_none=True)
    login_status = fields.String(required=True)


class UnmaskMember(Command):
    """Show one whole number of a member, and log why."""

    id = UuidField(required=True)
    field = CodeField("nid", "mobile", required=True)
    reason = NameField(200, required=True)


class Unmasked(Answer):
    """The number, which only the gateway can open; null where she has none."""

    value = SealedField(to="gateway", required=True, allow_none=True)


ADMIT_MEMBER = Method(
    service="accounts",
    name="admit_member",
    command=AdmitMember,
    answer=Applicant,
    permission="member:admit",
    changes=True,
)
COUNT_ALIKE = Method(
    service="accounts", name="count_alike", command=CountAlike, answer=Alike, permission="member:admit"
)
LIST_MEMBERS = Method(
    service="accounts", name="list_members", command=ListMembers, answer=Members, permission="member:read"
)
GET_MEMBER = Method(
    service="accounts", name="get_member", command=GetMember, answer=MemberFile, permission="member:read"
)
UNMASK_MEMBER = Method(
    service="accounts",
    name="unmask_member",
    command=UnmaskMember,
    answer=Unmasked,
    permission="member:unmask",
    changes=True,
)

METHODS = (ADMIT_MEMBER, COUNT_ALIKE, LIST_MEMBERS, GET_MEMBER, UNMASK_MEMBER)

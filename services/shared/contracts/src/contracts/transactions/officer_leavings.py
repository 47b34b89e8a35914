"""What transactions promises about an officer who leaves: who follows, and what both sign. Rule P8."""

from marshmallow import fields

from contracts.calls import Method
from contracts.fields import (
    CodeField,
    CountField,
    DateField,
    InstantField,
    TakaField,
    TextField,
    UuidField,
)
from contracts.schemas import Answer, Command, page_of
from contracts.transactions.ledger import SERVICE
from contracts.transactions.ledger_answers import text
from contracts.transactions.officer_leaving_words import LeavingCheck


class BeginOfficerLeaving(Command):
    """Say that an officer leaves and who follows: lists are drawn, and all his members' passbooks."""

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    officer_id = UuidField(required=True)
    successor_id = UuidField(required=True)
    reason = TextField(300, required=True)


class NameOfficerLeaving(Command):
    """One leaving, by its id."""

    id = UuidField(required=True)


class SignLeavingList(Command):
    """Sign the list of one samity that was given on; `number` says which drawing was read."""

    id = UuidField(required=True)
    samity_id = UuidField(required=True)
    number = CountField(required=True, minimum=1)


class GetLeavingList(Command):
    """Ask for the list of one samity."""

    id = UuidField(required=True)
    samity_id = UuidField(required=True)


class ListOfficerLeavings(Command):
    """Ask for the leavings of a branch, the newest first; an officer finds those that concern him."""

    office_id = UuidField(required=True)


class LeavingLine(Answer):
    """A member's balances, in taka."""

    member_id = UuidField(required=True)
    member_code = text(optional=True)
    member_bn = text()
    member_en = text()
    savings = TakaField(required=True)
    loans = TakaField(required=True)


class LeavingSheet(Answer):
    """The list of one samity: its totals, who has signed it, and whether it no longer holds.

    `checked` of `members` is how many passbooks were looked at since the leaving began.
    """

    samity_id = UuidField(required=True)
    samity_code = text()
    samity_bn = text()
    samity_en = text()
    number = CountField(required=True)
    drawn_at = InstantField(required=True)
    members = CountField(required=True)
    savings = TakaField(required=True)
    loans = TakaField(required=True)
    officer_signed_at = InstantField(required=True, allow_none=True)
    successor_signed_at = InstantField(required=True, allow_none=True)
    moved = fields.Boolean(required=True)
    is_given = fields.Boolean(required=True)
    drawn_passbooks = CountField(required=True)
    checked_passbooks = CountField(required=True)


class LeavingListFile(LeavingSheet):
    """The list of one samity, member by member."""

    lines = fields.List(fields.Nested(LeavingLine), required=True)


class LeavingState(Answer):
    """One line of the checklist."""

    check = CodeField(*LeavingCheck, required=True)
    done = fields.Boolean(required=True)


class OfficerLeaving(Answer):
    """An officer's leaving: what is missing, what he owes, and the lists of his samities.

    `receivable` is what the institution gets from him; it is listed, and it does not hold him.
    """

    id = UuidField(required=True)
    office_id = UuidField(required=True)
    officer_id = UuidField(required=True)
    officer_bn = text(optional=True)
    officer_en = text(optional=True)
    successor_id = UuidField(required=True)
    successor_bn = text(optional=True)
    successor_en = text(optional=True)
    reason = fields.String(required=True)
    begun_on = DateField(required=True)
    begun_at = InstantField(required=True)
    passbooks_by = DateField(required=True)
    finished_at = InstantField(required=True, allow_none=True)
    open_sheets = CountField(required=True)
    open_handovers = CountField(required=True)
    cash = TakaField(required=True)
    receivable = TakaField(required=True)
    checks = fields.List(fields.Nested(LeavingState), required=True)
    lists = fields.List(fields.Nested(LeavingSheet), required=True)


OfficerLeavings = page_of(OfficerLeaving, "OfficerLeavings")

BEGIN_OFFICER_LEAVING = Method(
    service=SERVICE,
    name="begin_officer_leaving",
    command=BeginOfficerLeaving,
    answer=OfficerLeaving,
    permission="leaving:begin",
    changes=True,
)
DRAW_LEAVING_LISTS = Method(
    service=SERVICE,
    name="draw_leaving_lists",
    command=NameOfficerLeaving,
    answer=OfficerLeaving,
    permission="leaving:begin",
    changes=True,
)
SIGN_LEAVING_LIST = Method(
    service=SERVICE,
    name="sign_leaving_list",
    command=SignLeavingList,
    answer=LeavingListFile,
    permission="leaving:sign",
    changes=True,
)
FINISH_OFFICER_LEAVING = Method(
    service=SERVICE,
    name="finish_officer_leaving",
    command=NameOfficerLeaving,
    answer=OfficerLeaving,
    permission="leaving:finish",
    changes=True,
)
GET_OFFICER_LEAVING = Method(
    service=SERVICE,
    name="get_officer_leaving",
    command=NameOfficerLeaving,
    answer=OfficerLeaving,
    permission="leaving:read",
)
GET_LEAVING_LIST = Method(
    service=SERVICE,
    name="get_leaving_list",
    command=GetLeavingList,
    answer=LeavingListFile,
    permission="leaving:read",
)
LIST_OFFICER_LEAVINGS = Method(
    service=SERVICE,
    name="list_officer_leavings",
    command=ListOfficerLeavings,
    answer=OfficerLeavings,
    permission="leaving:read",
)

METHODS: tuple[Method, ...] = (
    BEGIN_OFFICER_LEAVING,
    DRAW_LEAVING_LISTS,
    SIGN_LEAVING_LIST,
    FINISH_OFFICER_LEAVING,
    GET_OFFICER_LEAVING,
    GET_LEAVING_LIST,
    LIST_OFFICER_LEAVINGS,
)

"""What accounts promises about holidays: declared, agreed to, told to the books (domain 4.3, rule L3)."""

from marshmallow import fields

from contracts.accounts.holiday_words import HolidaySet
from contracts.accounts.pages import PageCommand
from contracts.calls import Event, Method
from contracts.fields import CodeField, CountField, DateField, NameField, TextField, UuidField
from contracts.schemas import Answer, Command, EventData


class DeclareHoliday(Command):
    """A day on which nothing is due: for an office with all below it, or for one samity alone.

    With `until_on` it is every day from the first to that one, as for a feast or a flood.
    """

    id = UuidField(required=True)
    holiday_set = CodeField(*HolidaySet, required=True, data_key="set")
    office_id = UuidField(required=True)
    samity_id = UuidField(load_default=None, allow_none=True)
    on = DateField(required=True)
    until_on = DateField(load_default=None, allow_none=True)
    name_bn = NameField(required=True)
    name_en = NameField(required=True)
    reason = TextField(300, shortest=3, required=True)


class HolidayDeclared(Answer):
    """Where the request stands, and how many running loans it would re-date."""

    id = UuidField(required=True)
    state = fields.String(required=True)
    loans = CountField(required=True)


class ListHolidays(Command):
    """The holidays that hold for an office between two days, both included; `samity_id` adds its own."""

    office_id = UuidField(required=True)
    from_on = DateField(required=True)
    to_on = DateField(required=True)


class Holiday(Answer):
    """One holiday in force; `redated` counts the loans that it has moved so far."""

    id = UuidField(required=True)
    holiday_set = CodeField(*HolidaySet, required=True, data_key="set")
    office_id = UuidField(required=True)
    samity_id = UuidField(required=True, allow_none=True)
    on = DateField(required=True)
    name_bn = NameField(required=True)
    name_en = NameField(required=True)
    redated = CountField(required=True)


class Holidays(Answer):
    """Holidays by their days; a year of an office is no long list."""

    items = fields.List(fields.Nested(Holiday), required=True)


class HolidayChanged(EventData):
    """A holiday as it is now; it is never taken back, because sheets and schedules went by it.

    Whose set it is and who declared and agreed to it are for the auditor's register (rule P12); what was told
    before they were is still heard.
    """

    id = UuidField(required=True)
    holiday_set = CodeField(*HolidaySet, load_default=None, allow_none=True, data_key="set")
    declared_by = UuidField(load_default=None, allow_none=True)
    agreed_by = UuidField(load_default=None, allow_none=True)
    office_id = UuidField(required=True)
    samity_id = UuidField(required=True, allow_none=True)
    on = DateField(required=True)
    name_bn = NameField(required=True)
    name_en = NameField(required=True)
    version = CountField(required=True)


class HolidayFeed(Answer):
    """A page of holidays, by id."""

    items = fields.List(fields.Nested(HolidayChanged), required=True)
    next = UuidField(required=True, allow_none=True)


DECLARE_HOLIDAY = Method(
    service="accounts",
    name="declare_holiday",
    command=DeclareHoliday,
    answer=HolidayDeclared,
    permission="holiday:declare",
    changes=True,
)
LIST_HOLIDAYS = Method(
    service="accounts",
    name="list_holidays",
    command=ListHolidays,
    answer=Holidays,
    permission="holiday:read",
)
EXPORT_HOLIDAYS = Method(
    service="accounts",
    name="export_holidays",
    command=PageCommand,
    answer=HolidayFeed,
    callers=frozenset({"transactions"}),
)
HOLIDAY_DECLARED = Event(
    service="accounts",
    name="holiday_declared",
    data=HolidayChanged,
    consumers=("transactions.project_holiday",),
)

METHODS = (DECLARE_HOLIDAY, LIST_HOLIDAYS, EXPORT_HOLIDAYS)
EVENTS = (HOLIDAY_DECLARED,)

"""The closed lists of words of reports, as they stand on the wire."""

from enum import StrEnum


class ReportSubject(StrEnum):
    """What a report is about, in the order in which a branch looks for it."""

    COLLECTION = "collection"
    LENDING = "lending"
    SAVINGS = "savings"
    BOOK = "book"
    CONTROL = "control"
    REGULATOR = "regulator"


class ColumnKind(StrEnum):
    """What a column holds, and how its cells stand on the wire.

    Text, a code, a word of a closed list, an amount in taka, a percentage with two decimals, a date and an
    instant are strings; a count is a whole number; a name is `{"bn": …, "en": …}`; null is an empty cell.
    """

    TEXT = "text"
    CODE = "code"
    NAME = "name"
    WORD = "word"
    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    DATE = "date"
    INSTANT = "instant"


class ReportParameter(StrEnum):
    """What a report may be asked for, besides the office and all below it."""

    ON = "on"
    PERIOD = "period"
    PRODUCT = "product"
    OFFICER = "officer"
    SAMITY = "samity"
    MEMBER = "member"
    KNOWN_AT = "known_at"


class RowKind(StrEnum):
    """A line of a report: a row, the total of the group that it ends, the total of all."""

    ROW = "row"
    GROUP = "group"
    TOTAL = "total"


class ReportFormat(StrEnum):
    """As what a report leaves the system."""

    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"


class ReportRunState(StrEnum):
    """Where a report stands that is made in the background."""

    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    FAILED = "failed"


class ExportPurpose(StrEnum):
    """What a report is taken along for (rules P10, P12)."""

    OWN_WORK = "own_work"
    SUPERVISION = "supervision"
    AUDIT = "audit"
    REGULATION = "regulation"
    FUNDING = "funding"
    HER_REQUEST = "her_request"
    LEGAL_DUTY = "legal_duty"
    OTHER = "other"


TOLD_IN_WORDS = frozenset({ExportPurpose.LEGAL_DUTY, ExportPurpose.OTHER})
"""Which purposes say nothing alone: which duty it is, what else it is for."""


class ListName(StrEnum):
    """A list of the portal that may be taken along as a file (rules P10, P12)."""

    ACTING = "acting"
    APPLICANTS = "applicants"
    CALL_BACKS = "callbacks"
    DEATHS = "deaths"
    DEFERRALS = "deferrals"
    ENDED_LOANS = "loans_ended"
    EXCESSES = "excesses"
    HANDOVERS = "handovers"
    LOANS = "loans"
    MEMBERS = "members"
    MESSAGES = "messages"
    MOBILE_MONEY = "mobilemoney"
    REMITTANCES = "remittances"
    RESCHEDULES = "reschedules"
    ROW_CHANGES = "rowchanges"
    SAMITIES = "samities"
    SHEETS = "sheets"
    STAFF = "staff"
    UNALLOCATED = "unallocated"
    UNCONFIRMED = "unconfirmed"
    VOUCHERS = "vouchers"
    WITHDRAWALS = "withdrawals"


LISTS_OF_MEMBERS = frozenset(
    {
        ListName.APPLICANTS,
        ListName.CALL_BACKS,
        ListName.DEATHS,
        ListName.ENDED_LOANS,
        ListName.LOANS,
        ListName.MEMBERS,
        ListName.MESSAGES,
        ListName.MOBILE_MONEY,
        ListName.RESCHEDULES,
        ListName.ROW_CHANGES,
        ListName.UNALLOCATED,
        ListName.WITHDRAWALS,
    }
)
"""Lists whose rows say something of single members, so that not everybody may be given them (rule P10)."""


class ExportRecipient(StrEnum):
    """Who gets it: the institution itself, or whom outside of it."""

    OWN_OFFICE = "own_office"
    HEAD_OFFICE = "head_office"
    AUDITOR = "auditor"
    REGULATOR = "regulator"
    FUNDER = "funder"
    MEMBER = "member"
    AUTHORITY = "authority"
    OTHER = "other"


OWN_RECIPIENTS = frozenset({ExportRecipient.OWN_OFFICE, ExportRecipient.HEAD_OFFICE})
"""Who needs no name: whoever else gets a report is named in words."""

"""What the accounts service promises: samities, members, their admission, and their savings accounts."""

from contracts.accounts import (
    approvals,
    cut_overs,
    deaths,
    events,
    exits,
    histories,
    holidays,
    laws,
    loan_products,
    loans,
    members,
    notes,
    number_changes,
    overrides,
    passbooks,
    pictures,
    products,
    quotes,
    reschedules,
    samities,
    savings,
    savings_products,
    transfers,
)
from contracts.accounts.approvals import DECIDE_APPROVAL, LIST_APPROVALS
from contracts.accounts.events import (
    APPLICANT_CHANGED,
    EXPORT_APPLICANTS,
    EXPORT_CONTACTS,
    EXPORT_MEMBERS,
    EXPORT_SAMITIES,
    MEMBER_CHANGED,
    MEMBER_CONTACT_CHANGED,
    SAMITY_CHANGED,
    SAVINGS_OPENED,
)
from contracts.accounts.members import ADMIT_MEMBER, GET_MEMBER, LIST_MEMBERS, PURPOSES, UNMASK_MEMBER
from contracts.accounts.samities import (
    ASSIGN_SAMITY_OFFICER,
    LIST_SAMITIES,
    MOVE_SAMITY_MEETING,
    OPEN_SAMITY,
)
from contracts.calls import Event, Method
from contracts.schemas import Nothing, Pong

PING = Method(service="accounts", name="ping", command=Nothing, answer=Pong)

METHODS: tuple[Method, ...] = (
    PING,
    *samities.METHODS,
    *members.METHODS,
    *histories.METHODS,
    *pictures.METHODS,
    *notes.METHODS,
    *number_changes.METHODS,
    *passbooks.METHODS,
    *exits.METHODS,
    *deaths.METHODS,
    *approvals.METHODS,
    *quotes.METHODS,
    *savings_products.METHODS,
    *loan_products.METHODS,
    *laws.METHODS,
    *overrides.METHODS,
    *products.METHODS,
    *savings.METHODS,
    *loans.METHODS,
    *holidays.METHODS,
    *transfers.METHODS,
    *reschedules.METHODS,
    *cut_overs.METHODS,
    *events.METHODS,
)
EVENTS: tuple[Event, ...] = (
    *events.EVENTS,
    *number_changes.EVENTS,
    *exits.EVENTS,
    *loans.EVENTS,
    *holidays.EVENTS,
    *overrides.EVENTS,
    *reschedules.EVENTS,
)

__all__ = [
    "ADMIT_MEMBER",
    "APPLICANT_CHANGED",
    "ASSIGN_SAMITY_OFFICER",
    "DECIDE_APPROVAL",
    "EVENTS",
    "EXPORT_APPLICANTS",
    "EXPORT_CONTACTS",
    "EXPORT_MEMBERS",
    "EXPORT_SAMITIES",
    "GET_MEMBER",
    "LIST_APPROVALS",
    "LIST_MEMBERS",
    "LIST_SAMITIES",
    "MEMBER_CHANGED",
    "MEMBER_CONTACT_CHANGED",
    "METHODS",
    "MOVE_SAMITY_MEETING",
    "OPEN_SAMITY",
    "PING",
    "PURPOSES",
    "SAMITY_CHANGED",
    "SAVINGS_OPENED",
    "UNMASK_MEMBER",
]

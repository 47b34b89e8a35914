"""The JSON API: one resource a file; no rule lives here."""

from flask import Flask

from gateway.api.acting import acting
from gateway.api.applicants import applicants
from gateway.api.approvals import approvals
from gateway.api.book_years import book_years
from gateway.api.books import books
from gateway.api.charts import charts
from gateway.api.classes import classes
from gateway.api.complaints import complaints
from gateway.api.counter import counter
from gateway.api.cut_overs import cut_overs
from gateway.api.days import days
from gateway.api.deaths import deaths
from gateway.api.deferrals import deferrals
from gateway.api.doors import doors
from gateway.api.excesses import excesses
from gateway.api.exits import exits
from gateway.api.findings import findings
from gateway.api.floats import floats
from gateway.api.handovers import handovers
from gateway.api.holidays import holidays
from gateway.api.interest import interest
from gateway.api.limits import limits
from gateway.api.loan_endings import loan_endings
from gateway.api.loan_proposals import loan_proposals
from gateway.api.loan_quotes import loan_quotes
from gateway.api.loans import loans
from gateway.api.logins import logins
from gateway.api.manual_vouchers import manual_vouchers
from gateway.api.me import me
from gateway.api.members import members
from gateway.api.messages import messages
from gateway.api.mobile_money import mobile_money
from gateway.api.months import months
from gateway.api.notes import notes
from gateway.api.number_changes import number_changes
from gateway.api.officer_leavings import officer_leavings
from gateway.api.offices import offices
from gateway.api.openapi import DescribedApi, describe
from gateway.api.overrides import overrides
from gateway.api.paper_books import paper_books
from gateway.api.parked import parked
from gateway.api.passbook_checks import passbook_checks
from gateway.api.passbooks import passbooks
from gateway.api.pictures import pictures
from gateway.api.products import products
from gateway.api.reports import reports
from gateway.api.reschedules import reschedules
from gateway.api.samities import samities
from gateway.api.samples import samples
from gateway.api.savings import savings
from gateway.api.sheets import sheets
from gateway.api.staff import staff
from gateway.api.surprise_counts import surprise_counts
from gateway.api.targets import targets
from gateway.api.transfers import transfers
from gateway.api.unallocated import unallocated
from gateway.api.wordings import wordings

RESOURCES = (
    doors,
    me,
    offices,
    staff,
    limits,
    acting,
    approvals,
    samities,
    members,
    mobile_money,
    notes,
    number_changes,
    logins,
    sheets,
    deferrals,
    excesses,
    floats,
    handovers,
    unallocated,
    holidays,
    transfers,
    cut_overs,
    reschedules,
    counter,
    applicants,
    days,
    months,
    surprise_counts,
    findings,
    samples,
    targets,
    passbook_checks,
    officer_leavings,
    complaints,
    books,
    passbooks,
    paper_books,
    exits,
    deaths,
    savings,
    interest,
    pictures,
    products,
    loan_quotes,
    loan_proposals,
    overrides,
    classes,
    loans,
    loan_endings,
    reports,
    charts,
    manual_vouchers,
    book_years,
    messages,
    wordings,
    parked,
)


def register_api(app: Flask) -> DescribedApi:
    """Serve every resource under /api/v1 and describe it."""
    api = describe(app)
    for resource in RESOURCES:
        api.register_blueprint(resource.blueprint)
    return api

"""What transactions does by itself: closes days, issues sheets, and makes room for months to come."""

import secrets

from chassis.injection import CallContext, Clock, Keys, ServiceCaller
from chassis.rebuild import REBUILD, pages
from chassis.rounds import Step, every, step
from chassis.work import UnitOfWork
from contracts.accounts import EXPORT_APPLICANTS, EXPORT_CONTACTS, EXPORT_MEMBERS, EXPORT_SAMITIES
from contracts.accounts.holidays import EXPORT_HOLIDAYS
from contracts.accounts.overrides import EXPORT_OVERRIDES
from contracts.identity import EXPORT_OFFICES, EXPORT_STAFF
from transactions import projections
from transactions.batch.registers import Registers
from transactions.operations import (
    class_runs,
    closing,
    cut_over,
    dormancy,
    interest,
    month_ends,
    passbook_checks,
    publishing,
    reports,
    sheets,
    withdrawals,
)
from transactions.operations.book import years_below
from transactions.operations.class_runs import RUN_CLASSES_STEP
from transactions.operations.days import CLOSE_DAY
from transactions.repository import Books
from transactions.schemas.cut_over import kept_chunk
from transactions.service.vitals import RoomInTheBooks

A_QUARTER_OF_AN_HOUR = 900
SIX_HOURS = 21_600


class TransactionsBatch:
    """Steps and timers; each may run again at any point, and changes nothing the second time."""

    name = "transactions"

    call = CallContext()
    books = UnitOfWork(Books)
    clock = Clock()
    keys = Keys()
    identity = ServiceCaller("identity")
    accounts = ServiceCaller("accounts")
    registers = Registers()
    room = RoomInTheBooks()

    @step(CLOSE_DAY)
    def close_day(self, planned: Step) -> None:
        """Bring a closing to its end, a transaction a stage; after a crash it goes on where it was."""
        sign = self.keys.issuer(self.name).key.sign
        more = True
        while more:
            with self.books() as books:
                more = closing.advance(books, planned.id, sign=sign, random_bytes=secrets.token_bytes)

    @step(publishing.PUBLISH_SEALS)
    def publish_seals(self, planned: Step) -> None:
        """Write a branch's new seals into its register outside the database (mechanics D9)."""
        with self.books() as books:
            publishing.publish_seals(books, self.registers, planned.payload["office_id"])

    @step(RUN_CLASSES_STEP)
    def run_classes(self, planned: Step) -> None:
        """Class a branch's loans, a transaction a chunk; after a crash it goes on where it was (rule M15)."""
        more = True
        while more:
            with self.books() as books:
                more = class_runs.advance(books, planned.id)

    @step(month_ends.CLOSE_MONTH_STEP)
    def close_month(self, planned: Step) -> None:
        """Bring a branch's month to its end, a transaction a piece; after a crash it goes on (rule M15)."""
        more = True
        while more:
            with self.books() as books:
                more = month_ends.advance(books, planned.payload["month_end"])

    @step(years_below.CLOSE_YEAR_STEP)
    def close_year(self, planned: Step) -> None:
        """Close an office's year that two people agreed to for it and others; once, however often (M15)."""
        with self.books() as books:
            years_below.close_one(books, planned.id, planned.payload)

    @step(interest.RUN_INTEREST)
    def run_interest(self, planned: Step) -> None:
        """Bring a run of interest to its end, a transaction a chunk; after a crash it goes on."""
        more = True
        while more:
            with self.books() as books:
                more = interest.advance(books, planned.id)

    @step(reports.RUN_REPORT)
    def run_report(self, planned: Step) -> None:
        """Make a long report, a transaction a piece; after a crash it goes on where it was."""
        more = True
        while more:
            with self.books() as books:
                more = reports.advance(books, planned.id)

    @step(cut_over.POST_BALANCES)
    def post_balances(self, planned: Step) -> None:
        """Post all balances of a branch that is brought over, at once or not at all (rule P13)."""
        with self.books() as books:
            cut_over.post_balances(books, planned.payload["cut_over_id"], read=kept_chunk)

    @step(REBUILD)
    def rebuild(self, _planned: Step) -> None:
        """Read the others' feeds again, a page a transaction, when an operator asks (mechanics T4, T6)."""
        for other, feed, project in (
            (self.identity, EXPORT_OFFICES, projections.project_office),
            (self.identity, EXPORT_STAFF, projections.project_staff),
            (self.accounts, EXPORT_SAMITIES, projections.project_samity),
            (self.accounts, EXPORT_MEMBERS, projections.project_member),
            (self.accounts, EXPORT_APPLICANTS, projections.project_applicant),
            (self.accounts, EXPORT_CONTACTS, projections.project_contact),
            (self.accounts, EXPORT_HOLIDAYS, projections.project_holiday),
            (self.accounts, EXPORT_OVERRIDES, projections.project_override),
        ):
            for page in pages(other, feed):
                with self.books() as books:
                    for state in page:
                        project(books, state)

    @every(seconds=A_QUARTER_OF_AN_HOUR)
    def issue_sheets(self) -> None:
        """Make the sheets of the coming week, wherever a day is open, a transaction a branch (rule M4)."""
        with self.books() as books:
            offices = books.collection.sheets.offices_with_a_day()
        for office_id in offices:
            with self.books() as books:
                sheets.keep_sheets_issued(books, office_id, today=self.clock.today())

    @every(seconds=A_QUARTER_OF_AN_HOUR)
    def free_unpaid_withdrawals(self) -> None:
        """Let approved withdrawals lapse that were not paid in time, a transaction a branch (rule M9)."""
        with self.books() as books:
            offices = books.withdrawals.offices_with_overdue()
        for office_id in offices:
            with self.books() as books:
                withdrawals.lapse_overdue(books, office_id)

    @every(seconds=A_QUARTER_OF_AN_HOUR)
    def look_for_dormant(self) -> None:
        """Find who has become dormant, once a month and branch, a transaction a chunk of members."""
        with self.books() as books:
            offices = books.collection.sheets.offices_with_a_day()
        for office_id in offices:
            more = True
            while more:
                with self.books() as books:
                    more = dormancy.look_for_dormant(books, office_id)

    @every(seconds=A_QUARTER_OF_AN_HOUR)
    def draw_passbooks(self) -> None:
        """Draw whose passbooks are looked at, once a month and branch, a transaction a branch (rule P5)."""
        with self.books() as books:
            offices = books.collection.sheets.offices_with_a_day()
        for office_id in offices:
            with self.books() as books:
                passbook_checks.draw_passbooks(books, office_id, seed=secrets.token_hex())

    @every(seconds=SIX_HOURS)
    def forget_reports(self) -> None:
        """Remove the long reports that have been kept long enough, a transaction a portion."""
        more = True
        while more:
            with self.books() as books:
                more = reports.forget_reports(books)

    @every(seconds=SIX_HOURS)
    def make_room(self) -> None:
        """Let the owner's function make the partitions of the coming months (mechanics D3)."""
        with self.books() as books:
            books.partitions.make_room(self.clock.today())

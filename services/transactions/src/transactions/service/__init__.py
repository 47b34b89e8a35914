"""The ledger and the collection that feeds it, as the broker meets them."""

from chassis.replaying import keeps_parked
from transactions.service.applicants import Applicants
from transactions.service.audit_samples import AuditSamples
from transactions.service.book import Book
from transactions.service.books import WholeBook
from transactions.service.branch_days import BranchDays
from transactions.service.classes import Classes
from transactions.service.collection import Collection
from transactions.service.complaints import Complaints
from transactions.service.cut_over import CutOvers
from transactions.service.excesses import Excesses
from transactions.service.findings import Findings
from transactions.service.floats import Floats
from transactions.service.interest import Interest
from transactions.service.ledger import Ledger
from transactions.service.lending import Lending
from transactions.service.loan_endings import LoanEndings
from transactions.service.meetings import Meetings
from transactions.service.mobile_money import MobileMoney
from transactions.service.months import Months
from transactions.service.nominees import Nominees
from transactions.service.officer_leavings import OfficerLeavings
from transactions.service.passbook_checks import PassbookChecking
from transactions.service.projections import Projections
from transactions.service.reports import Reports
from transactions.service.savings import Savings
from transactions.service.sealed_days import SealedDays
from transactions.service.standing import Standings
from transactions.service.surprise_counts import SurpriseCounts
from transactions.service.targets import MonthlyTargets
from transactions.service.transfers import Transfers
from transactions.service.vitals import RoomInTheBooks
from transactions.service.years import Years


@keeps_parked
class TransactionsService(
    Ledger,
    WholeBook,
    Collection,
    BranchDays,
    Excesses,
    SurpriseCounts,
    Findings,
    AuditSamples,
    MonthlyTargets,
    PassbookChecking,
    OfficerLeavings,
    Complaints,
    Savings,
    Floats,
    Interest,
    Lending,
    Classes,
    Applicants,
    Standings,
    LoanEndings,
    Nominees,
    Meetings,
    Months,
    MobileMoney,
    SealedDays,
    Transfers,
    Reports,
    Book,
    Years,
    CutOvers,
    Projections,
):
    """What has happened to money: one service, several rooms."""

    name = "transactions"
    room = RoomInTheBooks()

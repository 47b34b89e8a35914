"""The only room that queries: what the books keep, by subject."""

from functools import cached_property

from chassis.work import Work
from transactions.repository.account_closings import AccountClosingStore
from transactions.repository.ageing import AgeingStore
from transactions.repository.applicants import ApplicantStore
from transactions.repository.approvals import ApprovalStore
from transactions.repository.audit_samples import AuditSampleStore
from transactions.repository.chart import ChartStore
from transactions.repository.classes import ClassStore
from transactions.repository.closing import ClosingStore
from transactions.repository.coherence import CoherenceStore
from transactions.repository.collection import CollectionStore
from transactions.repository.complaints import ComplaintStore
from transactions.repository.corrections import CorrectionStore
from transactions.repository.counts import CountStore
from transactions.repository.cut_over import CutOverStore
from transactions.repository.dashboards import DashboardStore
from transactions.repository.days import DayStore
from transactions.repository.desk import DeskStore
from transactions.repository.dormancy import DormancyStore
from transactions.repository.excesses import ExcessStore
from transactions.repository.findings import FindingStore
from transactions.repository.floats import FloatStore
from transactions.repository.interest import InterestStore
from transactions.repository.ledger import LedgerStore
from transactions.repository.lending import LoanStore
from transactions.repository.loan_endings import LoanEndingStore
from transactions.repository.manual import ManualStore
from transactions.repository.mappings import MappingStore
from transactions.repository.meetings import MeetingStore
from transactions.repository.months import MonthStore
from transactions.repository.nominees import NomineeStore
from transactions.repository.officer_leavings import OfficerLeavingStore
from transactions.repository.overdue import OverdueStore
from transactions.repository.partitions import PartitionStore
from transactions.repository.passbook_checks import PassbookCheckStore
from transactions.repository.passbooks import PassbookStore
from transactions.repository.people import PeopleStore
from transactions.repository.receipts import ReceiptStore
from transactions.repository.remittances import RemittanceStore
from transactions.repository.reports import ReportStore
from transactions.repository.standing import StandingStore
from transactions.repository.statements import StatementStore
from transactions.repository.surprise_counts import SurpriseCountStore
from transactions.repository.targets import TargetStore
from transactions.repository.transfers import TransferStore
from transactions.repository.withdrawals import WithdrawalStore
from transactions.repository.years import YearStore


class BesideTheDeeds:
    """The order of the book, its days' ends, what is written by hand and what is read of it."""

    def __init__(self, work: Work) -> None:
        self.chart = ChartStore(work)
        self.manual = ManualStore(work)
        self.mappings = MappingStore(work)
        self.remittances = RemittanceStore(work)
        self.years = YearStore(work)
        self.closing = ClosingStore(work)
        self.cut_overs = CutOverStore(work)
        self.coherence = CoherenceStore(work)
        self.partitions = PartitionStore(work)
        self.counts = CountStore(work)
        self.excesses = ExcessStore(work)
        self.surprises = SurpriseCountStore(work)
        self.findings = FindingStore(work)
        self.audit_samples = AuditSampleStore(work)
        self.targets = TargetStore(work)
        self.passbook_checks = PassbookCheckStore(work)
        self.complaints = ComplaintStore(work)
        self.passbooks = PassbookStore(work)
        self.leavings = OfficerLeavingStore(work)
        self.receipts = ReceiptStore(work)
        self.statements = StatementStore(work)


class Books(BesideTheDeeds):
    """The books of one database transaction."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self.work = work
        self.ledger = LedgerStore(work)
        self.days = DayStore(work)
        self.people = PeopleStore(work)
        self.desk = DeskStore(work)
        self.dashboards = DashboardStore(work)
        self.applicants = ApplicantStore(work)
        self.approvals = ApprovalStore(work)
        self.corrections = CorrectionStore(work)
        self.nominees = NomineeStore(work)
        self.months = MonthStore(work)
        self.meetings = MeetingStore(work)
        self.standing = StandingStore(work)
        self.collection = CollectionStore(work)
        self.account_closings = AccountClosingStore(work)
        self.transfers = TransferStore(work)
        self.withdrawals = WithdrawalStore(work)
        self.floats = FloatStore(work)
        self.dormancy = DormancyStore(work)
        self.loans = LoanStore(work)
        self.classes = ClassStore(work)
        self.ageing = AgeingStore(work)
        self.overdue = OverdueStore(work)
        self.interest = InterestStore(work)
        self.loan_endings = LoanEndingStore(work)

    @cached_property
    def reports(self) -> ReportStore:
        """Rows of reports, and the runs that make long ones."""
        return ReportStore(self.work)

"""The register: everything that accounts keeps, through one unit of work. The only rooms that query."""

from accounts.repository.agreements import Agreements
from accounts.repository.approvals import ApprovalStore
from accounts.repository.borrowers import Borrowers
from accounts.repository.calendar import CalendarStore
from accounts.repository.cut_overs import CutOverStore
from accounts.repository.deaths import DeathStore
from accounts.repository.exits import ExitStore
from accounts.repository.feeds import Feeds
from accounts.repository.laws import LawStore
from accounts.repository.loan_files import LoanFiles
from accounts.repository.loans import LoanStore
from accounts.repository.members import MemberStore
from accounts.repository.notes import NoteStore
from accounts.repository.number_changes import NumberChangeStore
from accounts.repository.overrides import OverrideStore
from accounts.repository.passbooks import PassbookStore
from accounts.repository.payout_codes import PayoutCodeStore
from accounts.repository.people import People
from accounts.repository.pictures import PictureStore
from accounts.repository.products import ProductStore
from accounts.repository.redating import RedatingStore
from accounts.repository.reschedules import RescheduleStore
from accounts.repository.samities import SamityStore
from accounts.repository.savings import SavingsStore
from accounts.repository.transfers import TransferStore
from chassis.work import Work


class Register:
    """What an operation or a question works with.

    Every look-up on behalf of staff takes a `Scope`; the few that look at the whole institution (feeds,
    resemblances, timers) answer no more than their caller may know.
    """

    def __init__(self, work: Work) -> None:
        self.work = work
        self.samities = SamityStore(work)
        self.members = MemberStore(work)
        self.approvals = ApprovalStore(work)
        self.products = ProductStore(work)
        self.number_changes = NumberChangeStore(work)
        self.laws = LawStore(work)
        self.overrides = OverrideStore(work)
        self.savings = SavingsStore(work)
        self.passbooks = PassbookStore(work)
        self.pictures = PictureStore(work)
        self.notes = NoteStore(work)
        self.calendar = CalendarStore(work)
        self.agreements = Agreements(self.products, self.laws, self.overrides, self.samities, self.calendar)
        self.redating = RedatingStore(work)
        self.transfers = TransferStore(work)
        self.reschedules = RescheduleStore(work)
        self.loans = LoanStore(work)
        self.loan_files = LoanFiles(work)
        self.payout_codes = PayoutCodeStore(work)
        self.borrowers = Borrowers(work)
        self.people = People(work)
        self.cut_overs = CutOverStore(work)
        self.deaths = DeathStore(work)
        self.exits = ExitStore(work)
        self.feeds = Feeds(work)


__all__ = ["Register"]

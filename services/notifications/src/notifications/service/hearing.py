"""What notifications hears: who is who, and what members are to be told."""

from collections.abc import Sequence

from chassis.hearing import Heard, hear
from chassis.injection import CallContext
from chassis.work import UnitOfWork
from contracts.accounts import MEMBER_CHANGED, MEMBER_CONTACT_CHANGED, SAVINGS_OPENED
from contracts.accounts.exits import MEMBERSHIP_ENDED
from contracts.accounts.loans import PAYOUT_CODE_SENT
from contracts.accounts.number_changes import NUMBER_CHANGE_ASKED, NUMBER_CHANGED
from contracts.accounts.reschedules import LOAN_RESCHEDULED
from contracts.identity import MEMBER_LOGIN_CHANGED, OFFICE_CHANGED
from contracts.transactions.collection import ROW_CHANGED, SHEET_AUTHORISED
from contracts.transactions.complaints import COMPLAINT_ACKNOWLEDGED, COMPLAINT_ANSWERED
from contracts.transactions.ledger import DEPOSIT_POSTED, ENTRY_REVERSED
from contracts.transactions.lending import LOAN_CLOSED, LOAN_PAID_OUT, LOAN_REPAID
from contracts.transactions.lending_endings import COUNTER_MONEY_TAKEN, SAVINGS_MOVED_TO_LOAN
from contracts.transactions.savings import (
    ACCOUNT_CLOSED,
    CORRECTION_POSTED,
    WITHDRAWAL_APPROVED,
    WITHDRAWAL_PAID,
    WITHDRAWAL_REQUESTED,
)
from contracts.transactions.transfers import ACCOUNTS_MOVED
from notifications.domain import drafts
from notifications.domain.drafts import Draft
from notifications.domain.wordings import current
from notifications.operations import projecting
from notifications.operations.telling import tell
from notifications.repository import Books
from notifications.templates import templates
from notifications.vault import VaultOf


class HearingRoom:
    """Where other services are listened to."""

    call = CallContext()
    books = UnitOfWork(Books)
    vault = VaultOf()

    @hear(OFFICE_CHANGED)
    def project_office(self, event: Heard, books: Books) -> None:
        """Remember an office."""
        projecting.project_office(books, event.data)

    @hear(MEMBER_CHANGED)
    def project_member(self, event: Heard, books: Books) -> None:
        """Remember a member."""
        projecting.project_member(books, event.data)

    @hear(MEMBER_CONTACT_CHANGED)
    def project_contact(self, event: Heard, books: Books) -> None:
        """Remember a member's number and consent."""
        projecting.project_contact(books, event.data, self.vault)

    @hear(SAVINGS_OPENED)
    def welcome_member(self, event: Heard, books: Books) -> None:
        """Welcome a member to her new account."""
        self._tell(books, drafts.of_opening(event.data))

    @hear(MEMBER_LOGIN_CHANGED)
    def tell_login(self, event: Heard, books: Books) -> None:
        """Tell a member what happened to her login."""
        self._tell(books, drafts.of_login(event.data))

    @hear(NUMBER_CHANGE_ASKED)
    def send_number_code(self, event: Heard, books: Books) -> None:
        """Send a code to the number that is to be hers, and warn the one that is."""
        self._tell(books, drafts.of_number_code(event.data))

    @hear(NUMBER_CHANGED)
    def tell_number_changed(self, event: Heard, books: Books) -> None:
        """Tell both numbers that another one counts."""
        self._tell(books, drafts.of_number_change(event.data))

    @hear(PAYOUT_CODE_SENT)
    def send_payout_code(self, event: Heard, books: Books) -> None:
        """Send a member the code that she says when she gets the money of a loan."""
        self._tell(books, drafts.of_payout_code(event.data))

    @hear(SHEET_AUTHORISED)
    def tell_members(self, event: Heard, books: Books) -> None:
        """Tell the members of a posted sheet what was received from them, or that nothing was."""
        self._tell(books, drafts.of_sheet(event.data))

    @hear(DEPOSIT_POSTED)
    def tell_deposit_posted(self, event: Heard, books: Books) -> None:
        """Tell a member of her deposit at the counter."""
        self._tell(books, drafts.of_deposit(event.data))

    @hear(ROW_CHANGED)
    def tell_row_changed(self, event: Heard, books: Books) -> None:
        """Tell a member that what was written for her went down, away or elsewhere."""
        self._tell(books, drafts.of_row_change(event.data))

    @hear(ENTRY_REVERSED)
    def tell_entry_reversed(self, event: Heard, books: Books) -> None:
        """Tell everybody whom a correction touches."""
        self._tell(books, drafts.of_reversal(event.data))

    @hear(WITHDRAWAL_REQUESTED)
    def tell_withdrawal_requested(self, event: Heard, books: Books) -> None:
        """Tell a member that money was asked for from her account."""
        self._tell(books, drafts.of_withdrawal_request(event.data))

    @hear(WITHDRAWAL_APPROVED)
    def tell_withdrawal_approved(self, event: Heard, books: Books) -> None:
        """Tell a member that she may fetch her money."""
        self._tell(books, drafts.of_withdrawal_approval(event.data))

    @hear(WITHDRAWAL_PAID)
    def tell_withdrawal_paid(self, event: Heard, books: Books) -> None:
        """Tell a member that she was paid."""
        self._tell(books, drafts.of_withdrawal(event.data))

    @hear(ACCOUNT_CLOSED)
    def tell_account_closed(self, event: Heard, books: Books) -> None:
        """Tell a member that her account was closed."""
        self._tell(books, drafts.of_account_closing(event.data))

    @hear(CORRECTION_POSTED)
    def tell_correction_posted(self, event: Heard, books: Books) -> None:
        """Tell both whom the correction of an earlier day touches."""
        self._tell(books, drafts.of_correction(event.data))

    @hear(ACCOUNTS_MOVED)
    def tell_accounts_moved(self, event: Heard, books: Books) -> None:
        """Tell a member that her accounts are in another branch's book."""
        self._tell(books, drafts.of_accounts_moved(event.data))

    @hear(LOAN_RESCHEDULED)
    def tell_loan_rescheduled(self, event: Heard, books: Books) -> None:
        """Tell a member that her loan has new days and amounts."""
        self._tell(books, drafts.of_reschedule(event.data))

    @hear(COMPLAINT_ACKNOWLEDGED)
    def tell_complaint_acknowledged(self, event: Heard, books: Books) -> None:
        """Tell a member that somebody looks at what she said is wrong."""
        self._tell(books, drafts.of_complaint_heard(event.data))

    @hear(COMPLAINT_ANSWERED)
    def tell_complaint_answered(self, event: Heard, books: Books) -> None:
        """Tell a member that her complaint is answered."""
        self._tell(books, drafts.of_complaint_answer(event.data))

    @hear(LOAN_PAID_OUT)
    def tell_loan_paid_out(self, event: Heard, books: Books) -> None:
        """Tell a member that a loan was paid out to her."""
        self._tell(books, drafts.of_loan_payout(event.data))

    @hear(LOAN_REPAID)
    def tell_loan_repaid(self, event: Heard, books: Books) -> None:
        """Tell a member of a repayment at the counter."""
        self._tell(books, drafts.of_repayment(event.data))

    @hear(LOAN_CLOSED)
    def tell_loan_closed(self, event: Heard, books: Books) -> None:
        """Tell a member that a loan of hers has ended, or runs again."""
        self._tell(books, drafts.of_loan_closing(event.data))

    @hear(MEMBERSHIP_ENDED)
    def tell_membership_ended(self, event: Heard, books: Books) -> None:
        """Tell a member that she has left, or that this was undone."""
        self._tell(books, drafts.of_membership_end(event.data))

    @hear(SAVINGS_MOVED_TO_LOAN)
    def tell_savings_moved(self, event: Heard, books: Books) -> None:
        """Tell a member that her savings paid her loan."""
        self._tell(books, drafts.of_savings_moved(event.data))

    @hear(COUNTER_MONEY_TAKEN)
    def tell_counter_money(self, event: Heard, books: Books) -> None:
        """Tell a member of a fee, a premium, or money for a written-off loan."""
        self._tell(books, drafts.of_counter_money(event.data))

    def _tell(self, books: Books, drafted: Sequence[Draft]) -> None:
        kinds = {draft.kind.name for draft in drafted}
        own = books.wordings.own(sorted(kinds)) if kinds else {}
        tell(books, drafted, current(templates(), own, kinds), self.vault)

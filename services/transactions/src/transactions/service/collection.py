"""The collection as other processes call it: load, act, answer."""

from typing import Any

from chassis.serving import serve
from contracts.transactions import collection as promised
from transactions.operations import comparisons, handovers, not_held, sheets, submissions, unallocated
from transactions.queries import collection as questions
from transactions.repository.scope import Scope
from transactions.schemas.collection import state_answer, submission_of
from transactions.service.base import Entrypoints


class Collection(Entrypoints):
    """Sheets, submissions, hand-overs, and money without an account."""

    @serve(promised.LIST_SHEETS)
    def list_sheets(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer a page of sheets; those of the caller's own branch are made where they are not there yet."""
        with self.books() as books:
            office_id = self.call.actor.office_id
            if office_id is not None:
                sheets.keep_sheets_issued(books, office_id, today=self.clock.today())
            return questions.list_sheets(books, command)

    @serve(promised.GET_SHEET)
    def get_sheet(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer one sheet with its members and rows."""
        with self.books() as books:
            return questions.get_sheet(books, command["id"])

    @serve(promised.HOLD_SHEET)
    def hold_sheet(self, command: dict[str, Any]) -> object:
        """Give a sheet to the caller's device."""
        with self.books() as books:
            return sheets.hold_sheet(
                books, command["id"], take_over=command["take_over"], reason=command["reason"]
            )

    @serve(promised.ASSIGN_SHEET)
    def assign_sheet(self, command: dict[str, Any]) -> dict[str, Any]:
        """Give a sheet to a substitute."""
        with self.books() as books:
            sheet = sheets.assign_sheet(books, command["sheet_id"], command["officer_id"], command["reason"])
        return state_answer(sheet)

    @serve(promised.SUBMIT_SHEET)
    def submit_sheet(self, command: dict[str, Any]) -> dict[str, Any]:
        """Take what a phone sends of a sheet."""
        with self.books() as books:
            return submissions.submit_sheet(books, submission_of(command))

    @serve(promised.CLAIM_NOT_HELD)
    def claim_not_held(self, command: dict[str, Any]) -> dict[str, Any]:
        """Claim that a samity did not meet."""
        with self.books() as books:
            sheet, approval_id = not_held.claim_not_held(books, command["sheet_id"], command["reason"])
        return state_answer(sheet, approval_id)

    @serve(promised.RETURN_ROWS)
    def return_rows(self, command: dict[str, Any]) -> dict[str, Any]:
        """Give rows back to the officer."""
        reasons = {row["row_id"]: row["reason"] for row in command["rows"]}
        with self.books() as books:
            sheet = sheets.return_rows(books, command["sheet_id"], reasons)
        return state_answer(sheet)

    @serve(promised.CHECK_SHEET)
    def check_sheet(self, command: dict[str, Any]) -> dict[str, Any]:
        """Mark a posted sheet as checked."""
        with self.books() as books:
            sheet = sheets.check_sheet(books, command["sheet_id"])
        return state_answer(sheet)

    @serve(promised.ISSUE_SPECIAL_SHEET)
    def issue_special_sheet(self, command: dict[str, Any]) -> dict[str, Any]:
        """Make a sheet for money that is brought on another day."""
        with self.books() as books:
            sheets.issue_special_sheet(
                books, command["id"], command["samity_id"], command["on"], today=self.clock.today()
            )
            return books.collection.sheets.item(command["id"], Scope.of(self.call.actor))

    @serve(promised.LIST_COMPARE)
    def list_compare(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer a sheet's compare list."""
        with self.books() as books:
            return questions.list_compare(books, command["sheet_id"])

    @serve(promised.SETTLE_COMPARISON)
    def settle_comparison(self, command: dict[str, Any]) -> dict[str, Any]:
        """Keep what a row on the compare list turned out to be."""
        with self.books() as books:
            comparisons.settle_comparison(books, command["id"], command["verdict"], command["reason"])
            return questions.get_comparison(books, command["id"])

    @serve(promised.DECLARE_HANDOVER)
    def declare_handover(self, command: dict[str, Any]) -> dict[str, Any]:
        """Put an officer's complete sheets into one hand-over."""
        with self.books() as books:
            handovers.declare_handover(books, command["id"], command["sheet_ids"], command["declared_total"])
            return questions.get_handover(books, command["id"])

    @serve(promised.LIST_HANDOVERS)
    def list_handovers(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer a page of hand-overs."""
        with self.books() as books:
            return questions.list_handovers(books, command)

    @serve(promised.GET_HANDOVER)
    def get_handover(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer one hand-over with its sheets and counts."""
        with self.books() as books:
            return questions.get_handover(books, command["id"])

    @serve(promised.COUNT_HANDOVER)
    def count_handover(self, command: dict[str, Any]) -> dict[str, Any]:
        """Save what was counted."""
        with self.books() as books:
            handovers.count_handover(
                books, command["handover_id"], command["count_id"], command["denominations"]
            )
            return questions.get_handover(books, command["handover_id"])

    @serve(promised.AUTHORISE_HANDOVER)
    def authorise_handover(self, command: dict[str, Any]) -> dict[str, Any]:
        """Post a hand-over by one of its counts."""
        with self.books() as books:
            handovers.authorise_handover(books, command["handover_id"], command["count_id"])
            return questions.get_handover(books, command["handover_id"])

    @serve(promised.LIST_UNALLOCATED)
    def list_unallocated(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer a page of money without an account."""
        with self.books() as books:
            return questions.list_unallocated(books, command)

    @serve(promised.RESOLVE_UNALLOCATED)
    def resolve_unallocated(self, command: dict[str, Any]) -> dict[str, Any]:
        """Put money onto her account, or pay it back."""
        with self.books() as books:
            unallocated.resolve_unallocated(books, command["id"], command["to_account_id"], command["reason"])
            return books.collection.handovers.unallocated_item(command["id"], Scope.of(self.call.actor))

    @serve(promised.LIST_ROW_CHANGES)
    def list_row_changes(self, command: dict[str, Any]) -> dict[str, Any]:
        """Answer what was taken back in an office, by officer."""
        with self.books() as books:
            return questions.list_row_changes(books, command)

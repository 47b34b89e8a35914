"""The chart, accounts at banks, and vouchers by hand, as other processes call them: load, act, answer."""

from typing import Any

from chassis.serving import serve
from contracts.transactions import chart as promised
from contracts.transactions import manual as promised_vouchers
from transactions.operations.book import chart, manual
from transactions.queries import chart as questions
from transactions.queries import manual as vouchers
from transactions.schemas.book import bank_account_of, ledger_request_of, mapping_of, voucher_of
from transactions.service.base import Entrypoints

Command = dict[str, Any]


class Book(Entrypoints):
    """What head office adds to the book's order, and what staff write into the book by hand."""

    @serve(promised.READ_CHART)
    def read_chart(self, command: Command) -> Command:
        """Answer the whole chart."""
        del command
        with self.books() as books:
            return questions.read_chart(books)

    @serve(promised.PROPOSE_LEDGER)
    def propose_ledger(self, command: Command) -> Command:
        """Ask for one more ledger."""
        request = ledger_request_of(command, self.call.actor.person_id)
        with self.books() as books:
            return {"id": request.id, "state": chart.propose_ledger(books, request)}

    @serve(promised.LIST_MAPPINGS)
    def list_mappings(self, command: Command) -> Command:
        """Answer under which ledgers products stand."""
        del command
        with self.books() as books:
            return questions.list_mappings(books)

    @serve(promised.PROPOSE_MAPPING)
    def propose_mapping(self, command: Command) -> Command:
        """Ask for accounts of a product to be opened under a ledger of its own."""
        mapping, maker = mapping_of(command), self.call.actor.person_id
        with self.books() as books:
            state = chart.propose_mapping(books, mapping, command["reason"], maker)
            return {"id": mapping.id, "state": state}

    @serve(promised.LIST_BANK_ACCOUNTS)
    def list_bank_accounts(self, command: Command) -> Command:
        """Answer an office's accounts at banks."""
        with self.books() as books:
            return questions.list_bank_accounts(books, command["office_id"])

    @serve(promised.PROPOSE_BANK_ACCOUNT)
    def propose_bank_account(self, command: Command) -> Command:
        """Ask for an account at a bank to be kept."""
        account, maker = bank_account_of(command), self.call.actor.person_id
        with self.books() as books:
            state = chart.propose_bank_account(books, account, command["reason"], maker)
            return {"id": account.id, "state": state}

    @serve(promised_vouchers.PROPOSE_VOUCHER)
    def propose_voucher(self, command: Command) -> Command:
        """Ask for a voucher to be booked."""
        with self.books() as books:
            voucher = voucher_of(command, self.call.actor.person_id, books.work.now)
            return {"id": voucher.id, "state": manual.propose_voucher(books, voucher)}

    @serve(promised_vouchers.UNDO_VOUCHER)
    def undo_voucher(self, command: Command) -> Command:
        """Ask for the contrary of a voucher."""
        with self.books() as books:
            state = manual.undo_voucher(books, command["id"], command["voucher_id"], command["reason"])
            return {"id": command["id"], "state": state}

    @serve(promised_vouchers.GET_MANUAL_VOUCHER)
    def get_manual_voucher(self, command: Command) -> Command:
        """Answer one voucher."""
        with self.books() as books:
            return vouchers.get_voucher(books, command["id"])

    @serve(promised_vouchers.LIST_MANUAL_VOUCHERS)
    def list_manual_vouchers(self, command: Command) -> Command:
        """Answer a page of an office's vouchers."""
        with self.books() as books:
            return vouchers.list_vouchers(books, command["office_id"], command["after"])

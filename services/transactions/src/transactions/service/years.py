"""Openings, year-ends and money between offices, as other processes call them: load, act, answer."""

from typing import Any

from chassis.serving import serve
from contracts.transactions import remittances as promised_money
from contracts.transactions import years as promised
from transactions.operations.book import remittances, years, years_below
from transactions.queries import remittances as money
from transactions.queries import years as questions
from transactions.schemas.years import opening_of, remittance_of, taking_of
from transactions.service.base import Entrypoints

Command = dict[str, Any]


class Years(Entrypoints):
    """How an office's book begins, how its years end, and what offices send each other."""

    @serve(promised.PROPOSE_OPENING)
    def propose_opening(self, command: Command) -> Command:
        """Ask for opening balances."""
        with self.books() as books:
            opening = opening_of(command, self.call.actor.person_id, books.work.now)
            return {"id": opening.id, "state": years.propose_opening(books, opening)}

    @serve(promised.PROPOSE_YEAR_CLOSING)
    def propose_year_closing(self, command: Command) -> Command:
        """Ask for a year to be closed."""
        with self.books() as books:
            propose = years_below.propose_all if command["below"] else years.propose_year_closing
            state = propose(books, command["id"], command["office_id"], command["year"])
            return {"id": command["id"], "state": state}

    @serve(promised.GET_YEAR_CLOSING)
    def get_year_closing(self, command: Command) -> Command:
        """Answer what a closed year earned and spent."""
        with self.books() as books:
            return questions.get_year_closing(books, command["office_id"], command["year"])

    @serve(promised.LIST_YEAR_CLOSINGS)
    def list_year_closings(self, command: Command) -> Command:
        """Answer who has closed a year."""
        with self.books() as books:
            return questions.list_year_closings(
                books, command["office_id"], command["year"], command["after"]
            )

    @serve(promised_money.SEND_MONEY)
    def send_money(self, command: Command) -> Command:
        """Ask for money to be sent."""
        with self.books() as books:
            remittance = remittance_of(command, self.call.actor.person_id, books.work.now)
            return {"id": remittance.id, "state": remittances.send_money(books, remittance)}

    @serve(promised_money.TAKE_MONEY)
    def take_money(self, command: Command) -> Command:
        """Ask for money to be taken in."""
        with self.books() as books:
            taking = taking_of(command, self.call.actor.person_id, books.work.now)
            return {"id": taking.id, "state": remittances.take_money(books, taking)}

    @serve(promised_money.LIST_REMITTANCES)
    def list_remittances(self, command: Command) -> Command:
        """Answer what is on its way between offices."""
        with self.books() as books:
            return money.list_remittances(
                books, command["office_id"], command["after"], in_transit=command["in_transit"]
            )

    @serve(promised_money.LIST_OTHER_OFFICES)
    def list_other_offices(self, command: Command) -> Command:
        """Answer to whom an office may send."""
        with self.books() as books:
            return money.list_other_offices(books, command["office_id"], command["after"])

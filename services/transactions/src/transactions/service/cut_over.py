"""Branches that are brought over, as other processes call them: load, act, answer."""

from typing import Any

from chassis.serving import serve
from contracts.calls import dump
from contracts.transactions import cut_over as promised
from transactions.operations import cut_over
from transactions.queries import cut_over as questions
from transactions.schemas.cut_over import confirmation_of, cut_over_of, kept_chunk
from transactions.service.base import Entrypoints

Command = dict[str, Any]


class CutOvers(Entrypoints):
    """Balances that are handed over and posted, and the lists that samities confirm."""

    @serve(promised.BEGIN_CUT_OVER)
    def begin_cut_over(self, command: Command) -> Command:
        """Begin to bring a branch over."""
        with self.books() as books:
            state = cut_over.begin(books, cut_over_of(command))
        return {"id": command["id"], "state": state.value}

    @serve(promised.HAND_OVER_BALANCES)
    def hand_over_balances(self, command: Command) -> Command:
        """Take a chunk of balances."""
        with self.books() as books:
            body = dump(promised.HandOverBalances, command)
            state = cut_over.hand_over(books, command["id"], command["number"], body, read=kept_chunk)
        return {"id": command["id"], "state": state.value}

    @serve(promised.LET_CUT_OVER_GO)
    def let_cut_over_go(self, command: Command) -> Command:
        """Let a branch be as it was."""
        with self.books() as books:
            return {"id": command["id"], "state": cut_over.let_go(books, command["id"]).value}

    @serve(promised.POST_CUT_OVER)
    def post_cut_over(self, command: Command) -> Command:
        """Take on the posting of all balances."""
        with self.books() as books:
            state = cut_over.post(books, command["id"], read=kept_chunk)
        return {"id": command["id"], "state": state.value}

    @serve(promised.READ_CUT_OVER_TOTALS)
    def read_cut_over_totals(self, command: Command) -> Command:
        """Answer what the book took in."""
        with self.books() as books:
            return questions.read_totals(books, command["id"])

    @serve(promised.CONFIRM_SAMITY_LIST)
    def confirm_samity_list(self, command: Command) -> Command:
        """Write that a samity has confirmed its list."""
        with self.books() as books:
            confirmed, unconfirmed = cut_over.confirm_samity_list(books, confirmation_of(command))
        counted = {"confirmed": confirmed, "unconfirmed": unconfirmed}
        return {"id": command["id"], "samity_id": command["samity_id"], **counted}

    @serve(promised.LIST_UNCONFIRMED)
    def list_unconfirmed(self, command: Command) -> Command:
        """Answer whose opening balances nobody has checked."""
        with self.books() as books:
            return questions.list_unconfirmed(books, command["office_id"], command["after"])

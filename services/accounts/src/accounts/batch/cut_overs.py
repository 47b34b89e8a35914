"""What follows from a cut-over: its check, and bringing the branch over once two people agreed (P13)."""

from collections.abc import Mapping
from typing import Any

from accounts.operations import branch_entry, branch_writing, cut_overs
from accounts.operations.cut_overs import CHECK_CUT_OVER, ENTER_CUT_OVER
from accounts.operations.desk import Desk
from accounts.private_numbers import PrivateNumbers
from accounts.repository import Register
from accounts.settings import admission_limits
from chassis.injection import Clock, Keys, ServiceCaller
from chassis.rounds import Step, step
from chassis.work import UnitOfWork
from contracts.errors import Kind, ServiceError
from contracts.transactions import cut_over as book


class CutOverSteps:
    """May be taken again at any point: what was done before is found done."""

    books = UnitOfWork(Register)
    clock = Clock()
    keys = Keys()
    ledger = ServiceCaller("transactions")
    limits = admission_limits()

    @step(CHECK_CUT_OVER)
    def check_cut_over(self, planned: Step) -> None:
        """Judge every row of a file."""
        with self.books(actor=planned.actor) as register:
            cut_overs.check(register, planned.payload["cut_over_id"])

    @step(ENTER_CUT_OVER)
    def enter_cut_over(self, planned: Step) -> None:
        """Hand the balances over, write the people, let the balances be posted; or leave all as it was.

        Until the people are written any refusal lets the branch go. After that nothing is refused: the book
        has taken in every balance and holds the branch for them.
        """
        cut_over_id = planned.payload["cut_over_id"]
        try:
            with self.books(actor=planned.actor) as register:
                entry = branch_entry.entry_of(register, cut_over_id)
            if entry is not None:
                self._hand_over(planned, entry)
                self._write(planned, cut_over_id)
        except ServiceError as refusal:
            if refusal.kind is Kind.AWAY:
                raise
            self._leave(planned, cut_over_id, refusal)
        with self.books(actor=planned.actor) as register:
            brought = register.cut_overs.is_brought(cut_over_id)
        if brought:
            self._ask(book.POST_CUT_OVER, {"id": cut_over_id}, planned)

    def _write(self, planned: Step, cut_over_id: str) -> None:
        desk = Desk(numbers=PrivateNumbers.of(self.keys), limits=self.limits, today=self.clock.today())
        with self.books(actor=planned.actor) as register:
            branch_writing.write(register, cut_over_id, desk)

    def _hand_over(self, planned: Step, entry: branch_entry.Entry) -> None:
        """Give transactions all balances; chunks that it has are known again by their numbers."""
        self._ask(book.BEGIN_CUT_OVER, branch_entry.begin_command(entry), planned)
        handed = 0
        for chunk in branch_entry.chunks(entry):
            self._ask(book.HAND_OVER_BALANCES, chunk, planned)
            handed += len(chunk["savings"]) + len(chunk["loans"])
            with self.books(actor=planned.actor) as register:
                register.cut_overs.change(entry.row["id"], done=min(handed, entry.row["total"]))

    def _leave(self, planned: Step, cut_over_id: str, refusal: ServiceError) -> None:
        """Let the branch be as it was, unless another replica has written its people meanwhile."""
        with self.books(actor=planned.actor) as register:
            register.cut_overs.get_held(cut_over_id)
            if register.cut_overs.is_brought(cut_over_id):
                return
        self._ask(book.LET_CUT_OVER_GO, {"id": cut_over_id}, planned)
        with self.books(actor=planned.actor) as register:
            cut_overs.refuse(register, cut_over_id, refusal)

    def _ask(self, method: Any, command: Mapping[str, Any], planned: Step) -> dict[str, Any]:
        return self.ledger.ask(method, command, on_behalf_of=planned.actor)

"""Any series of deposits, promises, corrections and closings leaves books in which nothing disagrees."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from chassis.testing import harness_of
from contracts.errors import ServiceError
from contracts.money import PAISA_PER_TAKA, Paisa, format_taka
from contracts.transactions.ledger_words import ReversalKind
from tests.support.branch import Branch, found_branches, id_of
from tests.support.services import fresh_database
from transactions.domain.cash import whole_slip
from transactions.domain.ledger import PendingDelta
from transactions.service import TransactionsService
from transactions.verify import faults_in

if TYPE_CHECKING:
    from pathlib import Path

    from chassis.testing import ServiceHarness
    from tests.support.parts import PostgresServer

NAMES = ("Rahima", "Salma", "Fatema")
names = st.sampled_from(NAMES)
amounts = st.integers(1, 2_000).map(lambda taka: Paisa(taka * PAISA_PER_TAKA))


class Book(RuleBasedStateMachine):
    """The service beside a model of four numbers: what three members and the vault hold."""

    rows = Bundle("rows")

    def __init__(self, server: PostgresServer, keys: Path) -> None:
        super().__init__()
        self.parts = ExitStack()
        urls = self.parts.enter_context(fresh_database(server, "transactions"))
        opened = harness_of(TransactionsService, urls.runtime, keys=keys)
        self.branch = found(self.parts.enter_context(opened))
        self.held = dict.fromkeys(NAMES, Paisa(0))
        self.promised = dict.fromkeys(NAMES, Paisa(0))
        self.vault = Paisa(0)

    @rule(target=rows, name=names, amount=amounts)
    def deposit(self, name: str, amount: Paisa) -> tuple[str, str, Paisa]:
        entry_id = self.branch.deposit(name, format_taka(amount))["entry_id"]
        self.held[name] = Paisa(self.held[name] + amount)
        self.vault = Paisa(self.vault + amount)
        return entry_id, name, amount

    @rule(row=rows)
    def repeat(self, row: tuple[str, str, Paisa]) -> None:
        self.branch.deposit(row[1], format_taka(row[2]), entry_id=row[0])

    @rule(name=names, amount=amounts)
    def promise(self, name: str, amount: Paisa) -> None:
        allowed = self.held[name] - self.promised[name] >= amount
        try:
            with self.branch.harness.service().books() as books:
                books.ledger.add_pending([PendingDelta(id_of(f"savings of {name}"), outgoing=amount)])
        except ServiceError:
            assert not allowed
        else:
            assert allowed
            self.promised[name] = Paisa(self.promised[name] + amount)

    @rule(row=rows, kind=st.sampled_from(ReversalKind), right=names)
    def correct(self, row: tuple[str, str, Paisa], kind: ReversalKind, right: str) -> None:
        entry_id, wrong, amount = row
        moved = kind is ReversalKind.WRONG_ACCOUNT
        more = {"to_account_id": id_of(f"savings of {right}")} if moved else {}
        try:
            approval_id = self.branch.propose_reversal(entry_id, kind.value, **more)
        except ServiceError:
            return
        try:
            self.branch.approve(approval_id)
        except ServiceError:
            assert self.held[wrong] - self.promised[wrong] < amount
            self.branch.decline(approval_id)
            return
        self.held[wrong] = Paisa(self.held[wrong] - amount)
        if moved:
            self.held[right] = Paisa(self.held[right] + amount)
        if kind is ReversalKind.MONEY_RETURNED:
            self.vault = Paisa(self.vault - amount)

    @rule()
    def close(self) -> None:
        self.branch.count_vault("closing", whole_slip({"1": self.vault // PAISA_PER_TAKA}))
        self.branch.close_day()

    @invariant()
    def books_agree_with_the_model(self) -> None:
        for name, held in self.held.items():
            assert self.branch.balance_of(name) == format_taka(held)
        assert self.branch.day()["vault"] == format_taka(self.vault)
        self.branch.trial_balance()

    def teardown(self) -> None:
        with self.parts:
            assert faults_in(self.branch.harness.process) == ()


def found(harness: ServiceHarness[TransactionsService]) -> Branch:
    """Found a branch with three members who save, and open its day."""
    here, _ = found_branches(harness)
    here.open_samity("Dormant", active=False)
    for name in NAMES:
        here.admit(name, "Dormant")
        here.open_savings(name)
    here.open_day()
    return here


def test_any_series_of_operations_keeps_the_books_sound(
    postgres_server: PostgresServer, keys_folder: Path
) -> None:
    run_state_machine_as_test(
        lambda: Book(postgres_server, keys_folder),
        settings=settings(
            max_examples=6,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

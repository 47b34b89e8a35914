"""Any series of deposits, withdrawals, corrections and closings leaves books in which nothing disagrees."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from chassis.testing import harness_of
from contracts.errors import ServiceError
from contracts.money import PAISA_PER_TAKA, Paisa, format_taka
from contracts.transactions.ledger_errors import InsufficientFunds
from contracts.transactions.ledger_words import ReversalKind
from contracts.transactions.savings import PROPOSE_CORRECTION
from contracts.transactions.savings_errors import WithdrawalLapsed
from tests.support.branch import Branch, found_branches, id_of, new_id
from tests.support.purse import area_manager, ask_for, cancel, decide, pay
from tests.support.services import fresh_database
from transactions.domain.cash import whole_slip
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
    promises: Bundle[tuple[str, str, Paisa]] = Bundle("promises")

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

    @rule(target=promises, name=names, amount=amounts)
    def promise(self, name: str, amount: Paisa) -> tuple[str, str, Paisa]:
        allowed = self.held[name] - self.promised[name] >= amount
        try:
            asked = ask_for(self.branch, id_of(f"savings of {name}"), format_taka(amount))
        except ServiceError:
            assert not allowed
            return multiple()  # type: ignore[return-value]  # Hypothesis's word for "nothing to remember"
        assert allowed
        decide(self.branch, self.branch.manager, asked["approval_id"])
        self.promised[name] = Paisa(self.promised[name] + amount)
        return asked["id"], name, amount

    @rule(promised=consumes(promises))
    def pay(self, promised: tuple[str, str, Paisa]) -> None:
        withdrawal_id, name, amount = promised
        try:
            pay(self.branch, withdrawal_id)
        except WithdrawalLapsed:
            cancel(self.branch, withdrawal_id)
        except InsufficientFunds:
            assert self.vault < amount
            cancel(self.branch, withdrawal_id)
        else:
            self.held[name] = Paisa(self.held[name] - amount)
            self.vault = Paisa(self.vault - amount)
        self.promised[name] = Paisa(self.promised[name] - amount)

    @rule(promised=consumes(promises))
    def drop(self, promised: tuple[str, str, Paisa]) -> None:
        withdrawal_id, name, amount = promised
        cancel(self.branch, withdrawal_id)
        self.promised[name] = Paisa(self.promised[name] - amount)

    @rule(row=rows, right=names)
    def put_right(self, row: tuple[str, str, Paisa], right: str) -> None:
        """Of an earlier day: what the wrong account cannot give is owed by staff, never taken (rule M13)."""
        entry_id, wrong, amount = row
        request = {
            "reason": "wrong page",
            "evidence": "both passbooks",
            "to_account_id": id_of(f"savings of {right}"),
        }
        try:
            asked = self.branch.ask(
                PROPOSE_CORRECTION,
                self.branch.accountant,
                id=new_id(),
                **{"from": {"entry_id": entry_id}},
                **request,
            )
        except ServiceError:
            return
        decide(self.branch, area_manager(self.branch), asked["id"])
        taken = min(amount, self.held[wrong] - self.promised[wrong])
        self.held[wrong] = Paisa(self.held[wrong] - taken)
        self.held[right] = Paisa(self.held[right] + amount)

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
            too_little = self.held[wrong] - self.promised[wrong] < amount
            assert too_little or (kind is ReversalKind.MONEY_RETURNED and self.vault < amount)
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
            max_examples=8,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

"""The second door: what the database refuses, tried as the very role with which the service runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from chassis.config import spell_driver
from tests.support.branch import MONDAY, Branch, id_of, new_id
from transactions.domain.chart import Ledgers, OfficeAccount
from transactions.models import APPEND_ONLY
from transactions.models.ledger import accounts, entries, postings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from launcher.database import DatabaseUrls

NO_RIGHT, STAYS, UNBALANCED = "42501", "23001", "23514"


@pytest.fixture
def runtime(database: DatabaseUrls) -> Iterator[sa.Engine]:
    engine = sa.create_engine(spell_driver(database.runtime))
    yield engine
    engine.dispose()


@pytest.fixture
def owner(database: DatabaseUrls) -> Iterator[sa.Engine]:
    engine = sa.create_engine(spell_driver(database.owner))
    yield engine
    engine.dispose()


def refusal_of(engine: sa.Engine, *statements: tuple[Any, Any] | str) -> str | None:
    """Run statements in one transaction and return the code with which the database refuses it."""
    try:
        with engine.begin() as connection:
            for statement in statements:
                if isinstance(statement, str):
                    connection.execute(sa.text(statement))
                else:
                    connection.execute(*statement)
    except DBAPIError as error:
        return str(getattr(error.orig, "pgcode", None))
    return None


@pytest.mark.parametrize("table", APPEND_ONLY)
class TestWhatIsOnlyAddedTo:
    def test_is_not_changed_by_the_service(self, runtime: sa.Engine, table: str) -> None:
        column = sa.inspect(runtime).get_columns(table)[0]["name"]

        assert refusal_of(runtime, f'UPDATE {table} SET "{column}" = "{column}"') == NO_RIGHT
        assert refusal_of(runtime, f"DELETE FROM {table}") == NO_RIGHT
        assert refusal_of(runtime, f"TRUNCATE {table}") == NO_RIGHT

    def test_is_not_emptied_even_by_the_owner(self, owner: sa.Engine, table: str) -> None:
        assert refusal_of(owner, f"TRUNCATE {table} CASCADE") == STAYS


class TestPostings:
    def test_are_not_changed_even_by_the_owner(self, branch: Branch, owner: sa.Engine) -> None:
        branch.deposit("Rahima", "150.00")

        assert refusal_of(owner, "UPDATE postings SET amount = 1") == STAYS
        assert refusal_of(owner, "DELETE FROM postings") == STAYS
        assert refusal_of(owner, "UPDATE entries SET value_on = value_on - 1") == STAYS

    def test_have_no_side_door_through_a_partition(self, branch: Branch, runtime: sa.Engine) -> None:
        branch.deposit("Rahima", "150.00")

        for deed in ("UPDATE {} SET amount = 1", "DELETE FROM {}", "TRUNCATE {}", "SELECT * FROM {}"):
            assert refusal_of(runtime, deed.format("postings_2026_11")) == NO_RIGHT

    def test_balance_entry_by_entry(self, branch: Branch, runtime: sa.Engine) -> None:
        branch.deposit("Rahima", "150.00")
        entry, lines = _entry(branch, (("debit", 100), ("credit", 99)))

        assert refusal_of(runtime, entry, lines) == UNBALANCED

    def test_are_as_many_as_the_entry_says(self, branch: Branch, runtime: sa.Engine) -> None:
        branch.deposit("Rahima", "150.00")
        entry, _ = _entry(branch, (("debit", 100), ("credit", 100)))

        assert refusal_of(runtime, entry) == UNBALANCED

    def test_are_never_added_to_an_entry_that_is_whole(self, branch: Branch, runtime: sa.Engine) -> None:
        entry_id = branch.deposit("Rahima", "150.00")["entry_id"]
        _, (statement, rows) = _entry(branch, (("debit", 100), ("credit", 100)))
        more = [row | {"entry_id": entry_id, "number": number} for number, row in enumerate(rows, start=3)]

        assert refusal_of(runtime, (statement, more)) == UNBALANCED

    @pytest.mark.parametrize("amount", [0, -100])
    def test_carry_more_than_nothing(self, branch: Branch, runtime: sa.Engine, amount: int) -> None:
        branch.deposit("Rahima", "150.00")
        entry, lines = _entry(branch, (("debit", amount), ("credit", amount)))

        assert refusal_of(runtime, entry, lines) == UNBALANCED

    def test_stand_on_a_day_that_is_open(self, branch: Branch, runtime: sa.Engine) -> None:
        branch.deposit("Rahima", "150.00")
        entry, lines = _entry(branch, (("debit", 100), ("credit", 100)))

        assert refusal_of(runtime, "UPDATE days SET status = 'closing'", entry, lines) == UNBALANCED

    @pytest.mark.spoils_the_books
    def test_are_taken_when_they_balance(self, branch: Branch, runtime: sa.Engine) -> None:
        branch.deposit("Rahima", "150.00")

        assert refusal_of(runtime, *_entry(branch, (("debit", 100), ("credit", 100)))) is None


class TestAccounts:
    def test_do_not_fall_below_their_floor(self, branch: Branch, runtime: sa.Engine) -> None:
        branch.deposit("Rahima", "150.00")
        overdrawn = (
            sa.update(accounts).where(accounts.c.id == id_of("savings of Rahima")).values(debits=15_001)
        )

        assert refusal_of(runtime, (overdrawn, {})) == UNBALANCED

    def test_have_nothing_negative_on_its_way(self, branch: Branch, runtime: sa.Engine) -> None:
        assert refusal_of(runtime, "UPDATE accounts SET pending_in = -1") == UNBALANCED


class TestPartitions:
    def test_are_made_by_the_owners_function_only(self, runtime: sa.Engine) -> None:
        make = "SELECT make_posting_partitions(DATE '2031-01-15', DATE '2031-03-01')"

        assert refusal_of(runtime, "CREATE TABLE loot (id int)") == NO_RIGHT
        with runtime.begin() as connection:
            assert connection.execute(sa.text(make)).scalar() == 3
            assert connection.execute(sa.text(make)).scalar() == 0
        assert refusal_of(runtime, "DELETE FROM postings_2031_02") == NO_RIGHT
        assert refusal_of(runtime, "DROP TABLE postings_2031_02") == NO_RIGHT

    def test_are_not_made_for_five_years(self, runtime: sa.Engine) -> None:
        make = "SELECT make_posting_partitions(DATE '2031-01-15', DATE '2037-03-01')"

        assert refusal_of(runtime, make) is not None

    def test_are_truncated_by_nobody(self, owner: sa.Engine) -> None:
        assert refusal_of(owner, "TRUNCATE postings_2026_11") == STAYS


def _entry(
    branch: Branch, sides: tuple[tuple[str, int], ...], on: date = MONDAY
) -> tuple[tuple[Any, Any], tuple[Any, Any]]:
    """Return the two statements that write an entry between the vault and Rahima."""
    entry_id = new_id()
    vault = OfficeAccount(Ledgers.VAULT, branch.id).id
    entry = {
        "id": entry_id,
        "office_id": branch.id,
        "kind": "deposit",
        "business_on": on,
        "value_on": on,
        "maker_id": branch.accountant.person_id,
        "lines": len(sides),
        "recorded_at": branch.harness.watch.now(),
    }
    lines = [
        {
            "business_on": on,
            "value_on": on,
            "entry_id": entry_id,
            "number": number,
            "account_id": account_id,
            "side": side,
            "amount": amount,
            "sequence": 2,
            "balance_after": 0,
        }
        for number, (account_id, (side, amount)) in enumerate(
            zip((vault, id_of("savings of Rahima")), sides, strict=True), start=1
        )
    ]
    return (sa.insert(entries), entry), (sa.insert(postings), lines)

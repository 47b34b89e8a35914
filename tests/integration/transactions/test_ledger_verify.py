"""The book and the registers cannot disagree unnoticed: whoever changes a row behind the service is named."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.branch import Branch, id_of
from tests.support.soundness import faults_of
from transactions.batch.duties import TransactionsBatch
from transactions.verify import faults_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from launcher.database import DatabaseUrls


def codes_in(branch: Branch) -> set[str]:
    """What the command finds, and whoever asks after each test with it."""
    found = faults_in(branch.harness.process)
    assert faults_of(branch.harness.process) == found
    return {fault.code for fault in found}


def test_finds_nothing_in_sound_books(closed: Branch) -> None:
    assert codes_in(closed) == set()


def test_names_the_row_whose_money_was_moved(closed: Branch, tamper: Callable[[str], None]) -> None:
    line = closed.passbook("Rahima")["lines"][-1]
    tamper(f"UPDATE postings SET account_id = '{id_of('savings of Salma')}', sequence = 99 "
           f"WHERE row_id = '{line['row_id']}'")  # fmt: skip

    faults = faults_in(closed.harness.process)

    assert ("SEALED_ROW_ALTERED", f"{line['entry_id']}/{line['row_id']}") in {
        (fault.code, fault.subject) for fault in faults
    }
    assert "BALANCE_IS_NOT_THE_POSTINGS" in {fault.code for fault in faults}


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE postings SET amount = amount + 100 WHERE side = 'debit'", "ENTRY_UNBALANCED"),
        ("UPDATE postings SET amount = amount + 100", "DAY_TOTAL_IS_NOT_THE_POSTINGS"),
        ("UPDATE postings SET balance_after = 1 WHERE sequence = 2", "SEALED_ROW_ALTERED"),
        (
            "UPDATE postings SET balance_after = balance_after + 1 WHERE sequence = 1",
            "BALANCE_AFTER_IS_NOT_THE_ONE_BEFORE_AND_THE_AMOUNT",
        ),
        ("UPDATE accounts SET credits = credits + 100 WHERE ledger = '2110'", "BALANCE_IS_NOT_THE_POSTINGS"),
        ("UPDATE accounts SET pending_in = 100 WHERE ledger = '2110'", "PENDING_IS_NOT_THE_ROWS"),
        ("UPDATE accounts SET pending_out = 100 WHERE ledger = '2110'", "PROMISED_IS_NOT_THE_WITHDRAWALS"),
        ("UPDATE accounts SET closed = true WHERE ledger = '2110'", "CLOSED_ACCOUNT_HOLDS_MONEY"),
        ("UPDATE day_totals SET debits_to_date = debits_to_date + 1", "TOTAL_TO_DATE_IS_NOT_THE_DAYS"),
        ("DELETE FROM vouchers WHERE number = 2", "CLOSED_DAY_HAS_ENTRY_WITHOUT_VOUCHER"),
        ("DELETE FROM vouchers WHERE number = 2", "VOUCHER_NUMBERS_HAVE_A_GAP"),
        ("DELETE FROM receipts WHERE number = 2", "RECEIPT_NUMBERS_HAVE_A_GAP"),
        ("UPDATE seals SET leaves = leaves + 1", "SEAL_SIGNATURE_FALSE"),
        ("UPDATE seals SET previous = root", "SEAL_CHAIN_BROKEN"),
        ("UPDATE seal_leaves SET hash = salt || salt", "SEAL_LEAVES_DO_NOT_MAKE_THE_ROOT"),
        ("DELETE FROM seal_leaves WHERE position = 0", "SEALED_ROW_ALTERED"),
        ("UPDATE days SET status = 'closed' WHERE status = 'open'", "CLOSED_DAY_WITHOUT_SEAL"),
    ],
)
def test_notices(closed: Branch, tamper: Callable[[str], None], statement: str, code: str) -> None:
    tamper(statement)

    assert code in codes_in(closed)


def test_the_command_says_how_many_and_fails(
    closed: Branch,
    database: DatabaseUrls,
    keys_folder: Path,
    seals_folder: Path,
    tamper: Callable[[str], None],
) -> None:
    closed.harness.take_steps("publish_seals", by=TransactionsBatch)
    surroundings = os.environ | {
        "MIKROF_SERVICE_DATABASE_URL": database.runtime,
        "MIKROF_KEYS": str(keys_folder),
        "MIKROF_SEALS": str(seals_folder),
    }

    def run() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "transactions.verify"],
            env=surroundings,
            capture_output=True,
            text=True,
            check=False,
        )

    sound = run()
    assert (sound.returncode, sound.stdout) == (0, "0 faults\n"), sound.stderr
    hers = id_of("savings of Salma")
    tamper(f"UPDATE accounts SET pending_in = 100 WHERE id = '{hers}'")
    unsound = run()
    assert unsound.returncode == 1
    assert unsound.stdout.splitlines() == [f"PENDING_IS_NOT_THE_ROWS {hers}", "1 faults"]

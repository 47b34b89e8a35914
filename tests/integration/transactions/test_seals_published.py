"""A sealed day is published outside the database: who rewrites the database is found by the register."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from environs import EnvError

from chassis.work import Opening
from contracts.errors import NotFound
from contracts.transactions.sealed_days import READ_SEALED_DAY
from transactions.batch.duties import TransactionsBatch
from transactions.batch.registers import configured
from transactions.domain.published import PublishedSeal, RegisterDisagrees
from transactions.operations import closing
from transactions.repository import Books
from transactions.repository.registers import SealRegisters
from transactions.verify import faults_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.branch import Branch

OUTSIDER = Path(__file__).resolve().parents[3] / "deploy" / "outsider" / "verify_seals.py"
MONDAY, TUESDAY = "2026-11-23", "2026-11-24"


def publish(branch: Branch) -> int:
    return branch.harness.take_steps("publish_seals", by=TransactionsBatch)


def faults(branch: Branch, seals_folder: Path) -> list[tuple[str, str]]:
    found = faults_in(branch.harness.process, SealRegisters(seals_folder))
    return [(fault.code, fault.subject) for fault in found]


def register_of(branch: Branch, seals_folder: Path) -> Path:
    return seals_folder / f"{branch.id}.jsonl"


def kept_of(branch: Branch) -> tuple[PublishedSeal, ...]:
    process = branch.harness.process
    with Opening(process, process.own_call(), Books)() as books:
        return books.closing.seals_since(branch.id, None)


def outsider(*words: Path) -> subprocess.CompletedProcess[str]:
    """Check a register as somebody who has nothing of Mikrof: in an empty folder, without our packages."""
    return subprocess.run(
        [sys.executable, "-I", str(OUTSIDER), *map(str, words)],
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def published(closed: Branch, seals_folder: Path) -> Branch:
    """The branch with two closed days, both in its register; an hour has passed."""
    assert publish(closed) == 2
    assert faults(closed, seals_folder) == []
    return closed


def test_each_closed_day_has_its_line_in_the_order_of_the_chain(
    published: Branch, seals_folder: Path, keys_folder: Path
) -> None:
    lines = register_of(published, seals_folder).read_text().splitlines()

    assert lines == [one.line() for one in kept_of(published)]
    assert [line.split('"on": "')[1][:10] for line in lines] == [MONDAY, TUESDAY]
    said = outsider(register_of(published, seals_folder), keys_folder / "signing" / "transactions.public")
    assert said.returncode == 0, said.stderr
    root = kept_of(published)[0].seal.root.hex()
    assert said.stdout.splitlines()[0].split() == [MONDAY, "1", "B001", "6", root, "good"]
    assert said.stdout.splitlines()[-1] == "0 faults"


def test_the_printed_day_book_bears_the_published_root(published: Branch) -> None:
    manager = published.manager
    day = published.ask(READ_SEALED_DAY, manager, office_id=published.id, on=TUESDAY)
    (seal,) = day["seals"]
    kept = kept_of(published)[1]

    assert (day["status"], day["closed_by_en"]) == ("closed", "Manager")
    assert (seal["root"], seal["signature"]) == (kept.seal.root.hex(), kept.signature.hex())
    assert seal["previous"] == kept_of(published)[0].seal.digest().hex()
    assert {row["code"]: (row["debit"], row["credit"]) for row in day["totals"]} == {
        "1110": ("300.00", "0.00"),
        "2110": ("0.00", "300.00"),
    }
    assert {row["code"]: (row["balance_debit"], row["balance_credit"]) for row in day["totals"]} == {
        "1110": ("600.00", "0.00"),
        "2110": ("0.00", "600.00"),
    }
    with pytest.raises(NotFound):
        published.ask(READ_SEALED_DAY, manager, office_id=published.id, on="2026-11-22")


def test_publishing_again_writes_nothing_twice(published: Branch, seals_folder: Path) -> None:
    before = register_of(published, seals_folder).read_bytes()
    registers = SealRegisters(seals_folder)

    assert registers.append(published.id, kept_of(published)) == 0
    assert register_of(published, seals_folder).read_bytes() == before


@pytest.mark.parametrize("half", [1, 40, 400])
def test_a_line_that_a_power_cut_left_half_written_is_written_again(
    published: Branch, seals_folder: Path, half: int
) -> None:
    register = register_of(published, seals_folder)
    whole = register.read_bytes()
    first = whole.index(b"\n") + 1
    register.write_bytes(whole[: first + half])

    assert SealRegisters(seals_folder).append(published.id, kept_of(published)) == 1
    assert register.read_bytes() == whole


def test_a_register_that_could_not_be_written_is_caught_up_by_the_next_day(
    closed: Branch, seals_folder: Path
) -> None:
    seals_folder.write_text("a file where the folder should be")
    with pytest.raises(OSError, match="Not a directory"):
        publish(closed)
    assert closed.harness.planned("publish_seals")
    closed.harness.watch.advance(timedelta(minutes=2))
    seals_folder.unlink()

    assert publish(closed)
    assert len(register_of(closed, seals_folder).read_text().splitlines()) == 2


def test_a_process_that_knows_no_folder_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MIKROF_SEALS")

    with pytest.raises(EnvError):
        configured()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE postings SET amount = amount # 1 WHERE {row}",
        "UPDATE postings SET value_on = value_on - 1 WHERE {row}",
        "UPDATE postings SET receipt = overlay(coalesce(receipt, '-') placing '9' from 1) WHERE {row}",
        "UPDATE entries SET maker_id = overlay(maker_id::text placing '0' from 1 for 1)::uuid WHERE {entry}",
        "UPDATE entries SET recorded_at = recorded_at + interval '1 microsecond' WHERE {entry}",
        "UPDATE receipts SET text = overlay(text placing 'X' from 1) WHERE {of_entry}",
        "UPDATE vouchers SET kind = 'payment' WHERE {of_entry}",
    ],
    ids=lambda change: change.split(" = ")[0].removeprefix("UPDATE "),
)
def test_one_changed_byte_is_caught_with_its_entry_named(
    published: Branch, seals_folder: Path, tamper: Callable[[str], None], change: str
) -> None:
    line = published.passbook("Rahima")["lines"][-1]
    entry, row = line["entry_id"], line["row_id"]
    tamper(change.format(row=f"row_id = '{row}'", entry=f"id = '{entry}'", of_entry=f"entry_id = '{entry}'"))

    assert ("SEALED_ROW_ALTERED", f"{entry}/{row}") in faults(published, seals_folder)


def make_seals_anew(branch: Branch, tamper: Callable[[str], None]) -> None:
    """Do what somebody could who owns the database and has stolen the service's key: seal all days again."""
    tamper("DELETE FROM seal_leaves; DELETE FROM seals")
    tamper("UPDATE closings SET stage = 'totalled' WHERE stage = 'opened'")
    process = branch.harness.process
    opening = Opening(process, process.own_call(), Books)
    key = process.keys.issuer("transactions").key
    with opening() as books:
        days = books.statements.days_before(branch.id, None, 9)
        for on in sorted(day["on"] for day in days if day["status"] == "closed"):
            found = books.closing.find(branch.id, on)
            assert found is not None
            closing.advance(books, found.id, sign=key.sign, random_bytes=secrets.token_bytes)
    tamper("UPDATE closings SET stage = 'opened' WHERE stage = 'sealed'")


def test_a_database_rewritten_with_seals_of_its_own_is_found_by_the_register(
    published: Branch, seals_folder: Path, tamper: Callable[[str], None]
) -> None:
    tamper(f"UPDATE postings SET value_on = value_on - 1 WHERE business_on = '{MONDAY}'")
    assert {code for code, _ in faults(published, seals_folder)} == {"SEALED_ROW_ALTERED"}

    make_seals_anew(published, tamper)

    assert faults_in(published.harness.process) == (), "the database alone agrees with itself"
    assert faults(published, seals_folder) == [
        ("SEAL_IS_NOT_THE_PUBLISHED_ONE", f"{published.id} {MONDAY} 1"),
        ("SEAL_IS_NOT_THE_PUBLISHED_ONE", f"{published.id} {TUESDAY} 1"),
    ]
    before = register_of(published, seals_folder).read_bytes()
    with pytest.raises(RegisterDisagrees):
        publish(published)
    assert register_of(published, seals_folder).read_bytes() == before


def test_a_seal_replaced_in_the_database_is_found_by_the_register(
    published: Branch, seals_folder: Path, tamper: Callable[[str], None]
) -> None:
    tamper(f"UPDATE seals SET leaves = leaves - 1 WHERE \"on\" = '{TUESDAY}'")

    assert ("SEAL_IS_NOT_THE_PUBLISHED_ONE", f"{published.id} {TUESDAY} 1") in faults(published, seals_folder)


def test_a_day_that_vanished_from_the_database_is_found_by_the_register(
    published: Branch, seals_folder: Path, tamper: Callable[[str], None]
) -> None:
    published.harness.watch.advance(timedelta(minutes=16))
    tamper(
        f"DELETE FROM seal_leaves WHERE \"on\" = '{TUESDAY}'; DELETE FROM seals WHERE \"on\" = '{TUESDAY}'"
    )

    assert ("PUBLISHED_SEAL_NOT_IN_THE_BOOK", f"{published.id} {TUESDAY} 1") in faults(
        published, seals_folder
    )


def test_an_outsider_finds_a_line_that_was_changed_or_removed(
    published: Branch, seals_folder: Path, keys_folder: Path
) -> None:
    register, key = register_of(published, seals_folder), keys_folder / "signing" / "transactions.public"
    first, second = register.read_text().splitlines()

    register.write_text(f"{first.replace(MONDAY, '2026-11-22')}\n{second}\n")
    changed = outsider(register, key)
    register.write_text(f"{second}\n")
    removed = outsider(register, key)

    assert (changed.returncode, removed.returncode) == (1, 1)
    assert "SIGNATURE FALSE" in changed.stdout.splitlines()[0]
    assert "DOES NOT FOLLOW" in changed.stdout.splitlines()[1]
    assert removed.stdout.splitlines()[0].endswith("DOES NOT FOLLOW THE LINE BEFORE")


def test_two_processes_publish_a_register_once(closed: Branch, seals_folder: Path) -> None:
    """Each waits for the other's lock; together they write every line once."""
    kept = [one.line() for one in kept_of(closed)]
    program = (
        "import sys; from pathlib import Path;"
        "from transactions.domain.published import published_seal;"
        "from transactions.repository.registers import SealRegisters;"
        "folder, office, *lines = sys.argv[1:];"
        "kept = [published_seal(line) for line in lines];"
        "[SealRegisters(Path(folder)).append(office, kept) for _ in range(50)]"
    )
    words = [sys.executable, "-c", program, str(seals_folder), closed.id, *kept]
    running = [subprocess.Popen(words, env=os.environ) for _ in range(2)]

    assert [process.wait() for process in running] == [0, 0]
    assert register_of(closed, seals_folder).read_text().splitlines() == kept

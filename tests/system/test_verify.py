"""A day is sealed and published; `./mikrof verify` finds the books sound, and a byte that was changed."""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from demo.plan import meeting_weekday
from demo.town import eventually, new_id, savings_of
from transactions.domain.published import published_seal

if TYPE_CHECKING:
    from bench.installation import Installation
    from demo.town import Branch, Town

SOUND = (0, ["0 faults", "0 differences between the services"])
ROOT = Path(__file__).resolve().parents[2]


def verify(mikrof: Installation) -> tuple[int, list[str]]:
    """What an operator is told."""
    said = subprocess.run(
        [str(ROOT / "mikrof"), "verify"],
        env=os.environ | {"MIKROF_RUN": str(mikrof.places.run)},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    return said.returncode, said.stdout.splitlines()


def wait_until_sound(mikrof: Installation) -> None:
    """Give what is on its way a minute to arrive; then name what is wrong."""
    with suppress(AssertionError):
        eventually(lambda: verify(mikrof) == SOUND, seconds=60)
    assert verify(mikrof) == SOUND


def change_amounts(mikrof: Installation, entry_id: str, by: int) -> None:
    """Change rows as the database's owner could, past every trigger."""
    books = mikrof.database("transactions")
    with books.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE postings SET amount = amount + %s WHERE entry_id = %s", (by, entry_id))
    books.close()


def close_a_day(branch: Branch) -> str:
    """One deposit, and the day closed; answers the deposit's entry."""
    member = branch.admit(branch.open_samity(weekday=meeting_weekday(branch.on) % 6 + 1))
    account = savings_of(branch.manager, member)["account_id"]
    branch.count_vault("opening")
    entry = new_id()
    body = {"account_id": account, "amount": "120.00", "paid_by": "self", "note": None}
    eventually(lambda: branch.accountant.put(f"/deposits/{entry}", body))
    branch.count_vault("closing", 120)
    branch.manager.post(f"/offices/{branch.id}/days/{branch.on.isoformat()}/closing")
    eventually(lambda: branch.manager.get(f"/offices/{branch.id}/day")["on"] != branch.on.isoformat())
    return entry


def test_a_published_day_proves_that_a_byte_was_changed(mikrof: Installation, town: Town) -> None:
    branch = town.open_branch()
    entry = close_a_day(branch)
    register = mikrof.places.seals / f"{branch.id}.jsonl"
    eventually(register.exists)
    (line,) = register.read_text().splitlines()

    day = branch.manager.get(f"/offices/{branch.id}/days/{branch.on.isoformat()}/seal")
    assert published_seal(line).seal.root.hex() == day["seals"][0]["root"]
    wait_until_sound(mikrof)

    change_amounts(mikrof, entry, by=1)
    try:
        status, faults = verify(mikrof)
    finally:
        change_amounts(mikrof, entry, by=-1)
    assert status == 1
    assert f"SEALED_ROW_ALTERED {entry}/{entry}" in faults
    assert verify(mikrof) == SOUND
